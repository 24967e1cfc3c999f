using HazardMap.OData;
using HazardMap.Register;
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
        set.Property("ValidFrom", Edm.Date).Required().Label("Valid from", "启用日期").Description("First day of the code");
        set.Property("ValidTo", Edm.Date).Label("Valid to", "停用日期").Description("First day without the code");
        set.Provenance();
        set.ChangesFrom("odata.division_changes", "ParentCode");
        set.One("Parent", Set, "ParentCode");
        set.Many("Subdivisions", Set, "ParentCode");
    });
}
