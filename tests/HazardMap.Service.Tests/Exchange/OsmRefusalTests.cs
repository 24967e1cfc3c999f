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
        Assert.Equal("ExtractUnreadable", (await RefusedAsync("half.osm", Village[..3000])).Code);

    [Fact]
    public async Task A_truncated_compressed_file_is_refused()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true)) await gzip.WriteAsync(Village);
        Assert.Equal("ExtractUnreadable", (await RefusedAsync("half.osm.gz", packed.ToArray()[..800])).Code);
    }

    [Fact]
    public async Task Garbage_is_refused() =>
        Assert.Equal("ExtractUnreadable", (await RefusedAsync("garbage.osm.pbf", Encoding.UTF8.GetBytes(new string('x', 5000)))).Code);

    [Fact]
    public async Task A_real_extract_that_was_cut_off_is_refused()
    {
        if (SharedData.Find("geodata/osm/wechel.osm.pbf") is not { } path) return;
        var whole = await File.ReadAllBytesAsync(path);
        Assert.Equal("ExtractUnreadable", (await RefusedAsync("half.osm.pbf", whole[..(whole.Length / 2)])).Code);
    }
}
