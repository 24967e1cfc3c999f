using System.Text.Json.Nodes;
using HazardMap.Register;
using HazardMap.Risk;
using HazardMap.Risk.Rules;
using HazardMap.Service.Database;
using HazardMap.Service.Risk.Rules;
using HazardMap.Service.Risk.Runs;
using Npgsql;

namespace HazardMap.Service.Risk;

/// <summary>Says why a hazard scores what it scores, by the rule that scored it.</summary>
internal static class RiskExplainer
{
    /// <summary>The answer of <c>ExplainRisk</c>; null when there is no such hazard.</summary>
    /// <param name="database">The register.</param>
    /// <param name="hazard">The hazard.</param>
    /// <param name="stop">Gives up.</param>
    /// <param name="at">A time to explain instead of the rule's reference: month and hour become factors.</param>
    public static async Task<JsonObject?> ExplainAsync(NpgsqlDataSource database, Guid hazard, CancellationToken stop, DateTimeOffset? at = null)
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        // One snapshot, so that the reasons are those of the stored score.
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, stop);
        if (await ReadAsync(connection, hazard, stop) is not var (scored, rule, explanation)) return null;
        var told = at is { } time ? At(explanation, rule, time) : explanation;
        var answer = Answer(told, rule, await NamesAsync(connection, [.. told.Exposures.Select(e => e.Facility.Id)], stop));
        answer["At"] = at;
        answer["TimeZone"] = at is null ? null : rule.Season.TimeZone;
        answer["ReferenceScore"] = explanation.Score;
        answer["Reach"] = explanation.Worst is { } reach ? ReachOf(reach, of: scored.Reaches!.Count) : null;
        return answer;
    }

    /// <summary>A hazard, the rule that scored it, and why it scores what it scores.</summary>
    public static async Task<(HazardTraits Traits, RiskRule Rule, RiskExplanation Explanation)?> ReadAsync(NpgsqlDataSource database, Guid hazard, CancellationToken stop)
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, stop);
        return await ReadAsync(connection, hazard, stop) is var (scored, rule, explanation) ? (scored.Traits, rule, explanation) : null;
    }

    private static async Task<(RiskHazard Scored, RiskRule Rule, RiskExplanation Explanation)?> ReadAsync(NpgsqlConnection connection, Guid hazard, CancellationToken stop)
    {
        var found = await RiskReader.HazardsAsync(connection, [hazard], stop);
        if (found.Count == 0) return null;
        var rule = RuleFiles.Find(found[0].Rule ?? await RiskStore.ActiveRuleAsync(connection, stop));
        var scorer = await RiskReader.ScorerAsync(connection, rule, [hazard], stop);
        var scored = found[0].ToHazard(rule);
        return (scored, rule, scorer.Explain(scored));
    }

    // Every share moves with the time, so that they still add up to the score.
    private static RiskExplanation At(RiskExplanation reference, RiskRule rule, DateTimeOffset at)
    {
        var by = rule.Season.Of(at);
        return reference with
        {
            Score = reference.Score * by,
            Factors = [.. reference.Factors, .. rule.Season.Factors(at)],
            Exposures = [.. reference.Exposures.Select(e => e with { Contribution = e.Contribution * by })],
        };
    }

    private static JsonObject Answer(RiskExplanation explanation, RiskRule rule, Dictionary<Guid, (string Name, string Kind)> names) => new()
    {
        ["Score"] = explanation.Score,
        ["Level"] = rule.LevelOf(explanation.Score).ToString(),
        ["Rule"] = rule.Version,
        ["Factors"] = new JsonArray([.. explanation.Factors.Select(f => new JsonObject
        {
            ["Name"] = f.Name, ["Value"] = f.Value, ["Multiplier"] = f.Multiplier, ["Source"] = f.Source, ["Sureness"] = f.Sureness, ["SourceZh"] = f.SourceZh,
        })]),
        ["Exposures"] = new JsonArray([.. explanation.Exposures.Select(e => new JsonObject
        {
            ["FacilityId"] = e.Facility.Id, ["FacilityName"] = names[e.Facility.Id].Name, ["Kind"] = names[e.Facility.Id].Kind,
            ["DistanceMetres"] = e.DistanceMetres, ["Mode"] = e.Mode.ToString(),
            ["DoorMetres"] = e.Way?.DoorMetres, ["PathMetres"] = e.Way?.PathMetres, ["BankMetres"] = e.Way?.BankMetres,
            ["Under5"] = e.Facility.Under5, ["Aged5To14"] = e.Facility.Aged5To14, ["Exposure"] = e.Exposure,
            ["Contribution"] = e.Contribution,
        })]),
    };

    private static JsonObject ReachOf(Reach reach, int of)
    {
        var (longitude, latitude) = reach.Centre();
        return new JsonObject
        {
            ["Ordinal"] = reach.Ordinal, ["Of"] = of, ["Longitude"] = Math.Round(longitude, 6), ["Latitude"] = Math.Round(latitude, 6),
            ["FromMetres"] = reach.FromMetres, ["ToMetres"] = reach.ToMetres,
        };
    }

    /// <summary>Names and kinds of facilities.</summary>
    public static async Task<Dictionary<Guid, (string Name, string Kind)>> NamesAsync(NpgsqlConnection connection, Guid[] ids, CancellationToken stop)
    {
        var names = new Dictionary<Guid, (string, string)>();
        await using var command = connection.Command("select id, name, kind from register.facilities where id = any ($1)", ids);
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop)) names[reader.GetGuid(0)] = (reader.GetString(1), reader.GetString(2));
        return names;
    }
}
