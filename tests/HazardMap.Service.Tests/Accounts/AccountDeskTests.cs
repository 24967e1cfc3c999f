using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using HazardMap.Service.Accounts;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Accounts;

/// <summary>A prefecture with two counties, and a clerk's desk at the server's console.</summary>
public sealed class Prefecture : ServedRegister
{
    protected override Task FillAsync() => ExecuteAsync("""
        insert into register.divisions (code, name, level, parent_code, centre, source) values
          ('5326', '文山州', 'Prefecture', null, 'POINT(104.2 23.4)', 'test'),
          ('532601', '文山市', 'County', '5326', 'POINT(104.24 23.37)', 'test'),
          ('532622', '砚山县', 'County', '5326', 'POINT(104.33 23.6)', 'test');
        insert into register.hazards (code, name, kind, shape, division_code, source) values
          ('H1', '东塘', 'Pond', 'POINT(104.24 23.37)', '532601', 'test'), ('H2', '西塘', 'Pond', 'POINT(104.33 23.6)', '532622',
              'test');
        """);
}

/// <summary>Accounts are made at the console, one or a sheet of them; each person sets the password.</summary>
public sealed class AccountDeskTests(Prefecture prefecture) : IClassFixture<Prefecture>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hazardmap-accounts-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task An_added_account_logs_in_first_with_its_code_and_sees_its_area()
    {
        var made = await AccountDesk.AddAsync(prefecture.Database, new("liwu", "李五", "Inspector", ["532601"]), CancellationToken.None);
        var person = new Person(prefecture.FromElsewhere(), "liwu");
        var answer = await person.PostAsync("/api/account/first",
            new { user = "liwu", oneTimeCode = made.OneTimeCode, password = Person.Password });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await person.TakeAsync(answer);
        Assert.Equal("H1", Assert.Single((await person.JsonAsync("/odata/Hazards?$select=Code")).GetProperty("value").EnumerateArray())
            .GetProperty("Code").GetString());
    }

    [Theory]
    [InlineData("two words", "Inspector", "532601", "Name"), InlineData("admin", "Inspector", "532601", "Name")]
    [InlineData("ADMIN", "Inspector", "532601", "Name"), InlineData("x", "King", "532601", "Role"), InlineData("x", "Inspector", "",
        "Area")]
    [InlineData("x", "Clerk", "999999", "Area")]
    public async Task An_account_that_is_wrong_is_refused_by_its_column(string name, string role, string area, string column)
    {
        var refused = await Assert.ThrowsAsync<RefusalException>(() => AccountDesk.AddAsync(prefecture.Database,
            new(name, "某人", role, area.Length > 0 ? [area] : []), CancellationToken.None));
        Assert.Equal(("AccountRefused", column), (refused.Code, refused.Target));
    }

    [Fact]
    public async Task Disabled_is_out_at_once_enabled_may_log_in_again_and_reset_begins_anew()
    {
        var person = await Person.InAsync(prefecture);
        await person.EnrolAsync();
        Assert.Equal(1, await AccountDesk.DisableAsync(prefecture.Database, person.Name, CancellationToken.None));
        await person.IsSoonOutAsync();
        await AccountDesk.EnableAsync(prefecture.Database, person.Name, CancellationToken.None);
        var (code, _) = await AccountDesk.ResetAsync(prefecture.Database, person.Name, CancellationToken.None);
        var again = new Person(prefecture.FromElsewhere(), person.Name);
        Assert.Equal(HttpStatusCode.Unauthorized,
            (await again.PostAsync("/api/session", new { user = person.Name, password = Person.Password })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await again.PostAsync("/api/account/first",
            new { user = person.Name, oneTimeCode = code, password = Person.Password })).StatusCode);
        await again.LogInAsync();
    }

    [Fact]
    public async Task The_last_administrator_is_not_disabled_and_nobody_who_is_not_there()
    {
        var world = new ServedRegister();
        await world.InitializeAsync();
        try
        {
            Assert.Equal("LastAdministrator", (await Assert.ThrowsAsync<RefusalException>(
                () => AccountDesk.DisableAsync(world.Database, "admin", CancellationToken.None))).Code);
            Assert.Equal("UnknownUser", (await Assert.ThrowsAsync<RefusalException>(
                () => AccountDesk.ResetAsync(world.Database, "nobody", CancellationToken.None))).Code);
            Assert.Equal(HttpStatusCode.OK, (await world.Administrator.GetAsync("/api/session")).StatusCode);
        }
        finally
        {
            await world.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_key_is_confined_to_an_area_of_its_account_and_may_not_look_after_it()
    {
        await AccountDesk.AddAsync(prefecture.Database, new("station", "水务站", "Clerk", ["5326"]), CancellationToken.None);
        var (key, _) = await AccountDesk.IssueKeyAsync(prefecture.Database, "station", "532622", "水位计", 30, CancellationToken.None);
        using var program = new HttpClient { BaseAddress = prefecture.Stranger.BaseAddress };
        program.DefaultRequestHeaders.Authorization = new("Bearer", key);
        var seen = await program.GetStringAsync("/odata/Hazards?$select=Code");
        Assert.Contains("H2", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("H1", seen, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await program.GetAsync("/api/account")).StatusCode);
        var stored = await prefecture.ScalarAsync<string>("select string_agg(t::text, ' ') from account.tokens t");
        Assert.DoesNotContain(key, stored!, StringComparison.Ordinal);
        Assert.Equal("AreaRefused", (await Assert.ThrowsAsync<RefusalException>(() =>
            AccountDesk.IssueKeyAsync(prefecture.Database, "station", "53", "x", 30, CancellationToken.None))).Code);
        // The account's area became another one: nothing lies in both.
        await prefecture.ExecuteAsync("update account.grants set area = '532601' where account = 'station'");
        Assert.DoesNotContain("\"H2\"", await SoonAsync(), StringComparison.Ordinal);

        async Task<string> SoonAsync()
        {
            for (var look = 0; ; look++)
            {
                var answer = await program.GetAsync("/odata/Hazards?$select=Code");
                var text = await answer.Content.ReadAsStringAsync();
                if (!text.Contains("\"H2\"", StringComparison.Ordinal) || look > 100) return text;
                await Task.Delay(20);
            }
        }
    }

    [Theory, InlineData("csv"), InlineData("xlsx")]
    public async Task A_sheet_of_five_thousand_comes_in_whole_and_the_codes_are_their_reader_s_alone(string format)
    {
        var rows = Enumerable.Range(1, 5000).Select(n => (string[])[$"{format}{n}", $"巡查员{n}", n % 2 == 0 ? "巡查员" : "Clerk",
            n % 3 == 0 ? "532601；532622" : "532601"]).ToList();
        var (sheet, codes) = (Path.Combine(_folder, $"accounts.{format}"), Path.Combine(_folder, "codes.csv"));
        if (format == "csv") WriteCsv(sheet, rows);
        else WriteXlsx(sheet, rows);
        Assert.Equal(5000, await AccountImport.RunAsync(prefecture.Database, sheet, codes, CancellationToken.None));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(codes));
        var line = (await File.ReadAllLinesAsync(codes)).Single(l => l.StartsWith($"{format}4999,", StringComparison.Ordinal)).Split(',');
        Assert.Equal(5001, (await File.ReadAllLinesAsync(codes)).Length);
        var person = new Person(prefecture.FromElsewhere(), line[0]);
        Assert.Equal(HttpStatusCode.OK, (await person.PostAsync("/api/account/first",
            new { user = line[0], oneTimeCode = line[2], password = Person.Password })).StatusCode);
        Assert.Equal(6666L, await prefecture.ScalarAsync<long>($"select count(*) from account.grants where account like '{format}%'"));
        Assert.Equal("CodesFileExists", (await Assert.ThrowsAsync<RefusalException>(
            () => AccountImport.RunAsync(prefecture.Database, sheet, codes, CancellationToken.None))).Code);
    }

    [Fact]
    public async Task A_sheet_with_wrong_cells_changes_nothing_and_names_row_and_column()
    {
        var sheet = Path.Combine(_folder, "wrong.csv");
        WriteCsv(sheet, [["good", "好", "巡查员", "532601"], ["bad name", "坏", "巡查员", "532601"], ["third", "三", "国王",
            "532601"],
            ["good", "重复", "Clerk", "532601"], ["fifth", "五", "Clerk", "999"], ["admin", "六", "Clerk", "532601"]]);
        var codes = Path.Combine(_folder, "none.csv");
        var refused = await Assert.ThrowsAsync<RefusalException>(
            () => AccountImport.RunAsync(prefecture.Database, sheet, codes, CancellationToken.None));
        Assert.Equal("RowsRefused", refused.Code);
        foreach (var place in new[] { "row 3, Name", "row 4, Role", "row 5, Name", "row 6, Area", "row 7, Name", "5 of 6 rows" })
            Assert.Contains(place, refused.Message, StringComparison.Ordinal);
        Assert.Contains("第 4 行“角色”", refused.MessageZh, StringComparison.Ordinal);
        Assert.False(File.Exists(codes));
        Assert.Equal(0L, await prefecture.ScalarAsync<long>("select count(*) from account.accounts where user_name in ('good', 'fifth')"));
    }

    [Fact]
    public async Task Codes_that_can_not_be_written_make_no_accounts()
    {
        var sheet = Path.Combine(_folder, "one.csv");
        WriteCsv(sheet, [["lonely", "某人", "Clerk", "532601"]]);
        Assert.Equal("CodesFileNotWritable", (await Assert.ThrowsAsync<RefusalException>(() => AccountImport.RunAsync(prefecture.Database,
            sheet, Path.Combine(_folder, "no", "such", "folder.csv"), CancellationToken.None))).Code);
        Assert.Equal(0L, await prefecture.ScalarAsync<long>("select count(*) from account.accounts where user_name = 'lonely'"));
    }

    [Fact]
    public async Task What_is_no_sheet_is_refused_by_name()
    {
        foreach (var (name, text, code) in new[]
        {
            ("broken.xlsx", "not a workbook", "NotAWorkbook"), ("other.csv", "a,b\n1,2\n", "HeaderMissing"),
            ("old.xls", "x", "FormatNotYet"), ("empty.csv", "用户名,姓名,角色,辖区\n", "FileEmpty"),
        })
        {
            var path = Path.Combine(_folder, name);
            await File.WriteAllTextAsync(path, text);
            Assert.Equal(code, (await Assert.ThrowsAsync<RefusalException>(() => AccountImport.RunAsync(prefecture.Database, path,
                Path.Combine(_folder, "codes"), CancellationToken.None))).Code);
        }
    }

    [Fact]
    public async Task The_list_tells_who_may_do_what_and_no_secret()
    {
        await AccountDesk.AddAsync(prefecture.Database, new("listed", "王六", "督查员", ["532601", "532622"]), CancellationToken.None);
        var listed = (await AccountDesk.ListAsync(prefecture.Database, CancellationToken.None)).Single(a => a.Name == "listed");
        Assert.Equal(["Supervisor 532601", "Supervisor 532622"], listed.Grants);
        Assert.Equal((false, false, false), (listed.IsDisabled, listed.HasPassword, listed.Totp));
    }

    private static void WriteCsv(string path, IEnumerable<string[]> rows) =>
        File.WriteAllLines(path, rows.Select(row => string.Join(',', row)).Prepend("用户名,姓名,角色,辖区"));

    // As a sheet program writes it: shared texts, numbers as numbers.
    private static void WriteXlsx(string path, List<string[]> rows)
    {
        var texts = rows.Prepend(["用户名", "姓名", "角色", "辖区"]).SelectMany(r => r).Distinct(StringComparer.Ordinal).ToList();
        var places = texts.Select((text, i) => (text, i)).ToDictionary(t => t.text, t => t.i, StringComparer.Ordinal);
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        const string main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
        const string relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        Part("xl/workbook.xml", $"<workbook {main} xmlns:r=\"{relations}\"><sheets>"
            + "<sheet name=\"账户\" sheetId=\"1\" r:id=\"rId7\"/></sheets></workbook>");
        Part("xl/_rels/workbook.xml.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
            + $"<Relationship Id=\"rId7\" Type=\"{relations}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>");
        Part("xl/sharedStrings.xml", $"<sst {main}>{string.Concat(texts.Select(t => $"<si><t>{t}</t></si>"))}</sst>");
        var sheet = new StringBuilder($"<worksheet {main}><sheetData>");
        var number = 0;
        foreach (var row in rows.Prepend(["用户名", "姓名", "角色", "辖区"]))
        {
            sheet.Append(CultureInfo.InvariantCulture, $"<row r=\"{++number}\">");
            for (var i = 0; i < row.Length; i++)
            {
                var place = $"{(char)('A' + i)}{number}";
                sheet.Append(i == 3 && double.TryParse(row[i], CultureInfo.InvariantCulture, out _)
                    ? $"<c r=\"{place}\"><v>{row[i]}</v></c>"
                    : $"<c r=\"{place}\" t=\"s\"><v>{places[row[i]]}</v></c>");
            }
            sheet.Append("</row>");
        }
        Part("xl/worksheets/sheet1.xml", sheet.Append("</sheetData></worksheet>").ToString());

        void Part(string name, string text)
        {
            using var writer = new StreamWriter(zip.CreateEntry(name).Open());
            writer.Write(text);
        }
    }
}
