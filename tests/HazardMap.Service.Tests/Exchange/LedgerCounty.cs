using System.Text;
using HazardMap.Service.Exchange;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Exchange;

/// <summary>
/// A county of 20 by 20 km with three townships side by side, three hazards and a pool that the register knows already.
/// </summary>
public class LedgerCounty : EmptyRegister
{
    protected override string Rule => "2026-1";

    public const string Headers =
        "Code,Name,Kind,DivisionCode,Longitude,Latitude,DepthMetres,Flow,Bank,Access,HasSign,HasRing,HasRope,HasPole,HasCamera,OwnerUnit";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hazardmap-import");

    /// <summary>For files of a test; goes with the county.</summary>
    internal string Folder => _folder.FullName;

    public override Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return base.DisposeAsync();
    }

    protected override Task FillAsync() => ExecuteAsync("""
        insert into register.divisions (code, name, level, parent_code, boundary, centre, source) values
          ('532601', '文山市', 'County', null, st_multi(st_makeenvelope(104.2, 23.3, 104.4, 23.5, 4326))::geography,
          st_makepoint(104.3, 23.4)::geography, 'test'),
          ('532601101', '东镇', 'Township', '532601', null, st_makepoint(104.35, 23.4)::geography, 'test'),
          ('532601102', '西镇', 'Township', '532601', st_multi(st_makeenvelope(104.2, 23.3, 104.25, 23.5, 4326))::geography,
            st_makepoint(104.22, 23.4)::geography, 'test');
        insert into register.hazards (code, name, kind, shape, division_code, depth_metres, source) values
          ('H1', '一号塘', 'Pond', st_makepoint(104.30, 23.40)::geography, '532601101', 2, 'test'),
          ('H2', '二号塘', 'Pond', st_makepoint(104.31, 23.41)::geography, '532601101', 2, 'test'),
          ('H3', '三号塘', 'Pond', st_makepoint(104.32, 23.42)::geography, '532601101', 2, 'test'),
          ('L1', '大湖', 'Lake', st_makeenvelope(104.33, 23.43, 104.34, 23.44, 4326)::geography, '532601101', 5, 'test');
        insert into register.facilities (code, name, kind, location, division_code, under5, aged_5_to_14, counts_estimated, source) values
          ('F1', '一小', 'School', st_makepoint(104.30, 23.401)::geography, '532601101', 0, 200, true, 'test');
        """);

    /// <summary>A ledger with all headers of a hazard.</summary>
    internal static string Rows(params string[] rows) => Headers + "\n" + string.Join('\n', rows) + "\n";

    internal Task<ImportReport> ImportAsync(string fileName, string text, ImportKind? kind = null, string crs = "auto",
        bool skipBad = false, bool dryRun = false, Encoding? encoding = null, bool allowMoves = false) =>
            ImportAsync(fileName, (encoding ?? new UTF8Encoding(false)).GetBytes(text), kind, crs, skipBad, dryRun, allowMoves);

    internal async Task<ImportReport> ImportAsync(string fileName, byte[] bytes, ImportKind? kind = null, string crs = "auto",
        bool skipBad = false, bool dryRun = false, bool allowMoves = false)
    {
        var path = Path.Combine(_folder.FullName, fileName);
        await File.WriteAllBytesAsync(path, bytes);
        return await new FileImport(Database, ConnectionString)
            .RunAsync(new ImportRequest(path, kind, crs, dryRun, skipBad, "test", AllowMoves: allowMoves), CancellationToken.None);
    }

    internal Task<RefusalException> RefusedAsync(string fileName, string text, ImportKind? kind = null, string crs = "auto",
        Encoding? encoding = null) =>
            RefusedAsync(fileName, (encoding ?? new UTF8Encoding(false)).GetBytes(text), kind, crs);

    /// <summary>Imports what must be refused in both languages, and sees that nothing changed.</summary>
    internal async Task<RefusalException> RefusedAsync(string fileName, byte[] bytes, ImportKind? kind = null, string crs = "auto")
    {
        var before = await FingerprintAsync();
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => ImportAsync(fileName, bytes, kind, crs));
        Assert.Equal(before, await FingerprintAsync());
        Assert.NotEqual(refusal.Message, refusal.MessageZh, StringComparer.Ordinal);
        return refusal;
    }

    internal Task<string?> FingerprintAsync() => ScalarAsync<string>("""
        select md5(string_agg(t, '|' order by t)) from (
          select h::text as t from register.hazards h union all select f::text from register.facilities f union all select r::text
            from register.hazard_risks r
          union all select d::text from register.divisions d union all select y::text from register.history y union all select i::text
            from register.imports i) everything
        """);
}

public abstract class LedgerTests : IAsyncLifetime
{
    protected LedgerCounty County { get; } = new();

    public Task InitializeAsync() => County.InitializeAsync();

    public Task DisposeAsync() => County.DisposeAsync();

    protected static string Rows(params string[] rows) => LedgerCounty.Rows(rows);
}
