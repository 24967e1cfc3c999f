using HazardMap.OData;
using HazardMap.Service.Database;

namespace HazardMap.Service.Register;

/// <summary>What the register refuses although types and ranges allow it, and what to do instead.</summary>
internal static class RegisterRules
{
    // A phone's clock may be wrong by hours, not by days.
    private static readonly TimeSpan Tolerance = TimeSpan.FromDays(1);

    private const string HasPast = """
        select exists (select from register.inspections where hazard_id = $1)
            or exists (select from register.rectifications where hazard_id = $1 or facility_id = $1)
            or exists (select from register.incidents where hazard_id = $1)
        """;

    private const string IsNamed = """
        select exists (select from register.responsibilities where person_id = $1)
            or exists (select from register.inspections where inspector_id = $1)
            or exists (select from register.rectifications where $1 in (assigned_to_id, done_by_id, verified_by_id))
        """;

    /// <summary>Throws when the change may not be.</summary>
    public static async Task CheckAsync(ODataChange change, CancellationToken stop)
    {
        if (change.Kind == ODataChangeKind.Delete) await CheckDeletionAsync(change, stop);
        foreach (var (property, value) in change.Values)
        {
            switch (property.Name, value)
            {
                case ("Phone", string phone) when phone.Contains('*', StringComparison.Ordinal):
                    throw Broken("MaskedPhone", "Phone is masked when it is read: send the whole number, or leave it out.", "电话读取时已脱敏：请填写完整号码，或不提交该项。", "Phone");
                case ("At" or "FoundAt", DateTime at) when at > DateTime.UtcNow + Tolerance:
                    throw InTheFuture(property);
                case ("OccurredOn", DateOnly day) when day > DateOnly.FromDateTime(DateTime.UtcNow + Tolerance):
                    throw InTheFuture(property);
            }
        }
    }

    private static async Task CheckDeletionAsync(ODataChange change, CancellationToken stop)
    {
        switch (change.Set.Name)
        {
            case "Hazards" or "Facilities" when await IsTrueAsync(change, HasPast, stop):
                throw Conflict("HasPast", "It has inspections, rectifications or incidents, which are evidence. Close it instead: PATCH its Status to Closed.",
                    "该记录已有巡查、整改或事件，属于证据，不能删除。请将其 Status 改为 Closed（销号）。");
            case "People" when await IsTrueAsync(change, IsNamed, stop):
                throw Conflict("StillNamed", "Responsibilities, inspections or rectifications name this person. End the responsibilities instead: PATCH their ValidTo.",
                    "仍有责任分工、巡查或整改引用此人，不能删除。请填写责任分工的 ValidTo（终止日期）。");
        }
    }

    private static async Task<bool> IsTrueAsync(ODataChange change, string question, CancellationToken stop)
    {
        await using var command = change.Connection.Command(question, change.Key);
        return await command.ExecuteScalarAsync(stop) is true;
    }

    private static ODataRefusalException InTheFuture(Property property) =>
        Broken("InTheFuture", $"{property.Name} lies in the future.", $"{property.DescriptionZh ?? property.Name}晚于当前时间。", property.Name);

    private static ODataRefusalException Broken(string code, string message, string chinese, string target) =>
        new(422, code, message, target) { Details = [new("zh", chinese)] };

    private static ODataRefusalException Conflict(string code, string message, string chinese) =>
        new(409, code, message) { Details = [new("zh", chinese)] };
}
