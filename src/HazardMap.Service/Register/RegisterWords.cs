using HazardMap.OData;
using HazardMap.Register;

namespace HazardMap.Service.Register;

/// <summary>The register's enumerations as OData serves them, each member with its Chinese name.</summary>
internal sealed class RegisterWords(ODataModelBuilder model)
{
    public EnumType DivisionLevel { get; } = Enum<DivisionLevel>(model)
        .Chinese(("Prefecture", "市州"), ("County", "县"), ("Township", "乡镇"), ("Village", "村"));

    public EnumType HazardKind { get; } = Enum<HazardKind>(model)
        .Chinese(("River", "河流"), ("Stream", "溪流"), ("Lake", "湖泊"), ("Reservoir", "水库"), ("Pond", "坑塘"), ("Canal", "沟渠"), ("Well", "水井"),
            ("Pit", "矿坑"), ("Weir", "堰坝"), ("Other", "其他"));

    public EnumType Flow { get; } = Enum<Flow>(model).Chinese(("Still", "静止"), ("Slow", "缓慢"), ("Fast", "湍急"));

    public EnumType Bank { get; } = Enum<Bank>(model).Chinese(("Gentle", "平缓"), ("Steep", "陡"), ("Sheer", "直立"));

    public EnumType Access { get; } = Enum<Access>(model).Chinese(("Open", "开放"), ("Restricted", "限制"), ("Fenced", "围栏"));

    public EnumType HazardStatus { get; } = Enum<HazardStatus>(model).Chinese(("Active", "在册"), ("Rectifying", "整改中"), ("Closed", "销号"));

    public EnumType RiskLevel { get; } = Enum<RiskLevel>(model).Chinese(("Red", "红"), ("Orange", "橙"), ("Yellow", "黄"), ("Blue", "蓝"));

    public EnumType FacilityKind { get; } = Enum<FacilityKind>(model)
        .Chinese(("School", "学校"), ("Kindergarten", "幼儿园"), ("ChildrensHome", "儿童之家"), ("SwimmingPool", "游泳池"), ("CareHome", "养老机构"),
            ("Canteen", "食堂"), ("Bathhouse", "浴室"), ("CounsellingRoom", "心理辅导室"), ("SocialWorkStation", "社工站"), ("ProtectionCentre", "未保中心"));

    public EnumType FacilityStatus { get; } = Enum<FacilityStatus>(model).Chinese(("Open", "开放"), ("Closed", "关闭"), ("Planned", "规划"));

    public EnumType Role { get; } = Enum<ResponsibilityRole>(model)
        .Chinese(("Leader", "包保领导"), ("Owner", "权属人"), ("Warden", "看护人"), ("Inspector", "巡查人"), ("Rescuer", "施救人"));

    public EnumType InspectionResult { get; } = Enum<InspectionResult>(model).Chinese(("Safe", "正常"), ("Defects", "有隐患"));

    public EnumType RectificationState { get; } = Enum<RectificationState>(model)
        .Chinese(("Found", "发现"), ("Assigned", "交办"), ("Done", "已整改"), ("Verified", "已复核"), ("Closed", "销号"), ("Reopened", "重新打开"));

    public EnumType AgeBand { get; } = Enum<AgeBand>(model)
        .Chinese(("Under5", "5岁以下"), ("Aged5To14", "5至14岁"), ("Aged15To59", "15至59岁"), ("Aged60Plus", "60岁以上"));

    public EnumType Outcome { get; } = Enum<IncidentOutcome>(model).Chinese(("Rescued", "获救"), ("Injured", "受伤"), ("Died", "死亡"));

    public EnumType RunState { get; } = Enum<Runs.RunState>(model)
        .Chinese(("Queued", "排队"), ("Running", "运行中"), ("Done", "完成"), ("Failed", "失败"), ("Cancelled", "已取消"));

    private static EnumType Enum<T>(ODataModelBuilder model) where T : struct, Enum => model.Enum(typeof(T).Name, System.Enum.GetNames<T>());
}
