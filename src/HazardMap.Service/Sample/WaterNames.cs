namespace HazardMap.Service.Sample;

/// <summary>Names as ledgers have them, "德厚镇 水结村 大龙潭": each once in its village.</summary>
internal sealed class WaterNames(Area village)
{
    private static readonly string[] Before =
        ["大", "小", "老", "新", "上", "下", "东边", "西边", "白石岩", "黑石", "松树脚", "大树脚", "岩脚", "村头",
            "村尾", "学校旁", "公路边", "田坝", "竹林边", "牛场"];

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    public string Next(WaterKind kind, RandomStream random)
    {
        var name = random.Chance(0.85) ? random.Pick(Before) + random.Pick(kind.Names) : random.Pick(kind.Names);
        var unique = name;
        for (var number = 2; !_taken.Add(unique); number++)
            unique = $"{name}{number}号";
        return $"{village.Parent!.Name} {village.ShortName} {unique}";
    }
}
