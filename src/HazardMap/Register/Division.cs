// The members are the contract's words; their attributes say what they mean.
#pragma warning disable CS1591

namespace HazardMap.Register;

/// <summary>Level of an administrative division. A division's code begins with its parent's.</summary>
public enum DivisionLevel
{
    [Word("市州", "Prefecture", "市", "州", "地级市", "city")] Prefecture,
    [Word("县市", "County", "县", "县级")] County,
    [Word("乡镇", "Township", "乡级", "town")] Township,
    [Word("村", "Village", "村级", "社区")] Village,
}
