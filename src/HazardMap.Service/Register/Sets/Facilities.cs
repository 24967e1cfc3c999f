using HazardMap.OData;
using HazardMap.Register;
using HazardMap.Service.Accounts;
using Edm = HazardMap.OData.ODataType;

namespace HazardMap.Service.Register.Sets;

/// <summary>Where children and elders are or are served: schools, children's homes, pools, care.</summary>
internal static class Facilities
{
    /// <summary>Name of the set.</summary>
    public const string Set = "Facilities";

    private const int MostPeople = 1_000_000, MostTurns = 48;

    // A count that a ledger states is no estimate unless it says so.
    private const string EstimatedUnlessCounted =
        "t.counts_estimated and num_nonnulls(l.under5, l.aged_5_to_14, l.aged_60_plus) = 0";

    public static void Describe(ODataModelBuilder model) => model.EntitySet(Set, "odata.facilities", set =>
    {
        set.Description("Where children and elders are or are served", "设施与场所");
        set.WriteTo("register.facilities").Insertable().Deletable();
        set.Policy(new(Roles.Everybody) { Insert = Roles.Office, Update = Roles.Office, Delete = Roles.Office });
        set.Identifier();
        set.Property("Code", Edm.String).Required().Creatable().Searchable().MaxLength(64).Word()
            .LedgerCode("编码", "代码", "设施编号",
            "学校代码", "统一编号")
            .Label("Code", "编号").Description("Code in the ledger");
        set.Property("Name", Edm.String).Required().Writable().Searchable().MaxLength(200).Line().Ledger("设施名称", "学校名称",
            "机构名称")
            .Label("Name", "名称");
        set.Property("Kind", model.Words<FacilityKind>()).Required().Writable().Ledger("类别", "设施类型",
            "机构类型").Label("Kind", "类型");
        set.Property("DivisionCode", Edm.String).Required().Writable().LedgerCode("区划代码", "所在乡镇", "所属乡镇", "乡镇",
            "所属区划")
            .Label("Division", "行政区划代码");
        set.Property("Location", Edm.GeographyPoint).Required().Writable().LedgerPosition().Label("Position", "位置");
        set.Property("Capacity", Edm.Int32).Writable().Range(0, MostPeople).Ledger().Label("Capacity", "容量")
            .Description("Places; of a pool, the pupils it serves");
        set.Property("Under5", Edm.Int32).Required().Writable().Default("0").Range(0, MostPeople).Ledger().Label("Under 5", "5岁以下")
            .Description("Children under 5 there now");
        set.Property("Aged5To14", Edm.Int32, "aged_5_to_14").Required().Writable().Default("0").Range(0, MostPeople).Ledger("5-14岁")
            .Label("Aged 5 to 14", "5至14岁").Description("Children of 5 to 14 there now");
        set.Property("Aged60Plus", Edm.Int32, "aged_60_plus").Required().Writable().Default("0").Range(0, MostPeople).Ledger()
            .Label("Aged 60 and over", "60岁以上").Description("People of 60 and over there now");
        set.Property("Stages", model.Words<SchoolStages>()).Writable().Ledger("办学学段", "办学类型").Label("Stages", "学段")
            .Description("Of a school: which years it serves; empty: not known");
        set.Property("Boarders", Edm.Int32).Writable().Range(0, MostPeople)
            .Ledger("寄宿生人数", "寄宿生数", "寄宿人数", "住校生",
            "住校生数", "住校生人数", "住宿生", "住宿生数", "住宿生人数").Label("Boarders", "寄宿生")
            .Description("Of a school: pupils who sleep there on school days, among those of 5 to 14");
        set.Property("Places", Edm.Int32).Writable().Range(0, MostPeople).Ledger("容纳人数", "可同时容纳人数", "瞬时容纳量",
            "核定人数").Label("Places", "同时容纳人数").Description("Of a pool: how many can be in it at once");
        set.Property("OpenFrom", Edm.String).Writable().LedgerMonthDay("开放起", "开放开始", "开放日期", "开放季开始")
            .Label("Open from", "开放自").Description("Of a pool: first day of its season each year, MM-DD; empty: all year");
        set.Property("OpenTo", Edm.String).Writable().LedgerMonthDay("开放止", "开放结束", "开放季结束")
            .Label("Open to", "开放至").Description("Of a pool: last day of its season each year, MM-DD");
        set.Property("Turns", Edm.Int32).Writable().Range(0, MostTurns).Ledger("场次", "每天场次", "每日轮次", "轮次")
            .Label("Turns a day", "每日场次").Description("Of a pool: how often a day its places are filled anew");
        set.Property("CountsEstimated", Edm.Boolean).Required().Writable().Default("false").LedgerOr(EstimatedUnlessCounted)
            .Label("Counts estimated", "人数为估计").Description("The counts are estimates");
        set.Property("Status", model.Words<FacilityStatus>()).Required().Writable().Default("Open").Ledger().Label("Status", "状态")
            .Description("Open, closed, planned");
        set.Provenance();
        set.ChangesFrom("odata.facility_changes", "DivisionCode");
        set.One("Division", Divisions.Set, "DivisionCode");
        set.Many("Responsibilities", Responsibilities.Set, "FacilityId");
        set.Deleting(Hazards.KeepEvidenceAsync);
    });
}
