using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using HazardMap.Service.Exchange;
using HazardMap.Service.Exchange.Osm;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Exchange;

/// <summary>Extracts as people have them, from editors, with history, in pieces: mended, and told.</summary>
public sealed class OsmMendingTests : IAsyncLifetime
{
    private const string Ring = """
        <node id="1" version="1" lat="23.4" lon="104.3"/><node id="2" version="1" lat="23.4" lon="104.301"/>
        <node id="3" version="1" lat="23.401" lon="104.301"/><node id="4" version="1" lat="23.401" lon="104.3"/>
        """;

    private const string School = """
        <node id="9" version="1" lat="23.4005" lon="104.3005"><tag k="amenity" v="school"/><tag k="name" v="中心小学"/></node>
        """;

    private const string Pond = """
        <way id="10" version="1"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="4"/><nd ref="1"/><tag k="natural" v="water"/>
        <tag k="water" v="pond"/><tag k="name" v="新塘"/></way>
        """;

    private readonly EmptyRegister _register = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hazardmap-import");

    public Task InitializeAsync() => _register.InitializeAsync();

    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return _register.DisposeAsync();
    }

    private Task<ImportReport> ImportAsync(string fileName, string objects) =>
        ImportAsync(fileName, Encoding.UTF8.GetBytes($"<osm version=\"0.6\" generator=\"t\">{objects}</osm>"));

    private async Task<ImportReport> ImportAsync(string fileName, byte[] content)
    {
        var path = Path.Combine(_folder.FullName, fileName);
        await File.WriteAllBytesAsync(path, content);
        return await new FileImport(_register.Database, _register.ConnectionString)
            .RunAsync(new ImportRequest(path), CancellationToken.None);
    }

    private Task<string?> NamesAsync() => _register.ScalarAsync<string>("select string_agg(code || ' ' || name, ', ' order by code) from "
        + "(select code, name from register.hazards union all select code, name from register.facilities) everything");

    private static byte[] Packed(string program, byte[] content)
    {
        using var packing = Process.Start(new ProcessStartInfo(program, ["-c"])
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true,
        })!;
        packing.StandardInput.BaseStream.Write(content);
        packing.StandardInput.Close();
        using var packed = new MemoryStream();
        packing.StandardOutput.BaseStream.CopyTo(packed);
        return packed.ToArray();
    }

    [Fact]
    public async Task Objects_out_of_order_are_sorted()
    {
        var report = await ImportAsync("unsorted.osm", Pond + School + Ring);
        Assert.Equal("osm-n9 中心小学, osm-w10 新塘", await NamesAsync());
        Assert.Contains("sorted", Assert.Single(report.Notes).En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_several_versions_the_newest_counts_and_what_was_deleted_since_does_not()
    {
        var renamed = School.Replace("version=\"1\"", "version=\"2\"", StringComparison.Ordinal)
            .Replace("中心", "新", StringComparison.Ordinal);
        var report = await ImportAsync("history.osm", Ring + School + renamed + Pond + "<way id=\"10\" version=\"2\" visible=\"false\"/>");
        Assert.Equal("osm-n9 新小学", await NamesAsync());
        Assert.Contains("3 former versions", Assert.Single(report.Notes).En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_editor_marked_as_deleted_is_left_out_and_counted()
    {
        var report = await ImportAsync("josm.osm",
            Ring + School.Replace("id=\"9\"", "id=\"9\" action=\"delete\"", StringComparison.Ordinal)
            + Pond.Replace("id=\"10\"", "id=\"10\" action=\"modify\"", StringComparison.Ordinal));
        Assert.Equal("osm-w10 新塘", await NamesAsync());
        var left = Assert.Single(report.SkippedReasons);
        Assert.Equal((1, "n9"), (left.Count, Assert.Single(left.Examples)));
        Assert.NotNull(left.ReasonZh);
    }

    [Fact]
    public async Task Numbers_of_an_editor_belong_to_their_file_and_touch_nobody_elses()
    {
        static string Negative(string xml) => xml.Replace("id=\"", "id=\"-", StringComparison.Ordinal)
            .Replace("ref=\"", "ref=\"-", StringComparison.Ordinal);
        await ImportAsync("real.osm", Ring + School + Pond);
        var mine = Negative(Ring + School + Pond).Replace("新塘", "甲塘", StringComparison.Ordinal);
        var report = await ImportAsync("a.osm", mine);
        Assert.Equal(2, report.Inserted);
        Assert.Equal(2, (await ImportAsync("b.osm", Negative(Ring + School + Pond))).Inserted);
        Assert.Equal(2, (await ImportAsync("a.osm", mine)).Unchanged);
        Assert.Equal("新塘", await _register.ScalarAsync<string>("select name from register.hazards where code = 'osm-w10'"));
        Assert.Equal(3, await _register.ScalarAsync<long>("select count(*) from register.hazards"));
        Assert.Contains(new OsmNumbers("a").Of(-1).ToString(System.Globalization.CultureInfo.InvariantCulture),
            Assert.Single(report.Notes).Zh, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bzip2", "two.osm.bz2")]
    [InlineData("gzip", "two.osm.gz")]
    public async Task A_packed_file_may_be_several_streams(string program, string fileName)
    {
        var xml = Encoding.UTF8.GetBytes($"<osm version=\"0.6\">{Ring}{School}{Pond}</osm>");
        await ImportAsync(fileName, [.. Packed(program, xml[..300]), .. Packed(program, xml[300..])]);
        Assert.Equal("osm-n9 中心小学, osm-w10 新塘", await NamesAsync());
    }

    [Fact]
    public async Task What_a_file_is_its_bytes_say_not_its_name()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            await gzip.WriteAsync(Encoding.Unicode.GetBytes(
                $"\uFEFF<?xml version=\"1.0\" encoding=\"utf-16\"?><osm version=\"0.6\">{Ring}{School}</osm>"));
        await ImportAsync("misnamed.osm.pbf", packed.ToArray());
        Assert.Equal("osm-n9 中心小学", await NamesAsync());
    }

    [Fact]
    public async Task A_road_between_numbers_of_an_editor_joins_nobody_elses_junctions()
    {
        const string road = """<way id="-5"><nd ref="-1"/><nd ref="-2"/><tag k="highway" v="path"/></way>""";
        var ends = Ring.Replace("id=\"", "id=\"-", StringComparison.Ordinal);
        await ImportAsync("a.osm", ends + road);
        await ImportAsync("b.osm", ends + road);
        Assert.Equal(4, await _register.ScalarAsync<long>(
            "select count(distinct node) from register.road_edges, unnest(array[source, target]) as node"));
    }
}
