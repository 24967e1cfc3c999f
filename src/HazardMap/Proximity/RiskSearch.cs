using HazardMap.Network;

namespace HazardMap.Proximity;

/// <summary>What one thread needs while it scores; reused from hazard to hazard, given back at the end.</summary>
public sealed class RiskSearch : IDisposable
{
    private readonly WalkedDoors? _doors;
    private readonly List<int> _indices = [];

    internal RiskSearch(WalkedDoors? doors) => (_doors, Walk) = (doors, doors?.Borrow());

    /// <summary>Pairs within the cut-off so far; of reaches and facilities, where reaches are scored.</summary>
    public long Pairs { get; internal set; }

    /// <summary>One score a reach of the last hazard; null when it was scored as one thing.</summary>
    public IReadOnlyList<double>? ReachScores { get; internal set; }

    internal double Sum { get; set; }

    internal List<(int Index, double Metres, double Exposure, WalkedWay? Way)>? Found { get; set; }

    internal List<(int From, int To)> Ranges { get; } = [];

    // Under a walking rule: who is near enough straight, before the ways are known.
    internal List<(int Index, double Metres)> Straight { get; } = [];

    internal WalkSearch? Walk { get; }

    /// <inheritdoc/>
    public void Dispose() => _doors?.GiveBack(Walk);

    // In grid order, each once: caps of neighbouring runs overlap.
    internal List<int> Candidates(bool severalCaps)
    {
        _indices.Clear();
        if (severalCaps) Merge();
        foreach (var (from, to) in Ranges)
            for (var i = from; i < to; i++) _indices.Add(i);
        return _indices;
    }

    private void Merge()
    {
        Ranges.Sort();
        var kept = 0;
        for (var i = 0; i < Ranges.Count; i++)
        {
            if (kept > 0 && Ranges[i].From <= Ranges[kept - 1].To)
                Ranges[kept - 1] = (Ranges[kept - 1].From, Math.Max(Ranges[kept - 1].To, Ranges[i].To));
            else Ranges[kept++] = Ranges[i];
        }
        Ranges.RemoveRange(kept, Ranges.Count - kept);
    }
}
