namespace HazardMap.Service.Exchange.Ledger;

/// <summary>The words of what the database finds wrong with rows, and the refusal of a file that has such rows.</summary>
internal static class LedgerProblems
{
    private const int Told = 20;
    private const int ColumnsTold = 12;

    public static LedgerProblem Of(int number, string reason, LedgerColumn column, string detail)
    {
        var (en, zh) = reason switch
        {
            "Lacks" => ("a new row must have it; a cell that was merged with the one above is empty: fill it in",
                "新增行必须填写；与上一行合并的单元格为空，请补填"),
            "UnknownDivision" => ($"the register has no division {detail}; import the divisions first, or correct the code",
                $"台账中没有行政区划 {detail}，请先导入行政区划，或更正代码"),
            "DivisionNamedTwice" => ($"several divisions have that name, {detail}: state the code that is meant",
                $"有多个同名区划 {detail}：请填写代码"),
            "NotAPrefix" => ($"the code does not begin with its parent's, {detail}: correct one of them",
                $"代码不以上级代码 {detail} 开头：请更正其一"),
            "CodeTwice" => ($"the code stands in the file twice: {detail}; keep one row",
                $"编号在文件中重复：{detail}；请保留一行"),
            "OutsideDivision" => ($"the position lies outside its division {detail}: correct the position or the division",
                $"位置在所属区划 {detail} 之外：请更正位置或区划"),
            "FollowsShape" => ($"{detail} is a line or an area: its location follows its shape; import the shape as GeoJSON or in the "
                + "column Shape",
                $"{detail} 是线或面，位置由形状决定；请以 GeoJSON 或“形状(WKT)”列导入形状"),
            "Nowhere" => ("neither the row nor a division above it has a position: state one",
                "该行及其上级区划都没有位置：请填写"),
            "InNoDivision" => ("no division in force holds the position: state the division's code",
                "没有生效的行政区划包含该位置：请填写行政区划代码"),
            "CodeForm" => ($"'{detail}' is not a division code: 2 to 64 digits, letters or dots",
                $"'{detail}' 不是有效的区划代码：应为 2 至 64 位数字、字母或点"),
            "CodeMangled" => CodeText.Mangled(detail) is var mangled
                ? (mangled.En + $"; the register knows no {detail.Split('.')[0]}", mangled.Zh
                + $"；台账中没有 {detail.Split('.')[0]}") : default,
            _ => ($"{detail} does not fit here", $"{detail} 不适用于此处"),
        };
        return new(number, column, reason, en, zh, reason is "UnknownDivision" or "DivisionNamedTwice" && column.Name == "DivisionCode");
    }

    /// <summary>The refusal that names the first rows and counts the others.</summary>
    public static RefusalException Refusal(LedgerFile file, IReadOnlyCollection<LedgerProblem> problems)
    {
        var rows = problems.Select(p => p.Number).Distinct().Count();
        var (en, zh) = First(file, problems);
        var (contextEn, contextZh) = Context(file);
        return new RefusalException("RowsRefused",
            $"{file.FileName}: {rows} of {file.Count} rows are refused, nothing was changed. {en}.{contextEn} "
                + "Correct them; or take the others in with --skip-bad, which leaves an unreadable optional cell empty "
                + "and skips a row without code or place.",
            $"{file.FileName}：{file.Count} 行中有 {rows} 行被拒绝，未作任何更改。{zh}。{contextZh}请更正；或用 "
                + "--skip-bad 导入其余内容"
                + "（无法读取的可选单元格留空，没有编号或位置的行跳过）。", file.FileName);
    }

    /// <summary>The refusal of a file without the column that tells rows apart; what else is wrong is told with it.</summary>
    public static RefusalException WithoutCode(LedgerFile file)
    {
        var (en, zh) = file.Problems.Count > 0 ? First(file, file.Problems) : ("", "");
        var (contextEn, contextZh) = Context(file);
        return new RefusalException("HeaderMissing",
            $"{file.FileName}: no column is Code ({file.Set.Code.Zh}), which tells rows apart and stays with its row: add one.{contextEn}"
                + $"{(en.Length > 0 ? $" What can't be read besides: {en}." : "")} Nothing was changed.",
            $"{file.FileName}：没有“{file.Set.Code.Zh}”（Code）列，无法区分各行：请添加，编号须固定不变。"
                + $"{contextZh}"
                + $"{(zh.Length > 0 ? $"此外无法读取：{zh}。" : "")}未作任何更改。", file.FileName);
    }

    /// <summary>The problems of a skipped import, by reason.</summary>
    public static IEnumerable<SkippedReason> Summary(LedgerFile file, IEnumerable<LedgerProblem> problems) =>
        problems.DistinctBy(p => p.Number).GroupBy(p => p.Reason, StringComparer.Ordinal).Select(g =>
            new SkippedReason(file.Set.Kind.ToString().ToLowerInvariant(), null, g.Key, Zh(file, g.First()), g.Count(),
                [.. g.Take(Told).Select(p => En(file, p))]));

    /// <summary>The columns that were not read, and what they look like: a sentence, with a blank in front in English.</summary>
    public static (string En, string Zh) Unread(LedgerFile file)
    {
        if (file.IgnoredColumns.Count == 0) return ("", "");
        // Columns that look alike are told together.
        var all = file.IgnoredColumns.Take(ColumnsTold).GroupBy(LedgerHeaders.Likeness).ToList();
        var more = Math.Max(file.IgnoredColumns.Count - ColumnsTold, 0);
        var en = string.Join("; ", all.Select(g => Quoted(g, ", ", "'", "'") + (g.Key is { } like ? $" ({like.En})" : "")));
        var zh = string.Join("；", all.Select(g => Quoted(g, "、", "“", "”") + (g.Key is { } like ? $"（{like.Zh}）" : "")));
        return ($" Columns not read: {en}{(more > 0 ? $"; and {more} more" : "")}.",
            $"未读取的列：{zh}{(more > 0 ? $"；另有 {more} 列" : "")}。");
    }

    private static string Quoted(IEnumerable<string> headers, string by, string open, string close) =>
        string.Join(by, headers.Select(header => open + header + close));

    private static (string En, string Zh) First(LedgerFile file, IReadOnlyCollection<LedgerProblem> problems)
    {
        var (columns, cells) = OfWholeColumns(file, problems);
        var first = cells.OrderBy(p => p.Number).Take(Told).ToList();
        var more = cells.Count - first.Count;
        return (string.Join("; ", columns.Select(c => c.En).Concat(first.Select(p => En(file, p))))
            + (more > 0 ? $"; and {more} more" : ""),
            string.Join("；", columns.Select(c => c.Zh).Concat(first.Select(p => Zh(file, p))))
                + (more > 0 ? $"；另有 {more} 处" : ""));
    }

    // What all new rows lack because the file has no such column is told once.
    private static (List<(string En, string Zh)> Columns, List<LedgerProblem> Cells) OfWholeColumns(LedgerFile file,
        IReadOnlyCollection<LedgerProblem> problems)
    {
        bool IsWhole(LedgerProblem p) => p is { Reason: "Lacks", Column: { } column }
            && (column.IsPlace ? !file.StatesPlaces : !file.States(column));
        var columns = problems.Where(IsWhole).GroupBy(p => p.Column!).OrderBy(g => g.Key.Index).Select(g =>
        {
            var (name, zh) = g.Key.IsPlace ? ("Longitude (经度) and Latitude (纬度)",
                "“经度”（Longitude）和“纬度”（Latitude）")
                : ($"{g.Key.Name} ({g.Key.Zh})", $"“{g.Key.Zh}”（{g.Key.Name}）");
            var (at, atZh) = file.Place(g.Min(p => p.Number));
            return ($"no column is read as {name}, which {g.Count()} new rows must have ({at} is the first): add it",
                $"没有读到{zh}列，而 {g.Count()} 个新增行必须填写（首个为{atZh}）：请添加");
        }).ToList();
        return (columns, [.. problems.Where(p => !IsWhole(p))]);
    }

    // Where the headers were found, which columns and rows were left out: what a person needs to see why.
    private static (string En, string Zh) Context(LedgerFile file)
    {
        var (en, zh) = Unread(file);
        if (file.Headers is { } headers) (en, zh) = ($" Read were {headers.En}." + en, $"{headers.Zh}。" + zh);
        if (file.LeftOut.Count == 0) return (en, zh);
        var rows = file.LeftOut.First.Take(ColumnsTold).ToList();
        return (en + $" Left out were {string.Join("; ", rows.Select(r => $"line {r.Line} ({r.What}): '{r.Text}'"))}"
                + (file.LeftOut.Count > rows.Count ? $"; and {file.LeftOut.Count - rows.Count} more." : "."),
            zh + $"未计入的行：{string.Join("；", rows.Select(r => $"第 {r.Line} 行（{r.WhatZh}）“{r.Text}”"))}"
                + (file.LeftOut.Count > rows.Count ? $"；另有 {file.LeftOut.Count - rows.Count} 行。" : "。"));
    }

    private static string En(LedgerFile file, LedgerProblem p) =>
        $"{file.Place(p.Number).En}{(p.Column is { } c ? $", {c.Name}" : "")}: {p.En}";

    private static string Zh(LedgerFile file, LedgerProblem p) =>
        $"{file.Place(p.Number).Zh}{(p.Column is { } c ? $"“{c.Zh}”" : "")}：{p.Zh}";

    /// <summary>Cells that were left empty, told by place.</summary>
    public static IEnumerable<EmptiedCell> Emptied(LedgerFile file, IEnumerable<LedgerProblem> cells) =>
        cells.GroupBy(p => (p.Reason, p.Column)).Select(g => new EmptiedCell(g.Key.Column!.Name, g.Key.Column.Zh, g.Key.Reason, g.Count(),
            [.. g.Take(Told).Select(p => En(file, p))], [.. g.Take(Told).Select(p => Zh(file, p))]));
}
