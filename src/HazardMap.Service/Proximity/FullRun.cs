using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;
using HazardMap.Proximity;
using HazardMap.Register;
using Npgsql;

namespace HazardMap.Service.Proximity;

/// <summary>Seconds of a run. Hazards are read while earlier ones are scored: Read and Score overlap, Total is by the clock.</summary>
internal sealed record RiskRunSeconds(double Read, double Score, double Write, double Total);

/// <summary>What a full run did.</summary>
internal sealed record RiskRunReport(
    string Rule, int Hazards, int Facilities, long Pairs, int Changed, int LevelChanges, string InputsHash, RiskRunSeconds Seconds, IReadOnlyDictionary<string, int> Levels)
{
    /// <summary>The values of RecordRun.sql and FillRun.sql from the counts on.</summary>
    public object?[] Columns() => [Hazards, Facilities, Pairs, Changed, LevelChanges, InputsHash, Seconds.Read, Seconds.Score, Seconds.Write, JsonSerializer.Serialize(Levels)];
}

/// <summary>How the stored scores compare with a full run.</summary>
internal sealed record RiskCheckReport(string Rule, int Hazards, int Different, double LargestDifference);

/// <summary>Every hazard scored, before anything is written.</summary>
/// <remarks>
/// A nation's waters do not fit into memory as shapes: they stream past, a few batches at a time, and only the scores that
/// are not the stored ones are kept.
/// </remarks>
internal sealed class FullRun
{
    private const int HazardsPerBatch = 8192, BatchesInFlight = 3;

    private readonly RiskRule _rule;
    private readonly Stopwatch _clock = Stopwatch.StartNew(), _reading = new(), _scoring = new();
    private readonly List<ScoreChange> _changes = [];
    private readonly List<ScoredReach> _reaches = [];
    private readonly int[] _levels = new int[Enum.GetValues<RiskLevel>().Length];
    private int _hazards, _facilities;
    private long _pairs;

    private readonly InputsHash _inputs;
    private readonly Action<int> _passed;

    private FullRun(RiskRule rule, Action<int> passed) => (_rule, _inputs, _passed) = (rule, new InputsHash(rule), passed);

    /// <summary>The hazards whose stored score, level or rule is another.</summary>
    public IReadOnlyList<ScoreChange> Changes => _changes;

    /// <summary>Every reach, where the rule scores reaches.</summary>
    public IReadOnlyList<ScoredReach> Reaches => _reaches;

    /// <summary>Reads and scores everything, in the caller's transaction; <paramref name="passed"/> hears how many waters have been scored.</summary>
    public static async Task<FullRun> ScoreAsync(NpgsqlConnection connection, RiskRule rule, CancellationToken stop, Action<int>? passed = null)
    {
        var run = new FullRun(rule, passed ?? (_ => { }));
        await run.ScoreAsync(connection, stop);
        run._clock.Stop();
        return run;
    }

    public RiskRunReport Report(int changed, int levelChanges, double writeSeconds) => new(_rule.Version, _hazards, _facilities, _pairs, changed, levelChanges, _inputs.ToString(),
        new RiskRunSeconds(_reading.Elapsed.TotalSeconds, _scoring.Elapsed.TotalSeconds, writeSeconds, _clock.Elapsed.TotalSeconds + writeSeconds), Levels());

    public RiskCheckReport Check() => new(_rule.Version, _hazards, _changes.Count,
        _changes.Select(c => Math.Abs(c.Score - (c.StoredScore ?? 0))).DefaultIfEmpty().Max());

    private async Task ScoreAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        _reading.Start();
        var facilities = await RiskReader.AllFacilitiesAsync(connection, stop);
        var roads = await RiskReader.RoadsAsync(connection, _rule, stop);
        if (roads is not null) _inputs.Add(roads.Digest);
        _reading.Stop();
        _scoring.Start();
        var scorer = new RiskScorer(_rule, facilities, roads?.Network);
        _scoring.Stop();
        _inputs.Add(facilities);
        _facilities = scorer.FacilityCount;
        var batches = Channel.CreateBounded<List<HazardRow>>(new BoundedChannelOptions(BatchesInFlight) { SingleReader = true, SingleWriter = true });
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var scoring = Task.Run(() => ScoreAsync(batches.Reader, scorer, either), CancellationToken.None);
        try { await ReadAsync(connection, batches.Writer, either.Token); }
        catch (OperationCanceledException) when (scoring.IsFaulted) { } // its own error is the one to tell
        finally { batches.Writer.TryComplete(); }
        await scoring;
    }

    private async Task ReadAsync(NpgsqlConnection connection, ChannelWriter<List<HazardRow>> batches, CancellationToken stop)
    {
        _reading.Start();
        var batch = new List<HazardRow>(HazardsPerBatch);
        await foreach (var row in RiskReader.AllHazardsAsync(connection, stop))
        {
            batch.Add(row);
            if (batch.Count < HazardsPerBatch) continue;
            _reading.Stop();
            await batches.WriteAsync(batch, stop);
            _reading.Start();
            batch = new List<HazardRow>(HazardsPerBatch);
        }
        _reading.Stop();
        await batches.WriteAsync(batch, stop);
    }

    private async Task ScoreAsync(ChannelReader<List<HazardRow>> batches, RiskScorer scorer, CancellationTokenSource either)
    {
        try
        {
            await foreach (var batch in batches.ReadAllAsync(either.Token))
            {
                _scoring.Start();
                Score(batch, scorer, either.Token);
                _scoring.Stop();
            }
        }
        catch
        {
            await either.CancelAsync(); // or the reader would wait for room for ever
            throw;
        }
    }

    private void Score(List<HazardRow> batch, RiskScorer scorer, CancellationToken stop)
    {
        var hazards = new RiskHazard[batch.Count];
        var inputs = new UInt128[batch.Count];
        Parallel.For(0, hazards.Length, new ParallelOptions { CancellationToken = stop }, i => (hazards[i], inputs[i]) = (batch[i].ToHazard(_rule), InputsHash.Of(batch[i])));
        _inputs.Add(inputs);
        var scores = new double[batch.Count];
        var reachScores = new double[]?[batch.Count];
        _pairs += scorer.Score(hazards, scores, stop, reachScores);
        _hazards += batch.Count;
        _passed(_hazards);
        for (var i = 0; i < scores.Length; i++)
        {
            var change = new ScoreChange(batch[i], scores[i], _rule);
            _levels[(int)change.Level]++;
            if (change.IsChangeFrom(batch[i], _rule)) _changes.Add(change);
            _reaches.AddRange(ScoredReach.Of(hazards[i], reachScores[i], _rule));
        }
    }

    private Dictionary<string, int> Levels() => Enum.GetValues<RiskLevel>().ToDictionary(l => l.ToString(), l => _levels[(int)l], StringComparer.Ordinal);
}

/// <summary>A hazard's new score beside the stored one.</summary>
internal readonly record struct ScoreChange(Guid Hazard, double Score, RiskLevel Level, double? StoredScore, string? StoredLevel)
{
    public ScoreChange(HazardRow row, double score, RiskRule rule) : this(row.Id, score, rule.LevelOf(score), row.Score, row.Level) { }

    public bool IsChangeFrom(HazardRow row, RiskRule rule) => row.Score != Score || row.Rule != rule.Version || row.Level != Level.ToString();
}
