using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Channels;
using HazardMap.Geodesy;
using HazardMap.Register;
using HazardMap.Risk;
using HazardMap.Risk.Rules;
using HazardMap.Risk.Trips;
using HazardMap.Service.Database;
using HazardMap.Service.Risk.Trips;
using Npgsql;

namespace HazardMap.Service.Risk.Runs;

/// <summary>Seconds of a run. Hazards are read while earlier ones are scored: Read and Score overlap, Total is by the clock.</summary>
internal sealed record RiskRunSeconds(double Read, double Score, double Write, double Total);

/// <summary>What a full run did.</summary>
internal sealed record RiskRunReport(
    string Rule, int Hazards, int Facilities, long Pairs, int Changed, int LevelChanges, string InputsHash, RiskRunSeconds Seconds,
    IReadOnlyDictionary<string, int> Levels)
{
    /// <summary>What the scale rests on, where the run was asked to make it anew and somebody comes to a water.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ScaleTold? Scale { get; init; }

    /// <summary>The values of RecordRun.sql and FillRun.sql from the counts on.</summary>
    public object?[] Columns() => [Hazards, Facilities, Pairs, Changed, LevelChanges, InputsHash, Seconds.Read, Seconds.Score,
        Seconds.Write, JsonSerializer.Serialize(Levels)];
}

/// <summary>How the stored scores compare with a full run.</summary>
internal sealed record RiskCheckReport(string Rule, int Hazards, int Different, double LargestDifference);

/// <summary>Every hazard scored, before anything is written.</summary>
/// <remarks>
/// A nation's waters do not fit into memory as shapes: they stream past as bytes, in blocks of some hundred rows that any
/// core parses, scores and forgets; only the scores that are not the stored ones are kept. A rule of trips lets them stream past
/// twice: what all waters pull at each place must be known before a trip is.
/// </remarks>
internal sealed class FullRun
{
    private const int BlocksInFlight = 32, ManyPlaces = 300_000;

    private readonly RiskRule _rule;
    private readonly Stopwatch _clock = Stopwatch.StartNew(), _reading = new();
    private readonly InputsHash _inputs;
    private readonly Action<int> _passed;
    private readonly List<ScoredBlock?> _blocks = [];
    private TimeSpan _scoring;
    private int _hazards, _facilities;

    private FullRun(RiskRule rule, Action<int> passed) => (_rule, _inputs, _passed) = (rule, new InputsHash(rule), passed);

    /// <summary>The hazards whose stored score, level or rule is another, in the order they were read.</summary>
    public IEnumerable<ScoreChange> Changes => _blocks.SelectMany(b => b!.Changes);

    /// <summary>How many they are.</summary>
    public int ChangeCount { get; private set; }

    /// <summary>How many waters there are.</summary>
    public int Hazards => _hazards;

    /// <summary>Every reach, where the rule scores reaches.</summary>
    public IEnumerable<ScoredReach> Reaches => _blocks.SelectMany(b => b!.Reaches);

    /// <summary>Under a rule of trips: the places that children set out from, and the scale when this run made it.</summary>
    public TripsOfRun? Trips { get; private set; }

    /// <summary>Reads and scores everything, in the caller's transaction;
    /// <paramref name="passed"/> hears how many waters have been scored.</summary>
    /// <param name="connection">In a transaction.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="stop">Gives up.</param>
    /// <param name="passed">Hears how many waters have been scored.</param>
    /// <param name="wish">What is done about the scale of a rule of trips.</param>
    /// <param name="heard">Hears of every water's numbers by a rule of trips, from any thread.</param>
    public static async Task<FullRun> ScoreAsync(NpgsqlConnection connection, RiskRule rule, CancellationToken stop,
        Action<int>? passed = null, ScaleWish wish = ScaleWish.Keep, Action<Guid, TripScore>? heard = null)
    {
        var run = new FullRun(rule, passed ?? (_ => { }));
        if (rule is TripRule trips) await run.ScoreAsync(connection, trips, wish, heard, stop);
        else await run.ScoreAsync(connection, (ProximityRule)rule, stop);
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

    private async Task ScoreAsync(NpgsqlConnection connection, ProximityRule rule, CancellationToken stop)
    {
        _reading.Start();
        var facilities = await RiskReader.AllFacilitiesAsync(connection, stop);
        var roads = await RiskReader.RoadsAsync(connection, rule, stop);
        if (roads is not null) _inputs.Add(roads.Digest);
        _reading.Stop();
        var preparing = Stopwatch.StartNew();
        var scorer = new RiskScorer(rule, facilities, roads?.Network);
        _scoring = preparing.Elapsed;
        _inputs.Add(facilities);
        _facilities = scorer.FacilityCount;
        await PassAsync(connection, RiskReader.Hazards, () =>
        {
            var (search, shapes) = (scorer.Begin(), new ShapeIndexBuilder());
            return (search, (number, block) => Keep(number, ScoredBlock.Of(block, scorer, rule, search, shapes)));
        }, stop);
    }

    private async Task ScoreAsync(NpgsqlConnection connection, TripRule rule, ScaleWish wish, Action<Guid, TripScore>? heard,
        CancellationToken stop)
    {
        _reading.Start();
        var (places, preparing) = await PlaceAsync(connection, rule, stop);
        var records = await OwnRecords.ReadAllAsync(connection, stop);
        var roads = await RiskReader.RoadsAsync(connection, rule, stop);
        if (roads is not null) _inputs.Add(roads.Digest);
        var today = await connection.ScalarAsync<DateOnly>("select current_date", stop);
        _reading.Stop();
        _scoring = preparing;
        var stored = await ScaleStore.ForRunAsync(connection, rule, wish, places.Children, stop);
        _inputs.Add(places.Origins);
        _inputs.Add(CalendarFiles.State);
        // Attraction depends on what is taken for unknown facts, so a scale's own come before anything is pulled.
        var world = new TripWorld(rule, stored ?? TripScale.Provisional(rule, await UnknownFactsAsync(connection, rule, stop), today));
        var scorer = new TripScorer(world.Parameters, places.Origins, roads: roads?.Network);
        _facilities = scorer.Origins.Length;
        await PassAsync(connection, TripReader.Draws, () =>
        {
            var (search, shapes) = (scorer.Begin(), new ShapeIndexBuilder());
            return (search, (_, block) =>
            {
                for (var rows = block.Read(); rows.MoveNext();) scorer.Pull(world.WaterOf(TripReader.Water(ref rows), shapes), search);
            });
        }, stop);
        if (stored is null && await MakeScaleAsync(connection, world, scorer, places, today, stop) is { } made)
        {
            world = new TripWorld(rule, made);
            _inputs.Add(made.ToJson());
        }
        else if (stored is not null) _inputs.Add(stored.ToJson());
        await PassAsync(connection, TripReader.Waters, () =>
        {
            var (search, shapes) = (scorer.Begin(), new ShapeIndexBuilder());
            return (search, (number, block) => Keep(number, ScoredBlock.Of(block, scorer, world, records, search, shapes, heard)));
        }, stop);
        Trips = new TripsOfRun(scorer.Kept.Origins, scorer.Kept.Pulls, stored is null && world.Scale.Children != default
            ? world.Scale : null, places);
    }

    // What was read to find out where children are is let go of here: of a nation it is half a gigabyte.
    private async Task<(ChildrenPlaced Places, TimeSpan Time)> PlaceAsync(NpgsqlConnection connection, TripRule rule,
        CancellationToken stop)
    {
        var children = await TripReader.ChildrenAsync(connection, stop);
        _reading.Stop();
        var watch = Stopwatch.StartNew();
        var places = ChildrenPlaced.Of(TripParameters.Of(rule), children);
        // Or the garbage of reading would stand beside the run until the collector finds it worth while.
        if (places.Origins.Length > ManyPlaces) GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        watch.Stop();
        _reading.Start();
        return (places, watch.Elapsed);
    }

    // The means of what is known, water by water in the order of their keys: one core, so that they are the same bits each time.
    private async Task<UnknownFacts> UnknownFactsAsync(NpgsqlConnection connection, TripRule rule, CancellationToken stop)
    {
        var counter = new UnknownFacts.Counter(rule);
        await foreach (var block in CopyBlocks.ReadAsync(connection, TripReader.Waters, stop))
            for (var rows = block.Read(); rows.MoveNext();) counter.Add(TripReader.Water(ref rows).Traits);
        return counter.Make();
    }

    // Null where nobody comes to any water: scores are 0 then, and the next run with children makes the scale.
    private static async Task<TripScale?> MakeScaleAsync(NpgsqlConnection connection, TripWorld world, TripScorer scorer,
        ChildrenPlaced places, DateOnly today, CancellationToken stop)
    {
        var maker = new ScaleMaker(world.Rule, world.Scale.UnknownFacts());
        using var search = scorer.Begin();
        await foreach (var block in CopyBlocks.ReadAsync(connection, TripReader.Waters, stop))
            for (var rows = block.Read(); rows.MoveNext();)
            {
                var row = TripReader.Water(ref rows);
                var sums = scorer.Score(world.WaterOf(row), search);
                var weights = world.WeightsOf(row.DivisionCode);
                maker.Add(row.Traits, sums.Trips, sums.Slopes(weights.Year), weights.Days);
            }
        var own = await CountyDeaths.ReadAsync(connection, world.Rule.Rates, places.Divisions, stop);
        try { return maker.Make(places.Children, today, own); }
        catch (RefusalException nobody) when (nobody.Code is "ScaleNeedsChildren" or "ScaleCannotRake") { return null; }
    }

    // All rows of a query by all cores. What a core needs is made by itself and given back at the end.
    private async Task PassAsync(NpgsqlConnection connection, string query, Func<(IDisposable Own, Action<int, CopyBlock> Work)> begin,
        CancellationToken stop)
    {
        var blocks = Channel.CreateBounded<(int Number, CopyBlock Block)>(
            new BoundedChannelOptions(BlocksInFlight) { SingleWriter = true });
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var longest = TimeSpan.Zero;
        var working = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Run(async () =>
        {
            var time = await WorkAsync(blocks.Reader, begin, either);
            // Of the core that scored longest: by the clock, as reading is.
            lock (_blocks) longest = time > longest ? time : longest;
        }, CancellationToken.None)).ToArray();
        try { await ReadAsync(connection, query, blocks.Writer, either.Token); }
        catch (OperationCanceledException) when (Array.Exists(working, s => s.IsFaulted)) { } // its own error is the one to tell
        finally { blocks.Writer.TryComplete(); }
        await Task.WhenAll(working);
        _scoring += longest;
    }

    private async Task ReadAsync(NpgsqlConnection connection, string query, ChannelWriter<(int Number, CopyBlock Block)> blocks,
        CancellationToken stop)
    {
        _reading.Start();
        var number = 0;
        await foreach (var block in CopyBlocks.ReadAsync(connection, query, stop))
        {
            _reading.Stop();
            await blocks.WriteAsync((number++, block), stop);
            _reading.Start();
        }
        _reading.Stop();
    }

    private static async Task<TimeSpan> WorkAsync(ChannelReader<(int Number, CopyBlock Block)> blocks,
        Func<(IDisposable Own, Action<int, CopyBlock> Work)> begin, CancellationTokenSource either)
    {
        var watch = new Stopwatch();
        try
        {
            var (own, work) = begin();
            using (own)
                await foreach (var (number, block) in blocks.ReadAllAsync(either.Token))
                {
                    watch.Start();
                    work(number, block);
                    watch.Stop();
                }
        }
        catch
        {
            await either.CancelAsync(); // or the reader would wait for room for ever
            throw;
        }
        return watch.Elapsed;
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
