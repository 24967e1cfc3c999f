using System.Globalization;
using System.Text.Json;

namespace HazardMap.Risk.Rules;

/// <summary>A rule file being read: every key is asked for once, and what nobody asked for is refused.</summary>
internal sealed partial class RuleText
{
    private static readonly string[] Surenesses = ["low", "medium", "high"];
    private readonly RulePositions _positions;
    private readonly JsonElement _root;
    private readonly Dictionary<string, BilingualText> _sources = new(StringComparer.Ordinal);
    private readonly HashSet<string> _read = new(StringComparer.Ordinal) { "$schema", "version", "model", "sources" };
    private readonly List<RuleParameter> _parameters = [];

    public RuleText(string json, string name)
    {
        _positions = RulePositions.Of(json, name);
        _root = JsonSerializer.Deserialize<JsonElement>(json);
        if (_root.ValueKind != JsonValueKind.Object) throw Refuse(RulePositions.TheFile, "must be a JSON object", "须为 JSON 对象");
        foreach (var source in Find("sources", JsonValueKind.Object).EnumerateObject())
            _sources[source.Name] = Bilingual($"sources.{source.Name}");
    }

    /// <summary>Every number that was read, in the order of the questions.</summary>
    public IReadOnlyList<RuleParameter> Parameters => _parameters;

    public string Version() =>
        Find("version", JsonValueKind.String).GetString() is { Length: > 0 and <= 40 } version
        && version.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.')
            ? version : throw Refuse("version", "must be a short name of letters, digits, '-' and '.'",
                "须为由字母、数字、“-”和“.”组成的短名称");

    /// <summary>A text in both languages, such as <c>title</c>.</summary>
    public BilingualText Bilingual(string path)
    {
        var holder = Find(path, JsonValueKind.Object);
        return new BilingualText(TextIn(holder, path, "en"), TextIn(holder, path, "zh"));
    }

    /// <summary>A text that stands alone, such as <c>season.timeZone</c>.</summary>
    public string Text(string path, string key) => TextIn(Find(path, JsonValueKind.Object), path, key);

    public bool Has(string path, string key) => Find(path, JsonValueKind.Object).TryGetProperty(key, out _);

    /// <summary>A number with its source, such as <c>decay.under5</c> with key <c>metres</c>.</summary>
    public double Number(string path, string key, double least, double most)
    {
        var holder = Find(path, JsonValueKind.Object);
        CheckOrigin(holder, path);
        return NumberIn(holder, path, key, least, most);
    }

    /// <summary>The same where null has a meaning of its own.</summary>
    public double? NumberOrNull(string path, string key, double least, double most)
    {
        var holder = Find(path, JsonValueKind.Object);
        CheckOrigin(holder, path);
        _read.Add($"{path}.{key}");
        return holder.TryGetProperty(key, out var json) && json.ValueKind == JsonValueKind.Null
            ? null : NumberIn(holder, path, key, least, most);
    }

    /// <summary>A whole number that is a name rather than a measure, such as the reference month.</summary>
    public int Whole(string path, string key, int least, int most)
    {
        _read.Add($"{path}.{key}");
        return Find(path, JsonValueKind.Object).TryGetProperty(key, out var json) && json.ValueKind == JsonValueKind.Number
            && json.TryGetInt32(out var value) && value >= least && value <= most
            ? value : throw Refuse($"{path}.{key}", $"must be a whole number from {least} to {most}",
                $"须为 {least} 到 {most} 的整数");
    }

    /// <summary>A member of an enumeration, such as <c>distance</c> with key <c>mode</c>.</summary>
    public T Member<T>(string path, string key) where T : struct, Enum
    {
        var word = TextIn(Find(path, JsonValueKind.Object), path, key);
        var names = Enum.GetNames<T>();
        return names.Contains(word, StringComparer.Ordinal) ? Enum.Parse<T>(word)
            : throw Refuse($"{path}.{key}", $"must be {string.Join(" or ", names)}", $"须为 {string.Join(" 或 ", names)}");
    }

    public RuleNumber Multiplier(string path, string key)
    {
        var full = $"{path}.{key}";
        var holder = Find(full, JsonValueKind.Object);
        return MultiplierIn(holder, full);
    }

    /// <summary>Bands with rising bounds; the last has none.</summary>
    public (double Below, RuleNumber Number)[] Bands(string path, string boundKey, double most)
    {
        var items = Find(path, JsonValueKind.Array).EnumerateArray().ToArray();
        if (items.Length == 0) throw Refuse(path, "must have at least one band", "至少须有一个分段");
        var bands = new (double Below, RuleNumber Number)[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            var at = $"{path}[{i}]";
            if (items[i].ValueKind != JsonValueKind.Object) throw Refuse(at, "must be an object", "须为对象");
            var below = Bound(items[i], $"{at}.{boundKey}", boundKey, isLast: i == items.Length - 1, most);
            if (i > 0 && !(below > bands[i - 1].Below))
                throw Refuse($"{at}.{boundKey}", "must be greater than the bound before it", "须大于前一分段的上限");
            bands[i] = (below, MultiplierIn(items[i], at));
        }
        return bands;
    }

    public void RefuseUnread() => RefuseUnread(_root, "");

    public RefusalException Refuse(string key, string what, string whatZh) => _positions.Refuse(key, what, whatZh);

    private double Bound(JsonElement band, string at, string key, bool isLast, double most)
    {
        _read.Add(at);
        if (!band.TryGetProperty(key, out var bound)) throw Missing(at);
        if (isLast && bound.ValueKind != JsonValueKind.Null) throw Refuse(at, "must be null in the last band",
            "在最后一个分段中须为 null");
        if (!isLast && bound.ValueKind == JsonValueKind.Null) throw Refuse(at, "may be null in the last band only",
            "仅最后一个分段可为 null");
        return isLast ? double.PositiveInfinity : NumberIn(band, at[..^(key.Length + 1)], key, 0, most);
    }

    private JsonElement Find(string path, JsonValueKind kind)
    {
        var at = _root;
        var soFar = "";
        foreach (var key in path.Split('.'))
        {
            soFar = soFar.Length == 0 ? key : $"{soFar}.{key}";
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(key, out at)) throw Missing(soFar);
            _read.Add(soFar);
        }
        var (word, wordZh) =
            kind switch
            {
                JsonValueKind.Object => ("an object", "对象"), JsonValueKind.Array => ("a list", "列表"), _ => ("a text", "文本")
            };
        return at.ValueKind == kind ? at : throw Refuse(path, $"must be {word}", $"须为{wordZh}");
    }

    private RuleNumber MultiplierIn(JsonElement holder, string path)
    {
        var (source, sureness) = CheckOrigin(holder, path);
        return new RuleNumber(NumberIn(holder, path, "multiplier", 0, 100), source, sureness);
    }

    private double NumberIn(JsonElement holder, string path, string key, double least, double most)
    {
        var full = $"{path}.{key}";
        _read.Add(full);
        if (!holder.TryGetProperty(key, out var json)) throw Missing(full);
        if (json.ValueKind != JsonValueKind.Number || !json.TryGetDouble(out var value) || !(value >= least && value <= most))
            throw Refuse(full, string.Create(CultureInfo.InvariantCulture, $"must be a number from {least} to {most}"),
                string.Create(CultureInfo.InvariantCulture, $"须为 {least} 到 {most} 的数字"));
        _parameters.Add(new RuleParameter(full, value));
        return value;
    }

    private (BilingualText Source, string Sureness) CheckOrigin(JsonElement holder, string path)
    {
        var source = TextIn(holder, path, "source");
        if (!_sources.TryGetValue(source, out var text))
            throw Refuse($"{path}.source", $"names '{source}', which is not among sources", $"引用的 '{source}' 不在 sources 中");
        var sureness = TextIn(holder, path, "sureness");
        return Surenesses.Contains(sureness, StringComparer.Ordinal)
            ? (text, sureness) : throw Refuse($"{path}.sureness", "must be low, medium or high", "须为 low、medium 或 high");
    }

    private string TextIn(JsonElement holder, string path, string key)
    {
        _read.Add($"{path}.{key}");
        if (!holder.TryGetProperty(key, out var json)) throw Missing($"{path}.{key}");
        return json.ValueKind == JsonValueKind.String && json.GetString() is { } text && !string.IsNullOrWhiteSpace(text)
            ? text : throw Refuse($"{path}.{key}", "must be a text", "须为文本");
    }

    private RefusalException Missing(string key) => Refuse(key, "is missing", "缺失");

    private void RefuseUnread(JsonElement json, string path)
    {
        if (json.ValueKind == JsonValueKind.Array)
        {
            var i = 0;
            foreach (var item in json.EnumerateArray()) RefuseUnread(item, $"{path}[{i++}]");
        }
        if (json.ValueKind != JsonValueKind.Object) return;
        foreach (var property in json.EnumerateObject())
        {
            var at = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            if (!_read.Contains(at)) throw Refuse(at, "is not a key of a rule", "不是规则文件的键");
            RefuseUnread(property.Value, at);
        }
    }
}
