using HazardMap.OData;
using HazardMap.Register;
using HazardMap.Service.Accounts;
using Edm = HazardMap.OData.ODataType;

namespace HazardMap.Service.Register.Sets;

/// <summary>Administrative divisions; a division's code begins with its parent's, so an area is a prefix.</summary>
internal static class Divisions
{
    /// <summary>Name of the set.</summary>
    public const string Set = "Divisions";

    /// <summary>What they are called in Chinese.</summary>
    public const string Zh = "行政区划";

    private const int MostPeople = 2_000_000_000;

    public static void Describe(ODataModelBuilder model) => model.EntitySet(Set, "odata.divisions", set =>
    {
        set.Description("Administrative divisions; a division's code begins with its parent's", Zh);
        set.Policy(new(Roles.Everybody, area: "Code"));
        set.Key("Code", Edm.String).LedgerCode("编号", "编码", "代码", "adcode").Label("Code", "行政区划代码")
            .Description("Division code: county 6 digits, township 9, village 12");
        set.Property("Name", Edm.String).Required().Searchable().Line().Ledger().Label("Name", "名称");
        set.Property("Level", model.Words<DivisionLevel>()).Required().Ledger().Label("Level", "级别");
        set.Property("ParentCode", Edm.String).LedgerCode("上级行政区划代码").Label("Division above", "上级代码")
            .Description("Code of the division above");
        set.Property("Boundary", Edm.GeographyMultiPolygon).LedgerShape().Label("Boundary", "边界").Description("Boundary, where known");
        set.Property("Centre", Edm.GeographyPoint).Required().LedgerPosition().Label("Centre", "中心点").Description("Seat or centre");
        set.Property("Population", Edm.Int32).Range(0, MostPeople).Ledger().Label("People", "人口");
        set.Property("Children", Edm.Int32).Range(0, MostPeople).Ledger("儿童", "儿童人数").Label("Children", "儿童数")
            .Description("Children under 15");
        set.Property("Elders", Edm.Int32).Range(0, MostPeople).Ledger("老年人").Label("Elders", "老年人数")
            .Description("People of 60 and over");
        set.Property("Aged1To4", Edm.Int32, "aged_1_to_4").Range(0, MostPeople).Ledger("1-4岁", "1—4岁", "1到4岁")
            .Label("Aged 1 to 4", "1至4岁").Description("Children of 1 to 4, where they are counted");
        set.Property("Aged5To14", Edm.Int32, "aged_5_to_14").Range(0, MostPeople).Ledger("5-14岁", "5—14岁", "5到14岁")
            .Label("Aged 5 to 14", "5至14岁").Description("Children of 5 to 14, where they are counted");
        set.Property("Residence", model.Words<Residence>())
            .Ledger("城乡", "城乡分类", "城乡分类代码", "城乡属性", "城乡类别")
            .Label("Town or village", "城乡类型").Description("Whether people live as in a town or as in the countryside");
        set.Property("IncidentsCompleteSince", Edm.Date)
            .LedgerSince("溺水记录完整自", "溺水台账起始年份", "记录完整起始年份")
            .Label("Drownings complete since", "溺水记录完整起始日")
            .Description("From this day on no drowning in the division is missing from the incidents; empty: nobody says so");
        set.Property("ValidFrom", Edm.Date).Required().Label("Valid from", "启用日期").Description("First day of the code");
        set.Property("ValidTo", Edm.Date).Label("Valid to", "停用日期").Description("First day without the code");
        set.Provenance();
        set.ChangesFrom("odata.division_changes", "ParentCode");
        set.One("Parent", Set, "ParentCode");
        set.Many("Subdivisions", Set, "ParentCode");
    });
}
