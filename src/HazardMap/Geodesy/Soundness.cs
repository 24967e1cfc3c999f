using System.Globalization;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Valid;

namespace HazardMap.Geodesy;

/// <summary>What every shape must be before it may enter the register: on the globe, not empty, not crossing itself.</summary>
/// <remarks>The database checks the same (<c>register.is_sound</c>); here the refusal names the place.</remarks>
public static class Soundness
{
    /// <summary>More positions than this in one shape are refused.</summary>
    public const int MaximumPositions = 1_000_000;

    /// <summary>Refuses a shape that is empty, off the globe, three-dimensional soup or crossing itself.</summary>
    /// <param name="shape">Longitude before latitude, degrees on WGS84.</param>
    /// <param name="target">What the refusal names: a property, a cell, a path.</param>
    /// <exception cref="RefusalException">The shape is not sound; the message says where.</exception>
    public static void Check(Geometry shape, string? target = null)
    {
        if (shape is GeometryCollection and not (MultiPoint or MultiLineString or MultiPolygon))
            throw new RefusalException("UnsupportedGeometry",
                "A collection of mixed geometries is not accepted: give a point, line, polygon or one of their multi forms.",
                "不接受混合几何集合：请提供点、线、面或其多重形式。", target);
        if (shape.IsEmpty)
            throw new RefusalException("EmptyGeometry", "The geometry is empty.", "几何为空。", target);
        if (shape.NumPoints > MaximumPositions)
            throw new RefusalException("GeometryTooLarge",
                $"The geometry has {shape.NumPoints} positions; at most {MaximumPositions} are accepted.",
                $"几何含 {shape.NumPoints} 个坐标点，最多允许 {MaximumPositions} 个。", target);
        shape.Apply(new RangeFilter(target));
        CheckValid(shape, target);
    }

    /// <summary>Refuses a position that is not finite or not on the globe.</summary>
    public static void CheckPosition(double longitude, double latitude, string? target = null)
    {
        // Written so that NaN fails.
        if (longitude is >= -180 and <= 180 && latitude is >= -90 and <= 90) return;
        throw new RefusalException("CoordinateOutOfRange",
            $"[{Text(longitude)}, {Text(latitude)}] is not on the globe: longitude (first) must be in -180..180, latitude in -90..90.",
            $"坐标 [{Text(longitude)}, {Text(latitude)}] 超出范围：经度（在前）应为 -180..180，纬度应为 -90..90。",
            target);
    }

    /// <summary>Refuses a shape with an edge over the 180th meridian: distances know it, but its centre,
    /// its box and its picture would lie at the other side of the globe.</summary>
    /// <exception cref="RefusalException">The shape has to be cut there; the message says where.</exception>
    public static void CheckDateLine(Geometry shape, string? target = null)
    {
        if (shape.EnvelopeInternal.Width > 180) shape.Apply(new DateLineFilter(target));
    }

    private static void CheckValid(Geometry shape, string? target)
    {
        var problem = new IsValidOp(shape).ValidationError;
        if (problem is null) return;
        var at = problem.Coordinate is { } c ? $" at [{Text(c.X)}, {Text(c.Y)}]" : "";
        throw new RefusalException("InvalidGeometry",
            $"The geometry is not valid{at}: {problem.Message}.",
            $"几何无效{(at.Length > 0 ? "，位置" + at[4..] : "")}：{problem.Message}（如自相交）。", target);
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private sealed class RangeFilter(string? target) : ICoordinateSequenceFilter
    {
        private double _lastX, _lastY;

        public bool Done => false;

        public bool GeometryChanged => false;

        public void Filter(CoordinateSequence sequence, int i)
        {
            double x = sequence.GetX(i), y = sequence.GetY(i);
            CheckPosition(x, y, target);
            if (i > 0) CheckEdge(x, y);
            (_lastX, _lastY) = (x, y);
        }

        // Between antipodes there is no shortest edge.
        private void CheckEdge(double x, double y)
        {
            var span = Math.Abs(Math.Abs(x - _lastX) - 180);
            if (span < 1e-3 && Math.Abs(y + _lastY) < 1e-3)
                throw new RefusalException("AntipodalEdge",
                    $"The edge from [{Text(_lastX)}, {Text(_lastY)}] to [{Text(x)}, {Text(y)}] joins opposite points of the globe: "
                        + "it has no shortest path.",
                    "边的两端是地球上的对跖点，没有最短路径。", target);
        }
    }

    private sealed class DateLineFilter(string? target) : ICoordinateSequenceFilter
    {
        public bool Done => false;

        public bool GeometryChanged => false;

        public void Filter(CoordinateSequence sequence, int i)
        {
            if (i == 0 || Math.Abs(sequence.GetX(i) - sequence.GetX(i - 1)) <= 180) return;
            var (from, to) = (At(sequence, i - 1), At(sequence, i));
            throw new RefusalException("AcrossTheDateLine",
                $"The edge from {from} to {to} crosses the 180th meridian: cut the shape there into parts (RFC 7946, 3.1.9).",
                $"从 {from} 到 {to} 的边跨越 180° 经线：请在该处把图形切成几部分（RFC 7946 第 3.1.9 节）。",
                target);
        }

        private static string At(CoordinateSequence sequence, int i) => $"[{Text(sequence.GetX(i))}, {Text(sequence.GetY(i))}]";
    }
}
