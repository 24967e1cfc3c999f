using HazardMap.OData;
using HazardMap.Register;
using HazardMap.Service.Accounts;
using HazardMap.Service.Database;
using HazardMap.Service.Register;
using HazardMap.Service.Runs;
using Edm = HazardMap.OData.ODataType;

namespace HazardMap.Service.Coverage;

/// <summary>Coverage runs and what came out of them, as <c>/odata</c> serves them.</summary>
internal static class CoverageModel
{
    /// <summary>Adds the entity sets.</summary>
    public static void Describe(ODataModelBuilder model)
    {
        var place = model.Words<CoveragePlace>();
        Runs(model);
        Results(model, place);
        Changes(model, place);
        Areas(model);
    }

    private static void Runs(ODataModelBuilder model) => model.EntitySet(CoverageRuns.Set, "odata.coverage_runs", set =>
    {
        set.Description("Orders of coverage: POST begins one (202), its State tells how far it is", "服务覆盖分析运行");
        set.Policy(new Policy(Roles.Everybody, area: null) { Insert = Roles.Planning, Delete = Roles.Planning }
            .Calling(Roles.Planning, "Cancel", "Show"));
        set.Deletable();
        set.Changing(CoverageRuns.CheckOrderAsync);
        set.Key("Id", Edm.Guid);
        set.Property("Name", Edm.String).Creatable().Searchable().MaxLength(200).Line().Description("Name", "名称");
        set.Property("Kind", model.Words<FacilityKind>()).Required().Creatable().Description("What serves", "设施类型");
        set.Property("Mode", model.Words<CoverageMode>()).Required().Creatable()
            .Description("What ways are measured along", "出行方式");
        set.Property("Unit", model.Words<CoverageUnit>()).Required().Creatable().Default("Metres")
            .Description("Unit of the bands; driving: Minutes", "单位");
        set.Property("Bands", Edm.String).Required().Creatable().MaxLength(200)
            .Description("Rising limits, such as '1000 3000 5000'; the last is the threshold, exactly at it is in", "分级阈值");
        set.Property("Weights", Edm.String).Creatable().MaxLength(200)
            .Description("Weight of each band in the stepped methods, such as '1 0.68 0.22'", "各级权重");
        set.Property("Beta", Edm.Double).Creatable()
            .Description("Gaussian decay exp(-cost²/beta); without it 0.291 x threshold²", "高斯衰减参数");
        set.Property("Demand", model.Words<CoverageDemand>()).Required().Creatable().Description("Who may be served", "需求");
        set.Property("DemandKinds", Edm.String).Creatable().MaxLength(200)
            .Description("At which kinds of facility, such as 'School Kindergarten'", "需求设施类型");
        set.Property("IncludePlanned", Edm.Boolean).Required().Creatable().Default("false")
            .Description("Planned facilities serve too", "包括规划设施");
        set.Property("DrawAreas", Edm.Boolean).Required().Creatable().Default("true")
            .Description("Draw catchment areas", "绘制服务范围");
        set.Property("BaselineId", Edm.Guid).Creatable().Description("The run that CoverageChanges compare with", "对比运行");
        set.Order(model, CoverageRuns.Table);
        set.Property("Distance", Edm.String)
            .Description("What ways were really measured along: geodesic, walk or drive", "实际距离类型");
        set.Property("Notes", Edm.String).Description("What a reader must know", "说明");
        set.Property("InputsHash", Edm.String).Description("SHA-256 of all inputs: equal inputs give equal results", "输入摘要");
        set.Property("ResultsHash", Edm.String).Description("SHA-256 of the results", "结果摘要");
        set.Property("RoadRevision", Edm.Int64).Description("Which state of the roads", "路网版本");
        set.Property("DemandPoints", Edm.Int32).Description("Demand points", "需求点数");
        set.Property("DemandTotal", Edm.Int64).Description("Demand", "总需求");
        set.Property("Covered", Edm.Int64).Description("Demand within the threshold", "已覆盖");
        set.Property("Share", Edm.Double).Description("Covered / demand", "覆盖率");
        set.Property("Supplies", Edm.Int32).Description("Facilities that serve", "设施数");
        set.Property("Capacity", Edm.Double).Description("Their capacity", "总容量");
        set.Property("SuppliesWithoutCapacity", Edm.Int32)
            .Description("Facilities whose capacity nobody knows: counted as 0", "未登记容量的设施数");
        set.Property("DemandOffNetwork", Edm.Int32).Description("Demand points too far from every road", "远离道路的需求点数");
        set.Property("SuppliesOffNetwork", Edm.Int32).Description("Facilities too far from every road", "远离道路的设施数");
        set.Property("DemandOnIslands", Edm.Int32)
            .Description("Demand points on roads that do not hang together with the largest part", "孤立路段上的需求点数");
        set.Property("ReadSeconds", Edm.Double).Unit("s");
        set.Property("MeasureSeconds", Edm.Double).Unit("s");
        set.Property("DrawSeconds", Edm.Double).Unit("s");
        set.Property("ShownAt", Edm.DateTimeOffset).Description("The map shows the run that was shown last", "显示时间");
        set.One("Baseline", CoverageRuns.Set, "BaselineId");
        set.Many("Results", "CoverageResults", "RunId");
        set.Many("ByBand", "CoverageBands", "RunId");
        set.Many("Changes", "CoverageChanges", "RunId");
        set.Many("Areas", "CatchmentAreas", "RunId");
        set.Action("Show", (call, stop) => CoverageRuns.ShowAsync(RegisterDatabase.Of(call.Http), (Guid)call.Key, stop));
    });

    private static void Results(ODataModelBuilder model, EnumType place)
    {
        model.EntitySet("CoverageResults", "odata.coverage_results", set =>
        {
            set.Description("What a run measured: of everything, each division, each demand point, each facility that serves",
                "服务覆盖分析结果");
            set.Policy(new(Roles.Everybody));
            Place(set, place);
            set.Property("Level", model.Words<DivisionLevel>()).Description("Level of a division", "级别");
            set.Property("DivisionCode", Edm.String).Required().Description("Division", "行政区划代码");
            set.Property("FacilityId", Edm.Guid);
            set.Property("Location", Edm.GeographyPoint).Description("Where", "位置");
            set.Property("Demand", Edm.Int64).Required().Description("Demand; of a facility: who may come", "需求");
            set.Property("Points", Edm.Int32).Required().Description("Demand points", "需求点数");
            set.Property("Covered", Edm.Int64).Required().Description("Demand within the threshold", "已覆盖");
            set.Property("Share", Edm.Double).Description("Covered / demand", "覆盖率");
            set.Property("IsCovered", Edm.Boolean).Description("Of a demand point", "是否覆盖");
            set.Property("Band", Edm.Double).Description("The first limit that its nearest facility is within", "所在分级");
            set.Property("NearestId", Edm.Guid).Description("Nearest facility", "最近设施");
            set.Property("NearestCost", Edm.Double).Description("Way to it, in the run's unit", "最近距离");
            set.Property("NearestP50", Edm.Double).Description("Half of the demand has its facility within", "最近距离中位数");
            set.Property("NearestP90", Edm.Double).Description("Nine tenths of the demand", "最近距离九成位");
            set.Property("NearestMax", Edm.Double).Description("All of the demand that has a way", "最近距离最大值");
            set.Property("Choices", Edm.Int32).Description("Facilities within the threshold", "可达设施数");
            set.Property("Supplies", Edm.Int32).Description("Facilities here", "设施数");
            set.Property("Capacity", Edm.Double).Description("Capacity here", "容量");
            set.Property("ProviderRatio", Edm.Double).Description("Capacity here / demand here", "供需比");
            set.Property("TwoStep", Edm.Double).Description("Capacity for each person, 2SFCA", "可达性 2SFCA");
            set.Property("Stepped", Edm.Double)
                .Description("Capacity for each person, E2SFCA with a weight for each band", "可达性 E2SFCA（分级）");
            set.Property("Gaussian", Edm.Double)
                .Description("Capacity for each person, E2SFCA with Gaussian decay", "可达性 E2SFCA（高斯）");
            set.Property("ThreeStep", Edm.Double).Description("Capacity for each person, 3SFCA", "可达性 3SFCA");
            set.Property("IsOffNetwork", Edm.Boolean).Required().Description("Too far from every road", "远离道路");
            set.One("Facility", "Facilities", "FacilityId");
            set.One("Nearest", "Facilities", "NearestId");
        });
        model.EntitySet("CoverageBands", "odata.coverage_bands", set =>
        {
            set.Description("Covered demand by band", "分级覆盖");
            set.Policy(new(Roles.Everybody, area: null));
            Place(set, place, named: false);
            set.Property("Band", Edm.Double).Required().Description("Limit", "阈值");
            set.Property("Demand", Edm.Int64).Required().Description("Demand", "需求");
            set.Property("Covered", Edm.Int64).Required().Description("Demand within the limit", "已覆盖");
            set.Property("Points", Edm.Int32).Description("Demand points within the limit of a facility", "需求点数");
            set.Property("Share", Edm.Double).Description("Covered / demand", "覆盖率");
        });
    }

    private static void Changes(ODataModelBuilder model, EnumType place) =>
        model.EntitySet("CoverageChanges", "odata.coverage_changes", set =>
        {
            set.Description("What changed from a run's baseline to the run, place by place", "与对比运行的差异");
            set.Policy(new(Roles.Everybody));
            Place(set, place);
            set.Property("BaselineId", Edm.Guid).Required();
            set.Property("Level", model.Words<DivisionLevel>()).Description("Level of a division", "级别");
            set.Property("DivisionCode", Edm.String).Required().Description("Division", "行政区划代码");
            set.Property("Demand", Edm.Int64).Required();
            set.Property("DemandBefore", Edm.Int64);
            set.Property("Covered", Edm.Int64).Required();
            set.Property("CoveredBefore", Edm.Int64);
            set.Property("CoveredMore", Edm.Int64).Required().Description("Newly covered; negative: lost", "新增覆盖");
            foreach (var measure in new[] { "NearestCost", "TwoStep", "Stepped", "Gaussian", "ThreeStep" })
            {
                set.Property(measure, Edm.Double);
                set.Property(measure + "Before", Edm.Double);
            }
        });

    private static void Areas(ODataModelBuilder model) => model.EntitySet("CatchmentAreas", "odata.catchment_areas", set =>
    {
        set.Description("Areas within each band: of a facility, or of all together without overlap (no FacilityId)", "服务范围");
        set.Policy(new(Roles.Everybody, area: null));
        set.Key("Id", Edm.Guid);
        set.Property("RunId", Edm.Guid).Required();
        set.Property("FacilityId", Edm.Guid).Description("Facility; null: all together", "设施");
        set.Property("Code", Edm.String);
        set.Property("Name", Edm.String).Description("Name", "名称");
        set.Property("Band", Edm.Double).Required().Description("Limit", "阈值");
        set.Property("Distance", Edm.String).Required().Description("geodesic, walk or drive", "距离类型");
        set.Property("Area", Edm.GeographyMultiPolygon).Required().Description("Outline", "范围");
        set.Property("SquareMetres", Edm.Double).Required().Unit("m2").Description("Size", "面积");
        set.Property("ErrorMetres", Edm.Double).Required().Unit("m")
            .Description("How far the outline may be from where it should be", "边界误差");
        set.Property("Demand", Edm.Int64).Required().Description("Demand within, as measured, not as drawn", "范围内需求");
        set.One("Run", CoverageRuns.Set, "RunId");
        set.One("Facility", "Facilities", "FacilityId");
    });

    private static void Place(EntitySetBuilder set, EnumType place, bool named = true)
    {
        set.Key("Id", Edm.Guid);
        set.Property("RunId", Edm.Guid).Required();
        set.Property("Place", place).Required().Description("What the row is about", "对象");
        set.Property("Code", Edm.String).Required().Searchable().Description("Code", "编号");
        if (named) set.Property("Name", Edm.String).Required().Searchable().Description("Name", "名称");
        set.One("Run", CoverageRuns.Set, "RunId");
    }
}

/// <summary>What a row of the results is about.</summary>
internal enum CoveragePlace
{
    /// <summary>All demand together.</summary>
    [Word("全部", "Everywhere")] Everywhere,

    /// <summary>A division, its subdivisions counted in.</summary>
    [Word("行政区划", "Division")] Division,

    /// <summary>A place of people who may be served.</summary>
    [Word("需求点", "Demand point")] DemandPoint,

    /// <summary>A facility that serves.</summary>
    [Word("设施", "Facility")] Supply,
}
