using HazardMap.Geodesy;

namespace HazardMap.Network;

/// <summary>Finds where ways to a water may leave the network, when that may be at any of its points within some metres.</summary>
/// <remarks>
/// Of infinitely many points few can be the best. A metre of road brings nobody more than a metre nearer to the water, so
/// going on along an edge is never shorter than leaving it at once: of every stretch that is near enough only the ends matter
/// (and the point where a door meets the network, which <see cref="WalkSearch"/> looks at), and of these not the junctions deep
/// within: whoever comes there has passed a better one. Where edges are not as they are drawn all junctions are exits; an edge
/// that costs less than it is long may be worth going along: of it the best point beside each piece of the shore is one too.
/// What is near a piece of shore is a capsule, which is convex: what a straight road has in it hangs together.
/// </remarks>
internal sealed class ExitSearch(RoadNetwork network, ShapeIndex shape, double withinMetres)
{
    // Between one plane and the next a place moves by less, however long a segment is.
    private const double Slack = 1;

    // Within it one plane is as good as another, to a millimetre.
    private const double OnePlaneMetres = 1000;

    private readonly RoadShapes _shapes = network.Shapes;
    private readonly List<NearStretch> _near = [];
    private readonly List<RoadExit> _exits = [];
    private readonly Dictionary<int, RoadExit> _junctions = [];
    private readonly HashSet<(int Edge, int First)>? _whole = shape.Runs.Length > 1 ? [] : null;
    private (double X, double Y)[] _water = [];

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
        var plane = run.Cap.Radius * SurfacePoint.LargestRadius + withinMetres < OnePlaneMetres
            ? Lay(new RoadPlane(new SurfacePoint(run.Cap.Longitude, run.Cap.Latitude)), first, count) : null;
        network.Index.Visit(SpaceBox.AroundArcs(positions), () => withinMetres + Slack, piece => Compare(piece, plane, first, count));
    }

    // Lays the run into a plane.
    private RoadPlane Lay(RoadPlane plane, int first, int count)
    {
        if (_water.Length != count) _water = new (double X, double Y)[count];
        for (var i = 0; i < count; i++) _water[i] = plane.Of(shape.Vertices[first + i]);
        return plane;
    }

    private void Compare(in RoadPiece piece, RoadPlane? plane, int first, int count)
    {
        if (_whole?.Contains((piece.Edge, piece.First)) == true) return;
        var road = _shapes.Of(piece.Edge).Slice(piece.First, piece.Count + 1);
        plane ??= Lay(new RoadPlane(new SurfacePoint(road[0].Longitude, road[0].Latitude)), first, count);
        var (isWhole, isShort) = (true, network.IsCheaperThanLong(piece.Edge));
        var from = plane.Of(SurfacePoint.NormalOf(road[0].Longitude, road[0].Latitude));
        for (var r = 1; r < road.Length; r++)
        {
            var to = plane.Of(SurfacePoint.NormalOf(road[r].Longitude, road[r].Latitude));
            isWhole &= Compare(plane, new PlaneSegment(from, to), (piece.Edge, piece.First + r - 1), first, isShort);
            from = to;
        }
        if (isWhole) _whole?.Add((piece.Edge, piece.First));
    }

    // True when one piece of shore is near the whole segment: then no other adds anything.
    private bool Compare(RoadPlane plane, in PlaneSegment road, (int Edge, int Segment) at, int first, bool isShort)
    {
        for (var w = Math.Min(1, _water.Length - 1); w < _water.Length; w++)
        {
            var before = Math.Max(0, w - 1);
            var bank = new PlaneSegment(_water[before], _water[w]);
            if (road.IsBeyond(bank, withinMetres) || road.Within(bank, withinMetres) is not var (from, to)) continue;
            var stretch = new NearStretch(at.Edge, at.Segment + from, at.Segment + to,
                new NearShore(first + before, first + w, from > 0 ? withinMetres : bank.Nearest(road.From).Metres),
                new NearShore(first + before, first + w, to < 1 ? withinMetres : bank.Nearest(road.To).Metres));
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
        if (stretch.From > 0) _exits.Add(Crossing(stretch.Edge, stretch.From, stretch.Begin, entering: true));
        else if (Matters(stretch.Begin))
            AddJunction(network.Graph.SourceOf(stretch.Edge), new RoadExit(stretch.Edge, 0, BankMetres(vertices[0])));
        if (stretch.To < vertices.Length - 1) _exits.Add(Crossing(stretch.Edge, stretch.To, stretch.End, entering: false));
        else if (Matters(stretch.End))
            AddJunction(network.Graph.TargetOf(stretch.Edge), new RoadExit(stretch.Edge, 1, BankMetres(vertices[^1])));
    }

    private bool Matters(in NearShore junction) => junction.Metres > withinMetres - Slack || !network.IsAsDrawn;

    private void AddJunction(int node, in RoadExit exit)
    {
        if (double.IsInfinity(exit.BankMetres)) return;
        if (!_junctions.TryGetValue(node, out var known) || exit.BankMetres < known.BankMetres) _junctions[node] = exit;
    }

    // Found once more in the plane of the place itself, where metres are metres to a micrometre.
    private RoadExit Crossing(int edge, double along, NearShore shore, bool entering)
    {
        var segment = Math.Min((int)along, _shapes.Of(edge).Length - 2);
        var share = along - segment;
        var (begin, end) = (NormalOf(edge, segment), NormalOf(edge, segment + 1));
        var place = (begin + (end - begin) * share).Unit();
        var (longitude, latitude) = place.Degrees();
        var plane = new RoadPlane(new SurfacePoint(longitude, latitude));
        var road = new PlaneSegment(plane.Of(begin), plane.Of(end));
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

    private Vector NormalOf(int edge, int vertex)
    {
        var (longitude, latitude) = _shapes.Of(edge)[vertex];
        return SurfacePoint.NormalOf(longitude, latitude);
    }
}
