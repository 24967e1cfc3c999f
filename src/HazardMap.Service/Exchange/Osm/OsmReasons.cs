namespace HazardMap.Service.Exchange.Osm;

/// <summary>The Chinese of the reasons that staging gives.</summary>
internal static class OsmReasons
{
    private static readonly (string Begins, string Zh)[] Reasons =
    [
        ("value not in the mapping", "该标签值不在对应表中"),
        ("closed to walkers and drivers", "行人和车辆均不得通行"),
        ("access=", "私有或禁止进入"),
        ("a point, not an area", "是点而非面"),
        ("a point, not a line", "是点而非线"),
        ("not an area", "路线未闭合，不构成面"),
        ("a relation of waterways", "水道关系，其成员已分别导入"),
        ("a relation that is not a multipolygon", "关系不是多边形"),
        ("another tag says its use", "另有标签说明其用途"),
        ("smaller than a home", "面积小于住房"),
        ("too few homes are drawn in its division", "所在行政区划内绘制的住房太少，不足以说明居民分布"),
        ("a relation: its place", "关系：该地名已作为区划或点表示"),
        ("incomplete in this extract", "在此数据范围内不完整"),
        ("broken geometry", "几何图形损坏"),
        ("outline of relation", "是某关系的外环，已随该关系导入"),
        ("deleted here by hand", "已在本台账中人工删除，且数据对其没有新的说法"),
        ("marked as deleted", "已在编辑器中标记为删除"),
        ("no name", "没有名称"),
        ("admin_level is not a number", "admin_level 不是数字"),
        ("the register's own divisions lie there", "该处已有台账自己的行政区划"),
    ];

    public static string? Chinese(string reason) =>
        Reasons.FirstOrDefault(r => reason.StartsWith(r.Begins, StringComparison.Ordinal)).Zh;
}
