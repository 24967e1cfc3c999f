using System.Globalization;

namespace HazardMap.Service.Ways;

/// <summary>What is refused about ways to school.</summary>
internal static class WayRefusals
{
    /// <summary>Without roads there are no ways: none is made up.</summary>
    public static RefusalException NoRoads() => new("NoRoads",
        "No walking roads are loaded: ways to school cannot be computed. Import an OpenStreetMap extract first.",
        "未载入步行道路，无法计算上学路。请先导入 OpenStreetMap 数据。");

    /// <summary>There is nothing to compare yet.</summary>
    public static RefusalException NeverComputed() => new("NeverComputed",
        "Ways to school have never been computed: run ./hazardmap ways first.", "尚未计算上学路：请先运行 ./hazardmap ways。");

    public static void Check(double metres, string target, double least, double most)
    {
        if (metres >= least && metres <= most) return;
        var range = string.Create(CultureInfo.InvariantCulture, $"{least}..{most}");
        throw new RefusalException("MetresOutOfRange", $"{target} must be {range} metres.", $"{target} 应为 {range} 米。", target);
    }
}
