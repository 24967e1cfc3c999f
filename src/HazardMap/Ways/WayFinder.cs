using HazardMap.Network;

namespace HazardMap.Ways;

/// <summary>One search outwards from schools, and the paths that it leaves behind.</summary>
internal sealed class WayFinder(RoadNetwork roads, RoadPlace?[] schools, RoadPlace?[] origins, double farthestMetres)
{
    private readonly RoadGraph _graph = roads.Graph;
    private readonly RoadSearch _search = new(roads.Graph, keepPaths: true);

    /// <summary>The way of each origin to the nearest of some schools, where that is one that is asked about.</summary>
    public List<SchoolWay> ToNearest(int[] among, Predicate<int> isAsked, CancellationToken stop)
    {
        _search.Clear();
        foreach (var school in among)
            if (schools[school] is { } place) _search.SeedEndAt(place, place.AccessMetres, school);
        _search.Run(farthestMetres, backward: true, stop);
        var onEdge = among.Where(s => schools[s] is not null).ToLookup(s => schools[s]!.Value.Edge);
        var ways = new List<SchoolWay>();
        for (var origin = 0; origin < origins.Length; origin++)
            if (origins[origin] is { } door && Nearest(origin, door, onEdge, isAsked) is { } way) ways.Add(way);
        return ways;
    }

    private SchoolWay? Nearest(int origin, in RoadPlace door, ILookup<int, int> onEdge, Predicate<int> isAsked)
    {
        var ends = door.Leaving(_graph);
        var (toSource, toTarget) = (ends.SourceCost + _search.CostTo(ends.Source), ends.TargetCost + _search.CostTo(ends.Target));
        var (least, next) = toSource <= toTarget ? (toSource, ends.Source) : (toTarget, ends.Target);
        var neighbour = -1;
        foreach (var school in onEdge[door.Edge])
        {
            var along = door.Along(_graph, schools[school]!.Value) + schools[school]!.Value.AccessMetres;
            if (along <= least) (least, neighbour) = (along, school);
        }
        if (!(door.AccessMetres + least <= farthestMetres)) return null;
        if (!isAsked(neighbour >= 0 ? neighbour : _search.LabelOf(next))) return null;
        if (neighbour >= 0)
            return Way(neighbour, origin, door, least, roads.Shapes.Between(door.Edge, door.Fraction, schools[neighbour]!.Value.Fraction));
        var school2 = _search.LabelOf(next);
        return Way(school2, origin, door, least, Path(door, next, next == ends.Source && toSource <= toTarget, schools[school2]!.Value));
    }

    private SchoolWay Way(int school, int origin, in RoadPlace door, double cost, IReadOnlyList<(double, double)> path)
    {
        var gate = schools[school]!.Value.AccessMetres;
        return new SchoolWay(school, origin, door.AccessMetres, cost - gate, gate, 0, path);
    }

    // From the door along its edge, edge by edge to the school's, and along that to the gate.
    private List<(double, double)> Path(in RoadPlace door, int node, bool leavesBySource, in RoadPlace gate)
    {
        var path = new List<(double, double)>(roads.Shapes.Between(door.Edge, door.Fraction, leavesBySource ? 0 : 1));
        var way = _search.PathTo(node);
        for (var i = way.Edges.Count - 1; i >= 0; i--)
        {
            var backwards = _graph.TargetOf(way.Edges[i]) == way.Nodes[i + 1] && _graph.SourceOf(way.Edges[i]) == way.Nodes[i];
            Join(path, roads.Shapes.Between(way.Edges[i], backwards ? 1 : 0, backwards ? 0 : 1));
        }
        var (cost, arriving) = (_search.CostTo(way.Nodes[0]), gate.Arriving(_graph));
        var bySource = way.Nodes[0] == arriving.Source && (way.Nodes[0] != arriving.Target || arriving.SourceCost <= arriving.TargetCost);
        if (double.IsFinite(cost)) Join(path, roads.Shapes.Between(gate.Edge, bySource ? 0 : 1, gate.Fraction));
        return path;
    }

    private static void Join(List<(double, double)> path, IReadOnlyList<(double, double)> next) =>
        path.AddRange(next.SkipWhile((at, i) => i == 0 && at == path[^1]));
}
