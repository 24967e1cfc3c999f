using HazardMap.OData;
using HazardMap.Service.Proximity;

namespace HazardMap.Service.Register;

/// <summary>
/// What a change through the API sets in motion, in the same transaction: the risk of what it touches is scored again. An
/// acknowledged edit and its risk are one.
/// </summary>
internal static class RegisterChanges
{
    /// <summary>Before the row is written.</summary>
    public static Task OnChangingAsync(ODataChange change, CancellationToken stop)
    {
        if (change.Set.Name == RiskRuns.Set) RiskRuns.CheckOrder(change);
        return Task.CompletedTask;
    }

    /// <summary>After the row is written: triggers have noted what it touches.</summary>
    public static async Task OnChangedAsync(ODataChange change, CancellationToken stop)
    {
        if (change.Set.Name is "Hazards" or "Facilities" or "Incidents") await RiskStore.SettleAsync(change.Connection, RiskCause.Edit, stop);
    }
}
