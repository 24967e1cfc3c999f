// The members are the contract's words; their attributes say what they mean.
#pragma warning disable CS1591

namespace HazardMap.Register;

/// <summary>Kind of a hazardous water as ledgers name it.</summary>
public enum HazardKind
{
    [Word("河流", "River", "河", "河道", "江河")] River,
    [Word("溪流", "Stream", "溪", "小溪", "溪沟")] Stream,
    [Word("湖泊", "Lake", "湖")] Lake,
    [Word("水库", "Reservoir", "大型水库", "中型水库", "小型水库", "小一型水库", "小二型水库", "小(一)型水库",
        "小(二)型水库",
        "小(1)型水库", "小(2)型水库")]
    Reservoir,
    [Word("坑塘", "Pond", "池塘", "坑塘(池塘)", "山塘", "鱼塘", "水塘", "堰塘", "塘")] Pond,
    [Word("沟渠", "Canal", "灌溉渠", "灌渠", "水渠", "渠道", "渠", "沟")] Canal,
    [Word("水井/窖", "Well or cistern", "水井", "水窖", "水井(水窖)", "机井", "井")] Well,
    [Word("矿/砂坑", "Pit", "矿坑", "砂坑", "矿坑(砂坑)", "采砂坑", "采石坑")] Pit,
    [Word("堰坝", "Weir", "拦河坝", "水坝", "滚水坝", "坝")] Weir,
    [Word("其他", "Other")] Other,
}

/// <summary>How fast the water moves.</summary>
public enum Flow
{
    [Word("静水", "Still", "静止")] Still,
    [Word("缓流", "Slow", "缓慢", "缓")] Slow,
    [Word("急流", "Fast", "湍急", "急")] Fast,
}

/// <summary>How the bank falls to the water.</summary>
public enum Bank
{
    [Word("缓坡", "Gentle", "平缓")] Gentle,
    [Word("陡坡", "Steep", "陡")] Steep,
    [Word("陡直", "Sheer", "直立")] Sheer,
}

/// <summary>Who can reach the water.</summary>
public enum Access
{
    [Word("可自由到达", "Open", "开放")] Open,
    [Word("限制进入", "Restricted", "限制", "受限")] Restricted,
    [Word("已围挡", "Fenced", "围栏", "封闭")] Fenced,
}

/// <summary>Whether a hazard is in force, being put right, closed (crossed off, the water is still there), or filled in.</summary>
public enum HazardStatus
{
    [Word("在管", "Active", "在册")] Active,
    [Word("整改中", "Being put right")] Rectifying,
    [Word("已销号", "Closed", "销号", "关闭")] Closed,
    [Word("已填埋", "Filled", "填埋", "已填平", "填平", "已回填", "回填", "已填", "filled in")] Filled,
}

/// <summary>What the states of a hazard mean, where more than the name counts.</summary>
public static class HazardStatuses
{
    /// <summary>Whether somebody must look after the water; the database says the same in <c>register.is_in_force</c>.</summary>
    public static bool IsInForce(this HazardStatus status) => status is not (HazardStatus.Closed or HazardStatus.Filled);
}

/// <summary>Risk grades, worst first. What a county calls its own four grades (一级 to 四级, 重大 to 低) is read as them; words of
/// scales with another number of grades (高, 中, 特别重大) are nobody's, because they can't be told apart. Each has
/// a shape as well as a colour, for people who do not tell colours apart.</summary>
public enum RiskLevel
{
    [Word("红", "Red", "红色", "红色(重大)", "重大", "重大风险", "一级", "I级",
        "1级", "一级风险", "红色风险", "红级",
        LongZh = "红色（重大）", LongEn = "Red (severe)", Colour = "#c4262e", Ink = "#ffffff",
        Symbol = "M12 3 22 20.500H2z")] Red,
    [Word("橙", "Orange", "橙色", "橙色(较大)", "较大", "较大风险", "二级", "II级",
        "2级", "二级风险", "橙色风险", "橙级",
        LongZh = "橙色（较大）", LongEn = "Orange (high)", Colour = "#e8710a", Ink = "#1d1206",
        Symbol = "M12 2 22 12 12 22 2 12z")] Orange,
    [Word("黄", "Yellow", "黄色", "黄色(一般)", "一般", "一般风险", "三级", "III级",
        "3级", "三级风险", "黄色风险", "黄级",
        LongZh = "黄色（一般）", LongEn = "Yellow (moderate)", Colour = "#f0b90b", Ink = "#1d1a06",
        Symbol = "M4 4h16v16H4z")]
    Yellow,
    [Word("蓝", "Blue", "蓝色", "蓝色(较低)", "较低", "较低风险", "低", "低风险",
        "四级", "IV级", "4级", "四级风险", "蓝色风险", "蓝级",
        LongZh = "蓝色（较低）", LongEn = "Blue (low)", Colour = "#2b6cb8", Ink = "#ffffff",
        Symbol = "M12 3.500a8.500 8.500 0 1 1 0 17 8.500 8.500 0 0 1 0-17z")] Blue,
}

/// <summary>What the register says of a hazardous water, besides where it is. What nobody has stated is null.</summary>
/// <param name="Kind">Kind of water.</param>
/// <param name="DepthMetres">Greatest depth.</param>
/// <param name="Flow">How fast the water moves.</param>
/// <param name="Bank">How the bank falls.</param>
/// <param name="Access">Who can reach it.</param>
/// <param name="HasSign">Warning sign; of the five, null: nobody has looked yet, which protects as little as none.</param>
/// <param name="HasRing">Life ring.</param>
/// <param name="HasRope">Rope.</param>
/// <param name="HasPole">Pole.</param>
/// <param name="HasCamera">Camera.</param>
/// <param name="Status">A closed hazard and one that was filled in score 0.</param>
/// <param name="Incidents">How many incidents the register knows of it.</param>
public readonly record struct HazardTraits(
    HazardKind Kind, double? DepthMetres, Flow? Flow, Bank? Bank, Access? Access,
    bool? HasSign, bool? HasRing, bool? HasRope, bool? HasPole, bool? HasCamera,
    HazardStatus Status = HazardStatus.Active, int Incidents = 0);
