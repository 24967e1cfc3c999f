using System.Runtime.InteropServices;

namespace HazardMap.Network;

/// <summary>A way on foot from a door to a water; its metres are the sum.</summary>
/// <param name="DoorMetres">Straight from the door to the network.</param>
/// <param name="PathMetres">Along the network.</param>
/// <param name="BankMetres">Straight from the network to the water.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct WalkedWay(double DoorMetres, double PathMetres, double BankMetres)
{
    /// <summary>The whole way.</summary>
    public double Metres => DoorMetres + PathMetres + BankMetres;
}

/// <summary>Shortest ways from doors to one water at a time: one search outwards from the water serves every door around it.</summary>
/// <remarks>
/// Where several places of the network are equally near to the door or to the water, the way takes the cheapest. The search
/// knows nothing but its water, so a way has the same bits in a run over everything and in a single edit.
/// One search belongs to one thread; the network is shared.
/// </remarks>
public sealed class WalkSearch(RoadNetwork network)
{
    private readonly RoadGraph _graph = network.Graph;
    private readonly RoadSearch _search = new(network.Graph);
    private RoadSearch? _unbounded;
    private bool _unboundedRan;
    private RoadContact _water = new(0, []);
    private double _limitMetres;

    /// <summary>Takes the water that all following ways lead to.</summary>
    /// <param name="water">Where it meets the network.</param>
    /// <param name="limitMetres">Longer ways are not looked for.</param>
    /// <param name="stop">Looked at every few thousand nodes.</param>
    public void Towards(RoadContact water, double limitMetres, CancellationToken stop = default)
    {
        (_water, _limitMetres, _unboundedRan) = (water, limitMetres, false);
        Run(_search, limitMetres - water.AccessMetres, stop);
    }

    /// <summary>The shortest way from a door; null when it is longer than the limit or there is none.</summary>
    public WalkedWay? From(RoadContact door)
    {
        var path = Least(_search, door);
        var way = new WalkedWay(door.AccessMetres, path, _water.AccessMetres);
        return way.Metres <= _limitMetres ? way : null;
    }

    /// <summary>Whether there is any way from the door, however long.</summary>
    public bool IsJoined(RoadContact door, CancellationToken stop = default)
    {
        var (walks, parts) = (network.Islands, network.TwoWayIslands);
        var fromWater = _water.Stretches.SelectMany(s => Nodes(s.Arriving(_graph))).ToList();
        var fromDoor = door.Stretches.SelectMany(s => Nodes(s.Leaving(_graph))).ToList();
        if (door.Stretches.Any(d => _water.Stretches.Any(w => w.Edge == d.Edge && double.IsFinite(d.Along(_graph, w))))) return true;
        if (!fromWater.Select(walks.PartOf).Intersect(fromDoor.Select(walks.PartOf)).Any()) return false;
        if (fromWater.Select(parts.PartOf).Intersect(fromDoor.Select(parts.PartOf)).Any()) return true;
        return IsReached(door, stop);   // one-way paths between the two: only a search knows
    }

    private bool IsReached(RoadContact door, CancellationToken stop)
    {
        _unbounded ??= new RoadSearch(_graph);
        if (!_unboundedRan) Run(_unbounded, double.PositiveInfinity, stop);
        _unboundedRan = true;
        return double.IsFinite(Least(_unbounded, door));
    }

    private void Run(RoadSearch search, double limit, CancellationToken stop)
    {
        search.Clear();
        foreach (var stretch in _water.Stretches)
        {
            var ends = stretch.Arriving(_graph);
            if (double.IsFinite(ends.SourceCost)) search.Seed(ends.Source, ends.SourceCost);
            if (double.IsFinite(ends.TargetCost)) search.Seed(ends.Target, ends.TargetCost);
        }
        search.Run(limit, backward: true, stop);
    }

    private double Least(RoadSearch search, RoadContact door)
    {
        var least = double.PositiveInfinity;
        foreach (var stretch in door.Stretches)
        {
            var ends = stretch.Leaving(_graph);
            least = Math.Min(least, Math.Min(ends.SourceCost + search.CostTo(ends.Source), ends.TargetCost + search.CostTo(ends.Target)));
            foreach (var water in _water.Stretches)
                if (water.Edge == stretch.Edge) least = Math.Min(least, stretch.Along(_graph, water));
        }
        return least;
    }

    private static IEnumerable<int> Nodes(RoadPlace.Ends ends)
    {
        if (double.IsFinite(ends.SourceCost)) yield return ends.Source;
        if (double.IsFinite(ends.TargetCost)) yield return ends.Target;
    }
}
