using HazardMap.Risk.Trips;

namespace HazardMap.Tests.Risk.Trips;

public class TripNeighbourhoodTests
{
    private static readonly TripParameters Prior = TripWorld.Prior;
    private static readonly PresenceNumbers Weights = PresenceNumbers.Of([.. Enumerable.Range(0, 16).Select(i => i % 5 - 1.0)]);

    [Fact]
    public void The_contributions_of_places_sum_to_the_trips_and_the_shares_of_a_place_to_one()
    {
        var (origins, waters) = TripWorld.Random(new Random(3), 40, 30);
        var sums = TripScorerTests.Scored(Prior, origins, waters);
        var neighbourhood = new TripNeighbourhood(Prior, origins, waters);
        for (var i = 0; i < waters.Count; i++)
        {
            var explained = neighbourhood.Explain(waters[i].Id, Weights, 5, int.MaxValue);
            Assert.Equal(sums[i].Trips.Dot(Weights), explained.Trips, 1e-9);
            foreach (var reason in explained.Reasons.Take(5))
                foreach (var age in Enum.GetValues<TripAge>())
                    if (waters[i].Attraction[age] > 0)
                        Assert.Equal(1, reason.Share.Share[age] + reason.Share.StayingAway[age]
                            + reason.Rivals.Sum(r => r.Share[age]), 1e-9);
        }
    }

    [Fact]
    public void An_explanation_names_the_places_that_give_most_and_the_waters_that_compete_for_them()
    {
        List<TripOrigin> homes = [TripWorld.Home(104, 23, 0, 100), TripWorld.Home(104.01, 23, 0, 50), TripWorld.Home(104.1, 23)];
        TripWater pond = TripWorld.Pond(104.001, 23), rival = TripWorld.Pond(104, 23.001), far = TripWorld.Pond(104.1, 23);
        var weights = new PresenceNumbers { [Presence.Home5To14] = 1 };
        var explained = new TripNeighbourhood(Prior, homes, [pond, rival, far]).Explain(pond.Id, weights, 1, 1);
        Assert.Equal([homes[0].Key, homes[1].Key], explained.Reasons.Select(r => r.Share.Origin.Key));
        Assert.Equal((rival.Id, 1), (Assert.Single(explained.Reasons[0].Rivals).Water, explained.Reasons[0].RivalCount));
        Assert.Equal(rival.Id, Assert.Single(explained.Rivals).Water);
        Assert.Empty(explained.Reasons[1].Rivals);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Where_trips_go_when_a_water_changes_goes_or_comes_is_the_difference_of_two_runs(int seed)
    {
        var random = new Random(seed);
        var (origins, waters) = TripWorld.Random(random, 60, 30);
        var neighbourhood = new TripNeighbourhood(Prior, origins, waters);
        var before = TripScorerTests.Scored(Prior, origins, waters);
        var come = TripWorld.Pond(waters[0].Longitude, waters[0].Latitude);
        (TripWater? Old, TripWater? New)[] changes = [(null, come),
            .. waters.Take(8).Select(w => ((TripWater?)w, (TripWater?)null)),
            .. waters.Take(8).Select(w => ((TripWater?)w, (TripWater?)(w with { Attraction = new(0.1, 2) })))];
        foreach (var (old, changed) in changes)
        {
            List<TripWater> now = [.. waters.Where(w => w.Id != old?.Id)];
            if (changed is { } c) now.Add(c);
            var after = now.Zip(TripScorerTests.Scored(Prior, origins, now)).ToDictionary(p => p.First.Id, p => p.Second.Trips);
            var shift = neighbourhood.WhatIf(old, changed, Weights);
            var told = shift.Others.Append(shift.Own).ToDictionary(o => o.Water, o => o.Change);
            var none = default(PresenceNumbers);
            foreach (var (id, was) in waters.Select((w, i) => (w.Id, before[i].Trips)).Append((come.Id, none)))
                foreach (var presence in Presences.All)
                    Assert.Equal(after.GetValueOrDefault(id)[presence] - was[presence], told.GetValueOrDefault(id)[presence], 1e-9);
            Assert.Equal(shift.Own.Trips + shift.Others.Sum(o => o.Trips), shift.Trips, 1e-9);
        }
    }
}
