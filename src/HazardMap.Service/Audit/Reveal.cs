using System.Text.Json;
using HazardMap.OData;
using HazardMap.Service.Accounts;
using HazardMap.Service.Database;
using HazardMap.Service.Register;
using HazardMap.Service.Register.Sets;

namespace HazardMap.Service.Audit;

/// <summary>
/// <c>People(id)/HazardMap.Reveal</c>: the telephone number that is masked elsewhere, for a reason that is stated and written into the
/// audit before the number is told.
/// </summary>
internal static class Reveal
{
    /// <summary>Fewest characters of a reason.</summary>
    public const int ShortestReason = 4;

    private const int LongestReason = 1000;

    /// <summary>What is told.</summary>
    /// <param name="Name">Name, or the post.</param>
    /// <param name="Phone">The whole number; null: none is known.</param>
    internal sealed record Revealed(string Name, string? Phone);

    public static async Task<Revealed?> RunAsync(ActionCall call, CancellationToken stop)
    {
        var reason = call.Parameters.ValueKind == JsonValueKind.Object && call.Parameters.TryGetProperty("Reason", out var stated)
            && stated.ValueKind == JsonValueKind.String ? stated.GetString()!.Trim() : "";
        if (reason.Length is < ShortestReason or > LongestReason || !TextForms.Has(reason, TextForm.Prose))
            throw Refusals.Broken("ReasonNeeded", $"State why, in {ShortestReason} to {LongestReason} characters: {{\"Reason\": \"...\"}}.",
                $"请说明事由（{ShortestReason} 至 {LongestReason} 个字符）：{{\"Reason\": \"...\"}}。", "Reason");
        await using var connection = await RegisterDatabase.Of(call.Http).OpenPatientlyAsync(stop);
        await using var transaction = await connection.BeginAsAsync(Areas.Of(call.Http).Actor, stop);
        var found = await connection.RowAsync("select name, phone, division_code from register.people where id = $1",
            row => (Told: new Revealed(row.GetString(0), row.TextOrNull(1)), Division: row.GetString(2)), stop, call.Key);
        if (found.Told is null) throw new ODataRefusalException(404, "NotFound", $"{People.Set} has no such entity.");
        await AuditLog.WriteAsync(connection, new("Revealed", People.Set, call.Key.ToString())
            { DivisionCode = found.Division, Reason = reason }, stop);
        await transaction.CommitAsync(stop);
        return found.Told;
    }
}
