using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Overlay;
using NetTopologySuite.Operation.OverlayNG;
using NetTopologySuite.Triangulate;

namespace HazardMap.Service.Sample;

/// <summary>Voronoi cells of the seats, their borders bent, clipped to the ground they share, on the grid of six decimals.</summary>
internal static class Cells
{
    private static readonly PrecisionModel Grid = new(1e6);

    public static MultiPolygon[] Cut(ulong seed, MultiPolygon ground, IReadOnlyList<Coordinate> seats)
    {
        if (seats.Count == 1)
            return [ground];
        // Cells are nearest in metres, not in degrees: narrow the longitudes first, widen the cells afterwards.
        var box = ground.EnvelopeInternal;
        var metres = new Metres(box.Centre.Y);
        var narrow = metres.NorthDegrees(1) / metres.EastDegrees(1);
        var cells = Diagram(seats, narrow, box);
        var rings = seats.Select(seat => Ring(cells[seat], narrow)).ToList();
        return [.. new Borders(seed).Bend(rings, seats)
            .Select(cell => Polygons(OverlayNG.Overlay(cell, ground, SpatialFunction.Intersection, Grid)))];
    }

    private static Dictionary<Coordinate, Polygon> Diagram(IReadOnlyList<Coordinate> seats, double narrow, Envelope box)
    {
        var builder = new VoronoiDiagramBuilder();
        var bySite = seats.ToDictionary(seat => new Coordinate(seat.X * narrow, seat.Y), seat => seat);
        builder.SetSites(bySite.Keys.ToList());
        var clip = new Envelope(box.MinX * narrow, box.MaxX * narrow, box.MinY, box.MaxY);
        clip.ExpandBy(0.02);
        builder.ClipEnvelope = clip;
        return builder.GetDiagram(SampleFrame.Geometries).Geometries.Cast<Polygon>()
            .ToDictionary(cell => bySite[(Coordinate)cell.UserData]);
    }

    private static Coordinate[] Ring(Polygon cell, double narrow) => CoordinateArrays.RemoveRepeatedPoints(
        [.. cell.ExteriorRing.Coordinates.Select(c => Metres.Round(new Coordinate(c.X / narrow, c.Y)))]);

    /// <summary>What is left of a union of neighbours whose borders do not meet to the last digit.</summary>
    public static MultiPolygon Join(IEnumerable<MultiPolygon> parts)
    {
        Geometry joined = SampleFrame.Geometries.CreateMultiPolygon();
        foreach (var part in parts)
            joined = OverlayNG.Overlay(joined, part, SpatialFunction.Union, Grid);
        return Polygons(joined);
    }

    private static MultiPolygon Polygons(Geometry any) => SampleFrame.Geometries.CreateMultiPolygon(
        [.. Enumerable.Range(0, any.NumGeometries).Select(any.GetGeometryN).OfType<Polygon>()]);
}
