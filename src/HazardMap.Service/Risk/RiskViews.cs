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

/// <summary>What leaders ask: the worst waters and why, and where signs and rings are missing.</summary>
internal static class RiskViews
{
    /// <summary>The longest list of worst waters.</summary>
    public const int MostWorst = 1000;

    /// <summary>The worst waters of each county, or of one division.</summary>
    public static async Task<IReadOnlyList<WorstOfDivision>> WorstAsync(NpgsqlDataSource database, string? division,
        int top, CancellationToken stop)
    {
        await using var connection = await database.OpenPatientlyAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, stop);
        var found = await FindAsync(connection, division, top, stop);
        if (division is not null && found.Count == 0) throw Unknown(division);
        var reasons = await ReasonsAsync(connection, [.. found.SelectMany(f => f.Hazards).Select(h => h.Id)], stop);
        return [.. found.Select(
            f => f with { Hazards = [.. f.Hazards.Select(h => h with { ReasonEn = reasons[h.Id].En, ReasonZh = reasons[h.Id].Zh })] })];
    }

    /// <summary>The four ones of a division and of each division below it; without a code, of the counties.</summary>
    public static async Task<IReadOnlyList<FourOnes>> FourOnesAsync(NpgsqlDataSource database, string? division, CancellationToken stop)
    {
        var found = await database.RowsAsync(EmbeddedSql.Of(typeof(RiskViews), "FourOnes"), row => new FourOnes(
            row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetInt32(3), row.GetInt32(4), row.GetInt32(5), row.GetInt32(6),
            row.GetInt32(7)), stop, division);
        return division is null || found.Count > 0 ? found : throw Unknown(division);
    }

    private static RefusalException Unknown(string division) =>
        new("UnknownDivision", $"There is no division {division}.", $"没有行政区划 {division}。", "division");

    // Rows come division by division; one without a water has nulls for it.
    private static async Task<List<WorstOfDivision>> FindAsync(NpgsqlConnection connection, string? division,
        int top, CancellationToken stop)
    {
        var rows = await connection.RowsAsync(EmbeddedSql.Of(typeof(RiskViews), "WorstHazards"),
            row => (Code: row.GetString(0), Name: row.GetString(1), Hazard: row.IsDBNull(2) ? null : Hazard(row)), stop, division, top);
        return [.. rows.GroupBy(r => (r.Code, r.Name))
            .Select(d => new WorstOfDivision(d.Key.Code, d.Key.Name, [.. d.Select(r => r.Hazard).OfType<WorstHazard>()]))];
    }

    private static WorstHazard Hazard(NpgsqlDataReader row) => new(
        row.GetGuid(2), row.GetString(3), row.GetString(4), row.Word<HazardKind>(5), row.GetString(6), row.GetDouble(7),
        row.Word<RiskLevel>(8), "", "");

    // A pond of one reach is told as the pond.
    private static RiskExplanation Explain(RiskScorer scorer, in RiskHazard hazard)
    {
        var explanation = scorer.Explain(hazard);
        return hazard.Reaches is { Count: > 1 } ? explanation : explanation with { Worst = null };
    }

    private static async Task<Dictionary<Guid, BilingualText>> ReasonsAsync(NpgsqlConnection connection,
        Guid[] hazards, CancellationToken stop)
    {
        var explained = new List<(HazardRow Row, ProximityRule Rule, RiskExplanation Explanation)>();
        var reasons = new Dictionary<Guid, BilingualText>();
        foreach (var sameRule in (await RiskReader.HazardsAsync(connection, hazards, stop)).GroupBy(h => h.Rule!, StringComparer.Ordinal))
        {
            if (RuleFiles.Find(sameRule.Key) is TripRule ofTrips)
            {
                foreach (var row in sameRule) reasons[row.Id] = await TripExplainer.ReasonAsync(connection, ofTrips, row.Id, stop);
                continue;
            }
            var rule = RuleFiles.Proximity(sameRule.Key);
            var scorer = await RiskReader.ScorerAsync(connection, rule, [.. sameRule.Select(h => h.Id)], stop);
            foreach (var row in sameRule)
            {
                stop.ThrowIfCancellationRequested(); // a water of a hundred thousand positions takes its time
                explained.Add((row, rule, Explain(scorer, row.ToHazard(rule))));
            }
        }
        var names = await RiskExplainer.NamesAsync(connection,
            [.. explained.SelectMany(e => e.Explanation.Exposures.Take(1)).Select(e => e.Facility.Id).Distinct()], stop);
        foreach (var e in explained)
        {
            var level = e.Rule.LevelOf(e.Explanation.Score);
            reasons[e.Row.Id] = RiskSentences.Reason(level, e.Row.Traits, e.Explanation, id => names[id].Name);
        }
        return reasons;
    }
}
