using System.Text;
using System.Text.Json;
using HazardMap.Geodesy;

namespace HazardMap.Tests.Geodesy;

public class GeoJsonTests
{
    [Theory]
    [InlineData("""{"type":"Point","coordinates":[104.2,23.4]}""")]
    [InlineData("""{"type":"MultiPoint","coordinates":[[104.2,23.4],[104.3,23.5]]}""")]
    [InlineData("""{"type":"LineString","coordinates":[[104.2,23.4],[104.3,23.5]]}""")]
    [InlineData("""{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4],[0,4],[0,0]],[[1,1],[1,2],[2,2],[2,1],[1,1]]]}""")]
    [InlineData("""{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]],[[[5,5],[6,5],[6,6],[5,5]]]]}""")]
    public void A_sound_geometry_is_read_and_written_back_as_it_was(string text)
    {
        var shape = GeoJson.Read(text);
        Assert.Equal(4326, shape.SRID);
        var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer)) GeoJson.Write(writer, shape);
        Assert.Equal(text, Encoding.UTF8.GetString(buffer.ToArray()));
    }

    [Theory]
    [InlineData("""{"type":"Point","coordinates":[104.2,93.4]}""", "CoordinateOutOfRange", "geometry.coordinates")]
    [InlineData("""{"type":"Point","coordinates":[1e999,3]}""", "CoordinateOutOfRange", "geometry.coordinates")]
    [InlineData("""{"type":"Point","coordinates":[]}""", "EmptyGeometry", "geometry.coordinates")]
    [InlineData("""{"type":"Point","coordinates":["104",3]}""", "MalformedGeometry", "geometry.coordinates")]
    [InlineData("""{"type":"Point"}""", "MalformedGeometry", "geometry.coordinates")]
    [InlineData("""{"type":"Circle","coordinates":[1,2]}""", "MalformedGeometry", "geometry.type")]
    [InlineData("""{"type":"Po\ud800int","coordinates":[1,2]}""", "MalformedGeometry", "geometry.type")]
    [InlineData("""{"type":"LineString","coordinates":[[1,2]]}""", "MalformedGeometry", "geometry.coordinates")]
    [InlineData("""{"type":"LineString","coordinates":[[1,2],[181,2]]}""", "CoordinateOutOfRange", "geometry.coordinates[1]")]
    [InlineData("""{"type":"LineString","coordinates":[[0,0],[180,0]]}""", "AntipodalEdge", "geometry")]
    [InlineData("""{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4],[0,4]]]}""", "RingNotClosed", "geometry.coordinates[0]")]
    [InlineData("""{"type":"Polygon","coordinates":[]}""", "EmptyGeometry", "geometry.coordinates")]
    [InlineData("""{"type":"GeometryCollection","geometries":[]}""", "UnsupportedGeometry", "geometry")]
    [InlineData("""{"type":"Point","coordinates":[1,2],"crs":{"type":"name","properties":{"name":"EPSG:4490"}}}""",
        "UnsupportedCrs", "geometry.crs")]
    [InlineData("[1,2]", "MalformedGeometry", "geometry")]
    [InlineData("{", "MalformedJson", "geometry")]
    public void A_bad_geometry_is_refused_with_its_path(string text, string code, string target)
    {
        var refusal = Assert.Throws<RefusalException>(() => GeoJson.Read(text));
        Assert.Equal(code, refusal.Code);
        Assert.Equal(target, refusal.Target);
    }

    [Fact]
    public void A_type_whose_bytes_are_not_UTF_8_is_refused()
    {
        using var json = JsonDocument.Parse(Encoding.Latin1.GetBytes("{\"type\":\"Po\u00ff\",\"coordinates\":[1,2]}"));
        Assert.Equal("geometry.type", Assert.Throws<RefusalException>(() => GeoJson.Read(json.RootElement)).Target);
    }

    [Fact]
    public void A_self_crossing_polygon_is_refused_at_the_crossing()
    {
        var refusal = Assert.Throws<RefusalException>(() =>
            GeoJson.Read("""{"type":"Polygon","coordinates":[[[0,0],[2,2],[2,0],[0,2],[0,0]]]}"""));
        Assert.Equal("InvalidGeometry", refusal.Code);
        Assert.Contains("[1, 1]", refusal.Message);
    }

    [Theory]
    [InlineData("[[[0,0],[0,9],[9,9],[9,0],[0,0]],[[1,1],[2,1],[2,2],[1,1]]]")]
    [InlineData("[[[0,0],[9,0],[9,9],[0,9],[0,0]],[[1,1],[2,2],[2,1],[1,1]]]")]
    public void Rings_are_written_as_the_standard_winds_them(string kept)
    {
        const string written = "[[[0,0],[9,0],[9,9],[0,9],[0,0]],[[1,1],[2,2],[2,1],[1,1]]]";
        foreach (var (type, before, after) in new[] { ("Polygon", kept, written), ("MultiPolygon", $"[{kept}]", $"[{written}]") })
        {
            var buffer = new System.Buffers.ArrayBufferWriter<byte>();
            using (var json = new System.Text.Json.Utf8JsonWriter(buffer))
                GeoJson.Write(json, GeoJson.Read($$"""{"type":"{{type}}","coordinates":{{before}}}"""));
            Assert.Equal($$"""{"type":"{{type}}","coordinates":{{after}}}""", System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan));
        }
    }

    [Fact]
    public void An_altitude_is_dropped() =>
        Assert.Equal(2, GeoJson.Read("""{"type":"Point","coordinates":[1,2,300]}""").Coordinate.Y);

    [Fact]
    public void A_register_refuses_a_shape_across_the_180th_meridian_with_the_place_to_cut_and_takes_one_that_was_cut()
    {
        var refusal = Assert.Throws<RefusalException>(
            () => Soundness.CheckDateLine(GeoJson.Read("""{"type":"LineString","coordinates":[[179.5,10],[179.999,10],[-179.999,10]]}""")));
        Assert.Equal("AcrossTheDateLine", refusal.Code);
        Assert.Contains("[179.999, 10]", refusal.MessageZh);
        Soundness.CheckDateLine(
            GeoJson.Read("""{"type":"MultiLineString","coordinates":[[[179.5,10],[180,10]],[[-180,10],[-179.5,10]]]}"""));
    }
}
