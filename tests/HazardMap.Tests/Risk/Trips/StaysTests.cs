using HazardMap.Geodesy;
using HazardMap.Register;
using HazardMap.Risk.Trips;
using HazardMap.Tests.Geodesy;

namespace HazardMap.Tests.Risk.Trips;

public class StaysTests
{
    private static readonly TripParameters Prior = TripWorld.Prior;

    private static ChildFacility Facility(FacilityKind kind, double longitude, int under5 = 0, int aged5To14 = 0, Guid? id = null) =>
        new(id ?? Guid.NewGuid(), kind, true, "10", longitude, 23, under5, aged5To14);

    private static ChildFacility School(double longitude, int pupils, Guid? id = null) =>
        Facility(FacilityKind.School, longitude, aged5To14: pupils, id: id);

    private static TripOrigin[] Homes(params double[] longitudes) => [.. longitudes.Order().Select(l => TripWorld.Home(l, 23, 40, 100))];

    [Fact]
    public void Pupils_come_from_the_homes_to_which_the_school_is_the_nearest()
    {
        var homes = Homes(104, 104.05);
        var (near, far) = (School(104.01, 45), School(104.04, 1000));
        var stays = Stays.Of(Prior, homes, [near, far]);
        Assert.Equal([45, 90], homes.Select(h => Math.Round(h[Presence.AwayAtSchool5To14], 9)));
        Assert.Equal([45, 90], stays.Facilities.Select(f => Math.Round(f[Presence.School5To14], 9)));
        Assert.Equal((far.Id, 910.0), Assert.Single(stays.Unplaced) is var u ? (u.Facility, Math.Round(u.Children, 6)) : default);
    }

    [Fact]
    public void Of_equally_near_schools_the_one_of_the_smaller_id_takes_all()
    {
        Guid small = new("00000000-0000-0000-0000-000000000001"), great = new("10000000-0000-0000-0000-000000000000");
        var stays = Stays.Of(Prior, Homes(104), [School(104.01, 500, great), School(104.01, 500, small), School(104.01, 500)]);
        Assert.Equal(small, Assert.Single(stays.Facilities).Key);
    }

    [Fact]
    public void A_school_that_is_closed_or_empty_or_of_another_stage_or_too_far_takes_nobody()
    {
        var homes = Homes(104);
        var stays = Stays.Of(Prior, homes,
        [
            School(104, 500) with { IsOpen = false }, School(104, 0), School(104.2, 500), Facility(FacilityKind.Canteen, 104, 5, 5),
            School(104, 1000) with { HasPrimary = false },
        ]);
        Assert.Equal(30, homes[0][Presence.AwayAtSchool5To14], 1e-9);
        Assert.Equal(30, Assert.Single(stays.Facilities)[Presence.School5To14], 1e-9);
    }

    [Fact]
    public void Both_stages_of_a_school_share_its_places_and_boarders_are_a_share_of_its_pupils()
    {
        var homes = Homes(104, 104.001);
        var stays = Stays.Of(Prior, homes, [School(104, 90) with { Boarders = 30 }]);
        Assert.Equal(90, homes.Sum(h => h[Presence.AwayAtSchool5To14]), 1e-9);
        Assert.Equal(30, homes.Sum(h => h[Presence.AwayBoarding5To14]), 1e-9);
        Assert.Equal(30, Assert.Single(stays.Facilities)[Presence.Boarding5To14], 1e-9);
        homes = Homes(104);
        Stays.Of(Prior, homes, [School(104, 90) with { Boarders = 91 }]);
        Assert.Equal(homes[0][Presence.AwayAtSchool5To14], homes[0][Presence.AwayBoarding5To14], 1e-9);
    }

    [Fact]
    public void Children_who_are_in_a_childrens_home_are_not_at_a_pool_as_well()
    {
        var homes = Homes(104);
        var stays = Stays.Of(Prior, homes,
            [Facility(FacilityKind.ChildrensHome, 104, 30, 60), Facility(FacilityKind.SwimmingPool, 104, 100, 100)]);
        Assert.Equal([30, 10, 60, 40], ((Presence[])[Presence.AwayAtChildrensHome1To4, Presence.AwayAtPool1To4,
            Presence.AwayAtChildrensHome5To14, Presence.AwayAtPool5To14]).Select(p => Math.Round(homes[0][p], 9)));
        Assert.Empty(stays.Unplaced);   // a pool may have places to spare
        Assert.Equal(60, Assert.Single(stays.Facilities)[Presence.ChildrensHome5To14], 1e-9);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void In_any_country_who_is_missing_at_home_is_at_the_nearest_facility_and_nobody_is_lost(int seed)
    {
        var (homes, facilities) = Country(new Random(seed));
        var before = homes.ToArray();
        var stays = Stays.Of(Prior, homes, facilities);
        (Presence Away, Presence There)[] same =
        [
            (Presence.AwayAtSchool5To14, Presence.School5To14), (Presence.AwayBoarding5To14, Presence.Boarding5To14),
            (Presence.AwayAtKindergarten5To14, Presence.Kindergarten5To14), (Presence.AwayAtKindergarten1To4, Presence.Kindergarten1To4),
            (Presence.AwayAtChildrensHome5To14, Presence.ChildrensHome5To14),
            (Presence.AwayAtChildrensHome1To4, Presence.ChildrensHome1To4),
        ];
        foreach (var (away, there) in same)
        {
            var missing = homes.Sum(h => h[away]);
            Assert.True(missing > 0);
            Assert.Equal(missing, stays.Facilities.Sum(f => f[there]), 1e-9 * missing);
        }
        List<ChildFacility> kindergartens = [.. facilities.Where(f => f is { Kind: FacilityKind.Kindergarten, Under5: > 0, IsOpen: true })];
        for (var i = 0; i < homes.Length; i++)
        {
            var home = homes[i];
            Assert.Equal(before[i][Presence.Home5To14], home[Presence.Home5To14]);
            var all = home[Presence.Home5To14] * (1 + 1e-12);
            Assert.True(home[Presence.AwayAtSchool5To14] + home[Presence.AwayAtKindergarten5To14] <= all);
            Assert.True(home[Presence.AwayAtChildrensHome5To14] + home[Presence.AwayAtPool5To14] <= all);
            Assert.True(home[Presence.AwayBoarding5To14] <= home[Presence.AwayAtSchool5To14]);
            var kindergarten = Nearest(home, kindergartens, 5_000);
            if (kindergarten is null) Assert.Equal(0, home[Presence.AwayAtKindergarten1To4]);
            else
            {
                var demand = homes.Where(h => Nearest(h, kindergartens, 5_000)?.Id == kindergarten.Value.Id).Sum(h => h[Presence.Home1To4]);
                Assert.Equal(home[Presence.Home1To4] * Math.Min(1, kindergarten.Value.Under5 / demand),
                    home[Presence.AwayAtKindergarten1To4], 1e-9);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_part_of_a_country_gives_the_bits_of_the_whole_wherever_it_says_so(int seed)
    {
        var random = new Random(seed);
        var (homes, facilities) = Country(random, 400, 120, 90_000);
        var whole = homes.ToArray();
        var all = Stays.Of(Prior, whole, facilities);
        var region = new StayRegion(104, 23, 60_000);
        bool IsWithin(double longitude, double latitude, double metres) => Geodesic.Distance(104, 23, longitude, latitude) <= metres;
        var some = homes.Where(h => IsWithin(h.Longitude, h.Latitude, 60_000)).ToArray();
        var near = facilities.Where(f => IsWithin(f.Longitude, f.Latitude, 75_000)).OrderBy(_ => random.Next()).ToList();
        var stays = Stays.Of(Prior, some, near, region);
        var byKey = whole.ToDictionary(h => h.Key);
        int wholeHomes = 0, wholeFacilities = 0;
        for (var i = 0; i < some.Length; i++)
        {
            var isWhole = stays.IsWhole(i);
            if (isWhole) Assert.Equal(byKey[some[i].Key].Children.ToArray(), some[i].Children.ToArray());
            if (isWhole) wholeHomes++;
            if (IsWithin(some[i].Longitude, some[i].Latitude, 19_000)) Assert.True(isWhole);
        }
        var there = all.Facilities.ToDictionary(f => f.Key);
        foreach (var facility in stays.Facilities)
            if (stays.IsWhole(facility.Key))
            {
                wholeFacilities++;
                Assert.Equal(there[facility.Key].Children.ToArray(), facility.Children.ToArray());
            }
        Assert.InRange(wholeHomes, 20, some.Length - 20);
        Assert.InRange(wholeFacilities, 5, stays.Facilities.Length - 5);
    }

    [Fact]
    public void Many_facilities_at_one_place_are_searched_as_well()
    {
        var homes = Homes(104);
        Guid first = new("00000000-0000-0000-0000-000000000001");
        List<ChildFacility> schools = [.. Enumerable.Range(0, 3000).Select(_ => School(104.01, 10)), School(104.01, 70, first)];
        Assert.Equal(first, Assert.Single(Stays.Of(Prior, homes, schools).Facilities).Key);
    }

    [Fact]
    public void A_negative_count_is_refused() => Assert.Equal("NegativeCount",
        Assert.Throws<RefusalException>(() => Stays.Of(Prior, Homes(104), [School(104, -1)])).Code);

    private static (TripOrigin[] Homes, List<ChildFacility> Facilities) Country(Random random, int homes = 150, int facilities = 60,
        double metres = 20_000)
    {
        (double Longitude, double Latitude) Somewhere() => GeodesicTests.Nearby(random, 104, 23, metres);
        FacilityKind[] kinds = [FacilityKind.School, FacilityKind.School, FacilityKind.Kindergarten, FacilityKind.ChildrensHome,
            FacilityKind.SwimmingPool, FacilityKind.CareHome];
        var origins = Enumerable.Range(0, homes).Select(_ => Somewhere())
            .Select(p => TripWorld.Home(p.Longitude, p.Latitude, random.Next(60), random.Next(200))).ToArray();
        // As homes come: in the order of the grid.
        var sorted = new TripScorer(Prior, origins).Origins.ToArray();
        return (sorted, [.. Enumerable.Range(0, facilities).Select(_ => Somewhere()).Select(p => new ChildFacility(Guid.NewGuid(),
            kinds[random.Next(kinds.Length)], random.Next(6) > 0, "10", p.Longitude, p.Latitude, random.Next(90), random.Next(900),
            random.Next(3) * 100, random.Next(3) > 0, random.Next(3) > 0))]);
    }

    private static ChildFacility? Nearest(TripOrigin home, IEnumerable<ChildFacility> facilities, double metres) => facilities
        .Select(f => (f, d: Geodesic.Distance(home.Longitude, home.Latitude, f.Longitude, f.Latitude))).Where(x => x.d <= metres)
        .OrderBy(x => x.d).ThenBy(x => x.f.Id).Select(x => (ChildFacility?)x.f).FirstOrDefault();
}
