using HazardMap.OData;
using HazardMap.Risk;
using HazardMap.Risk.Trips;
using HazardMap.Service.Accounts;
using HazardMap.Service.Database;
using HazardMap.Service.Risk.Rules;
using HazardMap.Service.Risk.Trips;

namespace HazardMap.Service.Risk;

/// <summary>Answers the functions that <see cref="RiskModel"/> declares; null: the entity is gone.</summary>
internal static class RiskFunctions
{
    /// <summary><c>Hazards(id)/HazardMap.ExplainRisk(at=...)</c>.</summary>
    public static async Task<Explanation?> ExplainAsync(FunctionCall call, CancellationToken stop)
    {
        var database = RegisterDatabase.Of(call.Http);
        if (await RiskExplainer.ExplainAsync(database, (Guid)call.Key, stop, Time(call)) is not { } told) return null;
        return told.SeenBy(await Sight.OfAsync(call.Http, database, told.Named, stop, TripOrigin.CentreKey));
    }

    /// <summary><c>Hazards(id)/HazardMap.WhatIf(Access='Fenced')</c>.</summary>
    public static async Task<WhatIf?> WhatIfAsync(FunctionCall call, CancellationToken stop)
    {
        if (await TripsAsync(call, stop) is var (isTrips, answer) && isTrips)
        {
            var others = answer?.Displaced?.Others.Select(other => other.HazardId) ?? [];
            return answer?.SeenBy(await Sight.OfAsync(call.Http, RegisterDatabase.Of(call.Http), others, stop));
        }
        if (await RiskExplainer.ReadAsync(RegisterDatabase.Of(call.Http), (Guid)call.Key, stop) is not var (traits, rule, explanation))
            return null;
        var exposure = explanation.Exposures.Sum(e => e.Exposure);
        var tried = call.Arguments.Count == 0 ? null
            : Measure.Tried(rule, traits, TriedTraits.Of(traits, call.Arguments, call.Set), exposure);
        Measure[] measures = [.. RiskMeasures.Of(rule, traits, exposure).Select(Measure.Of)];
        return new WhatIf(explanation.Score, rule.LevelOf(explanation.Score), rule.Version, measures, tried);
    }

    private static async Task<(bool IsTrips, WhatIf? Answer)> TripsAsync(FunctionCall call, CancellationToken stop)
    {
        await using var connection = await RegisterDatabase.Of(call.Http).OpenPatientlyAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, stop);
        if (await RiskExplainer.TripRuleOfAsync(connection, (Guid)call.Key, stop) is not { } rule) return (false, null);
        return (true, await TripExplainer.WhatIfAsync(connection, rule, (Guid)call.Key,
            call.Arguments.Count == 0 ? null : now => TriedTraits.Of(now, call.Arguments, call.Set), stop));
    }

    /// <summary><c>Divisions(code)/HazardMap.WorstHazards(top=10)</c>.</summary>
    public static async Task<WorstOfDivision> WorstAsync(FunctionCall call, CancellationToken stop)
    {
        var top = (int)(call.Arguments.GetValueOrDefault("top") ?? 10);
        if (top is < 1 or > RiskViews.MostWorst)
            throw Bad($"top is from 1 to {RiskViews.MostWorst}.", $"top 须为 1 到 {RiskViews.MostWorst}。", "top");
        return (await RiskViews.WorstAsync(RegisterDatabase.Of(call.Http), (string)call.Key, top, stop))[0];
    }

    /// <summary><c>Divisions(code)/HazardMap.FourOnes()</c>: of the division and of those directly below it.</summary>
    public static async Task<FourOnesReport> FourOnesAsync(FunctionCall call, CancellationToken stop) =>
        new(await RiskViews.FourOnesAsync(RegisterDatabase.Of(call.Http), (string)call.Key, stop));

    /// <summary><c>RiskRules(version)/HazardMap.Profile(at=...)</c>.</summary>
    public static async Task<RiskProfile> ProfileAsync(FunctionCall call, CancellationToken stop)
    {
        if (RuleFiles.Find((string)call.Key) is not TripRule rule)
            return RiskProfile.Of(RuleFiles.Proximity((string)call.Key), Time(call));
        await using var connection = await RegisterDatabase.Of(call.Http).OpenPatientlyAsync(stop);
        var areas = await connection.RowsAsync("select distinct left(code, 6) from register.divisions where code <> '0000'",
            row => row.GetString(0), stop);
        var territory = Areas.Of(call.Http).Of(Roles.Everybody);
        areas = areas.FindAll(area => territory.Has(area) || territory.Areas.Any(mine => DivisionCodes.IsWithin(mine, area)));
        return RiskProfile.Of(rule, await ScaleStore.NewestAsync(connection, rule, stop), areas, Time(call));
    }

    internal static ODataRefusalException Bad(string message, string messageZh, string target) =>
        new(400, "BadRequest", message, target) { Details = [new("zh", messageZh)] };

    private static DateTimeOffset? Time(FunctionCall call) =>
        call.Arguments.GetValueOrDefault("at") is DateTime utc ? new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)) : null;
}
