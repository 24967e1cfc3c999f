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

/// <summary>Whether people of a division live as in a town or as in the countryside (城乡分类; the numbers are the statistics'
/// own).</summary>
public enum Residence
{
    [Word("城镇", "Town", "城市", "城区", "镇区", "居委会", "社区", "主城区",
        "城乡结合区", "镇中心区", "镇乡结合区", "特殊区域", "111", "112", "121", "122", "123", "urban")]
    Town,
    [Word("乡村", "Village", "农村", "村庄", "村委会", "乡中心区", "210", "220", "rural")] Village,
}
