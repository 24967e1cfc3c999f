using HazardMap.OData;
using HazardMap.Register;
using HazardMap.Risk;
using HazardMap.Risk.Rules;
using HazardMap.Risk.Trips;
using HazardMap.Service.Database;
using HazardMap.Service.Risk.Rules;
using HazardMap.Service.Risk.Trips;
using Npgsql;

namespace HazardMap.Service.Risk;

/// <summary>What people call a facility, and whether its counts are estimates.</summary>
internal sealed record FacilityName(Guid Id, string Name, FacilityKind Kind, bool CountsEstimated);

/// <summary>Says why a hazard scores what it scores, by the rule that scored it.</summary>
internal static class RiskExplainer
{
    /// <summary>The answer of <c>ExplainRisk</c>; null when there is no such hazard.</summary>
    /// <param name="database">The register.</param>
    /// <param name="hazard">The hazard.</param>
    /// <param name="stop">Gives up.</param>
    /// <param name="at">A time to explain instead of the rule's reference: month and hour become factors.</param>
    public static async Task<Explanation?> ExplainAsync(
        NpgsqlDataSource database, Guid hazard, CancellationToken stop, DateTimeOffset? at = null)
    {
        await using var connection = await database.OpenPatientlyAsync(stop);
        // One snapshot, so that the reasons are those of the stored score.
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, stop);
        if (await TripRuleOfAsync(connection, hazard, stop) is { } trips)
            return await TripExplainer.ExplainAsync(connection, trips, hazard, at, stop);
        if (await ReadAsync(connection, hazard, stop) is not var (scored, rule, explanation)) return null;
        var names = await NamesAsync(connection, [.. explanation.Exposures.Select(e => e.Facility.Id)], stop);
        return Explanation.Of(scored, rule, explanation, names, at);
    }

    /// <summary>A hazard, the rule that scored it, and why it scores what it scores.</summary>
    public static async Task<(HazardTraits Traits, ProximityRule Rule, RiskExplanation Explanation)?> ReadAsync(
        NpgsqlDataSource database, Guid hazard, CancellationToken stop)
    {
        await using var connection = await database.OpenPatientlyAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, stop);
        return await ReadAsync(connection, hazard, stop) is var (scored, rule, explanation) ? (scored.Traits, rule, explanation) : null;
    }

    /// <summary>The rule of trips that scored a hazard, or that is in force when it has no score; null: another model's.</summary>
    public static async Task<TripRule?> TripRuleOfAsync(NpgsqlConnection connection, Guid hazard, CancellationToken stop) =>
        RuleFiles.Find(await connection.ScalarAsync<string>("select rule from register.hazard_risks where hazard_id = $1", stop, hazard)
            ?? await RuleShelf.InForceAsync(connection, stop)) as TripRule;

    /// <summary>Names and kinds of facilities.</summary>
    public static async Task<Dictionary<Guid, FacilityName>> NamesAsync(NpgsqlConnection connection, Guid[] ids, CancellationToken stop) =>
        (await connection.RowsAsync("select id, name, kind, counts_estimated from register.facilities where id = any ($1)",
            row => new FacilityName(row.GetGuid(0), row.GetString(1), row.Word<FacilityKind>(2), row.GetBoolean(3)), stop, ids))
            .ToDictionary(f => f.Id);

    private static async Task<(RiskHazard Scored, ProximityRule Rule, RiskExplanation Explanation)?> ReadAsync(
        NpgsqlConnection connection, Guid hazard, CancellationToken stop)
    {
        var found = await RiskReader.HazardsAsync(connection, [hazard], stop);
        if (found.Count == 0) return null;
        var rule = RuleFiles.Proximity(found[0].Rule ?? await RuleShelf.InForceAsync(connection, stop));
        var scorer = await RiskReader.ScorerAsync(connection, rule, [hazard], stop);
        var scored = found[0].ToHazard(rule);
        return (scored, rule, scorer.Explain(scored));
    }
}
