using HazardMap.Service.Risk;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Risk;

/// <summary>
/// Two divisions of an extract: osm.12 with a pond in its part osm.12.7, and osm.123, whose code only begins so, with another.
/// </summary>
public sealed class DivisionsWithParts : EmptyRegister
{
    protected override Task FillAsync() => ExecuteAsync("""
        insert into register.divisions (code, name, level, centre, parent_code, source) values
          ('osm.12', 'Here', 'County', 'POINT(9.5 47.1)', null, 'test'),
          ('osm.12.7', 'Part', 'Village', 'POINT(9.5 47.1)', 'osm.12', 'test'),
          ('osm.123', 'There', 'County', 'POINT(9.6 47.2)', null, 'test');
        insert into register.hazards (code, name, kind, shape, division_code, source) values
          ('H', 'Here', 'Pond', 'POINT(9.5 47.1)', 'osm.12.7', 'test'), ('T', 'There', 'Pond', 'POINT(9.6 47.2)', 'osm.123', 'test');
        insert into register.people (id, name, level, division_code, source) values
          ('0198c0de-0000-7000-8000-000000000001', 'chief', 'County', 'osm.12', 'test'),
          ('0198c0de-0000-7000-8000-000000000002', 'warden', 'Village', 'osm.12.7', 'test'),
          ('0198c0de-0000-7000-8000-000000000003', 'neighbour', 'Village', 'osm.123', 'test');
        """);
}

/// <summary>What lies in a division is told by whole parts of codes, everywhere by the same function.</summary>
public sealed class DivisionsWithPartsTests(DivisionsWithParts world) : IClassFixture<DivisionsWithParts>
{
    [Fact]
    public async Task A_report_of_a_division_counts_no_water_of_one_whose_code_begins_alike()
    {
        var report = await RiskViews.FourOnesAsync(world.Database, "osm.12", CancellationToken.None);
        Assert.Equal("osm.12 1, osm.12.7 1", string.Join(", ", report.Select(x => $"{x.DivisionCode} {x.Hazards}")));
        Assert.Equal(1, Assert.Single(await RiskViews.FourOnesAsync(world.Database, "osm.123", CancellationToken.None)).Hazards);
    }

    [Fact]
    public async Task Nobody_is_a_subordinate_of_the_chief_next_door()
    {
        Assert.True(await IsBelowChiefAsync(2));
        Assert.False(await IsBelowChiefAsync(3));

        Task<bool> IsBelowChiefAsync(int person) => world.ScalarAsync<bool>($"""
            select register.is_subordinate('0198c0de-0000-7000-8000-00000000000{person}', '0198c0de-0000-7000-8000-000000000001')
            """);
    }
}
