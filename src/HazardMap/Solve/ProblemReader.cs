using System.Text.Json;

namespace HazardMap.Solve;

/// <summary>Reads a problem's members strictly, naming the path of whatever is wrong.</summary>
internal sealed class ProblemReader
{
    private readonly JsonElement _json;
    private readonly string _prefix;

    public ProblemReader(JsonElement json, string? path = null)
    {
        if (json.ValueKind != JsonValueKind.Object) throw Malformed(path ?? "the problem", "must be a JSON object");
        _json = json;
        _prefix = path is null ? "" : path + ".";
    }

    /// <summary>The path of a member.</summary>
    public string Path(string key) => _prefix + key;

    public string Text(string key) =>
        TryText(Member(key), out var text) ? text : throw Malformed(Path(key), "must be a text");

    public JsonElement[] List(string key) =>
        Member(key) is { ValueKind: JsonValueKind.Array } json ? [.. json.EnumerateArray()] : throw Malformed(Path(key), "must be a list");

    public double Number(string key) => Number(Member(key), Path(key));

    /// <summary>A number that may be absent or null.</summary>
    public double? OptionalNumber(string key) => IsGiven(key, out var json) ? Number(json, Path(key)) : null;

    /// <summary>An object that may be absent or null.</summary>
    public ProblemReader? OptionalObject(string key) => IsGiven(key, out var json) ? new ProblemReader(json, Path(key)) : null;

    /// <summary>True or false, or what an absent member means.</summary>
    public bool Flag(string key, bool absent) => !IsGiven(key, out var json) ? absent : json.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Malformed(Path(key), "must be true or false"),
    };

    public JsonElement Member(string key) =>
        _json.TryGetProperty(key, out var json) ? json : throw Malformed(Path(key), "is missing");

    /// <summary>Exactly two numbers; ranges are for the caller to judge.</summary>
    public static (double X, double Y) Position(JsonElement json, string path)
    {
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() != 2) throw Malformed(path, "must be [x, y]");
        return (Number(json[0], $"{path}[0]"), Number(json[1], $"{path}[1]"));
    }

    public static double Number(JsonElement json, string path) =>
        TryNumber(json, out var value) ? value : throw Malformed(path, "must be a finite number");

    /// <summary>A finite number: JSON's 1e999 is none.</summary>
    public static bool TryNumber(JsonElement json, out double value)
    {
        value = 0;
        return json.ValueKind == JsonValueKind.Number && json.TryGetDouble(out value) && double.IsFinite(value);
    }

    /// <summary>A whole number of 64 bits.</summary>
    public static bool TryWhole(JsonElement json, out long value)
    {
        value = 0;
        return json.ValueKind == JsonValueKind.Number && json.TryGetInt64(out value);
    }

    /// <summary>Text that is text: half a surrogate pair is not, nor are bytes that are not UTF-8.</summary>
    public static bool TryText(JsonElement json, out string text)
    {
        text = "";
        if (json.ValueKind != JsonValueKind.String) return false;
        try
        {
            text = json.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    public static RefusalException Malformed(string path, string what) =>
        new("MalformedProblem", $"{path} {what}.", $"{path} 格式不正确。", path);

    private bool IsGiven(string key, out JsonElement json) =>
        _json.TryGetProperty(key, out json) && json.ValueKind != JsonValueKind.Null;
}
