using System.Text.Json;

namespace HazardMap.Solve;

/// <summary>Reads a problem's members strictly, naming the path of whatever is wrong.</summary>
internal sealed class ProblemReader
{
    private readonly JsonElement _json;

    public ProblemReader(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object) throw Malformed("the problem", "must be a JSON object");
        _json = json;
    }

    public string Text(string key) =>
        Member(key) is { ValueKind: JsonValueKind.String } json ? json.GetString()! : throw Malformed(key, "must be a text");

    public JsonElement[] List(string key) =>
        Member(key) is { ValueKind: JsonValueKind.Array } json ? [.. json.EnumerateArray()] : throw Malformed(key, "must be a list");

    /// <summary>Exactly two numbers; ranges are for the caller to judge.</summary>
    public static (double X, double Y) Position(JsonElement json, string path)
    {
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() != 2) throw Malformed(path, "must be [x, y]");
        return (Number(json[0], $"{path}[0]"), Number(json[1], $"{path}[1]"));
    }

    public static double Number(JsonElement json, string path) =>
        json.ValueKind == JsonValueKind.Number && json.TryGetDouble(out var value) && double.IsFinite(value)
            ? value : throw Malformed(path, "must be a finite number");

    public static RefusalException Malformed(string path, string what) =>
        new("MalformedProblem", $"{path} {what}.", $"{path} 格式不正确。", path);

    private JsonElement Member(string key) =>
        _json.TryGetProperty(key, out var json) ? json : throw Malformed(key, "is missing");
}
