using System.Globalization;
using System.Text;
using HazardMap.Service.Exchange;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Exchange;

/// <summary>
/// Two valleys without a map of their own: in the west thirty homes, in the east three and a hamlet. The register has a division for each.
/// </summary>
public sealed class OsmSettlementTests : IAsyncLifetime
{
    private readonly Valleys _valleys = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hazardmap-import");

    public Task InitializeAsync() => _valleys.InitializeAsync();

    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return _valleys.DisposeAsync();
    }

    [Fact]
    public async Task Homes_are_gathered_in_cells_where_enough_are_drawn_and_places_stand_where_they_stand()
    {
        var report = await ImportAsync("valleys-260101.osm", Extract(30));
        Assert.Equal("Place osm-n900 东寨 9902 50, Place osm-n901 西寨 9901 120", await RowsAsync("Place"));
        // 20 cottages and 10 blocks of flats of four floors, all of 100 square metres, in one cell or its neighbour
        Assert.Equal("9901 80", await _valleys.ScalarAsync<string>(
            "select string_agg(distinct division_code, ',') || ' ' || sum(weight) from register.settlements where kind = 'Building'"));
        Assert.Equal(30, report.Gathered!.Homes);
        Assert.InRange(report.Gathered.Cells, 1, 4);
        Assert.Equal(3, Skipped(report, "building=house", "too few homes are drawn in its division"));
        Assert.Equal(1, Skipped(report, "building=garage", "value not in the mapping"));
        Assert.Equal(1, Skipped(report, "building=yes", "another tag says its use"));
        Assert.Equal(1, Skipped(report, "place=locality", "value not in the mapping"));
        Assert.Equal(report.Tags!.Sum(t => t.Read), report.Gathered.Homes + report.Kinds.Where(k => k.Kind == "Place").Sum(k => k.Inserted)
            + report.Skipped);
        Assert.All(report.SkippedReasons, s => Assert.NotNull(s.ReasonZh));
    }

    [Fact]
    public async Task A_footprint_weighs_by_its_floors_and_one_of_unknown_use_by_no_more_than_a_house_has()
    {
        var homes = new StringBuilder();
        for (var i = 0; i < 22; i++) Square(homes, 100 + i * 4, 104.001, 23.001, 10, i == 0 ? "yes" : "house", 3);
        Square(homes, 900, 104.001, 23.001, 40, "yes", null);     // a hall of 1,600 square metres counts 300
        Square(homes, 904, 104.001, 23.001, 4, "yes", null);      // a shed
        var report = await ImportAsync("valleys.osm", Osm(homes));
        Assert.Equal(1, Skipped(report, "building=yes", "smaller than a home"));
        Assert.Equal(22 * 3 + 6, await _valleys.ScalarAsync<double>("select weight from register.settlements"), 0.5);
    }

    [Fact]
    public async Task The_same_rules_hold_as_for_waters_when_it_comes_again()
    {
        await ImportAsync("valleys-260101.osm", Extract(30));
        var before = await FingerprintAsync();
        var again = await ImportAsync("valleys-260101.osm", Extract(30));
        Assert.Equal((0, 0), (again.Written, again.Gone!.Count));
        Assert.Equal(before, await FingerprintAsync());
        await _valleys.ExecuteAsync("update register.settlements set weight = 99 where code = 'osm-n900'");
        await _valleys.ExecuteAsync("set hazardmap.actor = 'clerk'; delete from register.settlements where code = 'osm-n901'");
        // One block more: its cell says something new, the corrected hamlet and the deleted one stay so.
        var newer = await ImportAsync("valleys-260201.osm", Extract(31).Replace("东寨", "东寨", StringComparison.Ordinal));
        Assert.Equal((0, 1, 1), (newer.Inserted, newer.Updated, Skipped(newer, "Place", "deleted here by hand")));
        Assert.Equal("Place osm-n900 东寨 9902 99", await RowsAsync("Place"));
        var renamed = await ImportAsync("valleys-260301.osm", Extract(31).Replace("120", "130", StringComparison.Ordinal)
            .Replace("""<tag k="place" v="hamlet"/>""", "", StringComparison.Ordinal));
        Assert.Contains(renamed.Gone!, g => g.Entity == "Settlements" && g.Examples.Contains("osm-n900", StringComparer.Ordinal));
        Assert.Equal("Place osm-n900 东寨 9902 99, Place osm-n901 西寨 9901 130", await RowsAsync("Place"));
    }

    private Task<string?> RowsAsync(string kind) => _valleys.ScalarAsync<string>(
        "select string_agg(concat_ws(' ', kind, code, name, division_code, weight), ', ' order by code) from register.settlements "
            + "where kind = $1", kind);

    private Task<string?> FingerprintAsync() => _valleys.ScalarAsync<string>(
        "select md5(string_agg(t::text, '|' order by t.code)) from register.settlements t");

    private static int Skipped(ImportReport report, string tag, string reason) => report.SkippedReasons.Where(s =>
        s.Entity == "settlements" && s.Tag == tag && s.Reason.StartsWith(reason, StringComparison.Ordinal)).Sum(s => s.Count);

    private async Task<ImportReport> ImportAsync(string name, string osm)
    {
        var path = Path.Combine(_folder.FullName, name);
        await File.WriteAllTextAsync(path, osm);
        return await new FileImport(_valleys.Database, _valleys.ConnectionString)
            .RunAsync(new ImportRequest(path, Actor: "test"), CancellationToken.None);
    }

    // Homes as points: of 100 square metres each.
    private static string Extract(int western)
    {
        var text = new StringBuilder();
        for (var i = 0; i < western; i++)
            Node(text, 100 + i, 104.0010 + i * 0.00001, $"""<tag k="building" v="{(i < 20 ? "house" : "apartments")}"/>""");
        for (var i = 0; i < 3; i++) Node(text, 500 + i, 104.1510, """<tag k="building" v="house"/>""");
        Node(text, 600, 104.0010, """<tag k="building" v="garage"/>""");
        Node(text, 601, 104.0010, """<tag k="building" v="yes"/><tag k="shop" v="yes"/>""");
        Node(text, 900, 104.1500, """<tag k="place" v="hamlet"/><tag k="name" v="东寨"/>""");
        Node(text, 901, 104.0020, """<tag k="place" v="village"/><tag k="name" v="西寨"/><tag k="population" v="120"/>""");
        Node(text, 902, 104.0020, """<tag k="place" v="locality"/>""");
        return Osm(text);
    }

    private static string Osm(StringBuilder objects) => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <osm version="0.6" generator="hand">{objects}</osm>
        """;

    private static void Node(StringBuilder text, int id, double lon, string tags) =>
        text.Append(CultureInfo.InvariantCulture, $"<node id=\"{id}\" lat=\"23.001\" lon=\"{lon:F7}\">{tags}</node>\n");

    // A square building of so many metres a side, its south-western corner there.
    private static void Square(StringBuilder text, int id, double lon, double lat, double metres, string building, int? levels)
    {
        var (east, north) = (metres / 102_470, metres / 111_320);
        var nodes = new[] { (lon, lat), (lon + east, lat), (lon + east, lat + north), (lon, lat + north) };
        var way = new StringBuilder();
        for (var i = 0; i < 4; i++)
        {
            text.Insert(0, string.Create(CultureInfo.InvariantCulture,
                $"<node id=\"{id + i}\" lat=\"{nodes[i].Item2:F7}\" lon=\"{nodes[i].Item1:F7}\"/>\n"));
            way.Append(CultureInfo.InvariantCulture, $"<nd ref=\"{id + i}\"/>");
        }
        var floors = levels is null ? "" : $"<tag k=\"building:levels\" v=\"{levels}\"/>";
        text.Append(CultureInfo.InvariantCulture, $"<way id=\"{id}\">{way}<nd ref=\"{id}\"/>");
        text.Append(CultureInfo.InvariantCulture, $"<tag k=\"building\" v=\"{building}\"/>{floors}</way>\n");
    }

    private sealed class Valleys : EmptyRegister
    {
        protected override Task FillAsync() => ExecuteAsync("""
            insert into register.divisions (code, name, level, parent_code, boundary, centre, source) values
              ('99', '两谷', 'County', null, st_multi(st_makeenvelope(103.9, 22.9, 104.3, 23.1, 4326))::geography,
                'POINT(104.1 23)', 'test'),
              ('9901', '西谷', 'Village', '99', st_multi(st_makeenvelope(103.9, 22.9, 104.1, 23.1, 4326))::geography,
                'POINT(104 23)', 'test'),
              ('9902', '东谷', 'Village', '99', st_multi(st_makeenvelope(104.1, 22.9, 104.3, 23.1, 4326))::geography,
                'POINT(104.2 23)', 'test')
            """);
    }
}
