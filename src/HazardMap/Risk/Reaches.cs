using NetTopologySuite.Geometries;

namespace HazardMap.Risk;

/// <summary>Cuts a water into reaches.</summary>
/// <remarks>
/// A line is cut along its geodesic length into equal reaches of at most the given length; an area that is longer or
/// wider than that into the cells of a grid whose sides are at most that long; every part of a multi-geometry by itself.
/// What is short stays whole: one reach. The same shape is always cut the same way.
/// </remarks>
public static class Reaches
{
    /// <summary>The reaches of a sound shape, in order: at least one.</summary>
    /// <param name="shape">Longitude before latitude, degrees on WGS84.</param>
    /// <param name="metres">No reach is longer.</param>
    public static IReadOnlyList<Reach> Of(Geometry shape, double metres)
    {
        if (!(metres > 0 && double.IsFinite(metres))) throw new ArgumentOutOfRangeException(nameof(metres));
        var reaches = new List<Reach>();
        var along = 0.0;
        for (var i = 0; i < shape.NumGeometries; i++)
            switch (shape.GetGeometryN(i))
            {
                case LineString line: along = Add(reaches, line, along, metres); break;
                case Polygon area:
                    reaches.AddRange(AreaCells.Of(area, metres)
                        .Select((cell, n) => new Reach(reaches.Count + n + 1, cell, null, null)).ToList()); break;
                case var point: reaches.Add(new Reach(reaches.Count + 1, point, null, null)); break;
            }
        return reaches;
    }

    private static double Add(List<Reach> reaches, LineString line, double before, double metres)
    {
        var measured = MeasuredLine.Of(line);
        var count = Math.Max(1, (int)Math.Ceiling(measured.Metres / metres - 1e-9));
        for (var i = 0; i < count; i++)
        {
            double from = measured.Metres * i / count, to = measured.Metres * (i + 1) / count;
            reaches.Add(new Reach(reaches.Count + 1, count == 1 ? line : measured.Between(from, to), before + from, before + to));
        }
        return before + measured.Metres;
    }
}
