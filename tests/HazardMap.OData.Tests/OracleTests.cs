using System.Globalization;
using System.Text.Json.Nodes;
using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests;

/// <summary>
/// Random filters, each said twice: once in OData and once in SQL written out by another hand (<see cref="OracleFilters"/>,
/// which knows nothing of the translator). Both must let the same rows through. HAZARDMAP_ODATA_CASES sets how many.
/// </summary>
[Collection(nameof(Coast))]
public sealed class OracleTests(Coast coast)
{
    [Fact]
    public async Task Random_filters_let_the_same_rows_through_as_independent_SQL()
    {
        var cases = int.Parse(Environment.GetEnvironmentVariable("HAZARDMAP_ODATA_CASES") ?? "300", CultureInfo.InvariantCulture);
        var filters = new OracleFilters(new Random(20260101));
        var passing = 0;
        for (var i = 0; i < cases; i++)
        {
            var (odata, sql) = filters.Condition(depth: 3);
            var (expected, answered) = (await ByHand(sql), await ByOData(odata));
            Assert.True(expected.SequenceEqual(answered, StringComparer.Ordinal), $"case {i}: {odata}\n{sql}\n{expected.Count} expected, {answered.Count} answered");
            if (expected.Count is > 0 and < 603) passing++;
        }
        // A generator whose filters all pass or all fail would prove nothing.
        Assert.True(passing > cases / 2, $"only {passing} of {cases} filters divided the rows");
    }

    private async Task<List<string>> ByHand(string sql)
    {
        var ids = new List<string>();
        await using var command = coast.Source.CreateCommand(
            $"select l.id::text from coast.lighthouses l left join coast.harbours h on h.code = l.harbour_code where ({sql}) is true order by l.id");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) ids.Add(reader.GetString(0));
        return ids;
    }

    private async Task<List<string>> ByOData(string filter)
    {
        using var response = await coast.Http.GetAsync("Lighthouses?$select=Id&$filter=" + Uri.EscapeDataString(filter));
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{filter}\n{text}");
        return [.. JsonNode.Parse(text)!["value"]!.AsArray().Select(x => (string)x!["Id"]!)];
    }
}
