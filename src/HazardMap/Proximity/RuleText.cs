using System.Globalization;
using System.Text.Json;

namespace HazardMap.Proximity;

/// <summary>A rule file being read: every key is asked for once, and what nobody asked for is refused.</summary>
internal sealed class RuleText
{
    private static readonly string[] Surenesses = ["low", "medium", "high"];
    private readonly string _name;
    private readonly JsonElement _root;
    private readonly Dictionary<string, string> _sources = new(StringComparer.Ordinal);
    private readonly HashSet<string> _read = new(StringComparer.Ordinal) { "version", "title", "sources" };

    public RuleText(string json, string name)
    {
        _name = name;
        _root = Document(json);
        foreach (var source in Find("sources", JsonValueKind.Object).EnumerateObject())
            _sources[source.Name] = source.Value.ValueKind == JsonValueKind.String && source.Value.GetString() is { Length: > 0 } text
                ? text : throw Refuse($"sources.{source.Name}", "must be a text");
    }

    public string Version() =>
        Find("version", JsonValueKind.String).GetString() is { Length: > 0 and <= 40 } version
        && version.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.')
            ? version : throw Refuse("version", "must be a short name of letters, digits, '-' and '.'");

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
        return holder.TryGetProperty(key, out var json) && json.ValueKind == JsonValueKind.Null ? null : NumberIn(holder, path, key, least, most);
    }

    /// <summary>A member of an enumeration, such as <c>distance</c> with key <c>mode</c>.</summary>
    public T Member<T>(string path, string key) where T : struct, Enum
    {
        var word = TextIn(Find(path, JsonValueKind.Object), path, key);
        return Enum.GetNames<T>().Contains(word, StringComparer.Ordinal) ? Enum.Parse<T>(word)
            : throw Refuse($"{path}.{key}", $"must be {string.Join(" or ", Enum.GetNames<T>())}");
    }

    public RuleNumber Multiplier(string path, string key)
    {
        var full = $"{path}.{key}";
        var holder = Find(full, JsonValueKind.Object);
        return MultiplierIn(holder, full);
    }

    /// <summary>Bands with rising bounds; the last has none.</summary>
    public (double Below, RuleNumber Number)[] Bands(string path)
    {
        var items = Find(path, JsonValueKind.Array).EnumerateArray().ToArray();
        if (items.Length == 0) throw Refuse(path, "must have at least one band");
        var bands = new (double Below, RuleNumber Number)[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            var at = $"{path}[{i}]";
            var last = i == items.Length - 1;
            if (items[i].ValueKind != JsonValueKind.Object) throw Refuse(at, "must be an object");
            if (!items[i].TryGetProperty("belowMetres", out var bound)) throw Refuse($"{at}.belowMetres", "is missing");
            if (last != (bound.ValueKind == JsonValueKind.Null)) throw Refuse($"{at}.belowMetres", last ? "must be null in the last band" : "may be null in the last band only");
            var below = last ? double.PositiveInfinity : NumberIn(items[i], at, "belowMetres", 0, 12_000);
            if (i > 0 && !(below > bands[i - 1].Below)) throw Refuse($"{at}.belowMetres", "must be greater than the bound before it");
            _read.Add($"{at}.belowMetres");
            bands[i] = (below, MultiplierIn(items[i], at));
        }
        return bands;
    }

    public void RefuseUnread() => RefuseUnread(_root, "");

    public RefusalException Refuse(string key, string what) =>
        new("InvalidRule", $"{_name}: {key} {what}.", $"{_name}：{key} 不符合要求（{what}）。", key);

    private JsonElement Document(string json)
    {
        try
        {
            var root = JsonSerializer.Deserialize<JsonElement>(json);
            return root.ValueKind == JsonValueKind.Object ? root : throw Refuse("the file", "must be a JSON object");
        }
        catch (JsonException e)
        {
            throw new RefusalException("InvalidRule", $"{_name} is not JSON: {e.Message}", $"{_name} 不是有效的 JSON。", _name);
        }
    }

    private JsonElement Find(string path, JsonValueKind kind)
    {
        var at = _root;
        var soFar = "";
        foreach (var key in path.Split('.'))
        {
            soFar = soFar.Length == 0 ? key : $"{soFar}.{key}";
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(key, out at)) throw Refuse(soFar, "is missing");
            _read.Add(soFar);
        }
        return at.ValueKind == kind ? at : throw Refuse(path, $"must be {(kind == JsonValueKind.Object ? "an object" : kind == JsonValueKind.Array ? "a list" : "a text")}");
    }

    private RuleNumber MultiplierIn(JsonElement holder, string path)
    {
        var (source, sureness) = CheckOrigin(holder, path);
        return new RuleNumber(NumberIn(holder, path, "multiplier", 0, 100), source, sureness);
    }

    private double NumberIn(JsonElement holder, string path, string key, double least, double most)
    {
        _read.Add($"{path}.{key}");
        if (!holder.TryGetProperty(key, out var json)) throw Refuse($"{path}.{key}", "is missing");
        if (json.ValueKind == JsonValueKind.Number && json.TryGetDouble(out var value) && value >= least && value <= most) return value;
        throw Refuse($"{path}.{key}", string.Create(CultureInfo.InvariantCulture, $"must be a number from {least} to {most}"));
    }

    private (string Source, string Sureness) CheckOrigin(JsonElement holder, string path)
    {
        var source = TextIn(holder, path, "source");
        if (!_sources.TryGetValue(source, out var text)) throw Refuse($"{path}.source", $"names '{source}', which is not among sources");
        var sureness = TextIn(holder, path, "sureness");
        return Surenesses.Contains(sureness, StringComparer.Ordinal) ? (text, sureness) : throw Refuse($"{path}.sureness", "must be low, medium or high");
    }

    private string TextIn(JsonElement holder, string path, string key)
    {
        _read.Add($"{path}.{key}");
        return holder.TryGetProperty(key, out var json) && json.ValueKind == JsonValueKind.String && json.GetString() is { Length: > 0 } text
            ? text : throw Refuse($"{path}.{key}", "is missing");
    }

    private void RefuseUnread(JsonElement json, string path)
    {
        if (path is "title" or "sources") return;
        if (json.ValueKind == JsonValueKind.Array)
        {
            var i = 0;
            foreach (var item in json.EnumerateArray()) RefuseUnread(item, $"{path}[{i++}]");
        }
        if (json.ValueKind != JsonValueKind.Object) return;
        foreach (var property in json.EnumerateObject())
        {
            var at = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            if (!_read.Contains(at)) throw Refuse(at, "is not a key of a rule");
            RefuseUnread(property.Value, at);
        }
    }
}
