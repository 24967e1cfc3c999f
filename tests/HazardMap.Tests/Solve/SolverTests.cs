using System.Text;
using System.Text.Json;
using HazardMap.Geodesy;
using HazardMap.Solve;

namespace HazardMap.Tests.Solve;

public class SolverTests
{
    internal static JsonElement Answer(string problem)
    {
        var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer)) Solver.Solve(JsonSerializer.Deserialize<JsonElement>(problem), writer);
        return JsonSerializer.Deserialize<JsonElement>(Encoding.UTF8.GetString(buffer.ToArray()));
    }

    [Fact]
    public void Points_are_transformed_x_first()
    {
        var answer = Answer("""{"problem":"crs.transform","from":"EPSG:4326","to":"EPSG:4548","points":[[116.4074,39.9042]]}""");
        Assert.Equal(449324.791399, answer.GetProperty("points")[0][0].GetDouble(), 1e-6);
        Assert.Equal(4419060.118398, answer.GetProperty("points")[0][1].GetDouble(), 1e-6);
    }

    [Fact]
    public void Distances_are_metres_on_the_spheroid()
    {
        var answer = Answer("""{"problem":"geodesic.distance","pairs":[{"point":[0,0],"shape":{"type":"Point","coordinates":[0.1,0]}},"""
            + """{"point":[0,0.4],"shape":{"type":"Point","coordinates":[0,0]}}]}""");
        Assert.Equal(Geodesic.Distance(0, 0, 0.1, 0), answer.GetProperty("metres")[0].GetDouble(), 1e-6);
        Assert.Equal(Geodesic.Distance(0, 0, 0, 0.4), answer.GetProperty("metres")[1].GetDouble(), 3e-5);
    }

    [Theory]
    [InlineData("[]", "the problem")]
    [InlineData("{}", "problem")]
    [InlineData("""{"problem":7}""", "problem")]
    [InlineData("""{"problem":"world.peace"}""", "problem")]
    [InlineData("""{"problem":"crs.transform","from":"EPSG:4326","points":[]}""", "to")]
    [InlineData("""{"problem":"crs.transform","from":"EPSG:1","to":"gcj02","points":[]}""", "from")]
    [InlineData("""{"problem":"crs.transform","from":"bd09","to":"gcj02","points":{}}""", "points")]
    [InlineData("""{"problem":"crs.transform","from":"bd09","to":"gcj02","points":[[104,23],[104]]}""", "points[1]")]
    [InlineData("""{"problem":"crs.transform","from":"bd09","to":"gcj02","points":[[104,23],[104,"23"]]}""", "points[1][1]")]
    [InlineData("""{"problem":"crs.transform","from":"bd09","to":"gcj02","points":[[104,1e999]]}""", "points[0][1]")]
    [InlineData("""{"problem":"crs.transform","from":"EPSG:4326","to":"gcj02","points":[[104,23],[104,123]]}""", "points[1]")]
    [InlineData("""{"problem":"geodesic.distance","pairs":[{"point":[0,0]}]}""", "pairs[0].shape")]
    [InlineData("""{"problem":"geodesic.distance","pairs":[7]}""", "pairs[0].point")]
    [InlineData("""{"problem":"geodesic.distance","pairs":[{"point":[0,95],"shape":{"type":"Point","coordinates":[0,0]}}]}""",
        "pairs[0].point")]
    [InlineData("""{"problem":"geodesic.distance","pairs":[{"point":[0,0],"shape":{"type":"Point","coordinates":[0]}}]}""",
        "pairs[0].shape.coordinates")]
    [InlineData("""{"problem":"geodesic.distance","pairs":[{"point":[0,0],"shape":{"type":"Point","coordinates":[0.45,0]}}]}""",
        "pairs[0]")]
    public void A_malformed_problem_is_refused_saying_where(string problem, string target) =>
        Assert.Equal(target, Assert.Throws<RefusalException>(() => Answer(problem)).Target);
}
