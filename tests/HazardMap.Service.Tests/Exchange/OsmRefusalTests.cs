using System.IO.Compression;
using System.Text;
using HazardMap.Service.Exchange;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Exchange;

/// <summary>Extracts that are not whole are refused by what is wrong with them; nothing changes and no staging is left.</summary>
public sealed class OsmRefusalTests(EmptyRegister register) : IClassFixture<EmptyRegister>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hazardmap-import");

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<RefusalException> RefusedAsync(string fileName, byte[] content)
    {
        var path = Path.Combine(_folder.FullName, fileName);
        await File.WriteAllBytesAsync(path, content);
        var refusal = await Assert.ThrowsAsync<RefusalException>(
            () => new FileImport(register.Database, register.ConnectionString).RunAsync(new ImportRequest(path), CancellationToken.None));
        Assert.Equal(0, await register.ScalarAsync<long>("select count(*) from register.history"));
        Assert.False(await register.ScalarAsync<bool>("select exists (select from pg_namespace where nspname = 'import_osm')"));
        Assert.NotEqual(refusal.Message, refusal.MessageZh, StringComparer.Ordinal);
        return refusal;
    }

    private static byte[] Village => File.ReadAllBytes(ImportedVillage.Extract);

    [Theory]
    [InlineData("empty.osm.pbf")]
    [InlineData("empty.osm")]
    [InlineData("empty.osm.gz")]
    public async Task An_empty_file_is_refused(string name) => Assert.Equal("FileEmpty", (await RefusedAsync(name, [])).Code);

    [Fact]
    public async Task A_file_without_nodes_is_refused() =>
        Assert.Equal("EmptyExtract", (await RefusedAsync("nothing.osm", "<osm version=\"0.6\"></osm>"u8.ToArray())).Code);

    [Fact]
    public async Task A_truncated_file_is_refused() =>
        Assert.Equal("ExtractTruncated", (await RefusedAsync("half.osm", Village[..3000])).Code);

    [Fact]
    public async Task A_truncated_compressed_file_is_refused()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true)) await gzip.WriteAsync(Village);
        Assert.Equal("ExtractTruncated", (await RefusedAsync("half.osm.gz", packed.ToArray()[..800])).Code);
        packed.GetBuffer()[700] ^= 255;
        Assert.Equal("ExtractDamaged", (await RefusedAsync("damaged.osm.gz", packed.ToArray())).Code);
    }

    [Fact]
    public async Task Garbage_is_refused() =>
        Assert.Equal("ExtractNotOsm", (await RefusedAsync("garbage.osm.pbf", Encoding.UTF8.GetBytes(new string('x', 5000)))).Code);

    // Each cause has its own sentence and its own remedy, in both languages.
    [Theory]
    [InlineData("chg.osm", "<osmChange version='0.6'><create/></osmChange>", "OsmChange", "osmium apply-changes")]
    [InlineData("chg.osc.gz", "x", "FormatNotYet", "osmium apply-changes")]
    [InlineData("page.osm.pbf", "<!DOCTYPE html><html><body>404 Not Found</body></html>", "ExtractNotOsm", "web page|网页")]
    [InlineData("data.osm", "{\"version\":0.6}", "ExtractNotOsm", "[out:xml]")]
    [InlineData("track.osm", "<gpx><trk/></gpx>", "ExtractNotOsm", "<gpx>")]
    [InlineData("zip.osm.pbf", "PK\u0003\u0004", "ExtractNotOsm", "zip")]
    [InlineData("old.osm", "<osm version='0.5'/>", "ExtractVersion", "0.5")]
    [InlineData("lat.osm", "<osm version='0.6'>\n<node id='7' lat='95' lon='1'/></osm>", "CoordinateOutOfRange", "95|line 2|第 2 行")]
    [InlineData("nan.osm", "<osm version='0.6'><node id='7' lat='1' lon='NaN'/></osm>", "CoordinateOutOfRange", "NaN")]
    [InlineData("id.osm", "<osm version='0.6'><node id='x' lat='5' lon='1'/></osm>", "NumberUnreadable", "id=\"x\"")]
    [InlineData("far.osm", "<osm version='0.6'><node id='-99999999999' lat='5' lon='1'/></osm>", "ExtractNumbers", "osmium renumber")]
    [InlineData("dtd.osm", "<!DOCTYPE x [<!ENTITY a 'b'>]><osm version='0.6'/>", "ExtractHasDtd", "DOCTYPE")]
    [InlineData("late.osm", "<osm version='0.6'><node id='1' lat='5' lon='1'/><remark>runtime error: Query timed out</remark></osm>",
        "ExtractIncomplete", "timed out|timeout")]
    [InlineData("long.osm", "<osm version='0.6'><node id='1' lat='5' lon='1'><tag k='a' v='LONG'/></node></osm>", "TextTooLong", "255")]
    [InlineData("two.osm", "<osm version='0.6'><node id='1' lat='5' lon='1'/></osm><osm/>", "ExtractTwice", "osmium merge")]
    [InlineData("and.osm", "<osm version='0.6'><node id='1' lat='5' lon='1'><tag k='a' v='A & B'/></node></osm>", "XmlBroken", "&amp;")]
    [InlineData("gb.osm", "<osm version='0.6'><node id='1' lat='5' lon='1'><tag k='a' v='\u00D6\u00D0'/></node></osm>",
        "ExtractEncoding", "iconv")]
    [InlineData("member.osm", "<osm version='0.6'><relation id='1'><member type='x' ref='1' role=''/></relation></osm>",
        "MemberUnknown", "type=\"x\"")]
    public async Task Each_fault_is_told_by_its_own_cause_and_remedy(string fileName, string content, string code, string told)
    {
        var bytes = Encoding.Latin1.GetBytes(content.Replace("LONG", new string('a', 2000), StringComparison.Ordinal));
        var refusal = await RefusedAsync(fileName, bytes);
        Assert.Equal(code, refusal.Code);
        Assert.Contains(told.Split('|'), word => refusal.Message.Contains(word, StringComparison.Ordinal));
        Assert.Contains(told.Split('|'), word => refusal.MessageZh.Contains(word, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_real_extract_that_was_cut_off_is_refused()
    {
        if (SharedData.Find("geodata/osm/wechel.osm.pbf") is not { } path) return;
        var whole = await File.ReadAllBytesAsync(path);
        Assert.Equal("ExtractTruncated", (await RefusedAsync("half.osm.pbf", whole[..(whole.Length / 2)])).Code);
    }
}
