using HazardMap.Network;
using NetTopologySuite.Geometries;

namespace HazardMap.Coverage;

/// <summary>
/// From where a facility is reached along the roads: a field of costs on a grid, of which every band is a contour.
/// </summary>
/// <remarks>
/// The cost of a grid point is that of walking straight to the foot on a road and on along the roads, as for a door; only
/// points nearer than <c>offRoadMetres</c> to such a road have one. The outline is right to a cell of the grid.
/// </remarks>
public sealed class RoadCatchment
{
    private const int MostCellsAcross = 400;
    private readonly double _accessCost, _offRoad;
    private readonly CostGrid _grid;

    private RoadCatchment(CostGrid grid, double accessCost, double offRoad) => (_grid, _accessCost, _offRoad) = (grid, accessCost, offRoad);

    /// <summary>How far the outline may be from where it should be.</summary>
    public double ErrorMetres => _grid.Cell;

    /// <summary>Searches and fills the field; <see langword="null"/> when the facility is out of reach from its own road.</summary>
    /// <param name="network">The roads.</param>
    /// <param name="facility">Where the facility meets them.</param>
    /// <param name="limit">The largest band.</param>
    /// <param name="accessCostPerMetre">What a metre between door and road costs.</param>
    /// <param name="offRoadMetres">How far from a road the field goes.</param>
    /// <param name="search">A search of this thread.</param>
    public static RoadCatchment? Of(RoadNetwork network, in RoadPlace facility, double limit, double accessCostPerMetre,
        double offRoadMetres, RoadSearch search)
    {
        var access = facility.AccessMetres * accessCostPerMetre;
        if (access > limit) return null;
        search.Clear();
        search.SeedEndAt(facility, access);
        search.Run(limit, backward: true);
        var edges = EdgesOf(network.Graph, search, facility.Edge);
        var grid = CostGrid.Around(edges.Select(e => network.Shapes.Of(e).ToArray()), facility.Longitude, facility.Latitude, offRoadMetres,
            offRoadMetres / 4, MostCellsAcross);
        var catchment = new RoadCatchment(grid, accessCostPerMetre, offRoadMetres);
        foreach (var edge in edges) catchment.Spread(network, edge, new WaysFrom(network.Graph, search, edge, facility, access), limit);
        return catchment;
    }

    /// <summary>The area of a band.</summary>
    public MultiPolygon Within(double limit) => _grid.Contour(limit, _accessCost);

    private static int[] EdgesOf(RoadGraph graph, RoadSearch search, int own)
    {
        var edges = new HashSet<int> { own };
        foreach (var node in search.Reached)
            foreach (ref readonly var arc in graph.ArcsOf(node)) edges.Add(arc.Edge);
        // The nearest first: what comes later finds most grid points served better already.
        double Nearest(int edge) => edge == own ? -1 : Math.Min(search.CostTo(graph.SourceOf(edge)), search.CostTo(graph.TargetOf(edge)));
        return [.. edges.OrderBy(Nearest).ThenBy(edge => edge)];
    }

    private void Spread(RoadNetwork network, int edge, WaysFrom ways, double limit)
    {
        var vertices = network.Shapes.Of(edge);
        var plane = new (double X, double Y)[vertices.Length];
        for (var i = 0; i < plane.Length; i++) plane[i] = _grid.InPlane(vertices[i].Longitude, vertices[i].Latitude);
        var along = new double[plane.Length];
        for (var i = 1; i < plane.Length; i++) along[i] = along[i - 1] + Length(plane[i - 1], plane[i]);
        var whole = along[^1];
        var from = 0;
        for (var to = 1; to < plane.Length; to++)
        {
            // Bends smaller than a fraction of a cell make no difference that is seen.
            if (to + 1 < plane.Length && Length(plane[from], plane[to]) < _grid.Cell / 4) continue;
            if (Length(plane[from], plane[to]) > 0)
                _grid.Spread(plane[from], plane[to], along[from] / whole, along[to] / whole, ways, limit, _accessCost, _offRoad);
            from = to;
        }
    }

    private static double Length((double X, double Y) a, (double X, double Y) b) =>
        Math.Sqrt((a.X - b.X) * (a.X - b.X) + (a.Y - b.Y) * (a.Y - b.Y));
}

/// <summary>What it costs to come to the facility from anywhere along one edge.</summary>
internal readonly struct WaysFrom
{
    private readonly double _cost, _reverse, _fromSource, _fromTarget, _own, _access;

    public WaysFrom(RoadGraph graph, RoadSearch search, int edge, in RoadPlace facility, double access)
    {
        (_cost, _reverse) = graph.CostsOf(edge);
        (_fromSource, _fromTarget) = (search.CostTo(graph.SourceOf(edge)), search.CostTo(graph.TargetOf(edge)));
        (_own, _access) = (edge == facility.Edge ? facility.Fraction : double.NaN, access);
    }

    /// <summary>Nothing between the two fractions costs less: a way leads out over one end or to a door in between.</summary>
    public double Least(double from, double to) =>
        Math.Min(double.IsNaN(_own) ? double.PositiveInfinity : _access, Math.Min(At(from), At(to)));

    /// <summary>From this fraction of the edge; infinity when there is no way.</summary>
    public double At(double fraction)
    {
        var best = double.PositiveInfinity;
        if (_cost >= 0) best = (1 - fraction) * _cost + _fromTarget;
        if (_reverse >= 0) best = Math.Min(best, fraction * _reverse + _fromSource);
        if (_cost >= 0 && fraction <= _own) best = Math.Min(best, (_own - fraction) * _cost + _access);
        if (_reverse >= 0 && fraction >= _own) best = Math.Min(best, (fraction - _own) * _reverse + _access);
        return best;
    }
}
