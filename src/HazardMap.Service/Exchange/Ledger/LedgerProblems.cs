namespace HazardMap.Service.Exchange.Ledger;

/// <summary>The words of what the database finds wrong with rows, and the refusal of a file that has such rows.</summary>
internal static class LedgerProblems
{
    private const int Told = 10;

    public static LedgerProblem Of(int number, string reason, LedgerColumn column, string detail)
    {
        var (en, zh) = reason switch
        {
            "Lacks" => ("a new row must have it", "新增行必须填写"),
            "UnknownDivision" => ($"the register has no division {detail}; import the divisions first",
                $"台账中没有行政区划 {detail}，请先导入行政区划"),
            "NotAPrefix" => ($"the code does not begin with its parent's, {detail}", $"代码不以上级代码 {detail} 开头"),
            "CodeTwice" => ($"the code stands in the file twice: {detail}", $"编号在文件中重复：{detail}"),
            "OutsideDivision" => ($"the position lies outside its division {detail}", $"位置在所属区划 {detail} 之外"),
            "FollowsShape" => ($"{detail} is a line or an area: its location follows its shape; import the shape as GeoJSON",
                $"{detail} 是线或面，位置由形状决定；请以 GeoJSON 导入形状"),
            "Nowhere" => ("neither the row nor a division above it has a position", "该行及其上级区划都没有位置"),
            "CodeForm" =>
                ($"'{detail}' is not a division code: 2 to 64 digits, letters or dots", $"'{detail}' 不是有效的区划代码"),
            _ => ($"{detail} does not fit here", $"{detail} 不适用"),
        };
        return new(number, column, reason, en, zh);
    }

    /// <summary>The refusal that names the first rows and counts the others.</summary>
    public static RefusalException Refusal(LedgerFile file, IReadOnlyCollection<LedgerProblem> problems)
    {
        var rows = problems.Select(p => p.Number).Distinct().Count();
        var first = problems.OrderBy(p => p.Number).Take(Told).ToList();
        var more = problems.Count - first.Count;
        return new RefusalException("RowsRefused",
            $"{file.FileName}: {rows} of {file.Count} rows are refused, "
                + $"nothing was changed. {string.Join("; ", first.Select(p => En(file, p)))}{(more > 0 ? $"; and {more} more" : "")}. "
                + "Correct them, or leave them out with --skip-bad.",
            $"{file.FileName}：{file.Count} 行中有 {rows} 行被拒绝，"
                + $"未作任何更改。{string.Join("；", first.Select(p => Zh(file, p)))}"
                + $"{(more > 0 ? $"；另有 {more} 处" : "")}。请更正，或用 --skip-bad 跳过。",
            file.FileName);
    }

    /// <summary>The problems of a skipped import, by reason.</summary>
    public static IEnumerable<SkippedReason> Summary(LedgerFile file, IEnumerable<LedgerProblem> problems) =>
        problems.DistinctBy(p => p.Number).GroupBy(p => p.Reason, StringComparer.Ordinal).Select(g =>
            new SkippedReason(file.Set.Kind.ToString().ToLowerInvariant(), null, g.Key, Zh(file, g.First()), g.Count(),
                [.. g.Take(Told).Select(p => En(file, p))]));

    private static string En(LedgerFile file, LedgerProblem p) =>
        $"{file.Place(p.Number).En}{(p.Column is { } c ? $", {c.Name}" : "")}: {p.En}";

    private static string Zh(LedgerFile file, LedgerProblem p) =>
        $"{file.Place(p.Number).Zh}{(p.Column is { } c ? $"“{c.Zh}”" : "")}：{p.Zh}";
}
