using HazardMap.Service.Exchange;

namespace HazardMap.Service.Tests.Exchange;

public sealed class GeoJsonLedgerTests : LedgerTests
{
    private static string Feature(string geometry, string code = "N1", string kind = "Reservoir") => $$"""
        {"type":"FeatureCollection","features":[{"type":"Feature","properties":{"编号":"{{code}}","Name":"水库","Kind":"{{kind}}",
         "DivisionCode":"532601101","水深(米)":4.5,"HasSign":true,"备注":null},
        "geometry":{{geometry}}}]}
        """;

    private const string Square =
        """{"type":"Polygon","coordinates":[[[104.3,23.4],[104.31,23.4],[104.31,23.41],[104.3,23.41],[104.3,23.4]]]}""";

    [Fact]
    public async Task A_shape_is_kept_with_its_columns()
    {
        var report = await County.ImportAsync("waters.geojson", Feature(Square));
        Assert.Equal((1, 1, ImportKind.Hazards), (report.Read, report.Inserted, report.Kind));
        Assert.Equal("POLYGON|4.5|t", await County.ScalarAsync<string>("select concat_ws('|', geometrytype(shape), depth_metres, has_sign) "
            + "from register.hazards where code = 'N1'"));
    }

    [Fact]
    public async Task The_same_features_again_change_nothing()
    {
        await County.ImportAsync("waters.geojson", Feature(Square));
        Assert.Equal((0, 1),
            await County.ImportAsync("waters.geojson", Feature(Square)) is var again ? (again.Written, again.Unchanged) : default);
    }

    [Fact]
    public async Task A_point_becomes_the_area_that_a_newer_file_draws()
    {
        await County.ImportAsync("waters.geojson", Feature(Square, "H1", "Pond"));
        Assert.Equal("POLYGON", await County.ScalarAsync<string>("select geometrytype(shape) from register.hazards where code = 'H1'"));
    }

    [Theory]
    [InlineData("""{"type":"Polygon","coordinates":[[[104.3,23.4],[104.31,23.41],[104.31,23.4],[104.3,23.41],[104.3,23.4]]]}""",
        "features[0]: The geometry is not valid")]
    [InlineData("""{"type":"Point","coordinates":[190,23.4]}""", "features[0]: [190, 23.4] is not on the globe")]
    [InlineData("""{"type":"Point","coordinates":[104.3,1e400]}""", "features[0]")]
    [InlineData("""{"type":"Polygon","coordinates":[[[104.3,23.4],[104.31,23.4],[104.31,23.41],[104.3,23.41]]]}""",
        "does not end where it begins")]
    [InlineData("""{"type":"LineString","coordinates":[]}""", "is empty")]
    [InlineData("""{"type":"Point","coordinates":[104.3,23.7]}""", "outside its division")]
    public async Task A_bad_geometry_is_refused_by_its_feature(string geometry, string says) =>
        Assert.Contains(says, (await County.RefusedAsync("waters.geojson", Feature(geometry))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Swapped_axes_are_refused_as_off_the_globe() =>
        Assert.Contains("[23.41, 104.3] is not on the globe",
            (await County.RefusedAsync("waters.geojson", Feature("""{"type":"Point","coordinates":[23.41,104.3]}"""))).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"type":"FeatureCollection","features":[{"type":"Fea""", "JsonMalformed")]
    [InlineData("""{"type":"FeatureCollection","features":[]}""", "FileEmpty")]
    [InlineData("""{"type":"Point","coordinates":[1,2]}""", "NotFeatures")]
    public async Task A_file_that_is_not_features_is_refused(string text, string code) =>
        Assert.Equal(code, (await County.RefusedAsync("waters.geojson", text)).Code);
}
