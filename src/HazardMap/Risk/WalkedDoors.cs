using HazardMap.Geodesy;
using HazardMap.Network;

namespace HazardMap.Risk;

/// <summary>The doors of places (of facilities, of homes) on the walking network, and the distances from them on foot.</summary>
/// <remarks>
/// Roads are taken to be loaded where one is within the cut-off of the place, or of a water within what its rule says. Where none
/// is near the door or the water, or no way joins them, the pair keeps its straight distance. A way that is longer than the
/// cut-off leaves the pair out.
/// </remarks>
internal sealed class WalkedDoors(RoadNetwork roads, PlaceGrid grid, double cutoffMetres, double? bankMetres)
{
    private readonly RoadContact?[] _doors = new RoadContact?[grid.Count];
    private readonly bool[] _known = new bool[grid.Count];

    /// <summary>A search for one thread, to be given back.</summary>
    public WalkSearch? Borrow() => roads.IsEmpty ? null : roads.BorrowWalk();

    /// <summary>Takes a search back.</summary>
    public void GiveBack(WalkSearch? walk)
    {
        if (walk is not null) roads.GiveBack(walk);
    }

    /// <summary>Tells the distance of each place that counts, in the order given.</summary>
    /// <param name="water">The water, or one reach of it.</param>
    /// <param name="straight">Places within the cut-off as the crow flies.</param>
    /// <param name="walk">Null where there are no roads at all.</param>
    /// <param name="tell">Place, metres, and the way when there is one.</param>
    public void Walk(ShapeIndex water, List<(int Index, double Metres)> straight, WalkSearch? walk, Action<int, double, WalkedWay?> tell)
    {
        var hasRoads = walk is not null && HeadFor(water, walk);
        foreach (var (index, metres) in straight)
        {
            var door = hasRoads ? Door(index) : null;
            if (door is null) tell(index, metres, null);
            else if (walk!.From(door, metres) is { } way) tell(index, Math.Max(metres, way.Metres), way);
            else if (!walk.IsJoined(door, metres)) tell(index, metres, null);
        }
    }

    // False where no point of the network is near enough to the water.
    private bool HeadFor(ShapeIndex water, WalkSearch walk)
    {
        if (bankMetres is { } metres)
        {
            if (roads.Exits(water, metres) is not { } exits) return false;
            walk.Towards(exits, cutoffMetres);
            return true;
        }
        if (roads.Index.Contact(water, cutoffMetres) is not { } nearest) return false;
        walk.Towards(nearest, cutoffMetres);
        return true;
    }

    // Two threads may find the same door at once: they find the same.
    private RoadContact? Door(int index)
    {
        if (Volatile.Read(ref _known[index])) return _doors[index];
        var (longitude, latitude) = grid.Place(index);
        _doors[index] = roads.Index.Contact(ShapeIndex.Of(longitude, latitude), cutoffMetres);
        Volatile.Write(ref _known[index], true);
        return _doors[index];
    }
}
