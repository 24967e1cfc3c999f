using HazardMap.Network;

namespace HazardMap.Risk.Trips;

/// <summary>What one place gives a water.</summary>
/// <param name="Origin">The place, with its children.</param>
/// <param name="Pull">What all waters together pull there.</param>
/// <param name="DistanceMetres">To the water, or to the nearest reach of it, as the rule measures it.</param>
/// <param name="Way">The way on foot; null where the distance is straight.</param>
/// <param name="Reach">The nearest reach; null where the water is one place.</param>
/// <param name="Share">T: what share of a child's trips there goes to this water, by age; the town factor is not in it.</param>
/// <param name="StayingAway">What share is not made.</param>
/// <param name="Contribution">Children times T times the town factor times the weights that were asked for. Contributions sum to the
/// weighted trips to the water.</param>
public sealed record TripShare(TripOrigin Origin, TripPull Pull, double DistanceMetres, WalkedWay? Way, int? Reach, PerAge<double> Share,
    PerAge<double> StayingAway, double Contribution);
