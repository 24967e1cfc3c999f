using HazardMap.OData;
using HazardMap.Risk;
using HazardMap.Risk.Rules;
using HazardMap.Service.Database;
using HazardMap.Service.Risk.Runs;
using Npgsql;

namespace HazardMap.Service.Risk.Rules;

/// <summary>Why a water's level would change: what moved its score most.</summary>
/// <param name="What">exposure, a factor's name, or levels (the thresholds).</param>
/// <param name="Ratio">What it multiplies the score by; of thresholds 1.</param>
internal sealed record LevelReason(string What, double Ratio);

/// <summary>A water whose level would change.</summary>
internal sealed record LevelShift(Guid Id, string Code, string Name, string? From, string To, double? FromScore,
    double ToScore, LevelReason? Why);

/// <summary>What a rule would change, against what is stored.</summary>
/// <param name="Rule">The rule that was tried.</param>
/// <param name="Stored">Waters by the rule that scored them.</param>
/// <param name="Hazards">All waters.</param>
/// <param name="ScoresChanged">Waters with another score.</param>
/// <param name="LevelsChanged">Waters with another level.</param>
/// <param name="Matrix">From level, to level, waters.</param>
/// <param name="Why">Waters by what moved their score most; of <paramref name="Explained"/> waters.</param>
/// <param name="Explained">How many changes were looked into.</param>
/// <param name="Waters">The largest changes.</param>
internal sealed record RiskComparisonReport(
    string Rule, IReadOnlyDictionary<string, int> Stored, int Hazards, int ScoresChanged, int LevelsChanged,
    IReadOnlyDictionary<string, Dictionary<string, int>> Matrix, IReadOnlyDictionary<string, int> Why, int Explained,
    IReadOnlyList<LevelShift> Waters);

/// <summary>Tries a rule without writing: <c>risk --rule V --dry-run</c>.</summary>
internal static class RiskComparison
{
    private const int MostListed = 50, MostExplained = 2_000;

    /// <summary>Scores everything by a rule in one snapshot and compares with what is stored.</summary>
    public static async Task<RiskComparisonReport> CompareAsync(NpgsqlDataSource database, string? version, CancellationToken stop)
    {
        await using var connection = await database.OpenPatientlyAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, stop);
        var rule = RuleFiles.Find(version ?? await RuleShelf.InForceAsync(connection, stop));
        var run = await FullRun.ScoreAsync(connection, rule, stop);
        List<ScoreChange> shifted = [.. run.Changes.Where(c => c.StoredLevel != c.Level).OrderByDescending(Size).ThenBy(c => c.Hazard)];
        Guid[] most = [.. shifted.Take(MostExplained).Select(c => c.Hazard)];
        var reasons = rule is ProximityRule proximity ? await ReasonsAsync(connection, proximity, most, stop) : [];
        return new RiskComparisonReport(rule.Version, await StoredAsync(connection, stop), run.Report(0, 0, 0).Hazards,
            run.Changes.Count(c => c.StoredScore != c.Score), shifted.Count, Matrix(shifted),
            reasons.Values.GroupBy(r => r.What, StringComparer.Ordinal).OrderByDescending(g => g.Count())
                .ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal),
            reasons.Count, await ListAsync(connection, [.. shifted.Take(MostListed)], reasons, stop));
    }

    // Levels apart first, then how far the score moves.
    private static double Size(ScoreChange change) =>
        (change.StoredLevel is { } from ? Math.Abs((int)from - (int)change.Level) : 4) * 100
        + Math.Min(99, Math.Abs(Math.Log((change.Score + 1) / ((change.StoredScore ?? 0) + 1))));

    private static Dictionary<string, Dictionary<string, int>> Matrix(List<ScoreChange> shifted) =>
        shifted.GroupBy(c => c.StoredLevel?.ToString() ?? "none", StringComparer.Ordinal).ToDictionary(g => g.Key,
            g => g.GroupBy(c => c.Level.ToString(), StringComparer.Ordinal)
                .ToDictionary(l => l.Key, l => l.Count(), StringComparer.Ordinal), StringComparer.Ordinal);

    private static async Task<Dictionary<Guid, LevelReason>> ReasonsAsync(NpgsqlConnection connection, ProximityRule rule,
        Guid[] hazards, CancellationToken stop)
    {
        var reasons = new Dictionary<Guid, LevelReason>();
        foreach (var sameRule in (await RiskReader.HazardsAsync(connection, hazards, stop)).Where(h => IsKnown(h.Rule))
            .GroupBy(h => h.Rule!, StringComparer.Ordinal))
        {
            if (RuleFiles.Find(sameRule.Key) is not ProximityRule before) continue;   // of trips and of proximity nothing is the same
            Guid[] ids = [.. sameRule.Select(h => h.Id)];
            var (was, becomes) = (await RiskReader.ScorerAsync(connection, before, ids, stop),
                await RiskReader.ScorerAsync(connection, rule, ids, stop));
            foreach (var row in sameRule) reasons[row.Id] = Reason(was.Explain(row.ToHazard(before)), becomes.Explain(row.ToHazard(rule)));
        }
        return reasons;
    }

    private static bool IsKnown(string? version) => version is not null && RuleFiles.Versions.Contains(version, StringComparer.Ordinal);

    private static LevelReason Reason(RiskExplanation was, RiskExplanation becomes)
    {
        static double Exposure(RiskExplanation e) => e.Exposures.Sum(x => x.Exposure);
        var old = was.Factors.ToDictionary(f => f.Name, f => f.Multiplier, StringComparer.Ordinal);
        var reasons = becomes.Factors.Select(f => new LevelReason(f.Name, Ratio(f.Multiplier, old.GetValueOrDefault(f.Name, 1))))
            .Append(new LevelReason("exposure", Ratio(Exposure(becomes), Exposure(was))));
        var most = reasons.MaxBy(r => Math.Abs(Math.Log(r.Ratio)))!;
        return Math.Abs(Math.Log(most.Ratio)) > 1e-9 ? most : new LevelReason("levels", 1);
    }

    private static double Ratio(double now, double before) => now > 0 && before > 0 ? now / before : (now + 1e-12) / (before + 1e-12);

    private static async Task<Dictionary<string, int>> StoredAsync(NpgsqlConnection connection, CancellationToken stop) =>
        (await connection.RowsAsync("select coalesce(rule, 'none'), count(*)::integer from register.hazard_risks group by 1 order by 1",
            row => (Rule: row.GetString(0), Waters: row.GetInt32(1)), stop))
            .ToDictionary(r => r.Rule, r => r.Waters, StringComparer.Ordinal);

    private static async Task<List<LevelShift>> ListAsync(NpgsqlConnection connection, List<ScoreChange> changes,
        Dictionary<Guid, LevelReason> reasons, CancellationToken stop)
    {
        var names = (await connection.RowsAsync("select id, code, name from register.hazards where id = any ($1)",
            row => (Id: row.GetGuid(0), Code: row.GetString(1), Name: row.GetString(2)), stop, changes.Select(c => c.Hazard).ToArray()))
            .ToDictionary(h => h.Id);
        return changes.ConvertAll(c => new LevelShift(c.Hazard, names[c.Hazard].Code, names[c.Hazard].Name,
            c.StoredLevel?.ToString(), c.Level.ToString(), c.StoredScore, c.Score, reasons.GetValueOrDefault(c.Hazard)));
    }
}
