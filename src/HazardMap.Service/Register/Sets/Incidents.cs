using HazardMap.OData;
using HazardMap.Register;
using HazardMap.Service.Accounts;
using Edm = HazardMap.OData.ODataType;

namespace HazardMap.Service.Register.Sets;

/// <summary>Drownings and rescues; no person is named.</summary>
internal static class Incidents
{
    /// <summary>Name of the set.</summary>
    public const string Set = "Incidents";

    public static void Describe(ODataModelBuilder model) => model.EntitySet(Set, "odata.incidents", set =>
    {
        set.Description("Drownings and rescues; no person is named", "溺水事件");
        set.Policy(new(Roles.SeesPeople) { Insert = Roles.Office, Update = Roles.Office, Delete = Roles.Office });
        set.WriteTo("register.incidents").Insertable();
        set.Identifier();
        set.OfHazard();
        set.Property("OccurredOn", Edm.Date).Required().Writable().Label("Day", "日期");
        set.Property("AgeBand", model.Words<AgeBand>()).Required().Writable().Label("Age band", "年龄段");
        set.Property("Outcome", model.Words<IncidentOutcome>()).Required().Writable().Label("Outcome", "结果");
        set.Provenance();
        set.ChangesFrom("odata.incident_changes", "DivisionCode", "HazardId");
        set.One("Hazard", Hazards.Set, "HazardId");
        set.Changing(Refusals.InTheFuture("OccurredOn"));
    });
}
