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
    /// <summary>The same divided by the visits; 0 where there are none.</summary>
    internal TripSlope Elasticities => Visits > 0
        ? new(1, ByDecay / Visits, ByStayingAway / Visits, ByTown / Visits, ByAttraction / Visits) : default;
}
