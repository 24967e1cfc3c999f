using System.Text;
using HazardMap.OData;
using HazardMap.Register;
using HazardMap.Service.Exchange;
using HazardMap.Service.Exchange.Ledger;
using HazardMap.Service.Register.Sets;

namespace HazardMap.Service.Tests.Exchange;

/// <summary>
/// A clerk fills a ledger with the words that a screen or an export shows him, in either language, under the headers of either language:
/// each is read, and what is exported afterwards imports unchanged.
/// </summary>
public sealed class LedgerWordsTests : LedgerTests
{
    public static TheoryData<string, bool> SetsInBothLanguages() => new()
    {
        { "Hazards", false }, { "Hazards", true }, { "Facilities", false }, { "Facilities", true },
        { "Divisions", false }, { "Divisions", true }, { "Settlements", false }, { "Settlements", true },
    };

    [Theory, MemberData(nameof(SetsInBothLanguages))]
    public async Task Every_word_of_every_screen_is_read_and_comes_back(string name, bool isChinese)
    {
        var kind = Enum.Parse<ImportKind>(name);
        var set = LedgerSet.Of(kind);
        var rows = Rows(set);
        await County.ImportAsync("words.csv", Csv(set, rows, isChinese), kind);
        foreach (var (row, i) in rows.Select((row, i) => (row, i)))
            Assert.Equal(row.Meant, await StoredAsync(set, row.Column, CodeOf(set, i)));
        var path = Path.Combine(County.Folder, "out.csv");
        await new FileExport(County.Database).RunAsync(kind, path, CancellationToken.None);
        var back = await County.ImportAsync("back.csv", await File.ReadAllBytesAsync(path), kind);
        Assert.Equal(back.Read, back.Unchanged);
    }

    [Fact]
    public void A_word_that_is_none_is_refused_with_the_words_that_are()
    {
        var column = LedgerSet.Of(ImportKind.Hazards)["Access"];
        Assert.Null(LedgerCells.Read(column, "到处", out var problem));
        Assert.Equal("UnknownWord", problem!.Value.Reason);
        Assert.Contains("可自由到达、限制进入、已围挡", problem.Value.Zh, StringComparison.Ordinal);
    }

    // One row for each way to write each word: of the column that has it, with the value that is meant.
    private static List<(LedgerColumn Column, string Cell, string Meant)> Rows(LedgerSet set)
    {
        var rows = new List<(LedgerColumn, string, string)>();
        foreach (var column in set.Columns)
        {
            if (column.Property.EnumType is not null)
                rows.AddRange(LedgerCells.WordsOf(column).All
                    .SelectMany(word => word.Accepted.Select(cell => (column, cell, word.Member))));
            else if (column.Property.Type == ODataType.Boolean && column.Note.Form == CellForm.Plain)
                rows.AddRange(YesNo.All.Select(way => (column, way.Key, way.Value ? "true" : "false")));
        }
        return rows;
    }

    private static string CodeOf(LedgerSet set, int i) => set.Kind == ImportKind.Divisions ? $"532601{500 + i}" : $"W{i}";

    private static string Csv(LedgerSet set, List<(LedgerColumn Column, string Cell, string Meant)> rows, bool isChinese)
    {
        var csv = new StringBuilder(string.Join(',', set.Columns.Select(c => isChinese ? c.Zh : c.Name)));
        foreach (var (row, i) in rows.Select((row, i) => (row, i)))
            csv.Append('\n').AppendJoin(',', set.Columns.Select(c => c == row.Column ? row.Cell : Filler(set, c, i)));
        return csv.Append('\n').ToString();
    }

    // What a new row can't do without.
    private static string Filler(LedgerSet set, LedgerColumn column, int i) => column.Name switch
    {
        "Code" => CodeOf(set, i),
        "Name" => $"第{i}处",
        "Kind" => LedgerCells.WordsOf(column).All[0].Zh,
        "Level" => "乡镇",
        "DivisionCode" => "532601101",
        "ParentCode" => "532601",
        "Longitude" => "104.301",
        "Latitude" => "23.402",
        _ => "",
    };

    private Task<string?> StoredAsync(LedgerSet set, LedgerColumn column, string code) =>
        County.ScalarAsync<string>($"select {column.Column}::text from {set.Placement.Table} where code = '{code}'");
}
