namespace HazardMap.Risk.Trips;

/// <summary>The trips to a water, or to one reach of it, by entry of <see cref="Presence"/>, and what they depend on.</summary>
/// <remarks>
/// All are sums over origins of children times the town factor times something; a weight for each entry (of hours, of a year) makes
/// numbers of them by <see cref="PresenceNumbers.Dot(in PresenceNumbers)"/>.
/// </remarks>
/// <param name="Trips">X: children times the share T of their trips that comes here.</param>
/// <param name="ByLength">Derivative of X by the logarithm of the length of the entry's age.</param>
/// <param name="ByStaying">Derivative of X by the logarithm of what staying away weighs, of the entry's age.</param>
/// <param name="Own">Children times T times the T of the whole water. X less this is the derivative of X by the logarithm of the
/// water's own attraction: it competes with itself.</param>
/// <param name="Town">What of X comes from towns: the derivative of X by the logarithm of the town factor.</param>
public sealed record TripSums(PresenceNumbers Trips, PresenceNumbers ByLength, PresenceNumbers ByStaying, PresenceNumbers Own,
    PresenceNumbers Town)
{
    /// <summary>Of a water that nobody goes to.</summary>
    public static TripSums None { get; } = new(default, default, default, default, default);

    /// <summary>Those of a whole water, from its reaches in order.</summary>
    internal static TripSums Of(TripSums[] reaches)
    {
        var (trips, byLength, byStaying, own, town) = reaches[0];
        foreach (var reach in reaches.AsSpan(1))
        {
            trips.Add(reach.Trips);
            byLength.Add(reach.ByLength);
            byStaying.Add(reach.ByStaying);
            own.Add(reach.Own);
            town.Add(reach.Town);
        }
        return new TripSums(trips, byLength, byStaying, own, town);
    }
}
