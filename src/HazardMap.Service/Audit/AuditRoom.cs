using HazardMap.OData;
using HazardMap.Service.Accounts;
using HazardMap.Service.Database;
using HazardMap.Service.Hosting;
using HazardMap.Service.Register.Sets;

namespace HazardMap.Service.Audit;

/// <summary>The audit: what must stay known, chained so that nothing of it goes or changes unseen.</summary>
internal static class AuditRoom
{
    public static void Add(House house)
    {
        AuditEntries.Describe(house.Model);
        house.Model.Extend(People.Set, set => set.Action("Reveal", Reveal.RunAsync));
        house.Model.Extend(AccountSets.Grants, set => set
            .Changed((change, stop) => TellGrantAsync(change, change.Kind == ODataChangeKind.Insert ? "Granted" : "GrantChanged", stop))
            .Deleting((change, stop) => TellGrantAsync(change, "GrantRemoved", stop)));
    }

    private static async Task TellGrantAsync(ODataChange change, string action, CancellationToken stop)
    {
        var grant = await change.Connection.RowAsync("select account, role, area, valid_from, valid_to from account.grants where id = $1",
            row => (Account: row.GetString(0), Role: row.GetString(1), Area: row.TextOrNull(2), From: row.GetDateTime(3),
                To: row.IsDBNull(4) ? (DateTime?)null : row.GetDateTime(4)), stop, change.Key);
        await AuditLog.WriteAsync(change.Connection, new(action, AccountSets.Grants, change.Key.ToString())
        {
            DivisionCode = grant.Area, Details = new { grant.Account, grant.Role, grant.Area, grant.From, grant.To },
        }, stop);
    }
}
