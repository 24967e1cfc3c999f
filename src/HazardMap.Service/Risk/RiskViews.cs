using HazardMap.Risk;
using HazardMap.Risk.Rules;
using HazardMap.Service.Database;
using HazardMap.Service.Risk.Rules;
using Npgsql;

namespace HazardMap.Service.Risk;

/// <summary>One of the worst waters of a division, with its reasons in one sentence.</summary>
internal sealed record WorstHazard(Guid Id, string Code, string Name, string Kind, string DivisionCode, double Score, string Level, string ReasonEn, string ReasonZh);

/// <summary>The worst waters of one division.</summary>
internal sealed record WorstOfDivision(string DivisionCode, string DivisionName, IReadOnlyList<WorstHazard> Hazards);

/// <summary>How complete the four ones (四个一) are in a division; closed waters do not count.</summary>
internal sealed record FourOnes(string DivisionCode, string DivisionName, int Hazards, int WithSign, int WithRing, int WithRope, int WithPole, int WithAll)
{
    /// <summary>Share of waters that have all four; 1 where there are no waters.</summary>
    public double Complete => Hazards == 0 ? 1 : (double)WithAll / Hazards;
}

/// <summary>What leaders ask: the worst waters and why, and where signs and rings are missing.</summary>
internal static class RiskViews
{
    /// <summary>The longest list of worst waters.</summary>
    public const int MostWorst = 1000;

    /// <summary>The worst waters of each county, or of one division.</summary>
    public static async Task<IReadOnlyList<WorstOfDivision>> WorstAsync(NpgsqlDataSource database, string? division, int top, CancellationToken stop)
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, stop);
        var found = await FindAsync(connection, division, top, stop);
        if (division is not null && found.Count == 0) throw Unknown(division);
        var reasons = await ReasonsAsync(connection, [.. found.SelectMany(f => f.Hazards).Select(h => h.Id)], stop);
        return [.. found.Select(f => f with { Hazards = [.. f.Hazards.Select(h => h with { ReasonEn = reasons[h.Id].En, ReasonZh = reasons[h.Id].Zh })] })];
    }

    /// <summary>The four ones of a division and of each division below it; without a code, of the counties.</summary>
    public static async Task<IReadOnlyList<FourOnes>> FourOnesAsync(NpgsqlDataSource database, string? division, CancellationToken stop)
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        await using var command = connection.Command(EmbeddedSql.Of(typeof(RiskViews), "FourOnes"), division);
        await using var rows = await command.ExecuteReaderAsync(stop);
        var found = new List<FourOnes>();
        while (await rows.ReadAsync(stop))
            found.Add(new FourOnes(rows.GetString(0), rows.GetString(1), rows.GetInt32(2), rows.GetInt32(3), rows.GetInt32(4), rows.GetInt32(5), rows.GetInt32(6), rows.GetInt32(7)));
        return division is null || found.Count > 0 ? found : throw Unknown(division);
    }

    private static RefusalException Unknown(string division) => new("UnknownDivision", $"There is no division {division}.", $"没有行政区划 {division}。", "division");

    private static async Task<List<WorstOfDivision>> FindAsync(NpgsqlConnection connection, string? division, int top, CancellationToken stop)
    {
        var found = new List<WorstOfDivision>();
        await using var command = connection.Command(EmbeddedSql.Of(typeof(RiskViews), "WorstHazards"), division, top);
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
        {
            var code = rows.GetString(0);
            if (found.Count == 0 || found[^1].DivisionCode != code) found.Add(new WorstOfDivision(code, rows.GetString(1), new List<WorstHazard>()));
            if (await rows.IsDBNullAsync(2, stop)) continue;
            ((List<WorstHazard>)found[^1].Hazards).Add(new WorstHazard(rows.GetGuid(2), rows.GetString(3), rows.GetString(4), rows.GetString(5), rows.GetString(6), rows.GetDouble(7), rows.GetString(8), "", ""));
        }
        return found;
    }

    // A pond of one reach is told as the pond.
    private static RiskExplanation Explain(RiskScorer scorer, in RiskHazard hazard)
    {
        var explanation = scorer.Explain(hazard);
        return hazard.Reaches is { Count: > 1 } ? explanation : explanation with { Worst = null };
    }

    private static async Task<Dictionary<Guid, BilingualText>> ReasonsAsync(NpgsqlConnection connection, Guid[] hazards, CancellationToken stop)
    {
        var explained = new List<(HazardRow Row, RiskRule Rule, RiskExplanation Explanation)>();
        foreach (var sameRule in (await RiskReader.HazardsAsync(connection, hazards, stop)).GroupBy(h => h.Rule!, StringComparer.Ordinal))
        {
            var rule = RuleFiles.Find(sameRule.Key);
            var scorer = await RiskReader.ScorerAsync(connection, rule, [.. sameRule.Select(h => h.Id)], stop);
            explained.AddRange(sameRule.Select(row => (row, rule, Explain(scorer, row.ToHazard(rule)))));
        }
        var names = await RiskExplainer.NamesAsync(connection, [.. explained.SelectMany(e => e.Explanation.Exposures.Take(1)).Select(e => e.Facility.Id).Distinct()], stop);
        return explained.ToDictionary(e => e.Row.Id, e => RiskSentences.Reason(e.Rule.LevelOf(e.Explanation.Score), e.Row.Traits, e.Explanation, id => names[id].Name));
    }
}
