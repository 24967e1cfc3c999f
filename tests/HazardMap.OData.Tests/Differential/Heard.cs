using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml;

namespace HazardMap.OData.Tests.Differential;

/// <summary>An answer, with everything taken out that two right answers may differ in:
/// annotations, order of members, ways to write a value.</summary>
public sealed partial record Heard(int Status, string Text, string? Count, IReadOnlyList<string> Rows,
    IReadOnlyList<string> RowsInAnyNestedOrder)
{
    public bool Answered => Status < 300;

    public static async Task<Heard> AskAsync(HttpClient http, string url, int pageSize)
    {
        var (rows, loose) = (new List<string>(), new List<string>());
        string? count = null;
        for (var next = url; ;)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, next);
            if (pageSize > 0) request.Headers.Add("Prefer", $"odata.maxpagesize={pageSize}");
            using var response = await http.SendAsync(request);
            var text = (await response.Content.ReadAsStringAsync()).TrimStart('\uFEFF');
            if (!response.IsSuccessStatusCode) return new Heard((int)response.StatusCode, text, null, [], []);
            if (!text.StartsWith('{')) return new Heard(200, text, text, [], []);
            var answer = JsonNode.Parse(text)!.AsObject();
            count ??= answer["@odata.count"]?.ToJsonString();
            rows.AddRange(answer["value"]!.AsArray().Select(x => Canonical(x, sorted: false)));
            loose.AddRange(answer["value"]!.AsArray().Select(x => Canonical(x, sorted: true)));
            if ((string?)answer["@odata.nextLink"] is not { } link || rows.Count > 5_000) return new Heard(200, text, count, rows, loose);
            next = link;
        }
    }

    private static string Canonical(JsonNode? node, bool sorted) => node switch
    {
        JsonObject members => "{" + string.Join(',', members.Where(x => !x.Key.StartsWith('@') && !IsNote(x.Key))
            .OrderBy(x => x.Key, StringComparer.Ordinal).Select(x => $"{x.Key}:{Canonical(x.Value, sorted)}")) + "}",
        JsonArray items when sorted => "[" + string.Join(',', items.Select(x => Canonical(x, sorted)).Order(StringComparer.Ordinal)) + "]",
        JsonArray items => "[" + string.Join(',', items.Select(x => Canonical(x, sorted))) + "]",
        JsonValue value when value.GetValueKind() == JsonValueKind.Number =>
            value.GetValue<JsonElement>().GetDouble().ToString("G12", CultureInfo.InvariantCulture),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => JsonSerializer.Serialize(Canonical((string)value!)),
        null => "null",
        _ => node.ToJsonString(),
    };

    private static bool IsNote(string member) =>
        member.Contains('@', StringComparison.Ordinal) && !member.EndsWith("@odata.count", StringComparison.Ordinal);

    private static string Canonical(string value)
    {
        if (Moment().IsMatch(value)) return DateTimeOffset.Parse(value, CultureInfo.InvariantCulture).UtcDateTime.ToString("O");
        if (Time().IsMatch(value)) return TimeOnly.Parse(value, CultureInfo.InvariantCulture).ToString("O");
        return Span().IsMatch(value) ? XmlConvert.ToTimeSpan(value).ToString("c") : value;
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Moment();

    [GeneratedRegex(@"^\d\d:\d\d(:\d\d(\.\d+)?)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Time();

    [GeneratedRegex(@"^-?P(\d|T)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Span();
}
