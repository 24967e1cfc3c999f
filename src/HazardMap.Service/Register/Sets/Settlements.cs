using HazardMap.OData;
using HazardMap.Register;
using HazardMap.Service.Accounts;
using Edm = HazardMap.OData.ODataType;

namespace HazardMap.Service.Register.Sets;

/// <summary>Where people live inside a division, as points with weights: hamlets, and cells of homes.</summary>
internal static class Settlements
{
    /// <summary>Name of the set.</summary>
    public const string Set = "Settlements";

    private const double MostWeight = 1_000_000_000;

    public static void Describe(ODataModelBuilder model) => model.EntitySet(Set, "odata.settlements", set =>
    {
        set.Description("Where people live inside a division: its children are shared out over these points", "居民点");
        set.Policy(new(Roles.Everybody) { Insert = Roles.Office, Update = Roles.Office, Delete = Roles.Office });
        set.WriteTo("register.settlements").Insertable().Deletable();
        set.Identifier();
        set.Property("Code", Edm.String).Required().Creatable().MaxLength(64).Word()
            .LedgerCode("编码", "代码", "居民点编号", "居民点代码", "自然村编号",
            "自然村代码", "小组编号", "地名代码")
            .Label("Code", "编号").Description("Code in the ledger");
        set.Property("Name", Edm.String).Writable().Searchable().MaxLength(200).Line()
            .Ledger("居民点", "居民点名称", "自然村", "自然村名称", "村民小组", "村民小组名称", "小组名称")
            .Label("Name", "名称");
        set.Property("Kind", model.Words<SettlementKind>()).Required().Writable().Default("Place")
            .Ledger("类别", "居民点类型", "居民点类别").Label("Kind", "类型")
            .Description("Homes or a place; where a division has homes, its places do not count");
        set.Property("DivisionCode", Edm.String).Required().Writable().Derived()
            .LedgerCode("区划代码", "所在村", "所属村", "所在乡镇", "所属乡镇", "乡镇", "所属区划", "行政村")
            .Label("Division", "行政区划代码").Description("Division; without one, the smallest that holds the position");
        set.Property("Location", Edm.GeographyPoint).Required().Writable().LedgerPosition().Label("Position", "位置");
        set.Property("Weight", Edm.Double).Required().Writable().Default("1").Range(0, MostWeight)
            .Ledger("户数", "总户数", "住户数", "农户数", "人口", "人口数",
            "总人口", "常住人口", "住房数", "栋数")
            .Label("Weight", "权重")
            .Description("How many live there or how many homes there are: one measure within a division");
        set.Provenance();
        set.ChangesFrom("odata.settlement_changes", "DivisionCode");
        set.One("Division", Divisions.Set, "DivisionCode");
    });
}
