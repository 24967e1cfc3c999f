using HazardMap.Register;

namespace HazardMap.Service.Sample;

/// <summary>What is plausible for each kind of water: how many of it, how far from the village, how deep, what it is called.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Letter">Its letter in a code.</param>
/// <param name="Share">Its share among the waters of villages (the rest of the kinds lie on rivers).</param>
/// <param name="MedianMetres">Median distance from the village.</param>
/// <param name="MedianDepth">Median depth in metres.</param>
/// <param name="Names">What such waters are called.</param>
internal sealed record WaterKind(
    HazardKind Kind, char Letter, double Share, double MedianMetres, double MedianDepth, IReadOnlyList<string> Names)
{
    public static readonly WaterKind River = new(HazardKind.River, 'R', 0, 0, 2.4,
        ["渡口", "河湾", "河滩", "洗衣滩", "老桥下", "回水湾", "河岔口", "沙洲", "河段", "深潭"]);

    public static readonly WaterKind Weir =
        new(HazardKind.Weir, 'D', 0, 0, 2.0, ["拦河堰", "石堰", "水坝", "翻水堰", "引水坝"]);

    public static readonly WaterKind SandPit =
        new(HazardKind.Pit, 'Q', 0, 0, 3.2, ["采砂坑", "河边砂坑", "砂场水坑", "取土坑"]);

    /// <summary>Waters that villages have around them.</summary>
    public static readonly IReadOnlyList<WaterKind> OfVillages =
    [
        new(HazardKind.Pond, 'P', 0.52, 300, 1.6,
            ["塘子", "鱼塘", "荷花塘", "水牛塘", "门前塘", "龙潭", "洗衣塘", "藕塘", "积水塘", "坝塘"]),
        new(HazardKind.Canal, 'C', 0.14, 330, 1.0, ["大沟", "灌溉沟", "排水沟", "引水渠", "干渠", "支渠", "三面光沟"]),
        new(HazardKind.Well, 'W', 0.13, 160, 2.6, ["水窖", "水井", "抗旱水窖", "蓄水池", "老井", "人饮水池"]),
        new(HazardKind.Stream, 'S', 0.08, 420, 0.8, ["小河", "箐沟", "溪沟", "山箐水", "小河沟"]),
        new(HazardKind.Reservoir, 'V', 0.05, 850, 6.5,
            ["水库", "小坝塘水库", "龙潭水库", "石洞水库", "丰收水库", "团结水库"]),
        new(HazardKind.Pit, 'Q', 0.05, 650, 3.5, ["采石坑", "废弃砂坑", "取土坑", "砖厂水坑", "矿坑"]),
        new(HazardKind.Other, 'O', 0.02, 380, 2.2, ["施工坑", "沉淀池", "消防水池", "沼液池"]),
        new(HazardKind.Lake, 'L', 0.01, 900, 4.5, ["海子", "湖", "草海", "天生湖"]),
    ];

    /// <summary>Hazards on a real river: mostly the bank, some weirs, some sand pits.</summary>
    public static readonly IReadOnlyList<(WaterKind Item, double Weight)> OnRivers = [(River, 0.82), (Weir, 0.08), (SandPit, 0.10)];

    /// <summary>The same with their shares as weights.</summary>
    public static readonly IReadOnlyList<(WaterKind Item, double Weight)> NearVillages = [.. OfVillages.Select(kind => (kind, kind.Share))];

    public bool IsOnRiver => Share == 0;
}
