using FsCheck;
using FsCheck.Fluent;
using HazardMap.Geodesy;
using HazardMap.Network;
using HazardMap.Risk;
using HazardMap.Risk.Trips;
using NetTopologySuite.Geometries;

namespace HazardMap.Tests.Risk.Trips;

public class TripScorerTests
{
    private static readonly TripParameters Prior = TripWorld.Prior;

    [Fact]
    public void In_any_world_trips_are_what_a_double_loop_over_24_offsets_says() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), AgreesWithLoop).Check(Config.QuickThrowOnFailure.WithMaxTest(15));

    private static bool AgreesWithLoop(int seed)
    {
        var (origins, waters) = TripWorld.Random(new Random(seed));
        var (expected, _) = TripWorld.Loop(Prior, origins, waters);
        var sums = Scored(Prior, origins, waters);
        for (var i = 0; i < waters.Count; i++)
            foreach (var presence in Presences.All)
                if (Math.Abs(sums[i].Trips[presence] - expected[i][presence]) > 1e-9 * Math.Max(1e-3, expected[i][presence])) return false;
        return true;
    }

    [Fact]
    public void The_trips_to_one_pond_are_what_the_formula_says()
    {
        var d = Geodesic.Distance(0, 0, 0.001, 0);
        var sums = Scored(Prior, [TripWorld.Home(0.001, 0, 10, 30), TripWorld.Home(0.001, 0, 10, 30, isTown: true)],
            [TripWorld.Pond(0, 0)]);
        double small = 0.8 * Math.Exp(-d / 40), big = 0.8 * Math.Exp(-d / 350);
        Assert.Equal(15 * small / (0.5 + small), Assert.Single(sums).Trips[Presence.Home1To4], 1e-9);
        Assert.Equal(45 * big / (1.5 + big), sums[0].Trips[Presence.Home5To14], 1e-9);
        Assert.Equal(15 * big / (1.5 + big), sums[0].Town[Presence.Home5To14], 1e-9);
        Assert.Equal(45 * Math.Pow(big / (1.5 + big), 2), sums[0].Own[Presence.Home5To14], 1e-9);
    }

    [Fact]
    public void Derivatives_are_what_a_small_step_of_a_number_does()
    {
        const double Step = 1e-4;
        var (origins, waters) = TripWorld.Random(new Random(5));
        var sums = Scored(Prior, origins, waters);
        void Agree(Func<double, TripParameters> stepped, Func<TripSums, PresenceNumbers> derivative)
        {
            var (up, down) = (Scored(stepped(Math.Exp(Step)), origins, waters), Scored(stepped(Math.Exp(-Step)), origins, waters));
            for (var i = 0; i < sums.Length; i++)
                foreach (var presence in Presences.All)
                    Assert.Equal((up[i].Trips[presence] - down[i].Trips[presence]) / (2 * Step), derivative(sums[i])[presence], 1e-5);
        }
        Agree(f => Prior with { DecayMetres = new(40 * f, 350 * f) }, s => s.ByDecay);
        Agree(f => Prior with { StayingAway = new(0.5 * f, 1.5 * f) }, s => s.ByStayingAway);
        Agree(f => Prior with { TownFactor = 0.5 * f }, s => s.Town);
    }

    [Fact]
    public void What_is_its_own_tells_how_trips_change_with_the_attraction_of_the_water_and_of_all_its_reaches()
    {
        const double Step = 1e-4;
        var (origins, waters) = TripWorld.Random(new Random(6));
        var sums = Scored(Prior, origins, waters);
        for (var i = 0; i < waters.Count; i++)
        {
            PresenceNumbers At(double f) => Scored(Prior, origins, [.. waters.Select((w, j) => j != i ? w
                : w with { Attraction = new(f * w.Attraction.Aged1To4, f * w.Attraction.Aged5To14) })])[i].Trips;
            var (up, down) = (At(Math.Exp(Step)), At(Math.Exp(-Step)));
            foreach (var presence in Presences.All)
                Assert.Equal((up[presence] - down[presence]) / (2 * Step), sums[i].Trips[presence] - sums[i].Own[presence], 1e-5);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Pulls_and_trips_are_the_same_bits_in_any_order_and_on_any_number_of_threads(int seed)
    {
        var random = new Random(seed);
        var (origins, waters) = TripWorld.Random(random, 200, 300);
        var one = new TripScorer(Prior, [.. origins]);
        using var search = one.Begin();
        foreach (var water in waters) one.Pull(water, search);
        var many = new TripScorer(Prior, [.. origins.OrderBy(_ => random.Next())]);
        Parallel.ForEach(waters.OrderBy(_ => random.Next()), new ParallelOptions { MaxDegreeOfParallelism = 4 }, many.Begin,
            (water, _, mine) => Pulled(many, water, mine), mine => mine.Dispose());
        Assert.Equal(Wholes(one), Wholes(many));
        Assert.Equal(waters.Select(w => Bits(one.Score(w, search))), many.Score(waters).Select(Bits));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void After_any_edits_pulls_are_those_of_a_new_run(int seed)
    {
        var random = new Random(seed);
        var (origins, waters) = TripWorld.Random(random);
        var edited = new TripScorer(Prior, [.. origins]);
        edited.Pull(waters);
        using var search = edited.Begin();
        for (var edit = 0; edit < 30; edit++)
        {
            var i = random.Next(waters.Count);
            edited.Pull(waters[i], search, isTakenAway: true);
            waters[i] = random.Next(2) == 0 ? waters[i] with { Attraction = new(random.NextDouble(), random.NextDouble()) }
                : TripWorld.Pond(waters[i].Longitude, waters[i].Latitude, random.NextDouble());
            edited.Pull(waters[i], search);
        }
        var anew = new TripScorer(Prior, [.. origins]);
        anew.Pull(waters);
        Assert.Equal(Wholes(anew), Wholes(edited));
        Assert.Equal(anew.Score(waters).Select(Bits), edited.Score(waters).Select(Bits));
        foreach (var water in waters) edited.Pull(water, search, isTakenAway: true);
        Assert.All(Wholes(edited), whole => Assert.Equal((0, 0, 0, 0), whole));
    }

    [Fact]
    public void Kept_pulls_and_the_origins_around_a_water_give_the_bits_of_the_full_run()
    {
        var random = new Random(8);
        var (origins, waters) = TripWorld.Random(random, 200, 100);
        var full = new TripScorer(Prior, [.. origins]);
        full.Pull(waters);
        var sums = full.Score(waters);
        for (var i = 0; i < waters.Count; i++)
        {
            var near = full.Shares(waters[i], default).OrderBy(_ => random.Next()).ToList();
            var part = new TripScorer(Prior, [.. near.Select(s => s.Origin)], [.. near.Select(s => s.Pull)]);
            using var search = part.Begin();
            Assert.Equal(Bits(sums[i]), Bits(part.Score(waters[i], search)));
        }
    }

    [Fact]
    public void No_child_makes_more_trips_than_one()
    {
        var (origins, waters) = TripWorld.Random(new Random(9), 100, 300);
        waters = [.. waters, .. waters.Select(w => w with { Id = Guid.NewGuid() })];
        var sums = Scored(Prior, origins, waters);
        foreach (var presence in Presences.All)
        {
            var children = origins.Sum(o => o[presence] * (o.IsTown ? Prior.TownFactor : 1));
            Assert.InRange(sums.Sum(s => s.Trips[presence]), 0, children);
        }
    }

    [Fact]
    public void A_new_water_raises_the_trips_to_no_other()
    {
        var (origins, waters) = TripWorld.Random(new Random(10), 100, 60);
        var before = Scored(Prior, origins, waters[..^1]);
        var after = Scored(Prior, origins, waters);
        for (var i = 0; i < before.Length; i++)
            Assert.All(Presences.All, p => Assert.True(after[i].Trips[p] <= before[i].Trips[p]));
    }

    [Fact]
    public void A_fence_sends_some_to_other_waters_and_keeps_some_at_home()
    {
        var origins = Enumerable.Range(0, 20).Select(i => TripWorld.Home(104 + 0.001 * i, 23)).ToList();
        List<TripWater> waters = [TripWorld.Pond(104.005, 23.001), TripWorld.Pond(104.01, 23.002), TripWorld.Pond(104.015, 23.001)];
        List<TripWater> fenced = [waters[0] with { Attraction = new(0.32, 0.48) }, .. waters[1..]];
        var (before, after) = (Scored(Prior, origins, waters), Scored(Prior, origins, fenced));
        foreach (var presence in (Presence[])[Presence.Home1To4, Presence.Home5To14])
        {
            Assert.True(after[0].Trips[presence] < before[0].Trips[presence]);
            Assert.True(after[1].Trips[presence] > before[1].Trips[presence] && after[2].Trips[presence] > before[2].Trips[presence]);
            Assert.True(after.Sum(s => s.Trips[presence]) < before.Sum(s => s.Trips[presence]));
        }
    }

    [Fact]
    public void A_river_entered_as_its_reaches_keeps_its_sums()
    {
        var river = GeoJson.Factory.CreateLineString([new(104, 23), new(104.02, 23.004), new(104.04, 23), new(104.05, 23.01)]);
        var origins = Enumerable.Range(0, 200)
            .Select(i => TripWorld.Home(104 + 0.00025 * i, 23 + 0.004 * Math.Sin(i), spread: i % 3 * 45)).ToList();
        var whole = Scored(Prior, origins, [TripWater.Of(Guid.NewGuid(), river, new(1, 1), 500)])[0];
        foreach (var each in (double[])[500, 1500])
        {
            var parts = Reaches.Of(river, 500).Chunk((int)(each / 500)).Select(r =>
                TripWater.Of(Guid.NewGuid(), GeoJson.Factory.CreateMultiLineString([.. r.Select(x => (LineString)x.Part)]), new(1, 1),
                    500));
            var sums = Scored(Prior, origins, [.. parts]);
            foreach (var presence in (Presence[])[Presence.Home1To4, Presence.Home5To14])
                Assert.Equal(whole.Trips[presence], sums.Sum(s => s.Trips[presence]), 0.01 * whole.Trips[presence]);
        }
    }

    [Fact]
    public void Trips_to_a_river_are_those_to_its_reaches()
    {
        var river = TripWater.Of(Guid.NewGuid(), GeoJson.Factory.CreateLineString([new(104, 23), new(104.03, 23)]), new(1, 1), 500);
        var scorer = new TripScorer(Prior, [TripWorld.Home(104.01, 23.001), TripWorld.Home(104.02, 23.002, isTown: true)]);
        using var search = scorer.Begin();
        scorer.Pull(river, search);
        var sums = scorer.Score(river, search);
        Assert.Equal(7, search.ReachSums!.Count);
        Assert.Equal(sums.Trips[Presence.Home5To14], search.ReachSums.Sum(r => r.Trips[Presence.Home5To14]), 1e-12);
        Assert.Equal(sums.Own[Presence.Home5To14], search.ReachSums.Sum(r => r.Own[Presence.Home5To14]), 1e-12);
    }

    [Fact]
    public void Where_nobody_lives_or_nothing_draws_there_are_no_trips()
    {
        TripWater pond = TripWorld.Pond(104, 23), filled = TripWorld.Pond(104, 23, 0);
        Assert.Equal(new double[16], Assert.Single(Scored(Prior, [], [pond])).Trips.ToArray());
        Assert.Equal(new double[16], Assert.Single(Scored(Prior, [TripWorld.Home(105, 23)], [pond])).Trips.ToArray());
        Assert.Equal(new double[16], Assert.Single(Scored(Prior, [TripWorld.Home(104, 23)], [filled])).Trips.ToArray());
        Assert.Empty(Scored(Prior, [TripWorld.Home(104, 23)], []));
        var both = Scored(Prior, [TripWorld.Home(104, 23), TripWorld.Home(104, 23, 0, 0)], [pond, filled]);
        Assert.All(both.SelectMany(s => s.Trips.ToArray()), x => Assert.True(double.IsFinite(x)));
    }

    [Fact]
    public void Without_any_roads_trips_on_foot_are_those_of_straight_distances()
    {
        var (origins, waters) = TripWorld.Random(new Random(12));
        var walk = new TripScorer(Prior with { OnFoot = true, BankMetres = 250 }, [.. origins],
            roads: new RoadNetwork(RoadGraph.Of([]), new RoadShapes()));
        walk.Pull(waters);
        Assert.Equal(Scored(Prior, origins, waters).Select(Bits), walk.Score(waters).Select(Bits));
    }

    [Fact]
    public void On_foot_distances_are_those_of_the_walking_rule_of_proximity()
    {
        var shapes = new RoadShapes();
        shapes.Add([(104, 23), (104.02, 23), (104.02, 22.9995)]);
        var metres = Geodesic.Distance(104, 23, 104.02, 23) + Geodesic.Distance(104.02, 23, 104.02, 22.9995);
        var roads = new RoadNetwork(RoadGraph.Of([new(1, 1, 2, metres, metres)]), shapes);
        var home = TripWorld.Home(104, 23.0001);
        var pond = TripWorld.Pond(104.02, 22.999);
        var scorer = new TripScorer(Prior with { OnFoot = true, BankMetres = 250 }, [home], roads: roads);
        using var search = scorer.Begin();
        scorer.Pull(pond, search);
        var share = Assert.Single(scorer.Shares(pond, default));
        var expected = new RiskScorer(Rules.Of("2026-2-walk"), [new(home.Key, home.Longitude, home.Latitude, 1, 1)], roads)
            .Explain(new RiskHazard(pond.Id, pond.Longitude, pond.Latitude, null, default)).Exposures;
        Assert.Equal(Assert.Single(expected).DistanceMetres, share.DistanceMetres);
        Assert.Equal(expected[0].Way, share.Way);
        var pull = 0.8 * Math.Exp(-share.DistanceMetres / 350);
        Assert.Equal(30 * pull / (1.5 + pull), scorer.Score(pond, search).Trips[Presence.Home5To14], 1e-9);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-0.1)]
    [InlineData(101)]
    public void An_attraction_that_is_none_is_refused(double attraction) => Assert.Equal("AttractionOutOfRange",
        Assert.Throws<RefusalException>(() =>
            Scored(Prior, [TripWorld.Home(0, 0)], [TripWorld.Pond(0, 0, attraction)], oneThread: true)).Code);

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_number_of_children_that_is_none_is_refused(double children) => Assert.Equal("NegativeCount",
        Assert.Throws<RefusalException>(() => new TripScorer(Prior, [TripWorld.Home(0, 0, children)])).Code);

    [Fact]
    public void More_waters_at_a_door_than_a_sum_can_hold_are_refused_and_what_never_pulled_cannot_go()
    {
        var full = new TripScorer(Prior, [TripWorld.Home(0, 0)], [new TripPull(long.MaxValue - 5, 0, 0, 0)]);
        using var search = full.Begin();
        Assert.Equal("TooManyWaters", Assert.Throws<RefusalException>(() => full.Pull(TripWorld.Pond(0, 0), search)).Code);
        var empty = new TripScorer(Prior, [TripWorld.Home(0, 0)]);
        using var other = empty.Begin();
        Assert.Throws<InvalidOperationException>(() => empty.Pull(TripWorld.Pond(0, 0), other, isTakenAway: true));
    }

    internal static TripSums[] Scored(TripParameters parameters, IEnumerable<TripOrigin> origins, IReadOnlyList<TripWater> waters,
        bool oneThread = false)
    {
        var scorer = new TripScorer(parameters, [.. origins]);
        if (!oneThread)
        {
            scorer.Pull(waters);
            return scorer.Score(waters);
        }
        using var search = scorer.Begin();
        foreach (var water in waters) scorer.Pull(water, search);
        return [.. waters.Select(w => scorer.Score(w, search))];
    }

    internal static long[] Bits(TripSums s) => [.. ((PresenceNumbers[])[s.Trips, s.ByDecay, s.ByStayingAway, s.Own, s.Town])
        .SelectMany(n => n.ToArray()).Select(BitConverter.DoubleToInt64Bits)];

    private static TripSearch Pulled(TripScorer scorer, TripWater water, TripSearch search)
    {
        scorer.Pull(water, search);
        return search;
    }

    private static List<(long, long, long, long)> Wholes(TripScorer scorer)
    {
        var wholes = new List<(long, long, long, long)>();
        foreach (var pull in scorer.Pulls) wholes.Add(pull.Whole);
        return wholes;
    }
}
