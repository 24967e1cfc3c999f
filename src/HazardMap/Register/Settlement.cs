// The members are the contract's words; their attributes say what they mean.
#pragma warning disable CS1591

namespace HazardMap.Register;

/// <summary>What a point stands for where people live. The finest kind that a division has counts: buildings before places.</summary>
public enum SettlementKind
{
    [Word("住宅", "Homes", "居民楼", "住房", "房屋", "民房", "建筑", "住宅楼", "buildings")] Building,
    [Word("居民点", "Place", "自然村", "村民小组", "小组", "村小组", "屯", "寨", "村寨", "小区",
        "hamlet", "village")] Place,
}
