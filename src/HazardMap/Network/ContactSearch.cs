using HazardMap.Geodesy;

namespace HazardMap.Network;

/// <summary>Keeps the places where roads and a shape are nearest to each other while pieces of both pass by.</summary>
/// <remarks>
/// Two great circles that do not cross are nearest at an end of one of them. Pieces are compared in the gnomonic plane of
/// the road, where great circles are straight and crossings exact; the metres of what wins are measured on the spheroid.
/// </remarks>
internal sealed class ContactSearch(RoadIndex index, ShapeIndex shape, double limitMetres)
{
    /// <summary>Places whose distances differ by no more than this are equally near.</summary>
    public const double TieMetres = 0.001;

    private readonly List<Touch> _touches = [];
    private double _least = limitMetres * 1.001 + 0.001;

    /// <summary>The contact; null when it is beyond the limit.</summary>
    public RoadContact? Find()
    {
        foreach (ref readonly var run in shape.Runs.AsSpan()) Search(run);
        // A road that only runs inside a lake touches no shore.
        var inside = shape.HasInside ? new RoadsInside(index, shape).Edges() : [];
        if (inside.Count > 0) _least = 0;
        if (inside.Count == 0 && _touches.Count == 0) return null;
        _touches.RemoveAll(touch => touch.Metres > _least + TieMetres);
        var access = inside.Count > 0 ? 0 : _touches.Min(touch => touch.Exactly());
        if (access > limitMetres) return null;
        var places = _touches.ConvertAll(touch => touch.Place(index.Shapes));
        return new RoadContact(access, shape.HasInside && access <= TieMetres ? Through(places, inside) : Points(places));
    }

    private void Search(in ShapeIndex.Run run)
    {
        var normals = shape.Vertices.AsMemory(run.From, run.To - run.From + 1);
        var positions = new Vector[normals.Length];
        for (var i = 0; i < positions.Length; i++) positions[i] = SurfacePoint.PositionOf(normals.Span[i]);
        var box = positions.Length == 1 ? SpaceBox.AroundArcs([positions[0], positions[0]]) : SpaceBox.AroundArcs(positions);
        index.Visit(box, () => _least + TieMetres, piece => Compare(piece, normals.Span));
    }

    private void Compare(in RoadPiece piece, ReadOnlySpan<Vector> normals)
    {
        var road = index.Shapes.Of(piece.Edge).Slice(piece.First, piece.Count + 1);
        var plane = new RoadPlane(new SurfacePoint(road[0].Longitude, road[0].Latitude));
        Span<(double X, double Y)> water = stackalloc (double, double)[normals.Length];
        for (var i = 0; i < normals.Length; i++) water[i] = plane.Of(normals[i]);
        var from = plane.Of(SurfacePoint.NormalOf(road[0].Longitude, road[0].Latitude));
        for (var r = 1; r < road.Length; r++)
        {
            var to = plane.Of(SurfacePoint.NormalOf(road[r].Longitude, road[r].Latitude));
            var segment = new PlaneSegment(from, to);
            if (water.Length == 1) Take(plane, segment, segment.Nearest(water[0]), water[0], piece, r - 1);
            for (var w = 1; w < water.Length; w++) Compare(plane, segment, new PlaneSegment(water[w - 1], water[w]), piece, r - 1);
            from = to;
        }
    }

    private void Compare(RoadPlane plane, in PlaneSegment road, in PlaneSegment water, in RoadPiece piece, int segment)
    {
        if (road.IsBeyond(water, _least + TieMetres)) return;
        if (road.CrossingWith(water) is { } share)
        {
            Take(plane, road, (share, 0), road.At(share), piece, segment);
            return;
        }
        Take(plane, road, road.Nearest(water.From), water.From, piece, segment);
        Take(plane, road, road.Nearest(water.To), water.To, piece, segment);
        var (start, end) = (water.Nearest(road.From), water.Nearest(road.To));
        Take(plane, road, (0, start.Metres), water.At(start.Share), piece, segment);
        Take(plane, road, (1, end.Metres), water.At(end.Share), piece, segment);
    }

    private void Take(RoadPlane plane, in PlaneSegment road, (double Share, double Metres) foot, (double X, double Y) bank,
        in RoadPiece piece, int segment)
    {
        if (foot.Metres > _least + TieMetres) return;
        _least = Math.Min(_least, foot.Metres);
        _touches.Add(new Touch(plane, piece.Edge, piece.First + segment, foot.Share, foot.Metres, road.At(foot.Share), bank));
    }

    private static List<RoadStretch> Points(List<RoadPlace> places) =>
        [.. places.Select(p => new RoadStretch(p.Edge, p.Fraction, p.Fraction)).Distinct().OrderBy(s => s.Edge).ThenBy(s => s.From)];

    // Between two shores a road is either all in the water or all out of it.
    private List<RoadStretch> Through(List<RoadPlace> places, HashSet<int> inside)
    {
        var stretches = Points(places);
        foreach (var edge in inside.Union(places.Select(p => p.Edge)).ToList())
        {
            double[] cuts = [.. places.Where(p => p.Edge == edge).Select(p => p.Fraction).Append(0).Append(1).Distinct().Order()];
            for (var i = 0; i + 1 < cuts.Length; i++)
            {
                var (longitude, latitude) = index.Shapes.At(edge, (cuts[i] + cuts[i + 1]) / 2);
                if (ShapeDistance.IsInside(new SurfacePoint(longitude, latitude), shape))
                    stretches.Add(new RoadStretch(edge, cuts[i], cuts[i + 1]));
            }
        }
        return [.. stretches.OrderBy(s => s.Edge).ThenBy(s => s.From).ThenBy(s => s.To)];
    }

    /// <summary>A place of the road, and the place of the shape it was compared with.</summary>
    private readonly record struct Touch(
        RoadPlane Plane, int Edge, int Segment, double Share, double Metres, (double X, double Y) Foot, (double X, double Y) Bank)
    {
        public double Exactly() => Metres == 0 ? 0 : Plane.Metres(Foot, Bank);

        public RoadPlace Place(RoadShapes shapes) => new(Edge, shapes.Fraction(Edge, Segment, Share, Plane.Normal(Foot)));
    }
}
