using System.Globalization;
using System.Text.Json;
using HazardMap.Tests.Solve;

namespace HazardMap.Tests.Network;

public class NetworkProblemTests
{
    private static string Edges(int sourceColumn) =>
        "[" + string.Join(',', SharedData.Rows("cases/network/pgrouting_edges.csv")
            .Select(row => $"[{row[0]},{row[sourceColumn]},{row[sourceColumn + 1]},{row[1]},{row[2]}]")) + "]";

    private static JsonElement? Published(string name) =>
        SharedData.Find("cases/network/pgrouting_expected.json") is { } path
            ? JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(path)).GetProperty(name) : null;

    [Theory]
    [InlineData("directed", "true")]
    [InlineData("undirected", "false")]
    public void The_driving_distances_of_pgRoutings_manual_come_out(string name, string directed)
    {
        if (Published($"drivingDistance_v3_from11_dist3_{name}") is not { } published) return;
        var answer = SolverTests.Answer(
            $$"""{"problem":"network.distances","edges":{{Edges(7)}},"directed":{{directed}},"sources":[11],"limit":3,"nearest":false}""");
        var expected = published.EnumerateObject().Select(p => (long.Parse(p.Name, CultureInfo.InvariantCulture), p.Value.GetDouble()))
            .OrderBy(p => p.Item2).ThenBy(p => p.Item1);
        Assert.Equal(expected, answer.GetProperty("costs").EnumerateArray().Select(c => (c[1].GetInt64(), c[2].GetDouble())));
    }

    [Fact]
    public void The_cost_matrix_of_pgRoutings_manual_comes_out()
    {
        if (Published("costMatrix_v2_1to4_directed") is not { } published) return;
        var answer = SolverTests.Answer(
            $$"""{"problem":"network.matrix","edges":{{Edges(9)}},"directed":true,"from":[1,2,3,4],"to":[1,2,3,4]}""");
        var found = answer.GetProperty("costs").EnumerateArray()
            .ToDictionary(c => $"{c[0]}->{c[1]}", c => c[2].GetDouble(), StringComparer.Ordinal);
        Assert.Equal(16, found.Count);
        Assert.All(published.EnumerateObject(), pair => Assert.Equal(pair.Value.GetDouble(), found[pair.Name]));
        Assert.All(Enumerable.Range(1, 4), node => Assert.Equal(0, found[$"{node}->{node}"]));
    }

    [Fact]
    public void Nearest_gives_each_node_to_one_source_and_ties_to_the_first()
    {
        var answer = SolverTests.Answer(
            """{"problem":"network.distances","edges":[[1,1,2,1,1],[2,2,3,1,1]],"sources":[3,1],"limit":null,"nearest":true}""");
        Assert.Equal("[[3,3,0],[3,2,1],[1,1,0]]", answer.GetProperty("costs").GetRawText());
    }

    [Fact]
    public void No_way_is_null_and_a_one_way_street_is_one_way()
    {
        var answer = SolverTests.Answer("""{"problem":"network.matrix","edges":[[1,1,9223372036854775807,2.5,-1]],"from":[1,"""
            + """9223372036854775807],"to":[1,9223372036854775807]}""");
        Assert.Equal("[[1,1,0],[1,9223372036854775807,2.5],[9223372036854775807,1,null],[9223372036854775807,9223372036854775807,0]]",
            answer.GetProperty("costs").GetRawText());
    }

    [Theory]
    [InlineData("""{"problem":"network.distances","sources":[1]}""", "edges")]
    [InlineData("""{"problem":"network.distances","edges":[[1,1,2,1,1],[2,2,3,1]],"sources":[1]}""", "edges[1]")]
    [InlineData("""{"problem":"network.distances","edges":[[1,1,2,1,1],[2,2,3,"1",1]],"sources":[1]}""", "edges[1].cost")]
    [InlineData("""{"problem":"network.distances","edges":[[1,1,2,1,1e999]],"sources":[1]}""", "edges[0].reverseCost")]
    [InlineData("""{"problem":"network.distances","edges":[[1,1.5,2,1,1]],"sources":[1]}""", "edges[0].source")]
    [InlineData("""{"problem":"network.distances","edges":[[1,1,2,1,1]],"sources":[1,3]}""", "sources[1]")]
    [InlineData("""{"problem":"network.distances","edges":[[1,1,2,1,1]],"sources":["1"]}""", "sources[0]")]
    [InlineData("""{"problem":"network.distances","edges":[[1,1,2,1,1]],"sources":[]}""", "sources")]
    [InlineData("""{"problem":"network.distances","edges":[[1,1,2,1,1]],"sources":[1],"limit":-1}""", "limit")]
    [InlineData("""{"problem":"network.distances","edges":[[1,1,2,1,1]],"sources":[1],"limit":"far"}""", "limit")]
    [InlineData("""{"problem":"network.distances","edges":[[1,1,2,1,1]],"sources":[1],"nearest":1}""", "nearest")]
    [InlineData("""{"problem":"network.distances","edges":[[1,1,2,1,1]],"directed":"no","sources":[1]}""", "directed")]
    [InlineData("""{"problem":"network.matrix","edges":[[1,1,2,1,1]],"from":[1]}""", "to")]
    [InlineData("""{"problem":"network.matrix","edges":[],"from":[1],"to":[1]}""", "from[0]")]
    public void What_is_wrong_is_refused_saying_where(string problem, string target) =>
        Assert.Equal(target, Assert.Throws<RefusalException>(() => SolverTests.Answer(problem)).Target);
}
