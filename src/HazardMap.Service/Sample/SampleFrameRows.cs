namespace HazardMap.Service.Sample;

/// <summary>The divisions that count: the list without its statistical pseudo-townships.</summary>
internal static class SampleFrameRows
{
    /// <summary>
    /// Township rows that are no townships (4xx development zones, 5xx farms), with the real township that their real
    /// communities are put under. Codes are prefixes, so those communities are renumbered from 901 there.
    /// </summary>
    private static readonly Dictionary<string, string?> Pseudo = new(StringComparer.Ordinal)
    {
        ["532601403"] = null,          // its only community is a virtual one (虚拟社区)
        ["532625501"] = "532625101",   // 健康农场: two real communities, under 马白镇
    };

    public static List<FrameDivision> Real(SampleFrame frame) => [.. frame.Divisions.SelectMany(Real)];

    private static IEnumerable<FrameDivision> Real(FrameDivision row)
    {
        if (Pseudo.ContainsKey(row.Code))
            return [];
        if (!Pseudo.TryGetValue(row.ParentCode, out var township))
            return [row];
        return township is null ? [] : [row with { Code = $"{township}9{row.Code[^2..]}", ParentCode = township }];
    }
}
