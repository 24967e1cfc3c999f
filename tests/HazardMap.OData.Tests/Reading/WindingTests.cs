using System.Text.Json.Nodes;
using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests.Reading;

/// <summary>
/// Exteriors leave counterclockwise and holes clockwise (RFC 7946, 3.1.6), in every place where a shape leaves, however they came in.
/// </summary>
public sealed class WindingTests(Coast coast) : IClassFixture<Coast>, IAsyncLifetime
{
    private const string Light = "Lighthouses(04000000-0000-7000-8000-000000000001)";
    private const string Clockwise = "((0 0,0 9,9 9,9 0,0 0),(1 1,2 1,2 2,1 2,1 1))";

    public Task InitializeAsync() => Coast.RunAsync(coast.Source, $"""
        insert into coast.harbours values ('WN1', 'Wound', 'POLYGON{Clockwise}', null, null, null) on conflict do nothing;
        insert into coast.lighthouses (id, name, kind, place, harbour_code, outline) values
          ('04000000-0000-7000-8000-000000000001', 'clockwise', 'Tower', 'POINT(1 1)', 'WN1', 'POLYGON{Clockwise}'),
          ('04000000-0000-7000-8000-000000000002', 'many', 'Tower', 'POINT(1 1)', 'WN1', 'MULTIPOLYGON({Clockwise})'),
          ('04000000-0000-7000-8000-000000000003', 'collection', 'Tower', 'POINT(1 1)', 'WN1',
           'GEOMETRYCOLLECTION(POINT(1 1),POLYGON{Clockwise},LINESTRING(5 5,4 4))')
        on conflict do nothing
        """);

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData(Light)]
    [InlineData(Light + "/Outline")]
    [InlineData(Light + "/Harbour")]
    [InlineData(Light + "?$expand=Harbour")]
    [InlineData("Harbours('WN1')?$expand=Lighthouses")]
    [InlineData("Lighthouses?$filter=HarbourCode eq 'WN1'")]
    [InlineData("Lighthouses?$filter=HarbourCode eq 'WN1'&$compute=Outline as Again&$select=Again")]
    public async Task Rings_leave_as_the_standard_winds_them(string url)
    {
        var rings = Polygons(await coast.Http.JsonAsync(url)).ToList();
        Assert.NotEmpty(rings);
        foreach (var polygon in rings)
        {
            Assert.True(Area(polygon[0]!) > 0, $"exterior: {polygon[0]!.ToJsonString()}");
            foreach (var hole in polygon.AsArray().Skip(1)) Assert.True(Area(hole!) < 0, $"hole: {hole!.ToJsonString()}");
        }
    }

    [Fact]
    public async Task The_raw_value_and_a_change_of_a_tracked_set_too()
    {
        Assert.StartsWith("""{"type":"Polygon","coordinates":[[[0,0],[9,0],""", await coast.Http.GetStringAsync(Light + "/Outline/$value"),
            StringComparison.Ordinal);
        using var request = new HttpRequestMessage(HttpMethod.Get, "Lighthouses?$filter=HarbourCode eq 'WN1'");
        request.Headers.Add("Prefer", "track-changes");
        using var response = await coast.Http.SendAsync(request);
        var link = (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["@odata.deltaLink"]!;
        await Coast.RunAsync(coast.Source, "update coast.lighthouses set steps = 7 where harbour_code = 'WN1'");
        Assert.All(Polygons(await coast.Http.JsonAsync(link)), polygon => Assert.True(Area(polygon[0]!) > 0));
    }

    [Fact]
    public async Task A_shape_that_was_read_is_found_again()
    {
        var wkt = Clockwise.Replace("0 9,9 9,9 0", "9 0,9 9,0 9", StringComparison.Ordinal);
        Assert.Contains("clockwise",
            await coast.Http.NamesAsync($"Lighthouses?$filter=Outline eq geography'SRID=4326;Polygon{wkt.Replace(" ", "%20")}'"));
    }

    private static IEnumerable<JsonNode> Polygons(JsonNode? node) => node switch
    {
        JsonObject shape when (string?)shape["type"] == "Polygon" => [shape["coordinates"]!],
        JsonObject shape when (string?)shape["type"] == "MultiPolygon" => shape["coordinates"]!.AsArray().Select(x => x!),
        JsonObject other => other.SelectMany(x => Polygons(x.Value)),
        JsonArray list => list.SelectMany(Polygons),
        _ => [],
    };

    private static double Area(JsonNode ring)
    {
        var points = ring.AsArray().Select(x => (X: (double)x![0]!, Y: (double)x[1]!)).ToList();
        return points.Zip(points.Skip(1), (a, b) => a.X * b.Y - b.X * a.Y).Sum();
    }
}
