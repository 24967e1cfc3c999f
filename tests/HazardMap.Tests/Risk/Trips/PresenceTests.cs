using HazardMap.Risk.Trips;

namespace HazardMap.Tests.Risk.Trips;

public class PresenceTests
{
    [Fact]
    public void There_are_six_entries_of_one_to_four_and_ten_of_five_to_fourteen()
    {
        Assert.Equal(Presences.Count, Presences.All.Count);
        Assert.Equal(6, Presences.All.Count(p => p.Age() == TripAge.Aged1To4));
        Assert.All(Presences.All, p =>
            Assert.EndsWith(p.Age() == TripAge.Aged1To4 ? "1To4" : "5To14", p.ToString(), StringComparison.Ordinal));
        Assert.All(Presences.All, p => Assert.Equal(p.ToString().StartsWith("Away", StringComparison.Ordinal), p.IsAway()));
    }

    [Fact]
    public void A_place_keeps_the_number_of_each_of_its_own_entries_and_refuses_others()
    {
        foreach (var kind in Enum.GetValues<TripOriginKind>())
        {
            var origin = new TripOrigin(Guid.NewGuid(), kind, 0, 0);
            foreach (var presence in Presences.All)
                if (presence.IsOfHome() == origin.IsHome) origin[presence] = 1 + (int)presence;
                else Assert.Throws<ArgumentException>(() => origin[presence] = 1);
            Assert.All(Presences.All, p => Assert.Equal(p.IsOfHome() == origin.IsHome ? 1 + (int)p : 0, origin.Children[p]));
        }
    }

    [Fact]
    public void Trips_by_weights_are_summed_over_all_entries_or_those_of_an_age()
    {
        var numbers = PresenceNumbers.Of([.. Enumerable.Range(1, 16).Select(i => (double)i)]);
        Assert.Equal(1496, numbers.Dot(numbers));
        Assert.Equal(91, numbers.Dot(numbers, TripAge.Aged1To4));
        Assert.Equal(1405, numbers.Dot(numbers, TripAge.Aged5To14));
    }

    [Fact]
    public void Centres_of_divisions_have_keys_of_their_own()
    {
        string[] codes = ["5326", "532601", "532601001001", new string('5', 17), new string('5', 64)];
        Assert.Equal(codes.Length, codes.Select(TripOrigin.CentreKey).Distinct().Count());
        Assert.Equal(TripOrigin.CentreKey("5326"), TripOrigin.CentreKey("5326"));
    }
}
