using HazardMap.OData;
using HazardMap.Register;
using HazardMap.Risk.Rules;
using HazardMap.Risk.Trips;
using HazardMap.Service.Accounts;
using HazardMap.Service.Register.Sets;
using HazardMap.Service.Register;
using HazardMap.Service.Risk.Rules;
using HazardMap.Service.Risk.Runs;
using HazardMap.Service.Runs;
using Edm = HazardMap.OData.ODataType;

namespace HazardMap.Service.Risk;

/// <summary>What <c>/odata</c> serves of risk: rules, runs, level changes, and the functions of a hazard and a division.</summary>
internal sealed class RiskModel(ODataModelBuilder model)
{
    private readonly EnumType _mode = model.Words<DistanceMode>();
    private readonly EnumType _model = model.Words<RuleModel>();
    private readonly EnumType _cause = model.Words<LevelChangeCause>("RiskCause");

    /// <summary>Adds the sets, and what a hazard and a division can be asked.</summary>
    public static void Describe(ODataModelBuilder model)
    {
        var risk = new RiskModel(model);
        risk.Sets();
        model.Extend(Hazards.Set, risk.OfHazard);
        model.Extend(Divisions.Set, risk.OfDivision);
    }

    /// <summary>The sets of their own.</summary>
    private void Sets()
    {
        Rules();
        Runs();
        LevelChanges();
    }

    /// <summary>What a hazard can be asked.</summary>
    private void OfHazard(EntitySetBuilder set)
    {
        model.Words<DayKind>();   // in what ExplainRisk answers
        set.Many("LevelChanges", "RiskLevelChanges", "HazardId");
        set.Function("ExplainRisk", RiskFunctions.ExplainAsync, FunctionParameter.Of<DateTimeOffset>("at"));
        set.Function("WhatIf", RiskFunctions.WhatIfAsync, TriedTraits.Parameters);
    }

    /// <summary>What a division can be asked.</summary>
    private void OfDivision(EntitySetBuilder set)
    {
        set.Function("WorstHazards", RiskFunctions.WorstAsync, FunctionParameter.Of<int>("top"));
        set.Function("FourOnes", RiskFunctions.FourOnesAsync);
    }

    private void Rules() => model.EntitySet("RiskRules", "odata.risk_rules", set =>
    {
        set.Description("Versions of the risk rule; one is in force", "风险规则版本");
        set.Policy(new(Roles.Everybody, area: null) { IsPublished = true });
        set.Key("Version", Edm.String).Description("Version", "版本");
        set.Property("TitleEn", Edm.String).Required().Description("What it is, in English", "英文标题");
        set.Property("TitleZh", Edm.String).Required().Description("What it is, in Chinese", "中文标题");
        set.Property("IsActive", Edm.Boolean).Required().Description("Edits are scored with it", "是否在用");
        set.Property("ChosenAt", Edm.DateTimeOffset).Description("In force since", "启用时间");
        set.Property("ChosenBy", Edm.String).Description("Who put it in force", "启用人");
        set.Property("Model", _model).Required().Description("What its scores are: scores of two models are not comparable",
            "分值含义：不同含义的分值不可比较");
        set.Property("DistanceMode", _mode).Required().Description("How distance is measured", "距离方式");
        set.Property("ReachMetres", Edm.Double).Unit("m").Description("Length of a reach; null: a water is one thing", "河段长度");
        set.Property("CutoffMetres", Edm.Double).Required().Unit("m").Description("Farthest that counts", "影响距离");
        set.Property("RedAtLeast", Edm.Double).Required().Description("Least score that is red", "红色阈值");
        set.Property("OrangeAtLeast", Edm.Double).Required().Description("Least score that is orange", "橙色阈值");
        set.Property("YellowAtLeast", Edm.Double).Required().Description("Least score that is yellow", "黄色阈值");
        set.Property("Sha256", Edm.String).Required().Description("Of the rule file", "规则文件校验值");
        set.Property("PublishedAt", Edm.DateTimeOffset).Required().Description("When this text was first seen", "发布时间");
        set.Function("Profile", RiskFunctions.ProfileAsync, FunctionParameter.Of<DateTimeOffset>("at"));
    });

    private void Runs() => model.EntitySet(RiskRuns.Set, "odata.risk_runs", set =>
    {
        set.Changing(RiskRuns.CheckOrderAsync);
        set.Description("Full risk runs: POST orders one and is answered 202, Cancel calls it off", "风险全量计算");
        set.Policy(new Policy(Roles.Everybody, area: null) { Insert = Roles.Administrator }.Calling(Roles.Administrator, "Cancel"));
        set.Key("Id", Edm.Guid).Description("Identifier", "标识");
        set.Property("Rule", Edm.String).Creatable().MaxLength(40)
            .Description("Rule to score with, which comes into force; without it the one in force", "规则版本");
        set.Order(model, RiskRuns.Table);
        set.Property("Hazards", Edm.Int32).Description("Waters scored", "水域数");
        set.Property("Facilities", Edm.Int32).Description("Facilities with children", "有儿童的设施数");
        set.Property("Pairs", Edm.Int64).Description("Pairs within the cut-off", "配对数");
        set.Property("Changed", Edm.Int32).Description("Scores changed", "分值变化数");
        set.Property("LevelChanges", Edm.Int32).Description("Levels changed", "等级变化数");
        set.Property("Red", Edm.Int32).Description("Red waters", "红色数");
        set.Property("Orange", Edm.Int32).Description("Orange waters", "橙色数");
        set.Property("Yellow", Edm.Int32).Description("Yellow waters", "黄色数");
        set.Property("Blue", Edm.Int32).Description("Blue waters", "蓝色数");
        set.Property("InputsHash", Edm.String)
            .Description("Of the rule and everything it looked at: equal inputs, equal scores", "输入校验值");
        set.Property("ReadSeconds", Edm.Double).Unit("s").Description("Reading, which overlaps with scoring", "读取秒数");
        set.Property("ScoreSeconds", Edm.Double).Unit("s").Description("Scoring", "计算秒数");
        set.Property("WriteSeconds", Edm.Double).Unit("s").Description("Writing", "写入秒数");
    });

    private void LevelChanges() => model.EntitySet("RiskLevelChanges", "odata.risk_level_changes", set =>
    {
        set.Description("The history of risk levels; append-only", "风险等级变化记录");
        set.Policy(new(Roles.Everybody));
        set.Key("Id", Edm.Guid).Description("Identifier", "标识");
        set.Property("HazardId", Edm.Guid).Required();
        set.Property("DivisionCode", Edm.String).Required().Description("Division", "行政区划代码");
        set.Property("FromLevel", model.Words<RiskLevel>()).Description("Level before; null: graded the first time", "原等级");
        set.Property("ToLevel", model.Words<RiskLevel>()).Required().Description("Level after", "新等级");
        set.Property("FromScore", Edm.Double).Description("Score before", "原分值");
        set.Property("ToScore", Edm.Double).Required().Description("Score after", "新分值");
        set.Property("Rule", Edm.String).Required().Description("Rule of the new level", "规则版本");
        set.Property("Cause", _cause).Required().Description("Why", "原因");
        set.Property("RunId", Edm.Guid).Description("The run, when it was one");
        set.Property("ChangedAt", Edm.DateTimeOffset).Required().Description("When", "时间");
        set.Property("ChangedBy", Edm.String).Required().Description("By whom", "操作人");
        set.One("Hazard", "Hazards", "HazardId");
        set.One("Run", RiskRuns.Set, "RunId");
    });
}

/// <summary>Why a level changed.</summary>
internal enum LevelChangeCause
{
    /// <summary>Somebody edited the water, or what is near it.</summary>
    [Word("编辑", "An edit")] Edit,

    /// <summary>A full run.</summary>
    [Word("全量计算", "A full run")] Run,

    /// <summary>An import.</summary>
    [Word("导入", "An import")] Import,

    /// <summary>A change made past the service, taken up by the worker.</summary>
    [Word("补算", "Caught up")] Queue,
}
