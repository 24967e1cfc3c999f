using HazardMap.Register;

namespace HazardMap.Service.Exchange.Ledger;

/// <summary>The words of a ledger's choices, in either language, and the member names they stand for.</summary>
internal static class LedgerWords
{
    public static readonly IReadOnlyDictionary<string, string> HazardKinds = Words<HazardKind>(
        ("河流", "River"), ("溪流", "Stream"), ("湖泊", "Lake"), ("水库", "Reservoir"), ("坑塘", "Pond"), ("池塘", "Pond"), ("坑塘(池塘)", "Pond"), ("沟渠", "Canal"),
        ("水井", "Well"), ("水窖", "Well"), ("水井(水窖)", "Well"), ("矿坑", "Pit"), ("砂坑", "Pit"), ("矿坑(砂坑)", "Pit"), ("堰坝", "Weir"), ("其他", "Other"));

    public static readonly IReadOnlyDictionary<string, string> FacilityKinds = Words<FacilityKind>(
        ("学校", "School"), ("幼儿园", "Kindergarten"), ("儿童之家", "ChildrensHome"), ("游泳池", "SwimmingPool"), ("养老机构", "CareHome"), ("食堂", "Canteen"),
        ("浴室", "Bathhouse"), ("心理辅导室", "CounsellingRoom"), ("社工站", "SocialWorkStation"), ("未保中心", "ProtectionCentre"));

    public static readonly IReadOnlyDictionary<string, string> Flows = Words<Flow>(("静止", "Still"), ("静水", "Still"), ("缓慢", "Slow"), ("缓", "Slow"), ("湍急", "Fast"), ("急", "Fast"));

    public static readonly IReadOnlyDictionary<string, string> Banks = Words<Bank>(("平缓", "Gentle"), ("缓坡", "Gentle"), ("陡", "Steep"), ("陡坡", "Steep"), ("直立", "Sheer"), ("陡直", "Sheer"));

    public static readonly IReadOnlyDictionary<string, string> Accesses = Words<Access>(("开放", "Open"), ("限制", "Restricted"), ("受限", "Restricted"), ("围栏", "Fenced"), ("封闭", "Fenced"));

    public static readonly IReadOnlyDictionary<string, string> HazardStatuses = Words<HazardStatus>(("在册", "Active"), ("整改中", "Rectifying"), ("销号", "Closed"), ("关闭", "Closed"));

    public static readonly IReadOnlyDictionary<string, string> FacilityStatuses = Words<FacilityStatus>(("开放", "Open"), ("使用中", "Open"), ("关闭", "Closed"), ("停用", "Closed"), ("规划", "Planned"), ("在建", "Planned"));

    public static readonly IReadOnlyDictionary<string, string> Levels = Words<DivisionLevel>(("市", "Prefecture"), ("州", "Prefecture"), ("市州", "Prefecture"), ("县", "County"), ("县级", "County"), ("乡镇", "Township"), ("乡级", "Township"),
        ("town", "Township"), ("city", "Prefecture"), ("村", "Village"), ("村级", "Village"), ("社区", "Village"));

    public static readonly IReadOnlyDictionary<string, bool> Booleans = new Dictionary<string, bool>(StringComparer.OrdinalIgnoreCase)
    {
        ["是"] = true, ["有"] = true, ["true"] = true, ["1"] = true, ["yes"] = true, ["√"] = true,
        ["否"] = false, ["无"] = false, ["false"] = false, ["0"] = false, ["no"] = false, ["×"] = false,
    };

    private static Dictionary<string, string> Words<TMember>(params (string Zh, string Member)[] chinese) where TMember : struct, Enum
    {
        var words = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in Enum.GetNames<TMember>()) words[name] = name;
        foreach (var (zh, member) in chinese) words[zh] = member;
        return words;
    }
}
