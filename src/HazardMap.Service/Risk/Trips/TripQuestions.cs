using HazardMap.OData;
using HazardMap.Register;
using HazardMap.Risk.Trips;
using HazardMap.Service.Database;
using HazardMap.Service.Risk.Rules;
using HazardMap.Service.Risk.Runs;
using Npgsql;

namespace HazardMap.Service.Risk.Trips;

/// <summary>A water that the county and the rule grade differently.</summary>
internal sealed record Disagreement(Guid Id, string Code, string Name, RiskLevel Own, RiskLevel Level, double RiskScore, string ReasonEn,
    string ReasonZh);

/// <summary>How the county's grades and the rule's levels agree.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Waters">Waters that the county has graded.</param>
/// <param name="Same">Of them, graded alike.</param>
/// <param name="Kappa">Cohen's kappa with quadratic weights; null where it says nothing.</param>
/// <param name="Matrix">Waters by the county's grade, then by the rule's level; red first.</param>
/// <param name="RuleHigher">Where the rule is higher, the farthest apart first.</param>
/// <param name="OwnHigher">Where the county is higher.</param>
internal sealed record AgainstOwn(string Rule, int Waters, int Same, double? Kappa, IReadOnlyList<IReadOnlyList<int>> Matrix,
    IReadOnlyList<Disagreement> RuleHigher, IReadOnlyList<Disagreement> OwnHigher);

/// <summary>A water where measuring or counting teaches most.</summary>
internal sealed record WhereToLearn(Guid Id, string Code, string Name, double RiskScore, Lesson What, double SigmaNow, double SigmaThen);

/// <summary>What planners ask of a rule of trips; writes nothing.</summary>
internal static class TripQuestions
{
    /// <summary>The most waters that are told where to count.</summary>
    public const int MostListed = 1000;

    /// <summary><c>risk --fit-levels N</c>: bounds so that so many waters are red or orange.</summary>
    public static async Task<FittedLevels> FitLevelsAsync(NpgsqlDataSource database, int waters, CancellationToken stop)
    {
        await using var connection = await database.OpenPatientlyAsync(stop);
        var rule = await RuleAsync(connection, stop);
        var scores = await connection.RowsAsync("select score from register.hazard_risks where rule = $1", row => row.GetDouble(0), stop,
            rule.Version);
        return FittedLevels.Of(rule, scores, waters);
    }

    /// <summary><c>risk --against own</c>: the county's own grades beside the rule's.</summary>
    public static async Task<AgainstOwn> AgainstOwnAsync(NpgsqlDataSource database, CancellationToken stop)
    {
        await using var connection = await database.OpenPatientlyAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, stop);
        var rule = await RuleAsync(connection, stop);
        var graded = await connection.RowsAsync("""
            select h.id, h.own_grade, r.level, r.score from register.hazards h join register.hazard_risks r on r.hazard_id = h.id
            where h.own_grade is not null and r.rule = $1
            """, row => new GradedWater(row.GetGuid(0), row.Word<RiskLevel>(1), row.Word<RiskLevel>(2), row.GetDouble(3)), stop,
            rule.Version);
        if (graded.Count == 0)
            throw new RefusalException("NoOwnGrades", "No water has the county's own grade: import a ledger with OwnGrade first.",
                "没有水域填写本地等级：请先导入含“本地等级”列的台账。", "--against");
        var agreement = GradeAgreement.Of(graded);
        return new AgainstOwn(rule.Version, agreement.Waters, agreement.Same, agreement.Kappa, agreement.Matrix,
            await ToldAsync(connection, rule, agreement.RuleHigher, stop), await ToldAsync(connection, rule, agreement.OwnHigher, stop));
    }

    /// <summary><c>risk --count-here N</c>: where measuring or counting would take most of the variance away.</summary>
    public static async Task<IReadOnlyList<WhereToLearn>> CountHereAsync(NpgsqlDataSource database, string? version, int count,
        CancellationToken stop)
    {
        if (count is < 1 or > MostListed)
            throw new RefusalException("BadCount", $"--count-here must be from 1 to {MostListed}.",
                $"--count-here 须为 1 至 {MostListed}。", "--count-here");
        await using var connection = await database.OpenPatientlyAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, stop);
        var waters = new List<UncertainWater>();
        await FullRun.ScoreAsync(connection, await RuleAsync(connection, version, stop), stop, heard: (id, score) =>
        {
            lock (waters) waters.Add(new UncertainWater(id, score.RiskScore, score.Variance));
        });
        var lessons = LessonHere.Of(waters.OrderBy(w => w.Id), count);
        var names = await TripStudies.NamesAsync(connection, [.. lessons.Select(l => l.Id)], stop);
        var scores = waters.ToDictionary(w => w.Id);
        return [.. lessons.Select(l => new WhereToLearn(l.Id, names[l.Id].Code, names[l.Id].Name, scores[l.Id].RiskScore, l.What,
            l.SigmaNow, l.SigmaThen))];
    }

    /// <summary>Refuses <c>risk --scale</c> of a rule that has none, before anything is ordered.</summary>
    public static async Task RefuseWithoutScaleAsync(NpgsqlDataSource database, string? version, CancellationToken stop)
    {
        await using var connection = await database.OpenPatientlyAsync(stop);
        await RuleAsync(connection, version, stop);
    }

    /// <summary>The scale of the rule in force, for whoever has just made it; null: nobody comes to any water.</summary>
    public static async Task<ScaleTold?> NewestScaleAsync(NpgsqlDataSource database, CancellationToken stop)
    {
        await using var connection = await database.OpenPatientlyAsync(stop);
        var rule = await RuleAsync(connection, stop);
        return await ScaleStore.NewestAsync(connection, rule, stop) is { } scale ? ScaleTold.Of(rule, scale, isKept: true) : null;
    }

    private static Task<TripRule> RuleAsync(NpgsqlConnection connection, CancellationToken stop) => RuleAsync(connection, null, stop);

    private static async Task<TripRule> RuleAsync(NpgsqlConnection connection, string? version, CancellationToken stop) =>
        RuleFiles.Trips(version ?? await RuleShelf.InForceAsync(connection, stop));

    private static async Task<IReadOnlyList<Disagreement>> ToldAsync(NpgsqlConnection connection, TripRule rule,
        IReadOnlyList<GradedWater> waters, CancellationToken stop)
    {
        var names = await TripStudies.NamesAsync(connection, [.. waters.Select(w => w.Id)], stop);
        var told = new List<Disagreement>();
        foreach (var w in waters)
        {
            var reason = await TripExplainer.ReasonAsync(connection, rule, w.Id, stop);
            told.Add(new Disagreement(w.Id, names[w.Id].Code, names[w.Id].Name, w.Own, w.Level, w.RiskScore, reason.En, reason.Zh));
        }
        return told;
    }
}
