using HazardMap.OData;
using HazardMap.Service.Coverage;
using HazardMap.Service.Database;
using HazardMap.Service.Risk.Runs;

namespace HazardMap.Service.Register;

/// <summary>
/// What a change through the API sets in motion, in the same transaction: the risk of what it touches is scored again. An
/// acknowledged edit and its risk are one.
/// </summary>
internal static class RegisterChanges
{
    private const string Inspected =
        "update register.hazards set last_inspected_at = $2 where id = $1 and (last_inspected_at is null or last_inspected_at < $2)";

    /// <summary>Before the row is written.</summary>
    public static async Task OnChangingAsync(ODataChange change, CancellationToken stop)
    {
        if (change.Set.Name == RiskRuns.Set) RiskRuns.CheckOrder(change);
        if (change.Set.Name == CoverageRuns.Set) CoverageRuns.CheckOrder(change);
        await RegisterRules.CheckAsync(change, stop);
        if (change.Set.Name == "Hazards" && change.Kind == ODataChangeKind.Delete) await RiskLock.TakeToDeleteAsync(change.Connection, stop);
    }

    /// <summary>After the row is written: triggers have noted what it touches.</summary>
    public static async Task OnChangedAsync(ODataChange change, CancellationToken stop)
    {
        if (change.Set.Name is "Hazards" or "Facilities" or "Incidents") await RiskUpdate.ScoreWaitingAsync(change.Connection, RiskCause.Edit, stop);
        if (change.Set.Name == "Inspections" && change.Kind == ODataChangeKind.Insert) await InspectedAsync(change, stop);
    }

    // A visit that is told late does not hide a later one.
    private static async Task InspectedAsync(ODataChange change, CancellationToken stop)
    {
        await using var command = change.Connection.Command(Inspected, Value(change, "HazardId"), Value(change, "At"));
        await command.ExecuteNonQueryAsync(stop);
    }

    private static object? Value(ODataChange change, string property) => change.Values.GetValueOrDefault(change.Set.Find(property)!);
}
