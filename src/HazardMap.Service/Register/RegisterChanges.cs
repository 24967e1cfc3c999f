using HazardMap.OData;
using HazardMap.Service.Database;
using HazardMap.Service.Proximity;
using NetTopologySuite.Geometries;

namespace HazardMap.Service.Register;

/// <summary>
/// What a change through the API sets in motion, in the same transaction: the risk of what it touches is scored again. An
/// acknowledged edit and its risk are one.
/// </summary>
internal static class RegisterChanges
{
    private static readonly string[] HazardInputs =
        ["Kind", "Location", "Shape", "DepthMetres", "Flow", "Bank", "Access", "HasSign", "HasRing", "HasRope", "HasPole", "HasCamera", "Status"];

    private static readonly string[] FacilityInputs = ["Location", "Under5", "Aged5To14"];

    private static readonly object PlaceBefore = new();

    /// <summary>Before the row is written: a facility that moves also touches the waters it leaves.</summary>
    public static async Task OnChangingAsync(ODataChange change, CancellationToken stop)
    {
        if (change.Set.Name == "Facilities" && Touches(change, FacilityInputs))
            change.Http.Items[PlaceBefore] = await PlaceAsync(change, stop);
    }

    /// <summary>After the row is written.</summary>
    public static async Task OnChangedAsync(ODataChange change, CancellationToken stop)
    {
        if (change.Set.Name == "Hazards" && Touches(change, HazardInputs))
            await RiskStore.RescoreAsync(change.Connection, [(Guid)change.Key], stop);
        if (change.Set.Name == "Facilities" && change.Http.Items.Remove(PlaceBefore, out var before))
            await RiskStore.RescoreAroundAsync(change.Connection, [((double, double))before!, await PlaceAsync(change, stop)], stop);
    }

    private static bool Touches(ODataChange change, string[] inputs) =>
        change.Values.Keys.Any(p => inputs.Contains(p.Name, StringComparer.Ordinal));

    private static async Task<(double Longitude, double Latitude)> PlaceAsync(ODataChange change, CancellationToken stop)
    {
        await using var command = change.Connection.Command("select location from register.facilities where id = $1 for update", change.Key);
        return await command.ExecuteScalarAsync(stop) is Point place ? (place.X, place.Y)
            : throw new ODataRefusalException(404, "NotFound", "There is no such facility.");
    }
}
