using HazardMap.OData;
using HazardMap.Risk;
using HazardMap.Risk.Rules;
using HazardMap.Risk.Trips;
using HazardMap.Service.Database;
using HazardMap.Service.Risk.Runs;
using HazardMap.Service.Risk.Trips;
using Npgsql;

namespace HazardMap.Service.Risk.Rules;

/// <summary>Why a water's level would change: what moved its score most.</summary>
/// <param name="What">exposure, a factor's name, or levels (the thresholds); where a rule of trips is one of the two: who is counted now,
/// or no longer.</param>
/// <param name="Ratio">What it multiplies the score by; of thresholds 1; null where scores are not of one kind.</param>
/// <param name="SentenceEn">Who changes and why.</param>
/// <param name="SentenceZh">The same in Chinese.</param>
internal sealed record LevelReason(string What, double? Ratio, string SentenceEn, string SentenceZh);

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
/// <param name="Rises">The largest to a graver level.</param>
/// <param name="Falls">The largest to a lesser one.</param>
/// <param name="Scale">By a rule of trips what deaths were reckoned with: its scale, or one that was made for this question alone.</param>
/// <param name="Notes">What must be known to read it.</param>
internal sealed record RiskComparisonReport(
    string Rule, IReadOnlyDictionary<string, int> Stored, int Hazards, int ScoresChanged, int LevelsChanged,
    IReadOnlyDictionary<string, Dictionary<string, int>> Matrix, IReadOnlyDictionary<string, int> Why, int Explained,
    IReadOnlyList<LevelShift> Waters, IReadOnlyList<LevelShift> Rises, IReadOnlyList<LevelShift> Falls, ScaleTold? Scale,
    IReadOnlyList<BilingualText> Notes) : ITold
{
    /// <inheritdoc/>
    public IEnumerable<string> Lines()
    {
        foreach (var (from, to) in Matrix)
            yield return $"{from} -> {string.Join(", ", to.Select(t => $"{t.Key} {t.Value}"))}";
        foreach (var note in Notes)
        {
            yield return note.En;
            yield return note.Zh;
        }
        foreach (var shift in Rises.Take(MostTold).Concat(Falls.Take(MostTold)))
        {
            yield return $"{shift.Code} {shift.Name}: {shift.From} -> {shift.To}. {shift.Why?.SentenceEn}";
            yield return $"    {shift.Why?.SentenceZh}";
        }
    }

    private const int MostTold = 5;
}

/// <summary>Tries a rule without writing: <c>risk --rule V --dry-run</c>.</summary>
internal static class RiskComparison
{
    private const int MostListed = 50, MostExplained = 2_000, MostEachWay = 20;

    /// <summary>Scores everything by a rule in one snapshot and compares with what is stored.</summary>
    public static async Task<RiskComparisonReport> CompareAsync(NpgsqlDataSource database, string? version, CancellationToken stop)
    {
        await using var connection = await database.OpenPatientlyAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, stop);
        var rule = RuleFiles.Find(version ?? await RuleShelf.InForceAsync(connection, stop));
        var run = await FullRun.ScoreAsync(connection, rule, stop);
        List<ScoreChange> shifted = [.. run.Changes.Where(c => c.StoredLevel != c.Level).OrderByDescending(Size).ThenBy(c => c.Hazard)];
        List<ScoreChange> rises = [.. shifted.Where(c => c.StoredLevel > c.Level).Take(MostEachWay)],
            falls = [.. shifted.Where(c => c.StoredLevel < c.Level).Take(MostEachWay)], listed = [.. shifted.Take(MostListed)];
        var stored = await StoredAsync(connection, stop);
        var ofTrips = stored.Keys.Where(IsKnown).Any(v => RuleFiles.Find(v) is TripRule);
        // What a water was scored by places that are kept is read for each: then only those that are listed.
        List<ScoreChange> most = ofTrips ? [.. listed.Concat(rises).Concat(falls).DistinctBy(c => c.Hazard)]
            : [.. shifted.Take(MostExplained).Concat(rises).Concat(falls).DistinctBy(c => c.Hazard)];
        var reasons = rule is ProximityRule proximity && !ofTrips
            ? await ReasonsAsync(connection, proximity, [.. most.Select(c => c.Hazard)], stop)
            : await TripShifts.ReasonsAsync(connection, rule, run, most, stop);
        var scale = rule is TripRule trips ? await ScaleAsync(connection, trips, run, stop) : null;
        return new RiskComparisonReport(rule.Version, stored, run.Report(0, 0, 0).Hazards,
            run.Changes.Count(c => c.StoredScore != c.Score), shifted.Count, Matrix(shifted),
            reasons.Values.GroupBy(r => r.What, StringComparer.Ordinal).OrderByDescending(g => g.Count())
                .ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal),
            reasons.Count, await ListAsync(connection, listed, reasons, stop), await ListAsync(connection, rises, reasons, stop),
            await ListAsync(connection, falls, reasons, stop), scale, [.. Notes(rule, stored.Keys.Where(IsKnown), scale)]);
    }

    private static async Task<ScaleTold?> ScaleAsync(NpgsqlConnection connection, TripRule rule, FullRun run, CancellationToken stop) =>
        run.Trips?.Scale is { } made ? ScaleTold.Of(rule, made, isKept: false)
            : await ScaleStore.NewestAsync(connection, rule, stop) is { } kept ? ScaleTold.Of(rule, kept, isKept: true) : null;

    private static IEnumerable<BilingualText> Notes(RiskRule rule, IEnumerable<string> stored, ScaleTold? scale)
    {
        var others = stored.Where(v => v != rule.Version).ToList();
        if (others.Any(v => RuleFiles.Find(v) is TripRule != rule is TripRule))
            yield return new BilingualText("Scores of the two rules are of different kinds (points without a unit; deaths of children "
                + "expected in 1,000 years): compare levels, not scores.",
                "两条规则的分值含义不同（无单位的分数；每千年预计儿童溺亡数）："
                    + "请比较等级，不要比较分值。");
        if (rule is not TripRule) yield break;
        if (scale is null)
            yield return new BilingualText("No scale could be made, for no child is known to come to any water: every score is 0. "
                + "Enter where children live (settlements, Children of divisions) first.",
                "无法制作标度，因为还不知道有儿童前往任何水域：所有分值为 0。"
                    + "请先录入居民点和行政区划的儿童数。");
        else if (!scale.IsKept)
            yield return new BilingualText("There is no scale of this rule yet: one was made in memory for this question and not kept; "
                + $"risk --rule {rule.Version} makes and keeps it. {scale.SaidEn}",
                "此规则尚无标度：仅为本次提问在内存中制作，未保存；"
                    + $"risk --rule {rule.Version} 会制作并保存。{scale.SaidZh}");
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
        var ratios = becomes.Factors.Select(f => (What: f.Name, Ratio: Ratio(f.Multiplier, old.GetValueOrDefault(f.Name, 1))))
            .Append((What: "exposure", Ratio: Ratio(Exposure(becomes), Exposure(was))));
        var (what, ratio) = ratios.MaxBy(r => Math.Abs(Math.Log(r.Ratio)));
        if (Math.Abs(Math.Log(ratio)) <= 1e-9)
            return new LevelReason("levels", 1, "The score is the same; the bounds of levels are others.",
                "分值相同，等级界线不同。");
        static string Text(FormattableString text) => text.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return what == "exposure"
            ? new LevelReason(what, ratio, Text($"Children near count {ratio:0.###} times as much."),
                Text($"附近儿童的计入量为原来的 {ratio:0.###} 倍。"))
            : new LevelReason(what, ratio, Text($"The factor {what} is {ratio:0.###} times what it was."),
                Text($"因子 {what} 为原来的 {ratio:0.###} 倍。"));
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
