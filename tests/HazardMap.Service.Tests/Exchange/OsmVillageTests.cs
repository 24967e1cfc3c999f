using HazardMap.Service.Exchange;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Exchange;

/// <summary>The village of village.osm, imported once into an empty register.</summary>
public sealed class ImportedVillage : EmptyRegister
{
    internal ImportReport Report { get; private set; } = null!;

    internal static string Extract => Path.Combine(AppContext.BaseDirectory, "Exchange", "village.osm");

    protected override async Task FillAsync() => Report = await ImportAsync(Extract);

    internal Task<ImportReport> ImportAsync(string path, bool dryRun = false) =>
        new FileImport(Database, ConnectionString).RunAsync(new ImportRequest(path, DryRun: dryRun, Actor: "test"), CancellationToken.None);
}

public sealed class OsmVillageTests(ImportedVillage village) : IClassFixture<ImportedVillage>
{
    private Task<string?> EdgesOfAsync(long way) => village.ScalarAsync<string>("""
        select string_agg(format('%s-%s %s%s%s%s', source, target, case when walk_forward then 'w' else '-' end, case
          when walk_backward then 'w' else '-' end,
                                 case when drive_forward then 'd' else '-' end, case when drive_backward then 'd' else '-' end), ', '
                                   order by segment)
        from register.road_edges where way_id = $1
        """, way);

    [Theory]
    [InlineData(100, "1-2 wwdd, 2-3 wwdd, 3-4 wwdd, 4-5 wwdd")] // 2 and 4 are shared with paths
    [InlineData(101, "6-3 ww-d, 3-7 ww-d")]                     // oneway=-1
    [InlineData(102, "7-11 ww--, 11-11 ww--")]                  // 11 is passed twice; motor_vehicle=agricultural
    [InlineData(103, "5-6 --d-")]                               // a motorway is one way and not for walkers
    [InlineData(104, "1-7 wwd-")]                               // so is a roundabout, for those who drive
    [InlineData(105, null)]                                     // access=private
    [InlineData(106, "5-7 --dd")]                               // foot=no
    [InlineData(107, "4-6 ww--")]                               // a path
    [InlineData(108, null)]                                     // not built yet
    [InlineData(109, "2-6 ww--")]                               // private, but foot=yes
    [InlineData(110, "90-91 wwdd")]                             // broken off where the extract lacks a node, not bridged
    public async Task A_way_is_cut_at_junctions_and_open_to_whom_its_tags_say(long way, string? edges) =>
        Assert.Equal(edges, await EdgesOfAsync(way));

    [Theory]
    [InlineData(100, 48.28)]
    [InlineData(101, 20)]
    [InlineData(103, 30)]
    [InlineData(106, 50)]
    public async Task The_speed_is_the_sign_s_or_else_the_class_s(long way, double kmh) =>
        Assert.Equal(kmh, await village.ScalarAsync<double>("select speed_kmh from register.road_edges where way_id = $1 limit 1", way), 2);

    [Fact]
    public async Task Lengths_are_geodesic_metres() =>
        Assert.Equal(102.5,
            await village.ScalarAsync<double>("select length_metres from register.road_edges where way_id = 100 and segment = 0"), 0.1);

    [Theory]
    [InlineData("osm-w201", "Pond", "坑塘 Pond osm-w201")]   // no water tag and small
    [InlineData("osm-r400", "Lake", "双岛湖")]
    [InlineData("osm-w205", "River", "盘龙河")]
    [InlineData("osm-w206", "Weir", "堰坝 Weir osm-w206")]
    [InlineData("osm-w209", "Canal", "沟渠 Canal osm-w209")]
    public async Task A_water_has_its_kind_and_its_name(string code, string kind, string name)
    {
        Assert.Equal(kind, await village.ScalarAsync<string>("select kind from register.hazards where code = $1", code));
        Assert.Equal(name, await village.ScalarAsync<string>("select name from register.hazards where code = $1", code));
    }

    [Fact]
    public async Task A_lake_with_an_island_is_imported_once_and_keeps_the_island()
    {
        Assert.Equal(6, await village.ScalarAsync<long>("select count(*) from register.hazards"));
        Assert.Equal(1, await village.ScalarAsync<int>("select st_numinteriorrings(st_geometryn(shape::geometry, 1)) from register.hazards "
            + "where code = 'osm-r400'"));
    }

    [Fact]
    public async Task A_stream_that_leaves_the_extract_keeps_its_stretches_and_bridges_no_gap() =>
        Assert.Equal("MULTILINESTRING((104 22.99,104.005 22.9905),(104.01 22.991,104.01 22.9915))",
            await village.ScalarAsync<string>("select st_astext(shape) from register.hazards where code = 'osm-w210'"));

    [Theory]
    [InlineData("osm-n20", "School", 0, 200, 0, true)]
    [InlineData("osm-n21", "School", 0, 120, 0, true)]
    [InlineData("osm-w200", "Kindergarten", 60, 0, 0, true)]
    [InlineData("osm-n22", "CareHome", 0, 0, 50, true)]
    [InlineData("osm-n24", "SwimmingPool", 0, 0, 0, false)]
    [InlineData("osm-n25", "ChildrensHome", 0, 0, 0, true)]
    public async Task A_facility_has_the_people_that_its_tags_or_the_estimates_say(string code, string kind, int under5, int pupils,
        int elders, bool estimated)
    {
        var found = await village.ScalarAsync<string>(
            "select concat_ws(' ', kind, under5, aged_5_to_14, aged_60_plus, counts_estimated) from register.facilities where code = $1",
            code);
        Assert.Equal($"{kind} {under5} {pupils} {elders} {(estimated ? 't' : 'f')}", found);
    }

    [Fact]
    public async Task A_kindergarten_drawn_as_a_building_lies_on_its_surface() =>
        Assert.True(await village.ScalarAsync<bool>("select st_dwithin(location, st_makepoint(104.0012, 23.0022)::geography, 30) "
            + "from register.facilities where code = 'osm-w200'"));

    [Theory]
    [InlineData("hazards", "waterway=riverbank", "value not in the mapping", "w207")]
    [InlineData("hazards", "waterway=river", "a relation of waterways", "r401")]
    [InlineData("hazards", "natural=water", "broken geometry", "w204")]
    [InlineData("hazards", "natural=water", "outline of relation 400", "w202")]
    [InlineData("hazards", "landuse=reservoir", "incomplete in this extract", "w208")]
    [InlineData("facilities", "leisure=swimming_pool", "access=private", "n23")]
    [InlineData("divisions", "admin_level=8", "incomplete in this extract", "r404")]
    [InlineData("roads", "highway=construction", "value not in the mapping", "w108")]
    [InlineData("roads", "highway=service", "closed to walkers and drivers", "w105")]
    public void What_is_left_out_is_told_with_its_reason_and_its_number(string entity, string tag, string reason, string id)
    {
        var said = Assert.Single(village.Report.SkippedReasons,
            s => s.Entity == entity && s.Tag == tag && s.Reason.StartsWith(reason, StringComparison.Ordinal));
        Assert.Equal((1, id), (said.Count, Assert.Single(said.Examples)));
        Assert.NotNull(said.ReasonZh);
    }

    [Fact]
    public void Everything_that_was_read_was_written_or_left_out()
    {
        var objects = village.Report.Kinds.Where(k => k.Entity != "roads").Sum(k => k.Inserted)
            + village.Report.SkippedReasons.Where(s => s.Entity != "roads").Sum(s => s.Count);
        Assert.Equal(village.Report.Tags!.Where(t => t.Entity != "roads").Sum(t => t.Read), objects);
    }

    [Theory]
    [InlineData("osm.402", "Prefecture", null)]
    [InlineData("osm.402.403", "County", "osm.402")]
    public async Task Boundaries_become_divisions_whose_codes_are_prefixes(string code, string level, string? parent)
    {
        Assert.Equal(level, await village.ScalarAsync<string>("select level from register.divisions where code = $1", code));
        Assert.Equal(parent, await village.ScalarAsync<string>("select parent_code from register.divisions where code = $1", code));
    }

    [Theory]
    [InlineData("osm-n20", "osm.402.403")]
    [InlineData("osm-n22", "osm.402.403")]
    public async Task A_facility_lies_in_the_smallest_division_that_holds_it(string code, string division) =>
        Assert.Equal(division, await village.ScalarAsync<string>("select division_code from register.facilities where code = $1", code));

    [Fact]
    public async Task What_no_division_holds_lies_in_the_catch_all() =>
        Assert.Equal("0000", await village.ScalarAsync<string>("select division_code from register.road_edges where way_id = 110"));

    [Fact]
    public async Task The_import_is_remembered_with_its_file_s_hash() =>
        Assert.Equal(village.Report.Sha256, await village.ScalarAsync<string>("select encode(sha256, 'hex') from register.imports "
            + "where file_name = 'village.osm' order by imported_at limit 1"));

    [Fact]
    public async Task No_staging_is_left_behind() =>
        Assert.False(await village.ScalarAsync<bool>("select exists (select from pg_namespace where nspname = 'import_osm')"));
}
