using HazardMap.OData;
using HazardMap.Register;
using HazardMap.Service.Accounts;
using HazardMap.Service.Register;
using HazardMap.Service.Register.Sets;
using Edm = HazardMap.OData.ODataType;

namespace HazardMap.Service.Field.Sets;

/// <summary>Each step of each defect: who, when, from which state to which. Written by the database alone.</summary>
internal static class RectificationSteps
{
    /// <summary>Name of the set.</summary>
    public const string Set = "RectificationSteps";

    public static void Describe(ODataModelBuilder model) => model.EntitySet(Set, "odata.rectification_steps", set =>
    {
        set.Description("Each step of each defect: who, when, from which state to which", "整改过程");
        set.Policy(new(Roles.SeesPeople));
        set.Key("Id", Edm.Guid).Label("Identifier", "标识");
        set.Property("RectificationId", Edm.Guid).Required().Label("Defect", "隐患整改");
        set.Property("DivisionCode", Edm.String).Required().Label("Division", Divisions.Zh + "代码");
        set.Property("FromState", model.Words<RectificationState>()).Label("From", "原状态")
            .Description("State before; null: it was found");
        set.Property("ToState", model.Words<RectificationState>()).Required().Label("To", "新状态");
        set.Property("PersonId", Edm.Guid).Label("Person", "相关人员")
            .Description("To whom it was assigned, who did it, who verified it");
        set.Property("Note", Edm.String).Label("Note", "说明");
        set.Property("At", Edm.DateTimeOffset).Required().Label("When", "时间");
        set.Property("ChangedBy", Edm.String).Required().Label("Account", "操作账户");
        set.One("Rectification", Rectifications.Set, "RectificationId");
        set.One("Person", People.Set, "PersonId");
    });
}
