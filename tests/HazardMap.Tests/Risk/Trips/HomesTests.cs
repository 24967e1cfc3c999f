using HazardMap.Register;
using HazardMap.Risk.Trips;

namespace HazardMap.Tests.Risk.Trips;

public class HomesTests
{
    private static readonly TripParameters Prior = TripWorld.Prior;

    private static HomeDivision Village(string code, int? children = 100, int? population = null, double? areaKm2 = 4,
        string name = "上寨村") =>
        new(code, name, code[..^1], 104, 23, areaKm2, children, population);

    private static HomePoint Point(string code, double weight = 1, TripOriginKind kind = TripOriginKind.Place, double longitude = 104.01) =>
        new(Guid.NewGuid(), code, longitude, 23.01, weight, kind);

    private static ChildFacility ChildrensHome(string code, bool isOpen = true) =>
        new(Guid.NewGuid(), FacilityKind.ChildrensHome, isOpen, code, 104.02, 23.02, 0, 0);

    [Fact]
    public void Children_of_a_village_are_shared_out_by_the_weights_of_its_points()
    {
        var homes = Homes.Of(Prior, [Village("10")], [Point("10", 3, longitude: 104.01), Point("10", 1, longitude: 104.03)], []);
        Assert.Equal([0.75, 0.25], homes.Origins.Select(o => o[Presence.Home1To4] / 24.56).Select(x => Math.Round(x, 12)));
        Assert.Equal(69.3, homes.Origins.Sum(o => o[Presence.Home5To14]), 1e-9);
        Assert.All(homes.Origins, o => Assert.Equal((TripOriginKind.Place, 90.0, false), (o.Kind, o.SpreadMetres, o.IsTown)));
    }

    [Fact]
    public void Only_the_best_kind_of_points_that_a_village_has_counts()
    {
        HomePoint building = Point("10", 1, TripOriginKind.Building), place = Point("10", 9);
        var homes = Homes.Of(Prior, [Village("10")], [place, building], [ChildrensHome("10")]);
        var home = Assert.Single(homes.Origins);
        Assert.Equal((building.Id, TripOriginKind.Building, 0.0), (home.Key, home.Kind, home.SpreadMetres));
        Assert.Equal(1, homes.UnusedPoints);
    }

    [Fact]
    public void Without_points_open_childrens_homes_stand_in_and_without_them_the_centre()
    {
        var open = ChildrensHome("10");
        var homes = Homes.Of(Prior, [Village("10"), Village("11", areaKm2: 4), Village("12", areaKm2: null),
            Village("13", areaKm2: 1e-3)], [],
            [open, ChildrensHome("11", isOpen: false)]);
        Assert.Equal([TripOriginKind.ChildrensHome, TripOriginKind.Centre, TripOriginKind.Centre, TripOriginKind.Centre],
            homes.Divisions.Select(d => d.Kind));
        Assert.Equal(open.Id, homes.Origins.Single(o => o.Kind == TripOriginKind.ChildrensHome).Key);
        double SpreadOf(string code) => homes.Origins.Single(o => o.Key == TripOrigin.CentreKey(code)).SpreadMetres;
        Assert.Equal(350 * Math.Sqrt(4 / Math.PI), SpreadOf("11"), 1e-9);
        Assert.Equal(600, SpreadOf("12"));
        Assert.Equal(150, SpreadOf("13"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e-300)]
    [InlineData(1e308)]
    public void Equal_weights_share_evenly_whatever_they_are(double weight)
    {
        var points = Enumerable.Range(0, 1000).Select(i => Point("10", weight, longitude: 104 + 1e-5 * i)).ToList();
        var homes = Homes.Of(Prior, [Village("10", 1000)], points, []);
        Assert.Equal(1000, homes.Origins.Length);
        Assert.All(homes.Origins, o => Assert.Equal(0.693, o[Presence.Home5To14], 1e-9));
    }

    [Fact]
    public void Very_many_points_of_no_weight_share_evenly_alone_and_take_no_room_beside_one_that_has_some()
    {
        const int count = 200_000;
        HomePoint Point(int i, double weight) => new(Guid.CreateVersion7(), "99", 104 + i % 500 * 1e-4, 23 + i / 500 * 1e-4, weight,
            TripOriginKind.Place);
        HomeDivision[] village = [new("99", "Village", null, 104, 23, null, 1000, null)];
        var zeros = Enumerable.Range(0, count).Select(i => Point(i, 0)).ToList();
        var alone = Homes.Of(TripWorld.Prior, village, zeros, []).Origins;
        Assert.Equal(count, alone.Length);
        Assert.All(alone, o => Assert.Equal(245.6 / count, o[Presence.Home1To4], 1e-12));
        var beside = Homes.Of(TripWorld.Prior, village, [.. zeros, Point(0, 3)], []).Origins;
        Assert.Equal(245.6, Assert.Single(beside)[Presence.Home1To4], 1e-9);
    }

    [Fact]
    public void A_point_of_no_weight_beside_others_is_no_home() =>
        Assert.Single(Homes.Of(Prior, [Village("10")], [Point("10", 0), Point("10", 2)], []).Origins);

    [Fact]
    public void Children_are_estimated_from_the_population_and_where_that_is_not_known_either_they_are_unknown_and_not_none()
    {
        var homes = Homes.Of(Prior, [Village("10", null, 1000), Village("11", null), Village("12", 0)], [Point("11")], []);
        Assert.Equal([(false, true), (true, false), (false, false)], homes.Divisions.Select(d => (d.IsUnknown, d.IsEstimated)));
        Assert.Equal(222.6 * 0.693, Assert.Single(homes.Origins)[Presence.Home5To14], 1e-9);
    }

    [Fact]
    public void What_a_village_says_of_an_age_itself_goes_before_shares()
    {
        var homes = Homes.Of(Prior, [Village("10") with { Aged1To4 = 7 }, Village("11", null) with { Aged1To4 = 3 }], [], []);
        Assert.Equal([7, 3], homes.Origins.Select(o => o[Presence.Home1To4]));
        Assert.Equal([69.3, 0], homes.Origins.Select(o => Math.Round(o[Presence.Home5To14], 9)));
        Assert.True(homes.Divisions[1].IsUnknown);
    }

    [Fact]
    public void Only_lowest_divisions_have_homes_and_nowhere_is_none_of_them()
    {
        HomeDivision township = new("1", "上寨乡", null, 104, 23, 4, 999, null), 
            nowhere = new("0000", "未定", null, 104, 23, 4, 9, null);
        var homes = Homes.Of(Prior, [township, nowhere, Village("10"), Village("11")], [Point("1"), Point("10")], []);
        Assert.Equal("10 11", string.Join(' ', homes.Divisions.Select(d => d.Code)));
        Assert.Equal(138.6, homes.Origins.Sum(o => o[Presence.Home5To14]), 1e-9);
        Assert.Equal(1, homes.UnusedPoints);
    }

    [Theory]
    [InlineData("开化社区居委会", null, true)]
    [InlineData("开化街道", null, true)]
    [InlineData("上寨村委会", null, false)]
    [InlineData("上寨村委会", true, true)]
    [InlineData("开化社区", false, false)]
    public void Whether_a_division_is_a_towns_is_said_or_told_by_its_name(string name, bool? stated, bool isTown) =>
        Assert.Equal(isTown, Assert.Single(Homes.Of(Prior, [Village("10", name: name) with { IsTown = stated }], [], []).Origins).IsTown);

    [Fact]
    public void A_village_gives_the_same_bits_alone_and_among_all()
    {
        var random = new Random(1);
        HomeDivision[] villages = [.. Enumerable.Range(10, 40).Select(i => Village($"{i}", random.Next(500)))];
        HomePoint[] points = [.. villages.SelectMany(v => Enumerable.Range(0, random.Next(9)).Select(_ =>
            Point(v.Code, random.NextDouble(), longitude: 104 + random.NextDouble())))];
        var all = Homes.Of(Prior, villages, points, []).Origins.ToDictionary(o => o.Key, o => o[Presence.Home5To14]);
        foreach (var village in villages)
            foreach (var origin in Homes.Of(Prior, [village], [.. points.Where(p => p.DivisionCode == village.Code).Reverse()], []).Origins)
                Assert.Equal(all[origin.Key], origin[Presence.Home5To14]);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_weight_that_is_none_is_refused(double weight) => Assert.Equal("NegativeWeight",
        Assert.Throws<RefusalException>(() => Homes.Of(Prior, [Village("10")], [Point("10", weight)], [])).Code);

    [Fact]
    public void A_negative_count_and_a_point_off_the_globe_are_refused()
    {
        Assert.Equal("NegativeCount", Assert.Throws<RefusalException>(() => Homes.Of(Prior, [Village("10", -1)], [], [])).Code);
        Assert.Equal("CoordinateOutOfRange",
            Assert.Throws<RefusalException>(() => Homes.Of(Prior, [Village("10")], [Point("10", longitude: 181)], [])).Code);
    }
}
