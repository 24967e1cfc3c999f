using HazardMap.OData;
using HazardMap.Register;
using HazardMap.Service.Accounts;
using Edm = HazardMap.OData.ODataType;

namespace HazardMap.Service.Register.Sets;

/// <summary>Defects on their way from found to closed: evidence, therefore never deleted.</summary>
internal static class Rectifications
{
    /// <summary>Name of the set.</summary>
    public const string Set = "Rectifications";

    public static void Describe(ODataModelBuilder model) => model.EntitySet(Set, "odata.rectifications", set =>
    {
        set.Description("Defects on their way from found to closed: evidence, therefore never deleted", "隐患整改");
        set.WriteTo("register.rectifications").Insertable();
        set.Policy(new(Roles.SeesPeople) { Insert = Roles.Outside, Update = Roles.Outside });
        set.Identifier();
        set.OfHazardOrFacility();
        set.Property("FoundAt", Edm.DateTimeOffset).Required().Creatable().Label("Found", "发现时间");
        set.Property("Description", Edm.String).Required().Writable().MaxLength(4000).Prose().Label("Defect", "隐患描述");
        set.Property("DueOn", Edm.Date).Writable().Label("Deadline", "整改期限");
        set.Property("State", model.Words<RectificationState>()).Required().Writable().Default("Found").Label("State", "整改状态");
        set.Property("AssignedToId", Edm.Guid).Writable().Label("Assigned to", "整改责任人").Description("Who puts it right");
        set.Property("DoneById", Edm.Guid).Writable().Label("Done by", "整改人").Description("Who put it right");
        set.Property("VerifiedById", Edm.Guid).Writable().Label("Verified by", "复核人").Description("Who verified it: another person");
        set.Provenance();
        set.ChangesFrom("odata.rectification_changes", "DivisionCode", "HazardId", "FacilityId");
        set.One("Hazard", Hazards.Set, "HazardId");
        set.One("Facility", Facilities.Set, "FacilityId");
        set.One("AssignedTo", People.Set, "AssignedToId");
        set.One("DoneBy", People.Set, "DoneById");
        set.One("VerifiedBy", People.Set, "VerifiedById");
        set.Changing(Refusals.InTheFuture("FoundAt"));
    });
}
