using System.Globalization;
using System.Text.Json.Nodes;
using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests.Oracle;

/// <summary>
/// Random questions, each said twice: once in OData and once in SQL written out by another hand (<see cref="OracleFilters"/>,
/// <see cref="OracleAggregations"/>, which know nothing of the translator). Both must answer the same.
/// HAZARDMAP_ODATA_CASES sets how many.
/// </summary>
[Collection(nameof(Coast))]
public sealed class OracleTests(Coast coast)
{
    private static readonly int Cases = int.Parse(Environment.GetEnvironmentVariable("HAZARDMAP_ODATA_CASES") ?? "300",
        CultureInfo.InvariantCulture);

    [Fact]
    public async Task Random_filters_let_the_same_rows_through_as_independent_SQL()
    {
        var filters = new OracleFilters(new Random(20260101));
        var passing = 0;
        for (var i = 0; i < Cases; i++)
        {
            var (odata, sql) = filters.Condition(depth: 3);
            var expected = await TextsAsync("select l.id::text from coast.lighthouses l left "
                + $"join coast.harbours h on h.code = l.harbour_code where ({sql}) is true order by l.id");
            var answered = (await RowsAsync("Lighthouses?$select=Id&$filter=" + Uri.EscapeDataString(odata)))
                .Select(x => (string)x!["Id"]!).ToList();
            Assert.True(expected.SequenceEqual(answered, StringComparer.Ordinal),
                $"case {i}: {odata}\n{sql}\n{expected.Count} expected, {answered.Count} answered");
            if (expected.Count is > 0 and < 603) passing++;
        }
        // A generator whose filters all pass or all fail would prove nothing.
        Assert.True(passing > Cases / 2, $"only {passing} of {Cases} filters divided the rows");
    }

    [Fact]
    public async Task Random_computations_have_the_values_of_independent_SQL()
    {
        var random = new Random(20260102);
        var filters = new OracleFilters(random);
        for (var i = 0; i < Cases / 5; i++)
        {
            var ((odata, sql), (filter, where)) = (filters.AnyNumber(), filters.Condition(1));
            var descending = random.Next(2) == 0;
            var url = $"$compute={odata} as X&$select=Name,X&$filter=({filter}) and (X ne 3 or X eq null)"
                + $"&$orderby=X {(descending ? "desc" : "asc")},Id&$top=100";
            var expected = await TextsAsync($"select coalesce(({sql})::float8::text, '') from coast.lighthouses l left "
                + "join coast.harbours h on h.code = l.harbour_code"
                + $" where ({where}) is true and ({sql}) is distinct from 3 "
                + $"order by {sql} {(descending ? "desc nulls last" : "asc nulls first")}, l.id limit 100");
            var answered = (await RowsAsync("Lighthouses?" + Escaped(url))).Select(x => x!["X"]).ToList();
            Assert.True(expected.Count == answered.Count && expected.Zip(answered).All(x => SameNumber(x.First, x.Second)), $"case {i}: "
                + $"{url}\n{string.Join(',', expected.Take(10))}\n{string.Join(',', answered.Take(10).Select(x => x?.ToJsonString()))}");
        }
    }

    [Fact]
    public async Task Random_aggregations_have_the_rows_of_independent_SQL()
    {
        var questions = new OracleAggregations(new Random(20260103));
        for (var i = 0; i < Cases / 3; i++)
        {
            var (odata, sql) = questions.Question();
            var expected = (await TextsAsync($"select j::text from ({sql}) r")).Select(x => Canonical(JsonNode.Parse(x)!.AsObject()))
                .Order(StringComparer.Ordinal).ToList();
            var answered = (await RowsAsync("Lighthouses?" + Escaped(odata))).Select(x => Canonical(x!.AsObject()))
                .Order(StringComparer.Ordinal).ToList();
            Assert.True(expected.SequenceEqual(answered, StringComparer.Ordinal),
                $"case {i}: {odata}\n{sql}\n{string.Join('\n', expected.Except(answered).Take(5))}\n"
                    + $"answered\n{string.Join('\n', answered.Except(expected).Take(5))}");
        }
    }

    private async Task<List<string>> TextsAsync(string sql)
    {
        var texts = new List<string>();
        await using var command = coast.Source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) texts.Add(reader.GetString(0));
        return texts;
    }

    private async Task<JsonArray> RowsAsync(string url)
    {
        using var response = await coast.Http.GetAsync(url);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{url}\n{text}");
        return JsonNode.Parse(text)!["value"]!.AsArray();
    }

    private static string Escaped(string options) => string.Join('&', options.Split('&').Select(x =>
        x[..(x.IndexOf('=', StringComparison.Ordinal) + 1)] + Uri.EscapeDataString(x[(x.IndexOf('=', StringComparison.Ordinal) + 1)..])));

    private static bool SameNumber(string expected, JsonNode? answered)
    {
        if (expected.Length == 0 || answered is null) return expected.Length == 0 && answered is null;
        var (a, b) = (double.Parse(expected, CultureInfo.InvariantCulture), (double)answered);
        return Math.Abs(a - b) <= 1e-9 * Math.Max(1, Math.Abs(a));
    }

    /// <summary>Members by their whole path, in order, numbers without trailing zeros.</summary>
    private static string Canonical(JsonObject row) => string.Join(';', Flat("", row).Order(StringComparer.Ordinal));

    private static IEnumerable<string> Flat(string before, JsonObject row) =>
        row.Where(x => x.Key != "@odata.id").SelectMany(x => x.Value is JsonObject inner
            ? Flat(before + x.Key + "/", inner)
            : [$"{before}{x.Key}=" + (x.Value is JsonValue value && value.GetValueKind() == System.Text.Json.JsonValueKind.Number
                ? ((double)value).ToString("G14", CultureInfo.InvariantCulture) : x.Value?.ToJsonString())]);
}
