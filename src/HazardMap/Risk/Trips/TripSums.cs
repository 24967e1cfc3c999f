namespace HazardMap.Risk.Trips;

/// <summary>The trips to a water, or to one reach of it, by entry of <see cref="Presence"/>, and what they depend on.</summary>
/// <remarks>
/// All are sums over origins of children times the town factor times something; a weight for each entry (of hours, of a year) makes
/// numbers of them by <see cref="PresenceNumbers.Dot(in PresenceNumbers)"/>.
/// </remarks>
/// <param name="Trips">X: children times the share T of their trips that comes here.</param>
/// <param name="ByDecay">Derivative of X by the logarithm of the decay length of the entry's age.</param>
/// <param name="ByStayingAway">Derivative of X by the logarithm of what staying away weighs, of the entry's age.</param>
/// <param name="Own">Children times T times the T of the whole water. X less this is the derivative of X by the logarithm of the
/// water's own attraction: it competes with itself.</param>
/// <param name="Town">What of X comes from towns: the derivative of X by the logarithm of the town factor.</param>
public sealed record TripSums(PresenceNumbers Trips, PresenceNumbers ByDecay, PresenceNumbers ByStayingAway, PresenceNumbers Own,
    PresenceNumbers Town)
{
    /// <summary>What intervals ask: sums over the entries of each age by weights, such as those of a year.</summary>
    public PerAge<TripSlope> Slopes(in PresenceNumbers weights) => new(Slope(weights, TripAge.Aged1To4), Slope(weights, TripAge.Aged5To14));

    /// <summary>Of a water that nobody goes to.</summary>
    public static TripSums None { get; } = new(default, default, default, default, default);

    private TripSlope Slope(in PresenceNumbers weights, TripAge age)
    {
        var visits = Trips.Dot(weights, age);
        return new TripSlope(visits, ByDecay.Dot(weights, age), ByStayingAway.Dot(weights, age), Town.Dot(weights, age),
            visits - Own.Dot(weights, age));
    }

    /// <summary>Those of a whole water, from its reaches in order.</summary>
    internal static TripSums Of(TripSums[] reaches)
    {
        var (trips, byDecay, byStayingAway, own, town) = reaches[0];
        foreach (var reach in reaches.AsSpan(1))
        {
            trips.Add(reach.Trips);
            byDecay.Add(reach.ByDecay);
            byStayingAway.Add(reach.ByStayingAway);
            own.Add(reach.Own);
            town.Add(reach.Town);
        }
        return new TripSums(trips, byDecay, byStayingAway, own, town);
    }
}
