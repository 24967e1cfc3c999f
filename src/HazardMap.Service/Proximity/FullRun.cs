using System.Diagnostics;
using HazardMap.Proximity;
using HazardMap.Register;
using Npgsql;

namespace HazardMap.Service.Proximity;

/// <summary>Seconds of each phase of a run.</summary>
internal sealed record RiskRunSeconds(double Read, double Score, double Write, double Total);

/// <summary>What a full run did.</summary>
internal sealed record RiskRunReport(
    string Rule, int Hazards, int Facilities, long Pairs, int Changed, RiskRunSeconds Seconds, IReadOnlyDictionary<string, int> Levels);

/// <summary>How the stored scores compare with a full run.</summary>
internal sealed record RiskCheckReport(string Rule, int Hazards, int Different, double LargestDifference);

/// <summary>Every hazard scored, before anything is written.</summary>
internal sealed class FullRun
{
    private readonly RiskRule _rule;
    private readonly List<StoredHazard> _stored;
    private readonly double[] _scores;
    private readonly int _facilities;
    private readonly long _pairs;
    private readonly double _readSeconds, _scoreSeconds;

    private FullRun(RiskRule rule, List<StoredHazard> stored, List<RiskFacility> facilities, double readSeconds, CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        (_rule, _stored, _readSeconds) = (rule, stored, readSeconds);
        var scorer = new RiskScorer(rule, facilities);
        _scores = new double[stored.Count];
        _pairs = scorer.Score(stored.ConvertAll(s => s.Hazard), _scores, stop);
        _facilities = scorer.FacilityCount;
        _scoreSeconds = watch.Elapsed.TotalSeconds;
    }

    public static async Task<FullRun> ScoreAsync(NpgsqlConnection connection, RiskRule rule, CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        var facilities = await RiskReader.AllFacilitiesAsync(connection, stop);
        var stored = await RiskReader.AllHazardsAsync(connection, stop);
        return new FullRun(rule, stored, facilities, watch.Elapsed.TotalSeconds, stop);
    }

    /// <summary>The hazards whose stored score, level or rule is another.</summary>
    public IReadOnlyList<ScoredHazard> Changes() => [.. Scored().Where(s => s.IsChanged)];

    public RiskRunReport Report(int changed, double writeSeconds) => new(_rule.Version, _stored.Count, _facilities, _pairs, changed,
        new RiskRunSeconds(_readSeconds, _scoreSeconds, writeSeconds, _readSeconds + _scoreSeconds + writeSeconds), Levels());

    public RiskCheckReport Check()
    {
        var different = Changes();
        var largest = different.Select(s => Math.Abs(s.Score - (s.Stored.Score ?? 0))).DefaultIfEmpty().Max();
        return new RiskCheckReport(_rule.Version, _stored.Count, different.Count, largest);
    }

    private IEnumerable<ScoredHazard> Scored() => _stored.Select((s, i) => new ScoredHazard(s, _scores[i], _rule));

    private SortedDictionary<string, int> Levels()
    {
        var counts = new SortedDictionary<string, int>(Comparer<string>.Create((a, b) => Enum.Parse<RiskLevel>(a).CompareTo(Enum.Parse<RiskLevel>(b))));
        foreach (var level in Enum.GetNames<RiskLevel>()) counts[level] = 0;
        foreach (var scored in Scored()) counts[scored.Level.ToString()]++;
        return counts;
    }
}
