using HazardMap.OData;
using HazardMap.Register;
using HazardMap.Service.Accounts;
using HazardMap.Service.Register;
using HazardMap.Service.Register.Sets;
using Edm = HazardMap.OData.ODataType;

namespace HazardMap.Service.Field.Sets;

/// <summary>Waters that are overdue now, and who is to look at them today.</summary>
internal static class Overdue
{
    /// <summary>Name of the set.</summary>
    public const string Set = "Overdue";

    public static void Describe(ODataModelBuilder model) => model.EntitySet(Set, "odata.overdue", set =>
    {
        set.EntityType("OverdueWater").Description("Waters that are overdue now, and who is to look at them today", "逾期未巡查");
        set.Policy(new(Roles.SeesPeople));
        set.Key("HazardId", Edm.Guid).Label("Hazard", Hazards.Zh);
        set.Property("DivisionCode", Edm.String).Required().Label("Division", Divisions.Zh + "代码");
        set.Property("Code", Edm.String).Required().Searchable().Label("Code", "编号");
        set.Property("Name", Edm.String).Required().Searchable().Label("Name", "名称");
        set.Property("Kind", model.Words<HazardKind>()).Required().Label("Kind", "类型");
        set.Property("Location", Edm.GeographyPoint).Required().Label("Position", "位置");
        set.Property("RiskLevel", model.Words<RiskLevel>()).Label("Risk level", "风险等级");
        set.Property("LastInspectedAt", Edm.DateTimeOffset).Label("Last inspection", "最近巡查")
            .Description("Last inspection; null: never");
        set.Property("DueAt", Edm.DateTimeOffset).Required().Label("Due", "应巡查时间").Description("When it was due");
        set.Property("HoursOverdue", Edm.Double).Required().Unit("h").Label("Hours overdue", "逾期（小时）");
        set.Property("PersonId", Edm.Guid).Label("Responsible", "责任人").Description("Its inspector today, else its warden");
        set.Property("InspectorId", Edm.Guid).Label("Inspector", "检查员").Description("Its inspector today");
        set.Property("WardenId", Edm.Guid).Label("Warden", "巡查看护员").Description("Its warden today");
        set.One("Hazard", Hazards.Set, "HazardId");
        set.One("Person", People.Set, "PersonId");
    });
}
