using System.Text;

namespace HazardMap.Service.Exchange.Ledger;

/// <summary>The columns that a ledger may have, of whatever kind.</summary>
internal enum LedgerColumn
{
    Code, Name, Kind, DivisionCode, Longitude, Latitude, DepthMetres, Flow, Bank, Access,
    HasSign, HasRing, HasRope, HasPole, HasCamera, OwnerUnit, Status, IsSynthetic,
    Capacity, Under5, Aged5To14, Aged60Plus, CountsEstimated,
    Level, ParentCode, Population, Children, Elders,
}

/// <summary>Headers in either language, as clerks write them.</summary>
internal static class LedgerHeaders
{
    private static readonly (LedgerColumn Column, string[] Names)[] Table =
    [
        (LedgerColumn.Code, ["Code", "编号", "编码", "代码", "adcode"]),
        (LedgerColumn.Name, ["Name", "名称"]),
        (LedgerColumn.Kind, ["Kind", "类型", "类别"]),
        (LedgerColumn.DivisionCode, ["DivisionCode", "行政区划代码", "区划代码"]),
        (LedgerColumn.Longitude, ["Longitude", "经度", "lon", "lng"]),
        (LedgerColumn.Latitude, ["Latitude", "纬度", "lat"]),
        (LedgerColumn.DepthMetres, ["DepthMetres", "水深(米)", "水深"]),
        (LedgerColumn.Flow, ["Flow", "流速"]),
        (LedgerColumn.Bank, ["Bank", "岸坡"]),
        (LedgerColumn.Access, ["Access", "通行"]),
        (LedgerColumn.HasSign, ["HasSign", "警示牌"]),
        (LedgerColumn.HasRing, ["HasRing", "救生圈"]),
        (LedgerColumn.HasRope, ["HasRope", "救生绳"]),
        (LedgerColumn.HasPole, ["HasPole", "救生杆"]),
        (LedgerColumn.HasCamera, ["HasCamera", "监控"]),
        (LedgerColumn.OwnerUnit, ["OwnerUnit", "权属单位"]),
        (LedgerColumn.Status, ["Status", "状态"]),
        (LedgerColumn.IsSynthetic, ["IsSynthetic", "示例数据"]),
        (LedgerColumn.Capacity, ["Capacity", "容量"]),
        (LedgerColumn.Under5, ["Under5", "5岁以下"]),
        (LedgerColumn.Aged5To14, ["Aged5To14", "5至14岁", "5-14岁"]),
        (LedgerColumn.Aged60Plus, ["Aged60Plus", "60岁以上"]),
        (LedgerColumn.CountsEstimated, ["CountsEstimated", "人数为估计"]),
        (LedgerColumn.Level, ["Level", "级别"]),
        (LedgerColumn.ParentCode, ["ParentCode", "上级代码", "上级行政区划代码"]),
        (LedgerColumn.Population, ["Population", "人口"]),
        (LedgerColumn.Children, ["Children", "儿童", "儿童人数"]),
        (LedgerColumn.Elders, ["Elders", "老年人", "老年人数"]),
    ];

    private static readonly Dictionary<string, LedgerColumn> ByName =
        Table.SelectMany(t => t.Names.Select(n => (Key: Simplify(n), t.Column))).ToDictionary(n => n.Key, n => n.Column, StringComparer.Ordinal);

    /// <summary>The column that a header names; <see langword="null"/> when it names none.</summary>
    public static LedgerColumn? Find(string header) => ByName.TryGetValue(Simplify(header), out var column) ? column : null;

    /// <summary>What a column is called in both languages.</summary>
    public static (string En, string Zh) Names(LedgerColumn column)
    {
        var names = Table.First(t => t.Column == column).Names;
        return (names[0], names[1]);
    }

    /// <summary>What a ledger with these columns holds; <see langword="null"/> when they do not tell.</summary>
    public static ImportKind? KindOf(IReadOnlyCollection<LedgerColumn> columns)
    {
        if (columns.Any(c => c >= LedgerColumn.Level)) return ImportKind.Divisions;
        if (columns.Any(c => c is >= LedgerColumn.Capacity and <= LedgerColumn.CountsEstimated)) return ImportKind.Facilities;
        return columns.Any(c => c is >= LedgerColumn.DepthMetres and <= LedgerColumn.OwnerUnit) ? ImportKind.Hazards : null;
    }

    // Full-width forms, case, spaces and underscores don't matter.
    private static string Simplify(string header) =>
        header.Normalize(NormalizationForm.FormKC).Replace("_", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal)
            .Replace("\uFEFF", "", StringComparison.Ordinal).Trim().ToUpperInvariant();
}
