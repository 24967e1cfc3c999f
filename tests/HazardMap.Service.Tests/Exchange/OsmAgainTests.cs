using HazardMap.Service.Exchange;
using HazardMap.Service.Exchange.Osm;

namespace HazardMap.Service.Tests.Exchange;

/// <summary>What happens when an extract, or a newer version of it, is imported again. Each test has a village of its own.</summary>
public sealed class OsmAgainTests : IAsyncLifetime
{
    private readonly ImportedVillage _village = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hazardmap-import");

    public Task InitializeAsync() => _village.InitializeAsync();

    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return _village.DisposeAsync();
    }

    private async Task<ImportReport> ImportEditedAsync(string fileName, Func<string, string> edit)
    {
        var path = Path.Combine(_folder.FullName, fileName);
        await File.WriteAllTextAsync(path, edit(await File.ReadAllTextAsync(ImportedVillage.Extract)));
        return await _village.ImportAsync(path);
    }

    private Task<string?> FingerprintAsync() => _village.ScalarAsync<string>("""
        select md5(string_agg(t, '|' order by t)) from (
          select h::text as t from register.hazards h union all select f::text from register.facilities f
          union all select d::text from register.divisions d union all select e::text from register.road_edges e
          union all select y::text from register.history y) everything
        """);

    [Fact]
    public async Task The_same_extract_again_changes_nothing()
    {
        var before = await FingerprintAsync();
        var again = await _village.ImportAsync(ImportedVillage.Extract);
        Assert.Equal((0, 0), (again.Written, again.Gone!.Count));
        Assert.Equal(_village.Report.Inserted, again.Unchanged);
        Assert.Equal(before, await FingerprintAsync());
    }

    [Fact]
    public async Task What_people_corrected_stays_when_the_extract_says_nothing_new()
    {
        await _village.ExecuteAsync("update register.hazards set name = '学校边的塘', depth_metres = 3 where code = 'osm-w201'");
        Assert.Equal(0, (await _village.ImportAsync(ImportedVillage.Extract)).Written);
        Assert.Equal("学校边的塘", await _village.ScalarAsync<string>("select name from register.hazards where code = 'osm-w201'"));
    }

    [Fact]
    public async Task A_newer_version_updates_what_changed_and_only_that()
    {
        var report =
            await ImportEditedAsync("village-20261101.osm", xml => xml.Replace("盘龙河", "南盘江", StringComparison.Ordinal));
        Assert.Equal((0, 1), (report.Inserted, report.Updated));
        Assert.Equal(2,
            await _village.ScalarAsync<int>("select version from register.hazards where code = 'osm-w205' and name = '南盘江'"));
    }

    [Fact]
    public async Task What_is_gone_from_a_newer_version_is_told_and_kept()
    {
        var report = await ImportEditedAsync("village-2026-11-01.osm",
            xml => xml.Replace("""<tag k="waterway" v="weir"/>""", "", StringComparison.Ordinal)
                .Replace("""<tag k="highway" v="path"/>""", "", StringComparison.Ordinal));
        Assert.Contains(report.Gone!, g => g.Entity == "Hazards" && g.Examples.Contains("osm-w206", StringComparer.Ordinal));
        Assert.Contains(report.Gone!, g => g.Entity == "Roads" && g.Examples.Contains("way 107", StringComparer.Ordinal));
        Assert.Equal(1, await _village.ScalarAsync<long>("select count(*) from register.hazards where code = 'osm-w206'"));
    }

    [Fact]
    public async Task A_road_that_loses_a_junction_loses_its_old_segments()
    {
        var report = await ImportEditedAsync("village.osm",
            xml => xml.Replace("""<tag k="highway" v="path"/>""", "", StringComparison.Ordinal));
        Assert.Equal(1, report.RecutEdgesRemoved);
        Assert.Equal("1-2, 2-3, 3-5", await _village.ScalarAsync<string>("select string_agg(source || '-' || target, ', ' "
            + "order by segment) from register.road_edges where way_id = 100"));
    }

    [Fact]
    public async Task A_dry_run_tells_and_keeps_nothing()
    {
        var before = await FingerprintAsync();
        var path = Path.Combine(_folder.FullName, "village.osm");
        await File.WriteAllTextAsync(path,
            (await File.ReadAllTextAsync(ImportedVillage.Extract)).Replace("盘龙河", "南盘江", StringComparison.Ordinal));
        Assert.Equal(1, (await _village.ImportAsync(path, dryRun: true)).Updated);
        Assert.Equal(before, await FingerprintAsync());
    }

    [Theory]
    [InlineData("liechtenstein-latest.osm.pbf", "liechtenstein")]
    [InlineData("yunnan-251101.osm.pbf", "yunnan")]
    [InlineData("yunnan_2025-11-01.osm.bz2", "yunnan")]
    [InlineData("area51.osm", "area51")]
    [InlineData("20251101.osm", "20251101.osm")]
    public void An_extract_s_name_leaves_its_date_out(string file, string name) =>
        Assert.Equal(name, OsmImport.ExtractName(file));
}
