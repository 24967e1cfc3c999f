using HazardMap.Service.Exchange;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Exchange;

/// <summary>Liechtenstein as it is on the shared shelf; the expected counts were taken from the file with osmium.</summary>
public sealed class Liechtenstein : EmptyRegister
{
    internal ImportReport? Report { get; private set; }

    protected override async Task FillAsync()
    {
        if (SharedData.Find("geodata/osm/liechtenstein.osm.pbf") is { } path)
            Report = await new FileImport(Database, ConnectionString).RunAsync(new ImportRequest(path), CancellationToken.None);
    }
}

public sealed class OsmExtractTests(Liechtenstein world) : IClassFixture<Liechtenstein>
{
    [Theory]
    [InlineData("natural=water", 59)]
    [InlineData("landuse=reservoir", 10)]
    [InlineData("amenity=school", 19)]
    [InlineData("amenity=kindergarten", 6)]
    [InlineData("leisure=swimming_pool", 30)]
    [InlineData("waterway=stream", 149)]
    [InlineData("waterway=drain", 29)]
    [InlineData("highway=residential", 1108)]
    [InlineData("highway=track", 1091)]
    public void As_many_objects_are_read_as_osmium_counts(string tag, int count)
    {
        if (world.Report is { } report) Assert.Equal(count, report.Tags!.Where(t => t.Tag == tag).Sum(t => t.Read));
    }

    [Theory]
    [InlineData("hazards", "River", 5)]       // 6 less the relation of its members
    [InlineData("hazards", "Stream", 149)]
    [InlineData("hazards", "Canal", 40)]      // 7 canals, 29 drains, 4 ditches
    [InlineData("hazards", "Weir", 2)]        // a weir and a dam
    [InlineData("hazards", "Reservoir", 14)]  // 10 landuse=reservoir, 4 water=reservoir
    [InlineData("facilities", "School", 19)]
    [InlineData("facilities", "Kindergarten", 6)]
    [InlineData("facilities", "SwimmingPool", 25)] // 30 less 5 private ones
    public void As_many_are_written_as_the_mapping_allows(string entity, string kind, int count)
    {
        if (world.Report is { } report)
            Assert.Equal(count, Assert.Single(report.Kinds, k => k.Entity == entity && k.Kind == kind).Inserted);
    }

    [Fact]
    public void All_of_natural_water_but_the_point_is_there()
    {
        if (world.Report is { } report)
            Assert.Equal(58 + 10,
                report.Kinds.Where(k => k.Kind is "Lake" or "Pond" or "Reservoir" && k.Entity == "hazards").Sum(k => k.Inserted));
    }

    [Fact]
    public void The_roads_form_one_connected_main_network()
    {
        if (world.Report is { } report) Assert.InRange(report.Network!["walk"].LargestShareOfNodes, 0.97, 1);
    }

    [Fact]
    public async Task Every_road_length_is_its_geodesic_length()
    {
        if (world.Report is not null)
            Assert.Equal(0, await world.ScalarAsync<long>("select count(*) from register.road_edges "
                + "where abs(length_metres - st_length(geom::geography)) > 1e-6"));
    }

    [Fact]
    public async Task Municipalities_have_the_people_of_their_places_and_homes_in_cells()
    {
        if (world.Report is null) return;
        Assert.Equal(5933, await world.ScalarAsync<int>("select population from register.divisions where name = 'Schaan'"));
        Assert.InRange(world.Report.Gathered!.Homes, 7500, 8500);
        // Each lowest division has homes, and about as much floor for everybody.
        Assert.Equal(0, await world.ScalarAsync<long>("""
            select count(*) from register.divisions d where level = 'Township'
              and not 100 * (select sum(weight) from register.settlements s where s.division_code = d.code and s.kind = 'Building')
                      between 20 * population and 200 * population
            """));
    }

    [Fact]
    public async Task Liechtenstein_s_municipalities_are_its_divisions()
    {
        if (world.Report is not null)
            Assert.Equal(11, await world.ScalarAsync<long>("select count(*) from register.divisions where level = 'Township'"));
    }
}
