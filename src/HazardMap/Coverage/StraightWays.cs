using HazardMap.Geodesy;

namespace HazardMap.Coverage;

/// <summary>Straight, geodesic ways: what there is where no roads are loaded.</summary>
public static class StraightWays
{
    private const double FarthestPair = 2_000_000; // beyond it only the nearest is told

    /// <summary>Measures all pairs within the limit, in metres, and each demand point's nearest supply.</summary>
    public static CoverageWays Of(IReadOnlyList<DemandPoint> demand, IReadOnlyList<CoverageSupply> supply, double limitMetres,
        CancellationToken stop = default)
    {
        foreach (var s in supply) Soundness.CheckPosition(s.Longitude, s.Latitude, s.Code);
        var tree = new SupplyTree(supply.Select(s => (s.Longitude, s.Latitude)));
        var nearest = new NearestWay[demand.Count];
        for (var i = 0; i < nearest.Length; i++)
        {
            Soundness.CheckPosition(demand[i].Longitude, demand[i].Latitude, demand[i].Code);
            nearest[i] = tree.Nearest(demand[i].Longitude, demand[i].Latitude);
        }
        return new CoverageWays(Pairs(demand, supply, Math.Min(limitMetres, FarthestPair), nearest, stop), nearest, [], []);
    }

    // A chord is never longer than the way over the ground: most pairs are too far apart without measuring. The millimetre is
    // for rounding: positions in space are good to a nanometre, which over some metres is more than the arc has over its chord.
    private static List<AccessCost> Pairs(IReadOnlyList<DemandPoint> demand, IReadOnlyList<CoverageSupply> supply, double limit,
        NearestWay[] nearest, CancellationToken stop)
    {
        var places = demand.Select(d => SurfacePoint.PositionOf(SurfacePoint.NormalOf(d.Longitude, d.Latitude))).ToArray();
        var pairs = new List<AccessCost>();
        var longestChord2 = (limit + 0.001) * (limit + 0.001);
        for (var s = 0; s < supply.Count; s++)
        {
            stop.ThrowIfCancellationRequested();
            var (longitude, latitude) = (supply[s].Longitude, supply[s].Latitude);
            var at = SurfacePoint.PositionOf(SurfacePoint.NormalOf(longitude, latitude));
            for (var d = 0; d < places.Length; d++)
            {
                var across = places[d] - at;
                if (across.Dot(across) > longestChord2) continue;
                var metres = nearest[d].Supply == s
                    ? nearest[d].Cost : Geodesic.Distance(demand[d].Longitude, demand[d].Latitude, longitude, latitude);
                if (metres <= limit) pairs.Add(new AccessCost(s, d, metres));
            }
        }
        return pairs;
    }
}
