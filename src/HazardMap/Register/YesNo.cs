namespace HazardMap.Register;

/// <summary>How people write yes and no: each pair is yes, no; imports read them all, the first pair is how they are shown.</summary>
public static class YesNo
{
    private static readonly (string Yes, string No)[] Pairs =
    [
        ("是", "否"), ("yes", "no"), ("有", "无"), ("有", "缺"), ("there", "missing"), ("true", "false"), ("1", "0"), ("√", "×"),
        ("T", "F"), ("Y", "N"), ("✓", "✗"), ("✔", "✘"), ("☑", "☐"), ("对", "错"), ("有", "没有"),
            ("已设置", "未设置"), ("已设", "未设"),
        ("已安装", "未安装"), ("已配备", "未配备"), ("是", "不是"),
    ];

    private static readonly Dictionary<string, bool> ByName = Names();

    /// <summary>Every way to write it.</summary>
    public static IReadOnlyDictionary<string, bool> All => ByName;

    /// <summary>What a cell says; <see langword="null"/>: neither.</summary>
    public static bool? Find(string text) => ByName.TryGetValue(text, out var value) ? value : null;

    private static Dictionary<string, bool> Names()
    {
        var names = new Dictionary<string, bool>(StringComparer.OrdinalIgnoreCase);
        foreach (var (yes, no) in Pairs) (names[yes], names[no]) = (true, false);
        return names;
    }
}
