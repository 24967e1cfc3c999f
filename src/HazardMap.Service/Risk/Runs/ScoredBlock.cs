using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using HazardMap.Geodesy;
using HazardMap.Register;
using HazardMap.Risk;
using HazardMap.Risk.Rules;
using HazardMap.Risk.Trips;
using HazardMap.Service.Database;
using HazardMap.Service.Risk.Trips;

namespace HazardMap.Service.Risk.Runs;

/// <summary>What a rule of trips keeps beside a score. Of a nation millions are kept until they are written: no more than is.</summary>
internal sealed class TripColumns
{
    private readonly Numbers _trips;

    private TripColumns(in TripScore score, in PresenceNumbers trips)
    {
        (Visits, Deadliness, RiskLow, RiskHigh, LevelHeld, Class) =
            (score.Visits, score.Deadliness, score.RiskLow, score.RiskHigh, score.LevelHeld, score.Class);
        foreach (var presence in Presences.All) _trips[(int)presence] = (float)trips[presence];
    }

    /// <inheritdoc cref="TripScore.Visits"/>
    public double Visits { get; }

    /// <inheritdoc cref="TripScore.Deadliness"/>
    public double Deadliness { get; }

    /// <inheritdoc cref="TripScore.RiskLow"/>
    public double RiskLow { get; }

    /// <inheritdoc cref="TripScore.RiskHigh"/>
    public double RiskHigh { get; }

    /// <inheritdoc cref="TripScore.LevelHeld"/>
    public double LevelHeld { get; }

    /// <inheritdoc cref="TripScore.Class"/>
    public DeadlinessClass Class { get; }

    /// <summary>Trips by who makes them, in the order of <see cref="Presence"/>.</summary>
    public float[] ByPresence => ((ReadOnlySpan<float>)_trips).ToArray();

    public static TripColumns Of(in TripScore score, in PresenceNumbers trips) => new(score, trips);

    /// <summary>Whether the trips that are stored are these. Nothing else tells it: a rule may weigh some entries 0.</summary>
    /// <param name="stored">As <c>array_send</c> gives them: a header of 20 bytes, then each number behind its length.</param>
    /// <param name="trips">Trips by entry.</param>
    public static bool AreStored(ReadOnlySpan<byte> stored, in PresenceNumbers trips)
    {
        const int Header = 20, Entry = sizeof(int) + sizeof(float);
        if (stored.Length != Header + Presences.Count * Entry) return false;
        foreach (var presence in Presences.All)
            if (BinaryPrimitives.ReadSingleBigEndian(stored[(Header + (int)presence * Entry + sizeof(int))..]) != (float)trips[presence])
                return false;
        return true;
    }

    [InlineArray(Presences.Count)]
    private struct Numbers
    {
        private float _first;
    }
}

/// <summary>A hazard's new score beside the stored one.</summary>
internal readonly record struct ScoreChange(Guid Hazard, double Score, RiskLevel Level, double? StoredScore, RiskLevel? StoredLevel,
    TripColumns? Trips = null)
{
    public ScoreChange(in HazardRow row, double score, RiskRule rule) : this(row.Id, score, rule.LevelOf(score), row.Score, row.Level) { }

    /// <summary>Whether anything about the score is other than stored.</summary>
    public bool IsChangeFrom(in HazardRow row, RiskRule rule) => row.Score != Score || row.Rule != rule.Version || row.Level != Level;
}

/// <summary>What is kept of a block of hazards after scoring it.</summary>
internal sealed class ScoredBlock
{
    /// <summary>How many hazards it had.</summary>
    public int Hazards { get; private set; }

    /// <summary>Hazards by level.</summary>
    public int[] Levels { get; } = new int[Enum.GetValues<RiskLevel>().Length];

    /// <summary>Pairs within the cut-off.</summary>
    public long Pairs { get; private set; }

    /// <summary>The hashes of its hazards, added up.</summary>
    public UInt128 InputsHash { get; private set; }

    /// <summary>The hazards whose stored score, level or rule is another.</summary>
    public List<ScoreChange> Changes { get; } = [];

    /// <summary>Every reach, where the rule scores reaches.</summary>
    public List<ScoredReach> Reaches { get; } = [];

    /// <summary>Parses and scores hazard by hazard, so that each is still in the cache when it is scored.</summary>
    public static ScoredBlock Of(CopyBlock block, RiskScorer scorer, ProximityRule rule, RiskSearch search, ShapeIndexBuilder shapes)
    {
        var scored = new ScoredBlock { Pairs = -search.Pairs };
        for (var rows = block.Read(); rows.MoveNext();)
        {
            var row = RiskReader.Hazard(ref rows);
            var hazard = row.ToHazard(rule, shapes);
            scored.Add(row, hazard, scorer.ScoreOne(hazard, search), rule, search);
        }
        scored.Pairs += search.Pairs;
        scored.Changes.TrimExcess();   // of a nation all are kept until they are written
        return scored;
    }

    /// <summary>The same by a rule of trips.</summary>
    public static ScoredBlock Of(CopyBlock block, TripScorer scorer, TripWorld world, OwnRecords records, TripSearch search,
        ShapeIndexBuilder shapes, Action<Guid, TripScore>? heard = null)
    {
        var scored = new ScoredBlock { Pairs = -search.Pairs };
        for (var rows = block.Read(); rows.MoveNext();)
        {
            var row = TripReader.Water(ref rows);
            var water = world.WaterOf(row, shapes);
            var sums = scorer.Score(water, search);
            var (score, reaches) = world.Score(row, water, sums, search.ReachSums, records);
            heard?.Invoke(row.Hazard.Id, score);
            scored.Hazards++;
            scored.InputsHash += Runs.InputsHash.Of(row);
            scored.Levels[(int)score.Level]++;
            if (TripChange(row, score, sums, world.Rule) is { } change) scored.Changes.Add(change);
            scored.Reaches.AddRange(reaches);
        }
        scored.Pairs += search.Pairs;
        scored.Changes.TrimExcess();
        return scored;
    }

    /// <summary>What is to be written of a water's numbers; null: they are stored as they are.</summary>
    public static ScoreChange? TripChange(in TripRow row, in TripScore score, TripSums sums, TripRule rule)
    {
        // Where nobody comes a change of the water's facts shows in how deadly it is alone.
        var (stored, isSame) = (row.Hazard, row.Visits == score.Visits && row.Deadliness == score.Deadliness
            && row.RiskLow == score.RiskLow && row.LevelHeld == score.LevelHeld
            && TripColumns.AreStored(row.Trips.Span, sums.Trips));
        return isSame && stored.Score == score.RiskScore && stored.Rule == rule.Version && stored.Level == score.Level ? null
            : new ScoreChange(stored.Id, score.RiskScore, score.Level, stored.Score, stored.Level, TripColumns.Of(score, sums.Trips));
    }

    private void Add(in HazardRow row, in RiskHazard hazard, double score, RiskRule rule, RiskSearch search)
    {
        Hazards++;
        InputsHash += Runs.InputsHash.Of(row);
        var change = new ScoreChange(row, score, rule);
        Levels[(int)change.Level]++;
        if (change.IsChangeFrom(row, rule)) Changes.Add(change);
        if (search.ReachScores is { } reaches) Reaches.AddRange(ScoredReach.Of(hazard, reaches, rule));
    }
}
