using HazardMap.Geodesy;

namespace HazardMap.Network;

/// <summary>Finds the edges that run inside an area, at least in part: bridges over a wide river, jetties, roads on piles.</summary>
internal sealed class RoadsInside(RoadIndex index, ShapeIndex shape)
{
    private const double LargestRadius = 6_400_000;

    /// <summary>Edges with a vertex inside.</summary>
    public HashSet<int> Edges()
    {
        var edges = new HashSet<int>();
        var cap = shape.Bounds;
        var box = SpaceBox.Around(SurfacePoint.PositionOf(cap.Centre), cap.Radius * LargestRadius + 1);
        index.Visit(box, () => 0, piece =>
        {
            if (edges.Contains(piece.Edge)) return;
            var (longitude, latitude) = index.Shapes.Of(piece.Edge)[piece.First];
            if (IsInside(longitude, latitude)) edges.Add(piece.Edge);
        });
        return edges;
    }

    private bool IsInside(double longitude, double latitude)
    {
        var at = new SurfacePoint(longitude, latitude);
        return shape.Bounds.LeastMetresTo(at.Normal) == 0 && ShapeDistance.IsInside(at, shape);
    }
}
