using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;

namespace HazardMap.Coverage;

/// <summary>Marching squares (Maple 2003, doi:10.1109/GMAG.2003.1219671): the outline of where a field on a grid is at most 0.</summary>
/// <remarks>The border of the grid must be outside. Lines run with the inside on their left, so that holes turn the other way.</remarks>
internal sealed class ContourLines(int columns, int rows, Func<int, double> field)
{
    private readonly Dictionary<int, int> _next = [];

    /// <summary>The areas, in the coordinates that <paramref name="place"/> gives a (column, row).</summary>
    public MultiPolygon Polygons(Func<double, double, Coordinate> place)
    {
        for (var row = 0; row + 1 < rows; row++)
            for (var column = 0; column + 1 < columns; column++) March(column, row);
        var (shells, holes) = (new List<LinearRing>(), new List<LinearRing>());
        while (_next.Count > 0)
        {
            var ring = Trace(place);
            if (ring.Length < 4) continue;
            (Orientation.IsCCW(ring) ? shells : holes).Add(new LinearRing(ring));
        }
        return new MultiPolygon(Assemble(shells, holes));
    }

    // Corners from the south-west, counterclockwise; sides between them: 0 south, 1 east, 2 north, 3 west.
    private void March(int column, int row)
    {
        int sw = row * columns + column, nw = sw + columns;
        var inside = (In(sw) ? 1 : 0) | (In(sw + 1) ? 2 : 0) | (In(nw + 1) ? 4 : 0) | (In(nw) ? 8 : 0);
        Span<int> sides = [2 * sw, 2 * (sw + 1) + 1, 2 * nw, 2 * sw + 1];
        switch (inside)
        {
            case 1: Join(sides[0], sides[3]); break;
            case 2: Join(sides[1], sides[0]); break;
            case 3: Join(sides[1], sides[3]); break;
            case 4: Join(sides[2], sides[1]); break;
            case 5: Join(sides[0], sides[3]); Join(sides[2], sides[1]); break;
            case 6: Join(sides[2], sides[0]); break;
            case 7: Join(sides[2], sides[3]); break;
            case 8: Join(sides[3], sides[2]); break;
            case 9: Join(sides[0], sides[2]); break;
            case 10: Join(sides[1], sides[0]); Join(sides[3], sides[2]); break;
            case 11: Join(sides[1], sides[2]); break;
            case 12: Join(sides[3], sides[1]); break;
            case 13: Join(sides[0], sides[1]); break;
            case 14: Join(sides[3], sides[0]); break;
        }
    }

    private bool In(int at) => field(at) <= 0;

    private void Join(int from, int to) => _next.Add(from, to);

    private Coordinate[] Trace(Func<double, double, Coordinate> place)
    {
        var ring = new List<Coordinate>();
        var first = _next.First().Key;
        for (var side = first; _next.Remove(side, out var next); side = next)
        {
            var vertex = Crossing(side, place);
            if (ring.Count == 0 || !ring[^1].Equals2D(vertex)) ring.Add(vertex);
        }
        if (ring.Count > 1 && ring[0].Equals2D(ring[^1])) ring.RemoveAt(ring.Count - 1);
        if (ring.Count > 0) ring.Add(ring[0].Copy());
        return [.. ring];
    }

    // Where the field is 0 between two grid points; never on one, so that no two lines touch.
    private Coordinate Crossing(int side, Func<double, double, Coordinate> place)
    {
        var at = side / 2;
        var upwards = (side & 1) == 1;
        double here = field(at), there = field(at + (upwards ? columns : 1));
        var share = Math.Clamp(here / (here - there), 0.05, 0.95);
        return place(at % columns + (upwards ? 0 : share), at / columns + (upwards ? share : 0));
    }

    private static Polygon[] Assemble(List<LinearRing> shells, List<LinearRing> holes)
    {
        var inner = shells.ConvertAll(_ => new List<LinearRing>());
        foreach (var hole in holes)
        {
            var around = -1;
            for (var i = 0; i < shells.Count; i++)
                if (shells[i].EnvelopeInternal.Contains(hole.EnvelopeInternal)
                    && PointLocation.IsInRing(hole.GetCoordinateN(0), shells[i].Coordinates)
                    && (around < 0 || shells[around].EnvelopeInternal.Contains(shells[i].EnvelopeInternal))) around = i;
            if (around >= 0) inner[around].Add(hole);
        }
        return [.. shells.Select((shell, i) => new Polygon(shell, [.. inner[i]]))];
    }
}
