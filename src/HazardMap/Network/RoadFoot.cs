using HazardMap.Geodesy;

namespace HazardMap.Network;

/// <summary>Keeps the nearest point of the roads while pieces of them pass by.</summary>
/// <remarks>Works in the gnomonic plane of the position, where segments are straight, in metres along each axis.</remarks>
internal struct RoadFoot(in SurfacePoint from, double limitMetres)
{
    public readonly SurfacePoint From = from;
    private double _least = limitMetres * 1.001 + 0.001;
    private double _x, _y, _share;
    private int _edge = -1, _segment;

    /// <summary>Nothing farther than these metres can still be nearest.</summary>
    public readonly double Reach => _least;

    public void Search(RoadShapes shapes, in RoadPiece piece)
    {
        var vertices = shapes.Of(piece.Edge).Slice(piece.First, piece.Count + 1);
        var (x1, y1) = InPlane(vertices[0]);
        for (var i = 1; i < vertices.Length; i++)
        {
            var (x2, y2) = InPlane(vertices[i]);
            Take(x1, y1, x2 - x1, y2 - y1, piece.Edge, piece.First + i - 1);
            (x1, y1) = (x2, y2);
        }
    }

    /// <summary>The place found, measured along the edge and from the door.</summary>
    public readonly RoadPlace? Place(RoadShapes shapes, double limitMetres)
    {
        if (_edge < 0) return null;
        double x = _x / From.PrimeVerticalRadius, y = _y / From.MeridianRadius;
        var normal = (From.Normal + From.East * x + From.North * y).Unit();
        var metres = From.DistanceTo(SurfacePoint.PositionOf(normal));
        if (metres > limitMetres) return null;
        var (longitude, latitude) = normal.Degrees();
        return new RoadPlace(_edge, shapes.Fraction(_edge, _segment, _share, normal), metres, longitude, latitude);
    }

    private readonly (double X, double Y) InPlane((double Longitude, double Latitude) vertex)
    {
        // Differences first: near the position a coordinate is right to a nanometre.
        var w = SurfacePoint.NormalOf(vertex.Longitude, vertex.Latitude) - From.Normal;
        var z = 1 - 0.5 * w.Dot(w);
        return (w.Dot(From.East) / z * From.PrimeVerticalRadius, w.Dot(From.North) / z * From.MeridianRadius);
    }

    private void Take(double x, double y, double dx, double dy, int edge, int segment)
    {
        var length2 = dx * dx + dy * dy;
        var share = length2 > 0 ? Math.Clamp(-(x * dx + y * dy) / length2, 0, 1) : 0;
        double footX = x + share * dx, footY = y + share * dy;
        var distance = Math.Sqrt(footX * footX + footY * footY);
        if (distance > _least || (distance == _least && (_edge < 0 ? false : edge >= _edge))) return;
        (_least, _x, _y, _share, _edge, _segment) = (distance, footX, footY, share, edge, segment);
    }
}
