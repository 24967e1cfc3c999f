using System.Globalization;
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

    [Fact]
    public async Task A_hand_correction_stays_until_the_extract_says_something_new_about_that_field()
    {
        await _village.ExecuteAsync("update register.facilities set aged_5_to_14 = 333 where code = 'osm-n20'");
        await _village.ExecuteAsync("update register.hazards set name = '学校边的河' where code = 'osm-w205'");
        var report = await ImportEditedAsync("village-20261101.osm",
            xml => xml.Replace("盘龙河", "南盘江", StringComparison.Ordinal)
                .Replace("""lat="23.0002" lon="104.0022">""", """lat="23.0002" lon="104.0023">""", StringComparison.Ordinal));
        Assert.Equal("333 104.0023 南盘江", await _village.ScalarAsync<string>("select aged_5_to_14 || ' ' "
            + "|| st_x(f.location::geometry) || ' ' || h.name from register.facilities f, register.hazards h "
            + "where f.code = 'osm-n20' and h.code = 'osm-w205'"));
        Assert.Equal((0, 2), (report.Inserted, report.Updated));
        var told = Assert.Single(report.Overwritten!.Examples);
        Assert.Equal(new OverwrittenField("Hazards", "osm-w205", "Name", "学校边的河", "南盘江"), told);
    }

    [Fact]
    public async Task What_was_corrected_to_what_the_extract_says_now_is_no_overwriting()
    {
        await _village.ExecuteAsync("update register.hazards set name = '南盘江' where code = 'osm-w205'");
        var report = await ImportEditedAsync("village.osm", xml => xml.Replace("盘龙河", "南盘江", StringComparison.Ordinal));
        Assert.Equal((0, 0), (report.Written, report.Overwritten!.Count));
    }

    // Its fields were not kept then: a row that nobody touched is followed, one that somebody did is overwritten and told.
    [Fact]
    public async Task Of_a_register_from_before_fields_were_kept_what_was_changed_is_told()
    {
        await _village.ExecuteAsync("update register.osm_origins set said = null, as_of = null");
        await _village.ExecuteAsync("update register.facilities set aged_5_to_14 = 333 where code = 'osm-n20'");
        var report = await ImportEditedAsync("village.osm", xml => xml.Replace("盘龙河", "南盘江", StringComparison.Ordinal)
            .Replace("村小学", "河村小学", StringComparison.Ordinal));
        Assert.Equal("osm-n20 Aged5To14, osm-n20 Name", string.Join(", ", report.Overwritten!.Examples.Select(o => $"{o.Code} {o.Field}")));
    }

    [Fact]
    public async Task What_an_account_deleted_stays_deleted_until_the_extract_says_something_new()
    {
        await _village.ExecuteAsync(
            "begin; set local hazardmap.actor = 'clerk'; delete from register.hazards where code = 'osm-w205'; commit");
        var again = await _village.ImportAsync(ImportedVillage.Extract);
        Assert.Equal(0, again.Inserted);
        var left = Assert.Single(again.SkippedReasons, s => s.Reason.StartsWith("deleted here", StringComparison.Ordinal));
        Assert.Equal("w205", Assert.Single(left.Examples));
        var newer = await ImportEditedAsync("village.osm", xml => xml.Replace("盘龙河", "南盘江", StringComparison.Ordinal));
        Assert.Equal(1, newer.Inserted);
    }

    [Theory]
    [InlineData("village-251101.osm")]  // by its name
    [InlineData("other-251101.osm")]    // another extract, of the same objects
    [InlineData("village.osm", "<osm version=\"0.6\" timestamp=\"2025-11-01T20:20:00Z\"")]
    [InlineData("village.osm", "<osm version=\"0.6\"><meta osm_base=\"2025-11-01T20:20:00Z\"/", ">")]
    public async Task An_older_extract_does_not_undo_a_newer_one(string fileName, string? root = null, string? after = null)
    {
        await ImportEditedAsync("village-251201.osm", xml => xml.Replace("盘龙河", "南盘江", StringComparison.Ordinal));
        string Older(string xml) => root is null ? xml
            : xml.Replace("<osm version=\"0.6\" generator=\"hand\"" + after, root + after, StringComparison.Ordinal);
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => ImportEditedAsync(fileName, Older));
        Assert.Equal("ExtractOlder", refusal.Code);
        Assert.Contains("2025-12-01", refusal.MessageZh, StringComparison.Ordinal);
        Assert.Equal(1, await _village.ScalarAsync<long>("select count(*) from register.hazards where name = '南盘江'"));
        var path = Path.Combine(_folder.FullName, fileName);
        var asked = await new FileImport(_village.Database, _village.ConnectionString).RunAsync(
            new ImportRequest(path, AllowOlder: true), CancellationToken.None);
        Assert.Equal(1, asked.Updated);
    }

    [Fact]
    public async Task Of_an_extract_without_any_date_it_is_told_that_it_may_be_older()
    {
        await ImportEditedAsync("village-251201.osm", xml => xml);
        var report = await ImportEditedAsync("village.osm", xml => xml);
        var told = Assert.Single(report.Notes, n => n.En.Contains("2025-12-01", StringComparison.Ordinal));
        Assert.Contains("2025-12-01", told.Zh, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("yunnan-251101.osm.pbf", "2025-11-01", "file name")]
    [InlineData("yunnan_2025-11-01.osm.bz2", "2025-11-01", "file name")]
    [InlineData("532601-251101.osm", "2025-11-01", "file name")]       // a division's code is no date
    [InlineData("yunnan.osm.pbf", "2025-10-30", "newest object")]
    public void An_extract_is_of_the_day_that_its_name_says_or_else_of_its_newest_edit(string file, string day, string from)
    {
        var age = OsmAge.Of(null, file, new DateTimeOffset(2025, 10, 30, 0, 0, 0, TimeSpan.Zero))!;
        Assert.Equal((DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture), from),
            (DateOnly.FromDateTime(age.AsOf.UtcDateTime), age.From));
    }

    [Theory]
    [InlineData("liechtenstein-latest.osm.pbf", "liechtenstein")]
    [InlineData("yunnan-251101.osh.pbf", "yunnan")]
    [InlineData("yunnan-251101.osm.pbf", "yunnan")]
    [InlineData("yunnan_2025-11-01.osm.bz2", "yunnan")]
    [InlineData("area51.osm", "area51")]
    [InlineData("20251101.osm", "20251101.osm")]
    public void An_extract_s_name_leaves_its_date_out(string file, string name) =>
        Assert.Equal(name, OsmImport.ExtractName(file));
}
