using HazardMap.Service.Exchange;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Exchange;

/// <summary>An island at 180 degrees: a lake, a lake with an island in it, a river, a road and a school across the line.</summary>
public sealed class IslandAt180 : EmptyRegister
{
    private const string Extract = """
        <osm version="0.6">
        <node id="1" lat="-17" lon="179.9"/><node id="2" lat="-17" lon="-179.9"/><node id="3" lat="-16.9" lon="-179.9"/>
        <node id="4" lat="-16.9" lon="179.9"/><node id="5" lat="-16.96" lon="179.96"/><node id="6" lat="-16.96" lon="-179.96"/>
        <node id="7" lat="-16.94" lon="180"/><node id="8" lat="-17.1" lon="-179.8"/>
        <way id="10"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="4"/><nd ref="1"/>
          <tag k="natural" v="water"/><tag k="name" v="跨线湖"/></way>
        <way id="11"><nd ref="1"/><nd ref="2"/><nd ref="8"/><tag k="waterway" v="river"/></way>
        <way id="12"><nd ref="1"/><nd ref="2"/><nd ref="8"/><tag k="highway" v="residential"/></way>
        <way id="13"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="4"/><nd ref="1"/></way>
        <way id="14"><nd ref="5"/><nd ref="6"/><nd ref="7"/><nd ref="5"/></way>
        <way id="15"><nd ref="5"/><nd ref="6"/><nd ref="7"/><nd ref="5"/><tag k="amenity" v="school"/></way>
        <relation id="20"><member type="way" ref="13" role="outer"/><member type="way" ref="14" role="inner"/>
          <tag k="type" v="multipolygon"/><tag k="natural" v="water"/><tag k="water" v="lake"/></relation>
        </osm>
        """;

    internal ImportReport Report { get; private set; } = null!;

    protected override async Task FillAsync()
    {
        var path = Path.Combine(Path.GetTempPath(), $"island-{Guid.NewGuid()}.osm");
        await File.WriteAllTextAsync(path, Extract);
        Report = await new FileImport(Database, ConnectionString).RunAsync(new ImportRequest(path), CancellationToken.None);
        File.Delete(path);
    }
}

public sealed class OsmAntimeridianTests(IslandAt180 island) : IClassFixture<IslandAt180>
{
    [Theory]
    [InlineData("osm-w10", 2, 235.8)]   // km2, with PostGIS on the spheroid
    [InlineData("osm-r20", 2, 226.3)]   // less its island
    [InlineData("osm-w11", 2, 0)]
    public async Task A_water_across_180_degrees_is_cut_there_and_lies_where_it_is(string code, int parts, double squareKilometres)
    {
        var found = await island.ScalarAsync<string>("select format('%s %s %s', st_numgeometries(shape::geometry), "
            + "abs(st_x(location::geometry)) >= 179.8, round((st_area(shape) / 1e6)::numeric, 1)) from register.hazards "
            + "where code = $1", code);
        Assert.Equal(FormattableString.Invariant($"{parts} t {squareKilometres:0.0}"), found);
    }

    [Fact]
    public async Task No_shape_and_no_road_is_drawn_around_the_earth() =>
        Assert.Equal(0, await island.ScalarAsync<long>("""
            select count(*)
            from (select shape::geometry as geom from register.hazards union all select geom from register.road_edges) everything
            cross join lateral st_dump(geom) part where st_xmax(part.geom) - st_xmin(part.geom) > 1
            """));

    [Fact]
    public async Task A_road_across_180_degrees_is_two_edges_that_meet_there()
    {
        Assert.Equal(2, await island.ScalarAsync<long>("select count(*) from register.road_edges"));
        Assert.Equal(1, island.Report.Network!["walk"].Parts);
        const string way = "'LINESTRING(179.9 -17,-179.9 -17,-179.8 -17.1)'::geography";
        Assert.Equal(0, await island.ScalarAsync<double>($"select sum(length_metres) - st_length({way}) from register.road_edges"), 2.0);
    }

    [Fact]
    public async Task A_school_across_180_degrees_lies_on_its_grounds() =>
        Assert.True(await island.ScalarAsync<bool>(
            "select st_dwithin(location, 'POINT(180 -16.95)'::geography, 5000) from register.facilities"));
}
