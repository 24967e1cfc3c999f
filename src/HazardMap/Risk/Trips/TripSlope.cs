namespace HazardMap.Risk.Trips;

/// <summary>
/// How the visits that a year brings to a water change with the numbers that decide who comes: derivatives by their logarithms. All
/// five are of the same sum: over origins, of children times the weights of their entries times their trip.
/// </summary>
/// <param name="Visits">The sum itself; below 0 by rounding at most.</param>
/// <param name="ByDecay">By the decay length of the age, through the water's own pull and through all others'.</param>
/// <param name="ByStayingAway">By the pull of staying away; at most 0.</param>
/// <param name="ByTown">By the town factor: the part of the sum that town children make.</param>
/// <param name="ByAttraction">By the water's own attraction: each trip times the share that does not go there yet.</param>
public readonly record struct TripSlope(double Visits, double ByDecay, double ByStayingAway, double ByTown, double ByAttraction)
{
    /// <summary>From numbers by entry, weighted.</summary>
    /// <param name="trips">X.</param>
    /// <param name="byDecay">Derivative of X by the logarithm of the decay length of the entry's age.</param>
    /// <param name="byStayingAway">Derivative of X by the logarithm of the pull of staying away.</param>
    /// <param name="own">Children times their trip times its own share: X less this is what attraction moves.</param>
    /// <param name="town">What of X comes from towns.</param>
    /// <param name="weights">Of a year.</param>
    public static PerAge<TripSlope> Of(in PresenceNumbers trips, in PresenceNumbers byDecay, in PresenceNumbers byStayingAway,
        in PresenceNumbers own, in PresenceNumbers town, in PresenceNumbers weights) => new(
        Of(trips, byDecay, byStayingAway, own, town, weights, TripAge.Aged1To4),
        Of(trips, byDecay, byStayingAway, own, town, weights, TripAge.Aged5To14));

    /// <summary>Of two parts of a water.</summary>
    public static TripSlope operator +(TripSlope a, TripSlope b) => new(a.Visits + b.Visits, a.ByDecay + b.ByDecay,
        a.ByStayingAway + b.ByStayingAway, a.ByTown + b.ByTown, a.ByAttraction + b.ByAttraction);

    /// <summary>The same divided by the visits; 0 where there are none.</summary>
    internal TripSlope Elasticities => Visits > 0
        ? new(1, ByDecay / Visits, ByStayingAway / Visits, ByTown / Visits, ByAttraction / Visits) : default;

    private static TripSlope Of(in PresenceNumbers trips, in PresenceNumbers byDecay, in PresenceNumbers byStayingAway,
        in PresenceNumbers own, in PresenceNumbers town, in PresenceNumbers weights, TripAge age) => new(trips.Dot(weights, age),
        byDecay.Dot(weights, age), byStayingAway.Dot(weights, age), town.Dot(weights, age), trips.Dot(weights, age) - own.Dot(weights,
            age));
}
