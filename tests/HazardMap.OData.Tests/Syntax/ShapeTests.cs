using HazardMap.OData.Tests.World;
using YamlDotNet.RepresentationModel;

namespace HazardMap.OData.Tests.Syntax;

/// <summary>Shapes of all seven kinds: as literals, as GeoJSON, from the database and back.</summary>
[Collection(nameof(Coast))]
public sealed class ShapeTests(Coast coast)
{
    public static TheoryData<string, string> Kinds { get; } = new()
    {
        { "Point(104.5 23.5)", """{"type":"Point","coordinates":[104.5,23.5]}""" },
        { "LineString(104 23,105 24)", """{"type":"LineString","coordinates":[[104,23],[105,24]]}""" },
        { "Polygon((104 23,105 23,105 24,104 23),(104.5 23.1,104.6 23.2,104.6 23.1,104.5 23.1))", """
            {"type":"Polygon","coordinates":[[[104,23],[105,23],[105,24],[104,23]],[[104.5,23.1],[104.6,23.2],[104.6,23.1],[104.5,23.1]]]}
            """ },
        { "MultiPoint((104 23),(105 24))", """{"type":"MultiPoint","coordinates":[[104,23],[105,24]]}""" },
        { "MultiLineString((104 23,105 24),(1 2,3 4))",
            """{"type":"MultiLineString","coordinates":[[[104,23],[105,24]],[[1,2],[3,4]]]}""" },
        { "MultiPolygon(((104 23,105 23,105 24,104 23)),((1 1,2 1,2 2,1 1)))",
            """{"type":"MultiPolygon","coordinates":[[[[104,23],[105,23],[105,24],[104,23]]],[[[1,1],[2,1],[2,2],[1,1]]]]}""" },
        { "GeometryCollection(Point(104 23),LineString(1 2,3 4))",
            """{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[104,23]},"""
                + """{"type":"LineString","coordinates":[[1,2],[3,4]]}]}""" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_shape_is_the_same_as_literal_as_GeoJSON_and_in_the_database(string literal, string json)
    {
        var url = $"Lighthouses({CoastRows.Pharos})?$compute=geography'SRID=4326;{literal}' as Written,@j as Said,geo.distance(Place,"
            + "@g) as Far,geo.length(@j) as Long&$select=Written,Said,Far,Long"
            + $"&@j={Uri.EscapeDataString(json)}&@g=geography'{literal}'";
        var answer = await coast.Http.JsonAsync(url);
        Assert.Equal(json, answer["Written"]!.ToJsonString());
        Assert.Equal(json, answer["Said"]!.ToJsonString());
        await using var command = coast.Source.CreateCommand("select st_distance(place, st_geomfromgeojson($1)::geography), "
            + "st_length(st_geomfromgeojson($1)::geography) from coast.lighthouses where name = 'Pharos'");
        command.Parameters.AddWithValue(json);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        Assert.Equal((reader.GetDouble(0), reader.GetDouble(1)), ((double)answer["Far"]!, (double)answer["Long"]!));
    }

    [Fact]
    public async Task The_published_geo_cases_are_answered_in_4326_and_refused_in_other_systems()
    {
        if (SharedData.Find("cases/odata/geo_cases.yaml") is not { } file) return;
        var yaml = new YamlStream();
        yaml.Load(new StringReader(await File.ReadAllTextAsync(file)));
        var literals = ((YamlSequenceNode)yaml.Documents[0].RootNode["TestCases"]).Select(x => (string)x["Input"]!)
            .Where(x => x.StartsWith("geography'", StringComparison.Ordinal)).ToList();
        Assert.True(literals.Count >= 9);
        foreach (var literal in literals)
        {
            var (status, error) = await DistanceAsync(literal);
            Assert.True(status == 400 && error.Contains("SRID", StringComparison.Ordinal), $"{literal}: {status} {error}");
            var (answered, reason) = await DistanceAsync(literal.Replace("SRID=0", "SRID=4326", StringComparison.Ordinal));
            // The grammar's own examples have rings that are none, empty shapes, and heights: not on a map.
            var isSound = !literal.Contains("(1 1,1 1)", StringComparison.Ordinal) && !literal.Contains("()", StringComparison.Ordinal)
                && !literal.Contains("10.0", StringComparison.Ordinal);
            Assert.True(answered == (isSound ? 200 : 400), $"{literal}: {answered} {reason}");
        }
    }

    private async Task<(int Status, string Text)> DistanceAsync(string literal)
    {
        using var response =
            await coast.Http.GetAsync("Lighthouses?$top=1&$filter=" + Uri.EscapeDataString($"geo.distance(Place,{literal}) gt 1"));
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
