using HazardMap.Network;

namespace HazardMap.Coverage;

/// <summary>Ways along the roads from demand to supply: one-ways obeyed, the way between door and road counted at both ends.</summary>
/// <remarks>
/// Searched against the direction of travel, once for each supply, and once from all supplies for the nearest. Costs are
/// those of the edges; a metre between door and road costs <see cref="AccessCostPerMetre"/>.
/// </remarks>
public sealed class RoadWays
{
    private readonly RoadNetwork _network;
    private readonly RoadPlace?[] _demand;
    private readonly RoadPlace?[] _supply;

    /// <summary>Finds the place on the network of every door.</summary>
    /// <param name="network">The roads.</param>
    /// <param name="demand">Doors of demand.</param>
    /// <param name="supply">Doors of supply.</param>
    /// <param name="snapMetres">Farther than this from every road is off the network.</param>
    /// <param name="accessCostPerMetre">What a metre between door and road costs.</param>
    /// <param name="threads">Doors looked up at the same time.</param>
    public RoadWays(RoadNetwork network, IReadOnlyList<DemandPoint> demand, IReadOnlyList<CoverageSupply> supply, double snapMetres,
        double accessCostPerMetre, int threads = 1)
    {
        _network = network;
        AccessCostPerMetre = accessCostPerMetre;
        _demand = Snap(network.Index, demand.Count, i => (demand[i].Longitude, demand[i].Latitude), snapMetres, threads);
        _supply = Snap(network.Index, supply.Count, i => (supply[i].Longitude, supply[i].Latitude), snapMetres, threads);
    }

    /// <summary>What a metre between door and road costs.</summary>
    public double AccessCostPerMetre { get; }

    /// <summary>Where each supply meets the roads; null: off the network.</summary>
    public IReadOnlyList<RoadPlace?> Supply => _supply;

    /// <summary>Where each demand point meets the roads; null: off the network.</summary>
    public IReadOnlyList<RoadPlace?> Demand => _demand;

    /// <summary>Measures all pairs within the limit and each demand point's nearest supply.</summary>
    public CoverageWays Within(double limit, int threads = 1, CancellationToken stop = default)
    {
        int[] demand = On(_demand), supply = On(_supply);
        RoadPlace[] places = [.. demand.Select(i => _demand[i]!.Value)], starts = [.. supply.Select(i => _supply[i]!.Value)];
        var costs = new PlaceCosts(_network.Graph, places, AccessCostPerMetre, backward: true).Within(starts, limit, threads, stop);
        var nearest = new NearestWay[_demand.Length];
        Array.Fill(nearest, NearestWay.None);
        var found = Nearest(places, starts, stop);
        for (var i = 0; i < demand.Length; i++)
            if (found[i].Supply >= 0) nearest[demand[i]] = found[i] with { Supply = supply[found[i].Supply] };
        return new CoverageWays([.. costs.Select(c => new AccessCost(supply[c.From], demand[c.To], c.Cost))], nearest,
            Off(_demand), Off(_supply));
    }

    // One search from all supplies together. Sums are taken in the same order as for pairs, so that both agree to the last digit.
    private NearestWay[] Nearest(RoadPlace[] demand, RoadPlace[] supply, CancellationToken stop)
    {
        var search = new RoadSearch(_network.Graph);
        for (var s = 0; s < supply.Length; s++) search.SeedEndAt(supply[s], supply[s].AccessMetres * AccessCostPerMetre, s);
        search.Run(backward: true, stop: stop);
        var onEdge = Enumerable.Range(0, supply.Length).ToLookup(s => supply[s].Edge);
        var nearest = new NearestWay[demand.Length];
        for (var d = 0; d < nearest.Length; d++)
        {
            var best = NearestWay.None;
            void Offer(int s, double cost)
            {
                if (cost < best.Cost || (cost == best.Cost && s < best.Supply)) best = new NearestWay(s, cost);
            }
            var access = demand[d].AccessMetres * AccessCostPerMetre;
            foreach (var s in onEdge[demand[d].Edge])
                Offer(s, supply[s].AccessMetres * AccessCostPerMetre + demand[d].Along(_network.Graph, supply[s]) + access);
            var ends = demand[d].Leaving(_network.Graph);
            if (double.IsFinite(ends.SourceCost))
                Offer(search.LabelOf(ends.Source), search.CostTo(ends.Source) + (ends.SourceCost + access));
            if (double.IsFinite(ends.TargetCost))
                Offer(search.LabelOf(ends.Target), search.CostTo(ends.Target) + (ends.TargetCost + access));
            nearest[d] = best;
        }
        return nearest;
    }

    private static RoadPlace?[] Snap(RoadIndex index, int count, Func<int, (double Longitude, double Latitude)> door,
        double snapMetres, int threads)
    {
        var places = new RoadPlace?[count];
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads) }, i =>
        {
            var (longitude, latitude) = door(i);
            places[i] = index.Nearest(longitude, latitude, Math.Min(snapMetres, RoadIndex.FarthestMetres));
        });
        return places;
    }

    private static int[] On(RoadPlace?[] places) => [.. Enumerable.Range(0, places.Length).Where(i => places[i] is not null)];

    private static int[] Off(RoadPlace?[] places) => [.. Enumerable.Range(0, places.Length).Where(i => places[i] is null)];
}
