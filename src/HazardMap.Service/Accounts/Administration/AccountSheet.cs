using HazardMap.Service.Exchange;
using HazardMap.Service.Exchange.Ledger;
using HazardMap.Service.Exchange.Sheets;

namespace HazardMap.Service.Accounts;

/// <summary>One row of a sheet of accounts, as it is written.</summary>
/// <param name="Line">Where it stands, from 1.</param>
/// <param name="Name">Name to log in with.</param>
/// <param name="DisplayName">Name to show; empty: the other one.</param>
/// <param name="Role">What it may do, a word in either language.</param>
/// <param name="Area">Codes of divisions.</param>
internal sealed record AccountRow(int Line, string Name, string DisplayName, string Role, IReadOnlyList<string> Area);

/// <summary>
/// A sheet of accounts, csv in any encoding and with any separator, or xlsx: columns Name, DisplayName, Role, Area under headers in either
/// language, in any order.
/// </summary>
internal static class AccountSheet
{
    private const int RowsBeforeHeaders = 20;

    /// <summary>The columns: what each is called here, in Chinese, and how else.</summary>
    public static readonly IReadOnlyList<(string Name, string Zh, string[] Others)> Columns =
    [
        ("Name", "用户名", ["账号", "帐号", "登录名", "UserName", "User name", "User"]),
        ("DisplayName", "姓名", ["显示名称", "Display name"]),
        ("Role", "角色", ["岗位角色"]),
        ("Area", "辖区", ["行政区划代码", "区划代码", "DivisionCode", "Division", "区划"]),
    ];

    private static readonly char[] BetweenAreas = [';', '；', '、', ',', '，', ' ', '\n', '\t', '\u3000'];

    /// <summary>Reads a file.</summary>
    /// <exception cref="RefusalException">Not a sheet, or without the columns.</exception>
    public static List<AccountRow> Read(string path)
    {
        var fileName = Path.GetFileName(path);
        if (!File.Exists(path))
            throw new RefusalException("FileNotFound", $"There is no file {path}.", $"没有文件 {path}。", fileName);
        var records = (fileName.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase) ? XlsxRows.Read(path, fileName)
            : ReadText(path, fileName)).Where(r => !r.IsBlank).ToList();
        for (var i = 0; i < Math.Min(records.Count, RowsBeforeHeaders); i++)
            if (ColumnsOf(records[i]) is { } columns)
                return [.. records.Skip(i + 1).Select(r => RowOf(r, columns))];
        throw new RefusalException("HeaderMissing",
            $"{fileName}: no row holds the headers Name, Role and Area (用户名、角色、辖区), and DisplayName (姓名) if wanted. "
                + "Nothing was changed.",
            $"{fileName}：没有表头。须有“用户名”“角色”“辖区”，可有“姓名”。未作任何更改。",
                fileName);
    }

    private static List<CsvRecord> ReadText(string path, string fileName)
    {
        if (fileName.EndsWith(".xls", StringComparison.OrdinalIgnoreCase))
            throw new RefusalException("FormatNotYet", ".xls files can't be read: save the sheet as .xlsx or CSV UTF-8.",
                "无法读取 .xls 文件：请另存为 .xlsx 或 CSV UTF-8。", fileName);
        using var source = LedgerSource.Open(path, fileName);
        var separator = CsvSeparator.Of(source.Head(), fileName);
        using var text = source.OpenText();
        for (var i = 0; i < separator.Start; i++) _ = text.Read();
        return [.. new CsvReader(text, separator.Character, fileName, separator.Line).Read()];
    }

    // Where each column stands; null when the record is not the headers.
    private static int[]? ColumnsOf(CsvRecord record)
    {
        var cells = record.Cells.Select(c => Plain(InvisibleText.Strip(c))).ToList();
        var at = Columns.Select(column => cells.FindIndex(c =>
            new[] { column.Name, column.Zh }.Concat(column.Others).Any(name => Plain(name) == c))).ToArray();
        return at[0] >= 0 && at[2] >= 0 && at[3] >= 0 ? at : null;
    }

    private static string Plain(string header) => header.Trim().Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();

    private static AccountRow RowOf(CsvRecord record, int[] columns)
    {
        var cells = columns.Select(at => at >= 0 && at < record.Cells.Count
            ? InvisibleText.Strip(CsvCell.Unneutralise(record.Cells[at])).Trim() : "").ToList();
        return new AccountRow(record.Line, cells[0], cells[1], cells[2],
            cells[3].Split(BetweenAreas, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }
}
