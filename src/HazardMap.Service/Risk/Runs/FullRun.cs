using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;
using HazardMap.Geodesy;
using HazardMap.Register;
using HazardMap.Risk;
using HazardMap.Risk.Rules;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Risk.Runs;

/// <summary>Seconds of a run. Hazards are read while earlier ones are scored: Read and Score overlap, Total is by the clock.</summary>
internal sealed record RiskRunSeconds(double Read, double Score, double Write, double Total);

/// <summary>What a full run did.</summary>
internal sealed record RiskRunReport(
    string Rule, int Hazards, int Facilities, long Pairs, int Changed, int LevelChanges, string InputsHash, RiskRunSeconds Seconds,
    IReadOnlyDictionary<string, int> Levels)
{
    /// <summary>The values of RecordRun.sql and FillRun.sql from the counts on.</summary>
    public object?[] Columns() => [Hazards, Facilities, Pairs, Changed, LevelChanges, InputsHash, Seconds.Read, Seconds.Score,
        Seconds.Write, JsonSerializer.Serialize(Levels)];
}

/// <summary>How the stored scores compare with a full run.</summary>
internal sealed record RiskCheckReport(string Rule, int Hazards, int Different, double LargestDifference);

/// <summary>Every hazard scored, before anything is written.</summary>
/// <remarks>
/// A nation's waters do not fit into memory as shapes: they stream past as bytes, in blocks of some hundred rows that any
/// core parses, scores and forgets; only the scores that are not the stored ones are kept.
/// </remarks>
internal sealed class FullRun
{
    private const int BlocksInFlight = 32;

    private readonly ProximityRule _rule;
    private readonly Stopwatch _clock = Stopwatch.StartNew(), _reading = new();
    private readonly InputsHash _inputs;
    private readonly Action<int> _passed;
    private readonly List<ScoredBlock?> _blocks = [];
    private TimeSpan _scoring;
    private int _hazards, _facilities;

    private FullRun(ProximityRule rule, Action<int> passed) => (_rule, _inputs, _passed) = (rule, new InputsHash(rule), passed);

    /// <summary>The hazards whose stored score, level or rule is another, in the order they were read.</summary>
    public IEnumerable<ScoreChange> Changes => _blocks.SelectMany(b => b!.Changes);

    /// <summary>How many they are.</summary>
    public int ChangeCount { get; private set; }

    /// <summary>Every reach, where the rule scores reaches.</summary>
    public IEnumerable<ScoredReach> Reaches => _blocks.SelectMany(b => b!.Reaches);

    /// <summary>Reads and scores everything, in the caller's transaction;
    /// <paramref name="passed"/> hears how many waters have been scored.</summary>
    public static async Task<FullRun> ScoreAsync(NpgsqlConnection connection, ProximityRule rule, CancellationToken stop,
        Action<int>? passed = null)
    {
        var run = new FullRun(rule, passed ?? (_ => { }));
        await run.ScoreAsync(connection, stop);
        run.ChangeCount = run._blocks.Sum(b => b!.Changes.Count);
        run._clock.Stop();
        return run;
    }

    public RiskRunReport Report(int changed, int levelChanges, double writeSeconds) => new(
        _rule.Version, _hazards, _facilities, _blocks.Sum(b => b!.Pairs), changed, levelChanges, _inputs.ToString(),
        new RiskRunSeconds(_reading.Elapsed.TotalSeconds, _scoring.TotalSeconds, writeSeconds, _clock.Elapsed.TotalSeconds + writeSeconds),
        Enum.GetValues<RiskLevel>().ToDictionary(l => l.ToString(), l => _blocks.Sum(b => b!.Levels[(int)l]), StringComparer.Ordinal));

    public RiskCheckReport Check() => new(_rule.Version, _hazards, ChangeCount,
        Changes.Select(c => Math.Abs(c.Score - (c.StoredScore ?? 0))).DefaultIfEmpty().Max());

    private async Task ScoreAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        _reading.Start();
        var facilities = await RiskReader.AllFacilitiesAsync(connection, stop);
        var roads = await RiskReader.RoadsAsync(connection, _rule, stop);
        if (roads is not null) _inputs.Add(roads.Digest);
        _reading.Stop();
        var preparing = Stopwatch.StartNew();
        var scorer = new RiskScorer(_rule, facilities, roads?.Network);
        _scoring = preparing.Elapsed;
        _inputs.Add(facilities);
        _facilities = scorer.FacilityCount;
        var blocks = Channel.CreateBounded<(int Number, CopyBlock Block)>(
            new BoundedChannelOptions(BlocksInFlight) { SingleWriter = true });
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var scoring = Enumerable.Range(0, Environment.ProcessorCount)
            .Select(_ => Task.Run(() => ScoreAsync(blocks.Reader, scorer, either), CancellationToken.None)).ToArray();
        try { await ReadAsync(connection, blocks.Writer, either.Token); }
        catch (OperationCanceledException) when (Array.Exists(scoring, s => s.IsFaulted)) { } // its own error is the one to tell
        finally { blocks.Writer.TryComplete(); }
        await Task.WhenAll(scoring);
    }

    private async Task ReadAsync(NpgsqlConnection connection, ChannelWriter<(int Number, CopyBlock Block)> blocks, CancellationToken stop)
    {
        _reading.Start();
        var number = 0;
        await foreach (var block in RiskReader.HazardBlocksAsync(connection, stop))
        {
            _reading.Stop();
            await blocks.WriteAsync((number++, block), stop);
            _reading.Start();
        }
        _reading.Stop();
    }

    private async Task ScoreAsync(ChannelReader<(int Number, CopyBlock Block)> blocks, RiskScorer scorer, CancellationTokenSource either)
    {
        var watch = new Stopwatch();
        try
        {
            using var search = scorer.Begin();
            var shapes = new ShapeIndexBuilder();
            await foreach (var (number, block) in blocks.ReadAllAsync(either.Token))
            {
                watch.Start();
                Keep(number, ScoredBlock.Of(block, scorer, _rule, search, shapes));
                watch.Stop();
            }
        }
        catch
        {
            await either.CancelAsync(); // or the reader would wait for room for ever
            throw;
        }
        finally
        {
            // Of the core that scored longest: by the clock, as reading is.
            lock (_blocks) _scoring = watch.Elapsed > _scoring ? watch.Elapsed : _scoring;
        }
    }

    private void Keep(int number, ScoredBlock block)
    {
        lock (_blocks)
        {
            while (_blocks.Count <= number) _blocks.Add(null);
            _blocks[number] = block;
            _inputs.Add(block.InputsHash, block.Hazards);
            _hazards += block.Hazards;
            _passed(_hazards);
        }
    }
}
