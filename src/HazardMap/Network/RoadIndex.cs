using HazardMap.Geodesy;

namespace HazardMap.Network;

/// <summary>Finds the nearest point of the network: a tree of boxes in space, so that no meridian or pole is special.</summary>
/// <remarks>
/// Pieces of up to eight segments, in the order of a Morton curve, packed eight to a box, eight boxes to the next. The
/// straight line through the Earth is never longer than the way over it, so a box farther off than the best road is skipped.
/// </remarks>
public sealed class RoadIndex
{
    /// <summary>Nothing farther than this is near any road.</summary>
    public const double FarthestMetres = 50_000;

    private const int Fan = 8;
    private readonly RoadShapes _shapes;
    private readonly RoadPiece[] _pieces;
    private readonly SpaceBox[][] _levels;

    /// <summary>Indexes all edges.</summary>
    public RoadIndex(RoadShapes shapes)
    {
        _shapes = shapes;
        _pieces = RoadPiece.InMortonOrder(shapes);
        var levels = new List<SpaceBox[]> { Array.ConvertAll(_pieces, piece => piece.Box(shapes)) };
        while (levels[^1].Length > 1) levels.Add(Pack(levels[^1]));
        _levels = [.. levels];
    }

    /// <summary>The point of the network nearest to a position; <see langword="null"/> when none is within the limit.</summary>
    /// <param name="longitude">Degrees.</param>
    /// <param name="latitude">Degrees.</param>
    /// <param name="limitMetres">At most 50 km.</param>
    /// <param name="serves">Edges to look at; all when not given.</param>
    public RoadPlace? Nearest(double longitude, double latitude, double limitMetres = FarthestMetres, Predicate<int>? serves = null)
    {
        Soundness.CheckPosition(longitude, latitude);
        if (!(limitMetres is >= 0 and <= FarthestMetres))
            throw new ArgumentOutOfRangeException(nameof(limitMetres), limitMetres, "At most 50 km.");
        var foot = new RoadFoot(new SurfacePoint(longitude, latitude), limitMetres);
        if (_pieces.Length > 0) Descend(ref foot, _levels.Length - 1, 0, serves);
        return foot.Place(_shapes, limitMetres);
    }

    /// <summary>Where a shape comes nearest to the network; <see langword="null"/> when nowhere within the limit.</summary>
    /// <param name="shape">A door, a bank, a whole water.</param>
    /// <param name="limitMetres">At most 50 km.</param>
    public RoadContact? Contact(ShapeIndex shape, double limitMetres = FarthestMetres)
    {
        if (!(limitMetres is >= 0 and <= FarthestMetres))
            throw new ArgumentOutOfRangeException(nameof(limitMetres), limitMetres, "At most 50 km.");
        return new ContactSearch(this, shape, limitMetres).Find();
    }

    internal RoadShapes Shapes => _shapes;

    /// <summary>Shows every piece that can be within reach of a box, the nearer ones mostly first;
    /// the reach may shrink meanwhile.</summary>
    internal void Visit(in SpaceBox box, Func<double> reach, Action<RoadPiece> visit)
    {
        if (_pieces.Length > 0) Visit(box, reach, visit, _levels.Length - 1, 0);
    }

    private void Visit(in SpaceBox box, Func<double> reach, Action<RoadPiece> visit, int level, int at)
    {
        if (level == 0)
        {
            visit(_pieces[at]);
            return;
        }
        var boxes = _levels[level - 1];
        var first = at * Fan;
        var count = Math.Min(Fan, boxes.Length - first);
        Span<double> distances = stackalloc double[count];
        Span<int> order = stackalloc int[count];
        for (var i = 0; i < count; i++) (distances[i], order[i]) = (boxes[first + i].DistanceTo(box), first + i);
        distances.Sort(order);
        for (var i = 0; i < count && distances[i] <= reach(); i++) Visit(box, reach, visit, level - 1, order[i]);
    }

    private void Descend(ref RoadFoot foot, int level, int at, Predicate<int>? serves)
    {
        if (level == 0)
        {
            if (serves is null || serves(_pieces[at].Edge)) foot.Search(_shapes, _pieces[at]);
            return;
        }
        var boxes = _levels[level - 1];
        var first = at * Fan;
        var count = Math.Min(Fan, boxes.Length - first);
        Span<double> distances = stackalloc double[count];
        Span<int> order = stackalloc int[count];
        for (var i = 0; i < count; i++) (distances[i], order[i]) = (boxes[first + i].DistanceTo(foot.From.Position), first + i);
        distances.Sort(order);
        for (var i = 0; i < count && distances[i] <= foot.Reach; i++) Descend(ref foot, level - 1, order[i], serves);
    }

    private static SpaceBox[] Pack(SpaceBox[] boxes)
    {
        var packed = new SpaceBox[(boxes.Length + Fan - 1) / Fan];
        for (var i = 0; i < packed.Length; i++)
            packed[i] = SpaceBox.Around(boxes.AsSpan(i * Fan, Math.Min(Fan, boxes.Length - i * Fan)));
        return packed;
    }
}
