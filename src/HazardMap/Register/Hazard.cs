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

/// <summary>Whether a hazard is in force, being put right, closed to people, or no longer there. What a closed hazard scores is for the
/// rule to say; a filled one scores 0 under every rule.</summary>
public enum HazardStatus
{
    [Word("在管", "Active", "在册")] Active,
    [Word("整改中", "Being put right")] Rectifying,
    [Word("已销号", "Closed", "销号", "关闭")] Closed,
    [Word("已填埋", "Filled", "填埋", "已回填", "回填")] Filled,
}

/// <summary>Risk grades, worst first. Each has a shape as well as a colour, for people who do not tell colours apart.</summary>
public enum RiskLevel
{
    [Word("红", "Red", LongZh = "红色（重大）", LongEn = "Red (severe)", Colour = "#c4262e", Ink = "#ffffff",
        Symbol = "M12 3 22 20.500H2z")] Red,
    [Word("橙", "Orange", LongZh = "橙色（较大）", LongEn = "Orange (high)", Colour = "#e8710a", Ink = "#1d1206",
        Symbol = "M12 2 22 12 12 22 2 12z")] Orange,
    [Word("黄", "Yellow", LongZh = "黄色（一般）", LongEn = "Yellow (moderate)", Colour = "#f0b90b", Ink = "#1d1a06",
        Symbol = "M4 4h16v16H4z")]
    Yellow,
    [Word("蓝", "Blue", LongZh = "蓝色（较低）", LongEn = "Blue (low)", Colour = "#2b6cb8", Ink = "#ffffff",
        Symbol = "M12 3.500a8.500 8.500 0 1 1 0 17 8.500 8.500 0 0 1 0-17z")] Blue,
}

/// <summary>What the register says of a hazardous water, besides where it is. What nobody has stated is null.</summary>
/// <param name="Kind">Kind of water.</param>
/// <param name="DepthMetres">Greatest depth.</param>
/// <param name="Flow">How fast the water moves.</param>
/// <param name="Bank">How the bank falls.</param>
/// <param name="Access">Who can reach it.</param>
/// <param name="HasSign">Warning sign.</param>
/// <param name="HasRing">Life ring.</param>
/// <param name="HasRope">Rope.</param>
/// <param name="HasPole">Pole.</param>
/// <param name="HasCamera">Camera.</param>
/// <param name="Status">A closed hazard scores 0.</param>
/// <param name="Incidents">How many incidents the register knows of it.</param>
public readonly record struct HazardTraits(
    HazardKind Kind, double? DepthMetres, Flow? Flow, Bank? Bank, Access? Access,
    bool HasSign, bool HasRing, bool HasRope, bool HasPole, bool HasCamera, HazardStatus Status = HazardStatus.Active, int Incidents = 0);
