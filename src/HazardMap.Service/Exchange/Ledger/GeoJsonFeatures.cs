using System.Text.Json;
using HazardMap.Geodesy.Crs;

namespace HazardMap.Service.Exchange.Ledger;

/// <summary>
/// The features of a file: of a FeatureCollection, of newline-delimited GeoJSON (with RFC 8142's record separators too), one Feature, or an
/// array of them. Every other JSON is named as what it is.
/// </summary>
/// <param name="All">The features, or what stands in their place.</param>
/// <param name="Lines">The line of each, where each has its own.</param>
/// <param name="Crs">The reference system that the file names.</param>
internal sealed record GeoJsonFeatures(IEnumerable<JsonElement> All, IReadOnlyList<int>? Lines,
    (CoordinateSystem System, string Name)? Crs)
{
    /// <summary>What RFC 8142 puts before each record.</summary>
    public const char RecordSeparator = '\u001E';

    /// <summary>Reads them.</summary>
    /// <exception cref="RefusalException">The file is no JSON, or no GeoJSON of features.</exception>
    public static GeoJsonFeatures Read(string text, string fileName)
    {
        if (!text.Contains(RecordSeparator, StringComparison.Ordinal) && Whole(text, out var broken) is { } root) return OfRoot(root,
            fileName);
        if (Sequence(text, fileName) is { } sequence) return sequence;
        _ = Whole(text, out broken);
        throw Malformed(text, broken!, 0, fileName);
    }

    private static JsonElement? Whole(string text, out JsonException? wrong)
    {
        wrong = null;
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException malformed)
        {
            wrong = malformed;
            return null;
        }
    }

    private static GeoJsonFeatures OfRoot(JsonElement root, string fileName)
    {
        var type = ForeignJson.TypeOf(root);
        IReadOnlyList<JsonElement> all;
        if (type == "Feature") all = [root];
        else if (root.ValueKind == JsonValueKind.Array && root.EnumerateArray().Any(item => ForeignJson.TypeOf(item) == "Feature"))
            all = [.. root.EnumerateArray()];
        else if (type == "FeatureCollection" && root.TryGetProperty("features", out var features)
            && features.ValueKind == JsonValueKind.Array)
            all = [.. features.EnumerateArray()];
        else throw ForeignJson.Refusal(root, fileName);
        if (all.Count == 0) throw Empty(fileName);
        return new(all, null, CrsMember.Of(root, fileName, "crs"));
    }

    /// <summary>The refusal of a file without features.</summary>
    public static RefusalException Empty(string fileName) =>
        new("FileEmpty", $"{fileName} holds no feature: fill it in. Nothing was changed.",
            $"{fileName} 不含任何要素：请填写后再导入。未作任何更改。", fileName);

    // A record a line, or a record behind each separator.
    private static GeoJsonFeatures? Sequence(string text, string fileName)
    {
        var separator = text.Contains(RecordSeparator, StringComparison.Ordinal) ? RecordSeparator : '\n';
        var (all, lines) = (new List<JsonElement>(), new List<int>());
        var line = 1;
        foreach (var range in text.AsSpan().Split(separator))
        {
            var record = text[range];
            var start = line;
            line += record.AsSpan().Count('\n') + (separator == '\n' ? 1 : 0);
            if (string.IsNullOrWhiteSpace(record)) continue;
            if (Whole(record, out var wrong) is { } json && (all.Count > 0 || ForeignJson.TypeOf(json) is not null))
            {
                all.Add(json);
                lines.Add(start);
            }
            else if (all.Count == 0) return null;
            else throw Malformed(record, wrong!, start - 1, fileName);
        }
        return all.Count == 0 ? null : new(all, lines, CrsMember.Of(all[0], fileName, $"line {lines[0]}"));
    }

    /// <summary>The refusal of text that is no JSON.</summary>
    public static RefusalException Malformed(string text, JsonException wrong, int linesBefore, string fileName)
    {
        var trimmed = text.AsSpan().TrimStart();
        var (line, column) = ((wrong.LineNumber ?? 0) + 1 + linesBefore, (wrong.BytePositionInLine ?? 0) + 1);
        if (trimmed.StartsWith("<"))
            return new("JsonMalformed", $"{fileName}, line 1: this begins with '{CellProblem.Quote(FirstLine(trimmed))}': it is XML or "
                + "a web page, "
                + "not JSON. Save the data themselves; a page that asks for a login is not the file. Nothing was changed.",
                $"{fileName} 第 1 行：内容为 '{CellProblem.Quote(FirstLine(trimmed))}'，是 XML 或网页而不是 JSON。"
                    + "请保存数据文件本身（登录页面不是数据）。"
                    + "未作任何更改。", fileName);
        return Malformed(line, column, Rest(text, wrong), fileName);
    }

    /// <summary>The same where the place is known, and what stands there; nothing at the end of the text.</summary>
    public static RefusalException Malformed(long line, long column, string rest, string fileName)
    {
        if (rest.Length == 0)
            return new("JsonMalformed", $"{fileName}, line {line}, column {column}: the file ends inside its JSON; is it cut off? Save "
                + "or download "
                + "it again. Nothing was changed.",
                $"{fileName} 第 {line} 行第 {column} 列：JSON 未结束，文件是否被截断？请重新保存或下载。"
                    + "未作任何更改。", fileName);
        return new("JsonMalformed", $"{fileName}, line {line}, column {column}: not JSON from '{CellProblem.Quote(rest)}' on; correct "
            + "it there "
            + "or save the file again. Nothing was changed.",
            $"{fileName} 第 {line} 行第 {column} 列：从 '{CellProblem.Quote(rest)}' 起不是有效的 JSON；"
                + "请在该处更正或重新保存。未作任何更改。", fileName);
    }

    private static string FirstLine(ReadOnlySpan<char> text) =>
        text[..(text.IndexOf('\n') is >= 0 and var end ? end : text.Length)].Trim().ToString();

    // What stands where reading stopped; empty at the end of the text.
    private static string Rest(string text, JsonException wrong)
    {
        var line = text.Split('\n').ElementAtOrDefault((int)(wrong.LineNumber ?? 0)) ?? "";
        var bytes = System.Text.Encoding.UTF8.GetBytes(line);
        var rest = System.Text.Encoding.UTF8.GetString(bytes.AsSpan((int)Math.Min(wrong.BytePositionInLine ?? 0, bytes.Length))).Trim();
        return rest.Length <= 20 ? rest : rest[..20];
    }
}
