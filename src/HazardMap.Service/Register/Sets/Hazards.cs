using HazardMap.OData;
using HazardMap.Register;
using HazardMap.Risk.Trips;
using HazardMap.Service.Accounts;
using HazardMap.Service.Field;
using HazardMap.Service.Field.Sets;
using Edm = HazardMap.OData.ODataType;

namespace HazardMap.Service.Register.Sets;

/// <summary>
/// Hazardous waters. This description is the one place that says what is known of a water: the API, its metadata, the ledger's columns
/// in import and export, the form and its labels follow from it; the table (<c>geodata/schema</c>) is held equal by a test.
/// </summary>
internal static class Hazards
{
    /// <summary>Name of the set.</summary>
    public const string Set = "Hazards";

    /// <summary>What they are called in Chinese.</summary>
    public const string Zh = "危险水域";

    /// <summary>Evidence hangs on it (<c>$1</c>): inspections, rectifications or incidents.</summary>
    public const string HasPast = """
        select exists (select from register.inspections where hazard_id = $1)
            or exists (select from register.rectifications where hazard_id = $1 or facility_id = $1)
            or exists (select from register.incidents where hazard_id = $1)
        """;

    // Another grade is not of the day, nor of the office, of the one before.
    private static string GradedThen(string what) =>
        $"case when l.own_grade is null or l.own_grade = t.own_grade then t.own_grade_{what} end";

    public static void Describe(ODataModelBuilder model) => model.EntitySet(Set, "odata.hazards", set =>
    {
        set.Description("Hazardous waters. One with a past is closed (Status), not deleted", Zh);
        set.WriteTo("register.hazards").Insertable().Deletable();
        set.Policy(new Policy(Roles.Everybody) { Insert = Roles.Office, Update = Roles.Office, Delete = Roles.Office }
            .Setting(Roles.Outside, "DepthMetres", "Flow", "Bank", "Access", "HasSign", "HasRing", "HasRope", "HasPole", "HasCamera")
            .Calling(Roles.Outside, AllAsBefore.Name));
        set.Identifier();
        set.Property("Code", Edm.String).Required().Creatable().Searchable().MaxLength(64).Word()
            .LedgerCode("编码", "代码", "水域编号",
            "隐患点编号", "点位编号", "统一编号")
            .Label("Code", "编号").Description("Code in the ledger");
        set.Property("Name", Edm.String).Required().Writable().Searchable().MaxLength(200).Line().Ledger("水域名称", "水体名称",
            "隐患点名称", "点位名称")
            .Label("Name", "名称");
        set.Property("Kind", model.Words<HazardKind>()).Required().Writable().Ledger("类别", "水域类型", "水体类型",
            "水域类别", "隐患类型")
            .Label("Kind", "类型").Description("Kind of water");
        set.Property("DivisionCode", Edm.String).Required().Writable().LedgerCode("区划代码", "所在乡镇", "所属乡镇", "乡镇",
            "所属区划")
            .Label("Division", "行政区划代码");
        set.Property("Location", Edm.GeographyPoint).Required().Writable().Derived().LedgerPosition().Label("Position", "位置")
            .Description("Point on the shape; follows Shape. Only a point hazard is moved by it");
        set.Property("Shape", Edm.Geography).Required().Writable().Derived().LedgerShape().Label("Shape", "形状")
            .Description("Point, line, polygon or multi-geometry; a new hazard may have a Location alone");
        set.Property("DepthMetres", Edm.Double).Writable().Range(0, 12_000).Unit("m").Ledger("水深(米)", "最大水深",
            "深度").Label("Depth", "水深")
            .Description("Greatest depth");
        set.Property("Flow", model.Words<Flow>()).Writable().Ledger().Label("Flow", "流速").Description("How fast the water moves");
        set.Property("Bank", model.Words<Bank>()).Writable().Ledger().Label("Bank", "岸坡")
            .Description("How the bank falls to the water");
        set.Property("Access", model.Words<Access>()).Writable().Ledger().Label("Access", "通行").Description("Who can reach the water");
        set.Property("HasSign", Edm.Boolean).Writable().Ledger("警示标牌", "警示标志", "警告牌")
            .Label("Warning sign", "警示牌").Description("Warning sign; of the five, null: nobody has looked yet");
        set.Property("HasRing", Edm.Boolean).Writable().Ledger().Label("Life ring", "救生圈");
        set.Property("HasRope", Edm.Boolean).Writable().Ledger().Label("Rope", "救生绳");
        set.Property("HasPole", Edm.Boolean).Writable().Ledger().Label("Pole", "救生杆");
        set.Property("HasCamera", Edm.Boolean).Writable().Ledger("摄像头", "视频监控")
            .Label("Camera", "监控");
        set.Property("OwnerUnit", Edm.String).Writable().MaxLength(200).Line().Ledger("产权单位").Label("Owner", "权属单位");
        set.Property("Status", model.Words<HazardStatus>()).Required().Writable().Default("Active").Ledger().Label("Status", "状态")
            .Description("In force, being put right, closed, or filled in: no water any more");
        set.Property("OwnGrade", model.Words<RiskLevel>()).Writable().Ledger("风险等级", "隐患等级", "危险等级", "县级评级",
            "自定等级", "评定等级", "评估等级", "风险级别", "隐患级别", "风险分级")
            .Label("County's own grade", "自评等级").Description("How grave the county itself holds it, in four grades");
        set.Property("OwnGradeOn", Edm.Date).Writable()
            .LedgerOr(GradedThen("on"), "评级日期", "定级日期", "评定日期", "评估日期")
            .Label("Graded on", "自评日期").Description("Day of the county's own grade");
        set.Property("OwnGradeBy", Edm.String).Writable().MaxLength(200).Line()
            .LedgerOr(GradedThen("by"), "评级单位", "定级单位", "评定单位", "评估单位", "评级人")
            .Label("Graded by", "自评单位").Description("Who gave the county's own grade");
        set.Property("RiskScore", Edm.Double).Label("Risk score", "风险分值").Description("Score by the rule in RiskRule");
        set.Property("RiskLevel", model.Words<RiskLevel>()).Label("Risk level", "风险等级").Description("Red, orange, yellow, blue");
        set.Property("RiskRule", Edm.String).Label("Risk rule", "风险规则版本").Description("Version of the rule that scored it");
        set.Property("Visits", Edm.Double).Label("Visits", "日均到访").Description(
            "Unsupervised visits of children on a holiday of the peak month, by a rule of trips");
        set.Property("Deadliness", model.Words<DeadlinessClass>()).Label("Deadliness", "致命程度").Description(
            "How deadly a visit is, whoever comes: I below the register's mean to IV far above it");
        set.Property("DeadlinessRatio", Edm.Double).Label("Deadliness, relative", "致命程度（相对）").Description(
            "Deaths a visit, relative to the register's mean");
        set.Property("RiskLow", Edm.Double).Label("Risk, lower end", "风险下限").Description("Lower end of the score's 80% interval");
        set.Property("RiskHigh", Edm.Double).Label("Risk, upper end", "风险上限").Description("Upper end of the score's 80% interval");
        set.Property("LevelHeld", Edm.Double).Label("Level held", "等级把握").Description("Probability of the level shown");
        set.Property("OtherLevel", model.Words<RiskLevel>()).Label("May also be", "也可能是").Description(
            "The next most probable level, where the level shown is not held firmly enough to be told alone");
        set.Property("LastInspectedAt", Edm.DateTimeOffset).Writable().Label("Last inspection", "最近巡查");
        set.Property("NextInspectionDueAt", Edm.DateTimeOffset).Label("Next inspection", "下次巡查期限")
            .Instead("it follows from the last inspection and the level", "该期限由最近巡查时间与风险等级推算")
            .Description("Next inspection due, by the rhythm of its level; null: closed, filled in or not scored yet");
        set.Provenance();
        set.ChangesFrom("odata.hazard_changes", "DivisionCode");
        set.One("Division", Divisions.Set, "DivisionCode");
        set.Many("Responsibilities", Responsibilities.Set, "HazardId");
        set.Many("Inspections", Inspections.Set, "HazardId");
        set.Many("Rectifications", Rectifications.Set, "HazardId");
        set.Many("Incidents", Incidents.Set, "HazardId");
        set.Deleting(KeepEvidenceAsync);
    });

    /// <summary>A hook that refuses to delete what evidence hangs on.</summary>
    public static async Task KeepEvidenceAsync(ODataChange change, CancellationToken stop)
    {
        if (await change.IsTrueAsync(HasPast, stop))
        {
            throw Refusals.Conflict("HasPast",
                "It has inspections, rectifications or incidents, which are evidence. Close it instead: PATCH its Status to Closed.",
                "该记录已有巡查、整改或事件，属于证据，不能删除。请将其 Status 改为 Closed（销号）。");
        }
    }
}
