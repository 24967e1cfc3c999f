using System.Diagnostics;
using HazardMap.OData;
using HazardMap.Risk;
using HazardMap.Risk.Rules;
using Npgsql;

namespace HazardMap.Service.Risk.Rules;

/// <summary>How much each number of a rule decides, the most decisive first.</summary>
internal sealed record RiskSensitivityReport(string Rule, double Percent, int Hazards, double Seconds,
    IReadOnlyList<ParameterSensitivity> Parameters);

/// <summary>Turns every number of a rule on the register's own waters: <c>risk --sensitivity 20</c>. Writes nothing.</summary>
internal static class RiskSensitivityRun
{
    public static async Task<RiskSensitivityReport> RunAsync(NpgsqlDataSource database, string? version,
        double percent, CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        await using var connection = await database.OpenPatientlyAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, stop);
        var rule = RuleFiles.Proximity(version ?? await RuleShelf.InForceAsync(connection, stop));
        var facilities = await RiskReader.AllFacilitiesAsync(connection, stop);
        var roads = await RiskReader.RoadsAsync(connection, rule, stop);
        var rows = await RiskReader.AllHazardsAsync(connection, stop).ToListAsync(stop);
        var sensitivity = new RiskSensitivity(rule, other => Hazards(rows, other), facilities, roads?.Network, percent, stop);
        var parameters = sensitivity.Parameters();
        return new RiskSensitivityReport(rule.Version, percent, sensitivity.Hazards, Math.Round(watch.Elapsed.TotalSeconds, 3), parameters);
    }

    private static RiskHazard[] Hazards(List<HazardRow> rows, ProximityRule rule)
    {
        var hazards = new RiskHazard[rows.Count];
        Parallel.For(0, hazards.Length, i => hazards[i] = rows[i].ToHazard(rule));
        return hazards;
    }
}
