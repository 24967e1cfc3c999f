using HazardMap.Coverage;

namespace HazardMap.Tests.Coverage;

public sealed class PoolTurnsTests
{
    [Theory]
    [InlineData(20, 3, null, null, 20 * 3 * 62.0)]
    [InlineData(20, null, null, null, 20 * 62.0)]         // how often is not stated: once
    [InlineData(20, 3, "07-11", "08-20", 20 * 3 * 41.0)]
    [InlineData(20, 3, "05-01", "07-01", 20 * 3.0)]
    [InlineData(20, 3, "12-01", "07-10", 20 * 3 * 10.0)]  // over the new year
    [InlineData(20, 3, "09-01", "02-29", 0.0)]
    [InlineData(20, 0, null, null, 0.0)]
    [InlineData(null, 3, null, null, null)]               // not known is not none
    public void A_pool_has_room_for_places_times_turns_on_each_day_it_is_open_in_july_and_august(int? places, int? turns, string? from,
        string? to, double? visits) => Assert.Equal(visits, PoolTurns.OfSummer(places, turns, from, to));

    [Theory]
    [InlineData(new[] { 0.4, 0.4, 0.4 }, new long[] { 1, 0, 0 })]
    [InlineData(new[] { 2.5, 1.25, 1.25 }, new long[] { 3, 1, 1 })]
    [InlineData(new[] { 0.0, 3.0 }, new long[] { 0, 3 })]
    [InlineData(new double[0], new long[0])]
    public void Shares_become_whole_people_and_keep_their_total(double[] shares, long[] whole) =>
        Assert.Equal(whole, WholePeople.Of(shares));
}
