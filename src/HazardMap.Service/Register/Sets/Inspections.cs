using HazardMap.OData;
using HazardMap.Register;
using HazardMap.Service.Accounts;
using HazardMap.Service.Database;
using HazardMap.Service.Photos;
using Edm = HazardMap.OData.ODataType;

namespace HazardMap.Service.Register.Sets;

/// <summary>Visits to a hazard: evidence, therefore never deleted.</summary>
internal static class Inspections
{
    /// <summary>Name of the set.</summary>
    public const string Set = "Inspections";

    private const int MostSeen = 10_000, MinutesOfADay = 1440;

    // A visit that is told late does not hide a later one.
    private const string MoveLastInspection =
        "update register.hazards set last_inspected_at = $2 where id = $1 and (last_inspected_at is null or last_inspected_at < $2)";

    public static void Describe(ODataModelBuilder model) => model.EntitySet(Set, "odata.inspections", set =>
    {
        set.Description("Visits to a hazard: evidence, therefore never deleted", "巡查记录");
        set.WriteTo("register.inspections").Insertable();
        set.Policy(new(Roles.SeesPeople) { Insert = Roles.Outside, Update = Roles.Outside });
        set.Identifier();
        set.OfHazard();
        set.Property("At", Edm.DateTimeOffset).Required().Creatable().Label("When", "时间");
        set.Property("InspectorId", Edm.Guid).Creatable().Label("Inspector", "巡查人");
        set.Property("Result", model.Words<InspectionResult>()).Required().Writable().Label("Result", "结果")
            .Description("What was found");
        set.Property("HasSign", Edm.Boolean).Writable().Label("Warning sign", "警示牌").Description("Sign as seen; null: not looked at");
        set.Property("HasRing", Edm.Boolean).Writable().Label("Life ring", "救生圈").Description("Ring as seen");
        set.Property("HasRope", Edm.Boolean).Writable().Label("Rope", "救生绳").Description("Rope as seen");
        set.Property("HasPole", Edm.Boolean).Writable().Label("Pole", "救生杆").Description("Pole as seen");
        set.Property("Notes", Edm.String).Writable().MaxLength(4000).Prose().Label("Notes", "备注");
        set.Property("ChildrenSeen", Edm.Int32).Writable().Range(0, MostSeen).Label("Children seen", "见到儿童数")
            .Description("Children at the water while somebody watched; empty: not counted, which is not 0");
        set.Property("ChildrenInWater", Edm.Int32).Writable().Range(0, MostSeen).Label("Children in the water", "下水儿童数")
            .Description("Those of them who were in the water");
        set.Property("WatchedMinutes", Edm.Int32).Writable().Range(0, MinutesOfADay).Unit("min")
            .Label("Watched", "观察时长（分钟）")
            .Description("How long somebody watched");
        set.Property("Position", Edm.GeographyPoint).Creatable().Personal().NotFilterable()
            .Label("Position", "巡查位置（仅存证，不回显）")
            .Description("Where the inspector stood; kept as evidence, null when read");
        set.Provenance();
        set.ChangesFrom("odata.inspection_changes", "DivisionCode", "HazardId");
        set.One("Hazard", Hazards.Set, "HazardId");
        set.One("Inspector", People.Set, "InspectorId");
        set.Many("Photos", PhotoSet.Set, "InspectionId");
        set.Changing(Refusals.InTheFuture("At"));
        set.Changed(TellTheHazardAsync);
    });

    private static async Task TellTheHazardAsync(ODataChange change, CancellationToken stop)
    {
        if (change.Kind == ODataChangeKind.Insert)
            await change.Connection.ExecuteAsync(MoveLastInspection, stop, change.Value("HazardId"), change.Value("At"));
    }
}
