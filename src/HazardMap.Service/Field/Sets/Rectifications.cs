using HazardMap.OData;
using HazardMap.Register;
using HazardMap.Service.Accounts;
using HazardMap.Service.Photos;
using HazardMap.Service.Register;
using HazardMap.Service.Register.Sets;
using Edm = HazardMap.OData.ODataType;

namespace HazardMap.Service.Field.Sets;

/// <summary>Defects on their way from found to closed: evidence, therefore never deleted. The law of the loop is the database's
/// (<c>geodata/functions/rectifications.sql</c>).</summary>
internal static class Rectifications
{
    /// <summary>Name of the set.</summary>
    public const string Set = "Rectifications";

    private const double MostCost = 1e12;

    public static void Describe(ODataModelBuilder model) => model.EntitySet(Set, "odata.rectifications", set =>
    {
        set.Description("Defects on their way from found to closed: evidence, never deleted. A state changes by Assign, Complete, Verify, "
            + "Close, Reopen", "隐患整改");
        set.WriteTo("register.rectifications").Insertable();
        set.Policy(new Policy(Roles.SeesPeople) { Insert = Roles.Outside, Update = Roles.Outside }
            .Calling(Roles.Outside, "Complete", "Verify").Calling(Roles.Desk, "Assign", "Close", "Reopen"));
        set.Identifier();
        set.OfHazardOrFacility();
        set.Property("InspectionId", Edm.Guid).Creatable().Label("Found by", "发现它的巡查")
            .Description("The inspection that found it");
        set.Property("FoundAt", Edm.DateTimeOffset).Required().Creatable().Label("Found", "发现时间");
        set.Property("Description", Edm.String).Required().Writable().MaxLength(4000).Prose().Label("Defect", "隐患描述");
        set.Property("Category", model.Words<RectificationCategory>()).Writable().Label("Category", "隐患类别");
        set.Property("Severity", model.Words<RectificationSeverity>()).Writable().Label("Severity", "严重程度");
        set.Property("DueOn", Edm.Date).Writable().Derived().Label("Deadline", "整改期限")
            .Description("Deadline; where nobody states one, by the severity and the rhythm");
        set.Property("State", model.Words<RectificationState>()).Required().Creatable().Default("Found").Label("State", "整改状态")
            .Instead("a state changes by the actions Assign, Complete, Verify, Close and Reopen, such as POST "
                + "Rectifications(id)/HazardMap.Assign; NextSteps says which may be called",
                "状态须通过 Assign、Complete、Verify、Close、Reopen 操作变更，"
                + "例如 POST Rectifications(id)/HazardMap.Assign；"
                + "NextSteps 列出当前可用的操作");
        set.Property("NextSteps", Edm.String).Label("May be done now", "可执行的操作")
            .Description("The actions that may be called now, separated by commas");
        set.Property("AssignedToId", Edm.Guid).Writable().Label("Assigned to", "整改责任人").Description("Who puts it right");
        set.Property("UnitName", Edm.String).Writable().MaxLength(200).Line().Label("Unit", "责任单位")
            .Description("The unit that answers for putting it right");
        set.Property("DoneById", Edm.Guid).Label("Done by", "整改人").Description("Who put it right")
            .Instead("POST Rectifications(id)/HazardMap.Complete", "请使用 Complete 操作填写");
        set.Property("VerifiedById", Edm.Guid).Label("Verified by", "复核人")
            .Description("Who verified it: another person, not below the one who did it")
            .Instead("POST Rectifications(id)/HazardMap.Verify", "请使用 Verify 操作填写");
        set.Property("Cost", Edm.Double).Writable().Range(0, MostCost).Unit("CNY").Label("Cost", "整改费用（元）");
        set.Property("BeforePhotoId", Edm.Guid).Writable().Label("Photo before", "整改前照片");
        set.Property("AfterPhotoId", Edm.Guid).Writable().Label("Photo after", "整改后照片");
        set.Property("Number", Edm.String).Label("Closing number", "销号编号")
            .Description("Given when it is closed, of a county and a year: 532621-2026-0001");
        set.Property("EscalatedTo", model.Words<DivisionLevel>()).Label("Climbed to", "上报层级")
            .Description("The level that it has climbed to because it is overdue; null: none");
        set.Property("IsOverdue", Edm.Boolean).Label("Overdue", "逾期").Description("Its deadline has passed and it is not put right");
        set.Property("IsHung", Edm.Boolean).Label("On the hanging list", "挂牌督办")
            .Description("It has climbed or is grave, and is not closed");
        set.Provenance();
        set.ChangesFrom("odata.rectification_changes", "DivisionCode", "HazardId", "FacilityId", "InspectionId");
        set.One("Hazard", Hazards.Set, "HazardId");
        set.One("Facility", Facilities.Set, "FacilityId");
        set.One("Inspection", Inspections.Set, "InspectionId");
        set.One("AssignedTo", People.Set, "AssignedToId");
        set.One("DoneBy", People.Set, "DoneById");
        set.One("VerifiedBy", People.Set, "VerifiedById");
        set.One("BeforePhoto", PhotoSet.Set, "BeforePhotoId");
        set.One("AfterPhoto", PhotoSet.Set, "AfterPhotoId");
        set.Many("Steps", RectificationSteps.Set, "RectificationId");
        set.Changing(Refusals.InTheFuture("FoundAt"));
        set.Changing(BeginsAsFoundAsync);
        RectificationActions.Describe(set);
    });

    private static Task BeginsAsFoundAsync(ODataChange change, CancellationToken stop) =>
        change.Kind != ODataChangeKind.Insert || change.Value("State") is null or "Found" ? Task.CompletedTask
            : throw Refusals.Broken("BeginsAsFound", "A rectification begins as Found: leave State out, then POST "
                + "Rectifications(id)/HazardMap.Assign, Complete, Verify, Close.",
                "整改从“发现”开始：新增时请勿填写 State，"
                + "随后依次使用 Assign、Complete、Verify、Close 操作。", "State");
}
