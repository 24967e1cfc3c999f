using HazardMap.Network;

namespace HazardMap.Risk;

/// <summary>What one thread needs while it scores; reused from hazard to hazard, given back at the end.</summary>
public sealed class RiskSearch : IDisposable
{
    private readonly WalkedDoors? _doors;

    internal RiskSearch(WalkedDoors? doors) => (_doors, Walk) = (doors, doors?.Borrow());

    /// <summary>Pairs within the cut-off so far; of reaches and facilities, where reaches are scored.</summary>
    public long Pairs { get; internal set; }

    /// <summary>One score a reach of the last hazard; null when it was scored as one thing.</summary>
    public IReadOnlyList<double>? ReachScores { get; internal set; }

    internal double Sum { get; set; }

    internal List<(int Index, double Metres, double Exposure, WalkedWay? Way)>? Found { get; set; }

    // Who may be near enough, before it is measured.
    internal IndexList Near { get; } = new();

    // Under a walking rule: who is near enough straight, before the ways are known.
    internal List<(int Index, double Metres)> Straight { get; } = [];

    internal WalkSearch? Walk { get; }

    /// <inheritdoc/>
    public void Dispose() => _doors?.GiveBack(Walk);
}
