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
/// A way meets the network where the door is nearest to it; where several places are equally near it takes the cheapest. It leaves
/// the network where that is nearest to the water, or at the best of its points within some metres of the water: as the rule
/// has it. The search knows nothing but its water, so a way has the same bits in a run over everything and in a single edit.
/// One search belongs to one thread; the network is shared.
/// </remarks>
public sealed class WalkSearch(RoadNetwork network)
{
    // A sum of three may differ from the same sum in another order.
    private const double Rounding = 1e-6;

    private readonly RoadGraph _graph = network.Graph;
    private readonly RoadSearch _search = new(network.Graph);
    private readonly HashSet<int> _walkParts = [], _twoWayParts = [];
    private RoadSearch? _unbounded;
    private bool _unboundedRan, _partsKnown;
    private Ending[] _endings = [];
    private double _leastBank, _limitMetres;
    private RoadExits? _exits;

    /// <summary>Takes the water that all following ways lead to, each from where the network is nearest to it.</summary>
    /// <param name="water">Where it meets the network.</param>
    /// <param name="limitMetres">Longer ways are not looked for.</param>
    /// <param name="stop">Looked at every few thousand nodes.</param>
    public void Towards(RoadContact water, double limitMetres, CancellationToken stop = default) =>
        Towards([.. water.Stretches.Select(s => new Ending(s, water.AccessMetres))], null, limitMetres,
            limitMetres - water.AccessMetres, stop);

    /// <summary>Takes the water that all following ways lead to, each by the exit that is best for it.</summary>
    /// <param name="water">Where ways to it may leave the network.</param>
    /// <param name="limitMetres">Longer ways are not looked for.</param>
    /// <param name="stop">Looked at every few thousand nodes.</param>
    public void Towards(RoadExits water, double limitMetres, CancellationToken stop = default)
    {
        var endings = new Ending[water.Points.Count];
        for (var i = 0; i < endings.Length; i++)
        {
            var exit = water.Points[i];
            endings[i] = new Ending(new RoadStretch(exit.Edge, exit.Fraction, exit.Fraction), exit.BankMetres);
        }
        var least = endings.Length == 0 ? 0 : endings.Min(e => e.BankMetres);
        Towards(endings, water, limitMetres, limitMetres - least + Rounding, stop);
    }

    /// <summary>The shortest way from a door; null when it is longer than the limit or there is none.</summary>
    /// <param name="door">Where the door meets the network.</param>
    /// <param name="straightMetres">From the door to the water as the crow flies, or anything less: it spares looking whether
    /// the door meets the network within reach of the water.</param>
    public WalkedWay? From(RoadContact door, double straightMetres = 0)
    {
        var way = Along(_search, door);
        if (OffAtOnce(door, straightMetres) is { } atOnce && !(way?.Metres <= atOnce.Metres)) way = atOnce;
        return way?.Metres <= _limitMetres ? way : null;
    }

    /// <summary>Whether there is any way from the door, however long.</summary>
    /// <param name="door">Where the door meets the network.</param>
    /// <param name="straightMetres">As in <see cref="From"/>.</param>
    /// <param name="stop">Looked at every few thousand nodes.</param>
    public bool IsJoined(RoadContact door, double straightMetres = 0, CancellationToken stop = default)
    {
        foreach (var stretch in door.Stretches)
            foreach (ref readonly var ending in EndingsOn(stretch.Edge))
                if (double.IsFinite(stretch.Along(_graph, ending.Stretch))) return true;
        if (OffAtOnce(door, straightMetres) is not null) return true;
        FindParts();
        var fromDoor = door.Stretches.SelectMany(s => Nodes(s.Leaving(_graph))).ToList();
        if (!fromDoor.Exists(node => _walkParts.Contains(network.Islands.PartOf(node)))) return false;
        if (fromDoor.Exists(node => _twoWayParts.Contains(network.TwoWayIslands.PartOf(node)))) return true;
        return IsReached(door, stop);   // one-way paths between the two: only a search knows
    }

    private void Towards(Ending[] endings, RoadExits? exits, double limitMetres, double pathLimit, CancellationToken stop)
    {
        Array.Sort(endings, (a, b) => a.Stretch.Edge.CompareTo(b.Stretch.Edge));
        (_endings, _exits, _limitMetres, _unboundedRan, _partsKnown) = (endings, exits, limitMetres, false, false);
        _leastBank = endings.Length == 0 ? 0 : endings.Min(e => e.BankMetres);
        Run(_search, pathLimit, stop);
    }

    private bool IsReached(RoadContact door, CancellationToken stop)
    {
        _unbounded ??= new RoadSearch(_graph);
        if (!_unboundedRan) Run(_unbounded, double.PositiveInfinity, stop);
        _unboundedRan = true;
        return Along(_unbounded, door) is not null;
    }

    private void FindParts()
    {
        if (_partsKnown) return;
        _walkParts.Clear();
        _twoWayParts.Clear();
        foreach (ref readonly var ending in _endings.AsSpan())
            foreach (var node in Nodes(ending.Stretch.Arriving(_graph)))
            {
                _walkParts.Add(network.Islands.PartOf(node));
                _twoWayParts.Add(network.TwoWayIslands.PartOf(node));
            }
        _partsKnown = true;
    }

    // A bank costs by how much it is longer than the shortest; which it was is the label.
    private void Run(RoadSearch search, double limit, CancellationToken stop)
    {
        search.Clear();
        for (var i = 0; i < _endings.Length; i++)
        {
            var (ends, more) = (_endings[i].Stretch.Arriving(_graph), _endings[i].BankMetres - _leastBank);
            if (double.IsFinite(ends.SourceCost)) search.Seed(ends.Source, ends.SourceCost + more, i);
            if (double.IsFinite(ends.TargetCost)) search.Seed(ends.Target, ends.TargetCost + more, i);
        }
        search.Run(limit, backward: true, stop);
    }

    private WalkedWay? Along(RoadSearch search, RoadContact door)
    {
        var (least, by) = (double.PositiveInfinity, -1);
        void Offer(double cost, int ending)
        {
            if (cost < least) (least, by) = (cost, ending);
        }
        foreach (var stretch in door.Stretches)
        {
            var ends = stretch.Leaving(_graph);
            Offer(ends.SourceCost + search.CostTo(ends.Source), search.LabelOf(ends.Source));
            Offer(ends.TargetCost + search.CostTo(ends.Target), search.LabelOf(ends.Target));
            for (var i = FirstOn(stretch.Edge); i < _endings.Length && _endings[i].Stretch.Edge == stretch.Edge; i++)
                Offer(stretch.Along(_graph, _endings[i].Stretch) + (_endings[i].BankMetres - _leastBank), i);
        }
        if (by < 0) return null;
        var bank = _endings[by].BankMetres;
        return new WalkedWay(door.AccessMetres, least - (bank - _leastBank), bank);
    }

    // Where the door meets the network within reach of the water, no step along a road is needed.
    private WalkedWay? OffAtOnce(RoadContact door, double straightMetres)
    {
        // A straight distance may be told 0.7% too long: see ShapeDistance.
        if (_exits is null || straightMetres * 0.99 - 1 - door.AccessMetres > _exits.WithinMetres) return null;
        var least = double.PositiveInfinity;
        foreach (var stretch in door.Stretches)
            least = Math.Min(least, _exits.BankMetresAt(network.Shapes.At(stretch.Edge, stretch.From)));
        return double.IsFinite(least) ? new WalkedWay(door.AccessMetres, 0, least) : null;
    }

    private ReadOnlySpan<Ending> EndingsOn(int edge)
    {
        int first = FirstOn(edge), end = first;
        while (end < _endings.Length && _endings[end].Stretch.Edge == edge) end++;
        return _endings.AsSpan(first, end - first);
    }

    private int FirstOn(int edge)
    {
        int low = 0, high = _endings.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_endings[middle].Stretch.Edge < edge) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private static IEnumerable<int> Nodes(RoadPlace.Ends ends)
    {
        if (double.IsFinite(ends.SourceCost)) yield return ends.Source;
        if (double.IsFinite(ends.TargetCost)) yield return ends.Target;
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Ending(RoadStretch Stretch, double BankMetres);
}
