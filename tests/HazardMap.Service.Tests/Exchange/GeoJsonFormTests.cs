using HazardMap.Service.Exchange;

namespace HazardMap.Service.Tests.Exchange;

/// <summary>The forms in which programs write features: read, or named as what they are.</summary>
public sealed class GeoJsonFormTests(LedgerCounty county) : IClassFixture<LedgerCounty>
{
    private static string Feature(string code, string position = "[104.3,23.4]", string more = "") =>
        $"{{\"type\":\"Feature\",\"properties\":{{\"Code\":\"{code}\",\"Name\":\"塘\",\"Kind\":\"Pond\",\"DivisionCode\":\"532601101\","
        + $"\"DepthMetres\":2.0{more}}},\"geometry\":{{\"type\":\"Point\",\"coordinates\":{position}}}}}";

    private static string Collection(string features, string crs = "") =>
        $"{{\"type\":\"FeatureCollection\",{crs}\"features\":[{features}]}}";

    private static string Crs(string name) => $"\"crs\":{{\"type\":\"name\",\"properties\":{{\"name\":\"{name}\"}}}},";

    private Task<ImportReport> DryRunAsync(string text, string crs = "auto") =>
        county.ImportAsync("waters.geojson", text, crs: crs, dryRun: true);

    public static TheoryData<string, string> Readable() => new()
    {
        { "newline-delimited", Feature("N1") + "\n" + Feature("N2", "[104.31,23.4]") + "\n" },
        { "with blank lines and carriage returns", Feature("N1") + "\r\n\r\n" + Feature("N2", "[104.31,23.4]") },
        { "with record separators", "\u001E" + Feature("N1") + "\n\u001E" + Feature("N2", "[104.31,23.4]") + "\n" },
        { "with record separators, spread over lines", "\u001E"
            + Feature("N1").Replace(",\"geometry", ",\n\"geometry", StringComparison.Ordinal)
            + "\n\u001E" + Feature("N2", "[104.31,23.4]") },
        { "an array", "[" + Feature("N1") + "," + Feature("N2", "[104.31,23.4]") + "]" },
        { "a collection", Collection(Feature("N1") + "," + Feature("N2", "[104.31,23.4]")) },
    };

    [Theory, MemberData(nameof(Readable))]
    public async Task Features_are_read(string form, string text)
    {
        Assert.NotEmpty(form);
        Assert.Equal((2, 2), await DryRunAsync(text) is var r ? (r.Read, r.Inserted) : default);
    }

    [Fact]
    public async Task One_feature_is_read() => Assert.Equal(1, (await DryRunAsync(Feature("N1"))).Inserted);

    [Fact]
    public async Task A_sequence_is_refused_at_its_line() =>
        Assert.Contains("line 2, DepthMetres: 'deep'", (await county.RefusedAsync("waters.geojson",
            Feature("N1") + "\n" + Feature("N2").Replace("2.0", "\"deep\"", StringComparison.Ordinal))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"version":0.6,"generator":"Overpass API","elements":[]}""", "Overpass JSON", "[out:xml]")]
    [InlineData("""{"type":"Topology","objects":{},"arcs":[]}""", "TopoJSON", "ogr2ogr")]
    [InlineData("""{"geometryType":"esriGeometryPoint","features":[{"attributes":{}}]}""", "Esri JSON", "f=geojson")]
    [InlineData("""{"features":[{"attributes":{"Code":"N1"},"geometry":{"x":1,"y":2}}]}""", "Esri JSON", "f=geojson")]
    [InlineData("""{"type":"Point","coordinates":[104.3,23.4]}""", "Point", "Feature")]
    [InlineData("""{"type":"FeatureCollection","features":null}""", "null", "features")]
    [InlineData("""[{"编号":"N1","经度":104.3}]""", "csv", "Feature")]
    [InlineData("""{"data":[],"total":0}""", "data, total", "FeatureCollection")]
    [InlineData("42", "42", "FeatureCollection")]
    public async Task What_is_no_geojson_is_named_with_its_remedy_in_both_languages(string text, string seen, string remedy)
    {
        var refusal = await county.RefusedAsync("waters.json", text);
        Assert.Equal("NotFeatures", refusal.Code);
        foreach (var message in new[] { refusal.Message, refusal.MessageZh })
        {
            Assert.Contains(seen, message, StringComparison.Ordinal);
            Assert.Contains(remedy, message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("null", "features[1]: null stands where a Feature should")]
    [InlineData("7", "features[1]: 7 stands where a Feature should")]
    [InlineData("""{"type":"Point","coordinates":[104.3,23.4]}""", "features[1]: this is no Feature: its type is Point")]
    [InlineData("""{"type":"Feature","properties":[1],"geometry":null}""", "features[1]: its properties are [1]")]
    public async Task What_stands_in_a_feature_s_place_is_named(string feature, string says) =>
        Assert.Contains(says, (await county.RefusedAsync("waters.geojson", Collection(Feature("N1") + "," + feature))).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData(",\"编号\":\"N2\"")]
    [InlineData(",\"co de\":\"N2\"")]
    public async Task Two_properties_of_one_meaning_are_refused_by_name(string more)
    {
        var refusal = await county.RefusedAsync("waters.geojson", Collection(Feature("N1", more: more)));
        Assert.Equal("HeaderTwice", refusal.Code);
        Assert.Contains("'Code'", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(",\"Code\":\"N2\"", "features[0], Code: the property stands there twice")]
    [InlineData(",\"OwnerUnit\":[\"甲\"]", "features[0], OwnerUnit: '[\"甲\"]' is no single value")]
    [InlineData(",\"OwnerUnit\":\"\\ud800\"", "features[0], OwnerUnit: '\"\\ud800\"' holds half a character")]
    public async Task A_property_that_can_t_be_one_value_is_refused(string more, string says) =>
        Assert.Contains(says, (await county.RefusedAsync("waters.geojson", Collection(Feature("N1", more: more)))).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("{\"type\":\"FeatureCollection\",\"features\":[", "the file ends inside its JSON; is it cut off")]
    [InlineData("{\"type\":\"FeatureCollection\",\"features\":[NaN]}", "not JSON from 'NaN]}' on")]
    [InlineData("<!DOCTYPE html>\n<html></html>", "this begins with '<!DOCTYPE html>': it is XML or a web page")]
    public async Task Broken_json_is_told_with_what_stands_there(string text, string says) =>
        Assert.Contains(says, (await county.RefusedAsync("waters.geojson", text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("EPSG:32648", "")]
    [InlineData("EPSG:32648", "urn:ogc:def:crs:EPSG::32648")]
    [InlineData("auto", "urn:ogc:def:crs:EPSG::32648")]
    [InlineData("auto", "EPSG:32648")]
    [InlineData("epsg:32648", "http://www.opengis.net/def/crs/EPSG/0/32648")]
    public async Task Metres_are_transformed_as_asked_or_as_the_file_says(string crs, string named)
    {
        var report = await DryRunAsync(Collection(Feature("N1", "[428500.0,2588000.0]"), named.Length == 0 ? "" : Crs(named)), crs);
        Assert.Equal((1, "EPSG:32648"), (report.Inserted, ((HazardMap.Service.Exchange.Ledger.CrsConclusion)report.Crs!).Used));
    }

    [Theory]
    [InlineData("auto", "urn:ogc:def:crs:OGC:1.3:CRS84")]
    [InlineData("EPSG:4490", "urn:ogc:def:crs:EPSG::4326")]
    [InlineData("auto", "EPSG:4490")]
    public async Task A_system_that_is_ours_anyway_is_no_reason_to_refuse(string crs, string named) =>
        Assert.Equal(1, (await DryRunAsync(Collection(Feature("N1"), Crs(named)), crs)).Inserted);

    [Theory]
    [InlineData("EPSG:4544", "EPSG:32648", "CrsContradicts")]
    [InlineData("EPSG:32648", "EPSG:4326", "CrsContradicts")]
    [InlineData("auto", "EPSG:4610", "UnsupportedCrs")]
    public async Task A_system_that_contradicts_or_is_unknown_is_refused(string crs, string named, string code)
    {
        var refusal = await county.RefusedAsync("waters.geojson", Collection(Feature("N1", "[428500.0,2588000.0]"), Crs(named)), crs: crs);
        Assert.Equal(code, refusal.Code);
        Assert.Contains(named, refusal.MessageZh, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_old_chinese_system_is_refused_with_the_list_and_the_way_out_in_both_languages()
    {
        var refusal = await county.RefusedAsync("waters.geojson", Collection(Feature("N1")), crs: "EPSG:4610");
        foreach (var message in new[] { refusal.Message, refusal.MessageZh })
            foreach (var said in new[] { "4491-4554", "gcj02", "CGCS2000" })
                Assert.Contains(said, message, StringComparison.Ordinal);
    }
}
