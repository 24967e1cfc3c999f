using HazardMap.Geodesy;

namespace HazardMap.Network;

/// <summary>Finds where ways to a water may leave the network, when that may be at any of its points within some metres.</summary>
/// <remarks>
/// Of infinitely many points few can be the best. A metre of road brings nobody more than a metre nearer to the water, so
/// going on along an edge is never shorter than leaving it at once: of every stretch that is near enough only the ends matter
/// (and the point where a door meets the network, which <see cref="WalkSearch"/> looks at). Only an edge that costs less than
/// it is long may be worth going along: of it the best point beside each piece of the shore is an exit too.
/// What is near a piece of shore is a capsule, which is convex: what a straight road has in it hangs together.
/// </remarks>
internal sealed class ExitSearch(RoadNetwork network, ShapeIndex shape, double withinMetres)
{
    // Between one plane and the next a place moves by less, however long a segment is.
    private const double Slack = 1;

    private readonly RoadShapes _shapes = network.Shapes;
    private readonly List<NearStretch> _near = [];
    private readonly List<RoadExit> _exits = [];
    private readonly Dictionary<int, RoadExit> _junctions = [];
    private readonly HashSet<(int Edge, int First)>? _whole = shape.Runs.Length > 1 ? [] : null;

    /// <summary>The exits; null when no point of the network is near enough.</summary>
    public RoadExits? Find()
    {
        foreach (ref readonly var run in shape.Runs.AsSpan()) Search(run);
        // A road in the midst of a lake is near no shore, and yet who lives there is in the water.
        if (_near.Count == 0 && !shape.HasInside) return null;
        _near.Sort();
        for (var i = 0; i < _near.Count;)
        {
            var stretch = _near[i++];
            while (i < _near.Count && stretch.With(_near[i]) is { } both) (stretch, i) = (both, i + 1);
            AddEnds(stretch);
        }
        _exits.AddRange(_junctions.Values);
        _exits.Sort((a, b) => a.Edge != b.Edge ? a.Edge.CompareTo(b.Edge) : a.Fraction != b.Fraction ? a.Fraction.CompareTo(b.Fraction)
            : a.BankMetres.CompareTo(b.BankMetres));
        return new RoadExits(shape, withinMetres, _exits);
    }

    private void Search(in ShapeIndex.Run run)
    {
        var (first, count) = (run.From, run.To - run.From + 1);
        Span<Vector> positions = stackalloc Vector[Math.Max(2, count)];
        for (var i = 0; i < positions.Length; i++) positions[i] = SurfacePoint.PositionOf(shape.Vertices[first + Math.Min(i, count - 1)]);
        network.Index.Visit(SpaceBox.AroundArcs(positions), () => withinMetres + Slack, piece => Compare(piece, first, count));
    }

    private void Compare(in RoadPiece piece, int first, int count)
    {
        if (_whole?.Contains((piece.Edge, piece.First)) == true) return;
        var road = _shapes.Of(piece.Edge).Slice(piece.First, piece.Count + 1);
        var plane = new RoadPlane(new SurfacePoint(road[0].Longitude, road[0].Latitude));
        Span<(double X, double Y)> water = stackalloc (double, double)[count];
        for (var i = 0; i < count; i++) water[i] = plane.Of(shape.Vertices[first + i]);
        var (isWhole, isShort) = (true, network.IsCheaperThanLong(piece.Edge));
        var from = plane.Of(SurfacePoint.NormalOf(road[0].Longitude, road[0].Latitude));
        for (var r = 1; r < road.Length; r++)
        {
            var to = plane.Of(SurfacePoint.NormalOf(road[r].Longitude, road[r].Latitude));
            isWhole &= Compare(plane, new PlaneSegment(from, to), water, (piece.Edge, piece.First + r - 1), first, isShort);
            from = to;
        }
        if (isWhole) _whole?.Add((piece.Edge, piece.First));
    }

    // True when one piece of shore is near the whole segment: then no other adds anything.
    private bool Compare(RoadPlane plane, in PlaneSegment road, ReadOnlySpan<(double X, double Y)> water, (int Edge, int Segment) at,
        int first, bool isShort)
    {
        for (var w = Math.Min(1, water.Length - 1); w < water.Length; w++)
        {
            var shore = new ShorePiece(first + Math.Max(0, w - 1), first + w);
            var bank = new PlaneSegment(water[shore.From - first], water[w]);
            if (road.IsBeyond(bank, withinMetres) || road.Within(bank, withinMetres) is not var (from, to)) continue;
            var stretch = new NearStretch(at.Edge, at.Segment + from, at.Segment + to, shore, shore);
            if (_near.Count > 0 && _near[^1].With(stretch) is { } both) _near[^1] = both;
            else _near.Add(stretch);
            if (isShort) AddBest(plane, road, bank, at, (from, to));
            else if (from <= 0 && to >= 1) return true;
        }
        return false;
    }

    private void AddEnds(in NearStretch stretch)
    {
        var vertices = _shapes.Of(stretch.Edge);
        if (stretch.From > 0) _exits.Add(Crossing(stretch.Edge, stretch.From, stretch.FromShore, entering: true));
        else AddJunction(network.Graph.SourceOf(stretch.Edge), new RoadExit(stretch.Edge, 0, BankMetres(vertices[0])));
        if (stretch.To < vertices.Length - 1) _exits.Add(Crossing(stretch.Edge, stretch.To, stretch.ToShore, entering: false));
        else AddJunction(network.Graph.TargetOf(stretch.Edge), new RoadExit(stretch.Edge, 1, BankMetres(vertices[^1])));
    }

    private void AddJunction(int node, in RoadExit exit)
    {
        if (double.IsInfinity(exit.BankMetres)) return;
        if (!_junctions.TryGetValue(node, out var known) || exit.BankMetres < known.BankMetres) _junctions[node] = exit;
    }

    // Found once more in the plane of the place itself, where metres are metres to a micrometre.
    private RoadExit Crossing(int edge, double along, ShorePiece shore, bool entering)
    {
        var segment = Math.Min((int)along, _shapes.Of(edge).Length - 2);
        var share = along - segment;
        var plane = PlaneAt(edge, segment);
        var place = plane.Normal(Segment(plane, edge, segment).At(share));
        var (longitude, latitude) = place.Degrees();
        plane = new RoadPlane(new SurfacePoint(longitude, latitude));
        var road = Segment(plane, edge, segment);
        var bank = new PlaneSegment(plane.Of(shape.Vertices[shore.From]), plane.Of(shape.Vertices[shore.To]));
        if (road.Within(bank, withinMetres) is var (from, to))
        {
            share = entering ? from : to;
            place = plane.Normal(road.At(share));
        }
        return new RoadExit(edge, _shapes.Fraction(edge, segment, share, place), withinMetres);
    }

    // Both ways along the edge the metres walked and those that remain are a convex sum: thirds of it close in on the least.
    private void AddBest(RoadPlane plane, PlaneSegment road, PlaneSegment bank, (int Edge, int Segment) at, (double From, double To) near)
    {
        var (forward, backward) = network.CostPerMetre(at.Edge);
        foreach (var cost in (double[])[forward, -backward])
        {
            if (!(Math.Abs(cost) < 1)) continue;
            double Metres(double share) => cost * share * road.Metres + bank.Nearest(road.At(share)).Metres;
            var (low, high) = near;
            for (var i = 0; i < 80; i++)
            {
                var (one, two) = (low + (high - low) / 3, high - (high - low) / 3);
                if (Metres(one) <= Metres(two)) high = two;
                else low = one;
            }
            var foot = plane.Normal(road.At(low));
            if (BankMetres(foot.Degrees()) is var metres && double.IsFinite(metres))
                _exits.Add(new RoadExit(at.Edge, _shapes.Fraction(at.Edge, at.Segment, low, foot), metres));
        }
    }

    private double BankMetres((double Longitude, double Latitude) at) =>
        ShoreDistance.Metres(at.Longitude, at.Latitude, shape, withinMetres + Slack);

    private RoadPlane PlaneAt(int edge, int vertex)
    {
        var (longitude, latitude) = _shapes.Of(edge)[vertex];
        return new RoadPlane(new SurfacePoint(longitude, latitude));
    }

    private PlaneSegment Segment(RoadPlane plane, int edge, int segment)
    {
        var (from, to) = (_shapes.Of(edge)[segment], _shapes.Of(edge)[segment + 1]);
        return new PlaneSegment(plane.Of(SurfacePoint.NormalOf(from.Longitude, from.Latitude)),
            plane.Of(SurfacePoint.NormalOf(to.Longitude, to.Latitude)));
    }
}
