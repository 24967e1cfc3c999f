using HazardMap.OData;
using HazardMap.Register;
using HazardMap.Service.Accounts;
using Edm = HazardMap.OData.ODataType;

namespace HazardMap.Service.Register.Sets;

/// <summary>Who answers for a hazard or a facility, as what, from when to when.</summary>
internal static class Responsibilities
{
    /// <summary>Name of the set.</summary>
    public const string Set = "Responsibilities";

    public static void Describe(ODataModelBuilder model) => model.EntitySet(Set, "odata.responsibilities", set =>
    {
        set.Description("Who answers for a hazard or a facility, as what, from when to when", "责任分工");
        set.WriteTo("register.responsibilities").Insertable().Deletable();
        set.Policy(new(Roles.SeesPeople) { Insert = Roles.Desk, Update = Roles.Desk, Delete = Roles.Desk });
        set.Identifier();
        set.Property("PersonId", Edm.Guid).Required().Creatable().Label("Person", "责任人");
        set.OfHazardOrFacility();
        set.Property("Role", model.Words<ResponsibilityRole>()).Required().Writable().Label("Role", "职责")
            .Description("What the person answers for");
        set.Property("ValidFrom", Edm.Date).Required().Writable().Label("From", "起始日期").Description("First day");
        set.Property("ValidTo", Edm.Date).Writable().Label("To", "终止日期").Description("First day after");
        set.Provenance();
        set.ChangesFrom("odata.responsibility_changes", "DivisionCode", "PersonId", "HazardId", "FacilityId");
        set.One("Person", People.Set, "PersonId");
        set.One("Hazard", Hazards.Set, "HazardId");
        set.One("Facility", Facilities.Set, "FacilityId");
    });
}
