using System.Text.Json.Nodes;
using HazardMap.Proximity;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Proximity;

/// <summary>Says why a hazard scores what it scores, by the rule that scored it.</summary>
internal static class RiskExplainer
{
    /// <summary>The answer of <c>ExplainRisk</c>; null when there is no such hazard.</summary>
    public static async Task<JsonObject?> ExplainAsync(NpgsqlDataSource database, Guid hazard, CancellationToken stop)
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        // One snapshot, so that the reasons are those of the stored score.
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, stop);
        var found = await RiskReader.HazardsAsync(connection, [hazard], stop);
        if (found.Count == 0) return null;
        var rule = RuleFiles.Find(found[0].Rule ?? await RiskStore.ActiveRuleAsync(connection, stop));
        var scorer = new RiskScorer(rule, await RiskReader.FacilitiesNearAsync(connection, [hazard], RiskStore.WithAir(rule), stop));
        var explanation = scorer.Explain(found[0].ToHazard());
        var names = await NamesAsync(connection, [.. explanation.Exposures.Select(e => e.Facility.Id)], stop);
        return Answer(explanation, rule, names);
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
            ["DistanceMetres"] = e.DistanceMetres, ["Mode"] = "Straight",
            ["Under5"] = e.Facility.Under5, ["Aged5To14"] = e.Facility.Aged5To14, ["Exposure"] = e.Exposure,
            ["Contribution"] = e.Contribution,
        })]),
    };

    private static async Task<Dictionary<Guid, (string Name, string Kind)>> NamesAsync(NpgsqlConnection connection, Guid[] ids, CancellationToken stop)
    {
        var names = new Dictionary<Guid, (string, string)>();
        await using var command = connection.Command("select id, name, kind from register.facilities where id = any ($1)", ids);
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop)) names[reader.GetGuid(0)] = (reader.GetString(1), reader.GetString(2));
        return names;
    }
}
