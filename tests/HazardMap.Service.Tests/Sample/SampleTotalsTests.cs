using HazardMap.Register;
using HazardMap.Service.Sample;

namespace HazardMap.Service.Tests.Sample;

/// <summary>The samples, built once for all tests: building is deterministic, so sharing hides nothing.</summary>
internal static class BuiltSamples
{
    private static readonly Lazy<SampleRegister> WenshanOnce = new(() => SampleRegister.Build(SamplePlan.Wenshan));
    private static readonly Lazy<SampleRegister> LeshanOnce = new(() => SampleRegister.Build(SamplePlan.Leshan));

    public static SampleRegister Wenshan => WenshanOnce.Value;

    public static SampleRegister Leshan => LeshanOnce.Value;

    public static SampleRegister Of(string folder) => folder == "wenshan" ? Wenshan : Leshan;
}

public sealed class SampleTotalsTests
{
    private readonly SampleRegister _wenshan = BuiltSamples.Wenshan;

    [Fact]
    public void Wenshan_has_8_counties_104_townships_and_1002_villages() =>
        Assert.Equal((1, 8, 104, 1002), (
            Count(DivisionLevel.Prefecture), Count(DivisionLevel.County), Count(DivisionLevel.Township), Count(DivisionLevel.Village)));

    [Fact]
    public void Wenshan_has_24900_waters() => Assert.Equal(24_900, _wenshan.Hazards.Count);

    [Theory]
    [InlineData(FacilityKind.SwimmingPool, 104)]
    [InlineData(FacilityKind.ChildrensHome, 5170)]
    [InlineData(FacilityKind.Bathhouse, 508)]
    [InlineData(FacilityKind.CounsellingRoom, 701)]
    [InlineData(FacilityKind.Canteen, 12)]
    [InlineData(FacilityKind.SocialWorkStation, 104)]
    [InlineData(FacilityKind.ProtectionCentre, 8)]
    [InlineData(FacilityKind.School, 816)]
    public void Wenshan_has_as_many_facilities_as_published_or_planned(FacilityKind kind, int count) =>
        Assert.Equal(count, _wenshan.Facilities.Count(facility => facility.Kind == kind));

    [Fact]
    public void The_pools_of_Wenshan_serve_376000_pupils_one_pool_in_each_township()
    {
        var pools = _wenshan.Facilities.Where(facility => facility.Kind == FacilityKind.SwimmingPool).ToList();
        Assert.Equal(376_000, pools.Sum(pool => pool.Capacity));
        Assert.Equal(104, pools.Select(pool => pool.DivisionCode).Distinct(StringComparer.Ordinal).Count(code => code.Length == 9));
        Assert.All(pools, pool => Assert.Equal(0, pool.Under5 + pool.Aged5To14 + pool.Aged60Plus));
    }

    [Fact]
    public void The_schools_of_Wenshan_have_376000_pupils_and_its_bathhouses_8593_places()
    {
        Assert.Equal(376_000, _wenshan.Facilities.Where(facility => facility.Kind == FacilityKind.School).Sum(school => school.Aged5To14));
        Assert.Equal(8_593, _wenshan.Facilities.Where(facility => facility.Kind == FacilityKind.Bathhouse).Sum(bath => bath.Capacity));
    }

    [Fact]
    public void The_boarding_schools_of_Wenshan_board_170000_and_every_school_has_its_stages()
    {
        var schools = _wenshan.Facilities.Where(facility => facility.Kind == FacilityKind.School).ToList();
        Assert.Equal(170_000, schools.Sum(school => school.Boarders));
        Assert.All(schools, school => Assert.True(school.Stages is not null && school.Boarders <= school.Aged5To14));
        Assert.All(_wenshan.Facilities.Where(facility => facility.Kind != FacilityKind.School),
            facility => Assert.True(facility is { Stages: null, Boarders: null } && facility.Pool is null
                == (facility.Kind != FacilityKind.SwimmingPool)));
    }

    [Theory]
    [InlineData("wenshan", 6000, 9000)]
    [InlineData("leshan", 5000, 9000)]
    public void The_hamlets_of_a_village_hold_all_its_people(string prefecture, int least, int most)
    {
        var sample = BuiltSamples.Of(prefecture);
        Assert.InRange(sample.Settlements.Count, least, most);
        var hamlets = sample.Settlements.ToLookup(settlement => settlement.DivisionCode, StringComparer.Ordinal);
        foreach (var village in sample.Divisions.Where(division => division.Level == DivisionLevel.Village))
            Assert.True(hamlets[village.Code].Count() >= 2 && hamlets[village.Code].Sum(h => h.People) == village.Population, village.Code);
    }

    [Fact]
    public void Every_village_has_five_childrens_homes_or_six_and_every_county_a_canteen()
    {
        var homes = _wenshan.Facilities.Where(facility => facility.Kind == FacilityKind.ChildrensHome)
            .CountBy(home => home.DivisionCode).ToList();
        Assert.Equal(1002, homes.Count);
        Assert.All(homes, village => Assert.InRange(village.Value, 5, 6));
        Assert.Equal(8, _wenshan.Facilities.Where(f => f.Kind == FacilityKind.Canteen).Select(f => f.DivisionCode[..6])
            .Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Leshan_has_104_care_and_childrens_institutions_and_145_planned_canteens()
    {
        var facilities = BuiltSamples.Leshan.Facilities;
        Assert.Equal(104, facilities.Count(f => f.Kind is FacilityKind.CareHome or FacilityKind.ProtectionCentre));
        Assert.Equal(145, facilities.Count(f => f.Kind == FacilityKind.Canteen && f.Status == FacilityStatus.Planned));
    }

    [Theory]
    [InlineData("wenshan", 0.25)]
    [InlineData("leshan", 0.05)]
    public void A_good_part_of_the_waters_lies_on_real_rivers(string prefecture, double share)
    {
        var sample = BuiltSamples.Of(prefecture);
        var rivers = new Rivers(sample.Frame.Rivers);
        var near = sample.Hazards.Count(hazard => rivers.Distance(hazard.Shape.Coordinate, 200) < 155);
        Assert.True(near >= share * sample.Hazards.Count * 0.97, $"{near} of {sample.Hazards.Count}");
    }

    [Theory]
    [InlineData("wenshan")]
    [InlineData("leshan")]
    public void People_children_and_elders_add_up_from_village_to_prefecture(string prefecture)
    {
        var divisions = BuiltSamples.Of(prefecture).Divisions;
        var parts = divisions.ToLookup(division => division.ParentCode, StringComparer.Ordinal);
        foreach (var whole in divisions.Where(division => parts.Contains(division.Code)))
            Assert.Equal((whole.Population, whole.Children, whole.Elders),
                (parts[whole.Code].Sum(p => p.Population), parts[whole.Code].Sum(p => p.Children), parts[whole.Code].Sum(p => p.Elders)));
        Assert.All(divisions, division => Assert.True(division.Children + division.Elders <= division.Population));
    }

    private int Count(DivisionLevel level) => _wenshan.Divisions.Count(division => division.Level == level);
}
