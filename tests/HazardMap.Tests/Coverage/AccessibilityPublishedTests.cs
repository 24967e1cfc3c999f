using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using HazardMap.Tests.Solve;

namespace HazardMap.Tests.Coverage;

public class AccessibilityPublishedTests
{
    private static JsonElement? Case(string name) =>
        SharedData.Find("cases/accessibility/worked_examples.json") is { } path
            ? JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(path)).GetProperty(name) : null;

    private static JsonArray Points(string amount, IEnumerable<(string Id, double Amount)> points) =>
        [.. points.Select(p => new JsonObject { ["id"] = p.Id, [amount] = p.Amount })];

    private static JsonElement Solve(string method, double? threshold, JsonObject decay, JsonArray supply,
        JsonArray demand, JsonArray costs) =>
            SolverTests.Answer(new JsonObject
            {
                ["problem"] = "accessibility", ["method"] = method, ["threshold"] = threshold, ["decay"] = decay,
                ["supply"] = supply, ["demand"] = demand, ["costs"] = costs,
            }.ToJsonString()).GetProperty("accessibility");

    [Fact]
    public void Figure_3_of_Luo_and_Wang_comes_out()
    {
        if (Case("luo_wang_2003_figure_3") is not { } published) return;
        JsonArray costs = [.. published.GetProperty("od").EnumerateArray()
            .Select(od => new JsonArray(od.GetProperty("doc").GetString(), od.GetProperty("pop").GetInt32(),
                od.GetProperty("cost").GetDouble()))];
        var supply = Points("capacity", [("a", 1), ("b", 1)]);
        var demand = Points("population", Enumerable.Range(1, 11).Select(i => (i.ToString(CultureInfo.InvariantCulture), 1.0)));
        var answer = Solve("2SFCA", 30, new JsonObject { ["kind"] = "none" }, supply, demand, costs);
        foreach (var expected in published.GetProperty("expected_2sfca").EnumerateObject())
            Assert.Equal(expected.Value.GetDouble(), answer.GetProperty(expected.Name).GetDouble(), 1e-12);
    }

    [Fact]
    public void The_gravity_example_comes_out()
    {
        if (Case("gravity_beta_1") is not { } published) return;
        JsonArray costs = [.. published.GetProperty("od").EnumerateArray()
            .Select(od => new JsonArray(od[1].GetString(), od[0].GetInt32(), od[2].GetDouble()))];
        var answer = Solve("gravity", null, new JsonObject { ["kind"] = "power", ["exponent"] = 1 },
            Points("capacity", [("A", 1), ("B", 1)]), Points("population", [("1", 1), ("2", 1), ("3", 1)]), costs);
        var expected = published.GetProperty("expected");
        for (var i = 0; i < 3; i++)
            Assert.Equal(expected[i].GetDouble(), answer.GetProperty((i + 1).ToString(CultureInfo.InvariantCulture)).GetDouble(), 1e-12);
    }

    [Theory]
    [InlineData("2sfca", "2SFCA")]
    [InlineData("3sfca", "3SFCA")]
    public void The_hospital_example_comes_out(string key, string method)
    {
        if (Case("hospital_scenario_0") is not { } published) return;
        var tracts = published.GetProperty("tracts");
        var scenario = published.GetProperty("scenarios")[0];
        JsonArray costs = [.. scenario.GetProperty("cost").EnumerateObject()
            .Select(pair => new JsonArray(pair.Name.Split("->")[1], pair.Name.Split("->")[0], pair.Value.GetDouble()))];
        var answer = Solve(method, 60.999, new JsonObject { ["kind"] = "power", ["exponent"] = 1 },
            Points("capacity", tracts.GetProperty("doc").EnumerateObject().Select(p => (p.Name, p.Value.GetDouble()))),
            Points("population", tracts.GetProperty("pop").EnumerateObject().Select(p => (p.Name, p.Value.GetDouble()))), costs);
        foreach (var expected in scenario.GetProperty(key).EnumerateObject())
            Assert.Equal(expected.Value.GetDouble(), answer.GetProperty(expected.Name).GetDouble(), 1e-12);
    }
}
