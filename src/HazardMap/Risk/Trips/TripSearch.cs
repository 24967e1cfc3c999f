using HazardMap.Network;

namespace HazardMap.Risk.Trips;

/// <summary>What one thread needs while it measures waters; reused from water to water, given back at the end.</summary>
public sealed class TripSearch : IDisposable
{
    private readonly WalkedDoors? _doors;

    internal TripSearch(WalkedDoors? doors) => (_doors, Walk) = (doors, doors?.Borrow());

    /// <summary>Pairs of an origin and a water, or a reach of it, within the cut-off so far.</summary>
    public long Pairs { get; internal set; }

    /// <summary>Those of each reach of the last water that was scored; null when it is one place.</summary>
    public IReadOnlyList<TripSums>? ReachSums { get; internal set; }

    // Origins that may be near enough, before it is measured.
    internal IndexList Near { get; } = new();

    // Under a walking rule: who is near enough straight, before the ways are known.
    internal List<(int Index, double Metres)> Straight { get; } = [];

    internal WalkSearch? Walk { get; }

    // Whether trips are asked for, not pulls.
    internal bool IsScored { get; set; }

    // Which ages the water draws, and who may come.
    internal PerAge<bool> Draws { get; set; }

    internal PerAge<TripTerms> Terms { get; } = new(new(), new());

    // Where the terms of each part end.
    internal List<PerAge<int>> Ends { get; } = [];

    internal TripAccumulators Accumulators { get; } = new();

    // For an explanation: all pairs with their ways, and where those of each part end.
    internal List<(int Index, double Metres, WalkedWay? Way)>? Found { get; set; }

    internal List<int> FoundEnds { get; } = [];

    /// <inheritdoc/>
    public void Dispose() => _doors?.GiveBack(Walk);
}
