using HazardMap.Service.Database;
using HazardMap.Service.Tests.Risk;
using HazardMap.Service.Tests.Tiles;
using HazardMap.Service.Tests.Worlds;
using HazardMap.Service.Ways;

namespace HazardMap.Service.Tests.Ways;

/// <summary>A village on the south bank, so that its children cross the bridge to the school on the north bank.</summary>
public sealed class SouthBank : RiverTown
{
    protected override async Task FillAsync()
    {
        await base.FillAsync();
        await ExecuteAsync("update register.divisions set level = 'Township' where code = '99'");
        await ExecuteAsync("insert into register.divisions (code, name, level, parent_code, centre, children, source) "
            + "values ('9901', 'South village', 'Village', '99', $1, 60, 'test')",
            Ewkb.Factory.CreatePoint(At(100, -110)));
        await ExecuteAsync("insert into register.divisions (code, name, level, parent_code, centre, children, source) "
            + "values ('9902', 'Far village', 'Village', '99', $1, 5, 'test')",
            Ewkb.Factory.CreatePoint(At(50_000, 0)));
    }
}

public sealed class WaysTests(SouthBank town, EmptyRegister empty) : IClassFixture<SouthBank>, IClassFixture<EmptyRegister>
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task The_river_under_the_bridge_and_the_lake_beside_the_road_are_on_the_way_to_school()
    {
        var report = await ComputeAsync(50);
        Assert.Equal((2, 2, 1, 1), (report.Schools, report.Origins, report.Ways, report.Unserved));
        var ranked = await WaysCommand.RankedAsync(town.Database, 10, None);
        Assert.Equal("river,lake", string.Join(',', ranked.Select(r => r.HazardCode)));
        Assert.Equal(100, ranked[0].Metres, 10.0);           // 50 m of the bridge on either side of the line
        Assert.Equal(0, ranked[0].NearestMetres, 6.0);
        Assert.Equal(300, ranked[0].Children, 1e-6);         // the school's own children
        Assert.Equal(300 * ranked[0].Metres / (4000 / 60.0), ranked[0].ChildMinutes, 1e-6);
    }

    [Fact]
    public async Task A_school_s_answer_measures_the_waters_anew_within_what_is_asked()
    {
        await ComputeAsync(50);
        var school = await town.ScalarAsync<Guid>("select id from register.facilities where code = 'school'");
        var answer = await WayAnswer.OfAsync(town.Database, school, 20, None);
        Assert.Equal((WaysState.Computed, false), (answer.State, answer.RoadsChangedSince!.Value));
        var way = Assert.Single(answer.Ways);
        Assert.Equal("South village", way.OriginName);
        Assert.Equal(900 + 200 + 1000, way.PathMetres, 1.0);
        Assert.Equal("river", Assert.Single(answer.Hazards).Code);
        Assert.Equal(3, (await WayAnswer.OfAsync(town.Database, school, 150, None)).Hazards.Count);
        var kindergarten = await town.ScalarAsync<Guid>("select id from register.facilities where code = 'kindergarten'");
        Assert.Empty((await WayAnswer.OfAsync(town.Database, kindergarten, 50, None)).Ways);
        await Assert.ThrowsAsync<RefusalException>(() => WayAnswer.OfAsync(town.Database, school, double.NaN, None));
    }

    [Fact]
    public async Task The_map_shows_the_ways_and_rings_their_waters()
    {
        await ComputeAsync(50);
        var at = RiverTown.At(1000, 0);
        var (x, y, _, _) = ValleyOfWaters.Locate(at.X, at.Y, 14);
        var tile = await town.ScalarAsync<byte[]>("select tiles.ways(14, $1, $2)", x, y);
        var way = Assert.Single(VectorTile.Read(tile!, "ways"));
        Assert.Equal("South village", way.Text("origin_name"));
        var (hx, hy) =
            await town.ScalarAsync<NetTopologySuite.Geometries.Point>("select location from register.hazards where code = 'river'") is { } p
                ? ValleyOfWaters.Locate(p.X, p.Y, 14) is var l ? (l.X, l.Y) : default : default;
        Assert.NotEmpty(VectorTile.Read((await town.ScalarAsync<byte[]>("select tiles.ways(14, $1, $2)", hx, hy))!, "way_waters"));
        Assert.Contains("within 50 m", await town.ScalarAsync<string>("select tiles.ways_about()->>'description'"));
    }

    [Fact]
    public async Task That_the_roads_have_changed_since_is_said()
    {
        await ComputeAsync(50);
        var school = await town.ScalarAsync<Guid>("select id from register.facilities where code = 'school'");
        await town.AddRoadAsync(9, 20, 21, (5000, 5000), (5100, 5000));
        Assert.True((await WayAnswer.OfAsync(town.Database, school, 50, None)).RoadsChangedSince == true);
        await town.ExecuteAsync("delete from register.road_edges where way_id = 9");
    }

    [Fact]
    public async Task Without_roads_nothing_is_made_up() =>
        Assert.Equal("NoRoads",
            (await Assert.ThrowsAsync<RefusalException>(() => WayStore.ComputeAsync(empty.Database, 50, 5000, "test", None))).Code);

    private Task<WaysReport> ComputeAsync(double within) => WayStore.ComputeAsync(town.Database, within, 5000, "test", None);
}
