using System.Text.RegularExpressions;
using HazardMap.EndToEnd.Worlds;
using Microsoft.Playwright;

namespace HazardMap.EndToEnd;

/// <summary>A layer is a folder: what is dropped in beside the others is on the map, with nothing else changed.</summary>
public sealed class BrowserLayerTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Sql = """
        create or replace function tiles.bridges(z integer, x integer, y integer) returns bytea language sql stable as $$
          select coalesce(st_asmvt(b, 'bridges', 4096, 'geom'), '') from (
            select 'B1' as id, '石拱桥' as name, 3 as spans,
                   st_asmvtgeom(st_transform('SRID=4326;POINT(0 0)'::geometry, 3857), st_tileenvelope(z, x, y)) as geom) b
          where geom is not null
        $$;
        create or replace function tiles.bridges_about() returns jsonb language sql stable as $$
          select '{"minzoom": 2, "maxzoom": 14, "bounds": [-1, -1, 1, 1],
                   "vector_layers": [{"id": "bridges", "fields": {"name": "String"}}]}'::jsonb
        $$;
        """;

    private const string Style = """
        {
          "version": 8,
          "metadata": {
            "hazardmap:order": 80, "hazardmap:label": {"zh": "桥梁", "en": "Bridges"}, "hazardmap:shown": "asked",
            "hazardmap:symbol": [{"path": "M2 12h20", "stroke": {"$colourOf": "RiskLevel", "member": "Red"}, "width": 4}],
            "hazardmap:legend": [
              {"value": "arch", "label": {"zh": "拱桥", "en": "Arch bridge"},
               "symbol": [{"path": "M2 18a10 10 0 0 1 20 0z", "fill": "#555555"}]}],
            "hazardmap:features": [{"source-layer": "bridges", "click": {"zoom": 2},
              "tip": {"title": "{name}", "text": [{"zh": "{spans} 孔", "en": "{spans} spans"}]}}],
            "hazardmap:redraw": {"Bridges": "whole"}
          },
          "sources": {"bridges": {"type": "vector", "url": "/tiles/bridges.json"}},
          "layers": [{"id": "bridges", "type": "circle", "source": "bridges", "source-layer": "bridges", "paint": {"circle-radius": 12}}]
        }
        """;

    [Fact]
    public async Task A_folder_dropped_in_is_a_layer_with_switch_legend_tip_click_and_redraw()
    {
        using var copy = new TemporaryDirectory();
        using var data = new TemporaryDirectory();
        await using var up = await RunningUp.StartAsync(WithBridges(copy.Path), data.Path, ["--empty"]);
        await using var visit = await BrowserVisit.OpenAsync(browser, up.Address, BrowserVisit.Window.Desk);
        var asked = 0;
        visit.Page.Context.Request += (_, request) => asked += request.Url.Contains("/tiles/bridges/", StringComparison.Ordinal) ? 1 : 0;
        await visit.Page.GotoAsync((await up.LoginLinkAsync()).AbsoluteUri);
        await visit.MapIsDrawnAsync();

        await visit["legend-toggle"].ClickAsync();
        var named = new Regex("桥梁.*拱桥", RegexOptions.Singleline, TimeSpan.FromSeconds(1));
        await Assertions.Expect(visit.Page.Locator(".layers")).ToContainTextAsync(named);
        await Assertions.Expect(visit["layer-bridges"]).Not.ToBeCheckedAsync();
        Assert.Equal(0, asked); // not a tile before somebody asks
        await visit["layer-bridges"].CheckAsync();
        var middle = await MiddleAsync(visit);
        await TipAsync(visit, middle, "石拱桥", "3 孔");
        Assert.InRange(asked, 1, 100);

        await visit["language"].ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".layers")).ToContainTextAsync("Bridges");
        await TipAsync(visit, middle, "3 spans");

        var drawn = asked;
        const string Announce = "select register.notify_many('Bridges')";
        using (var announce = up.Command("psql", "--admin", "--", "-c", Announce))
            Assert.Equal(0, await announce.ExitCodeAsync());
        for (var deadline = DateTime.UtcNow.AddSeconds(30); asked == drawn; await Task.Delay(100))
            Assert.True(DateTime.UtcNow < deadline, "an announced change redraws nothing");

        var scale = await visit.Page.Locator(".maplibregl-ctrl-scale").TextContentAsync();
        await visit.Page.Mouse.ClickAsync(middle.X, middle.Y);
        await Assertions.Expect(visit.Page.Locator(".maplibregl-ctrl-scale")).Not.ToHaveTextAsync(scale!);
    }

    // The register is empty: the map begins at longitude 0, latitude 0.
    private static async Task<(float X, float Y)> MiddleAsync(BrowserVisit visit)
    {
        var map = (await visit["map"].BoundingBoxAsync())!;
        return (map.X + (map.Width / 2), map.Y + (map.Height / 2));
    }

    // The pointer moves until the tile has come.
    private static async Task TipAsync(BrowserVisit visit, (float X, float Y) at, params string[] texts)
    {
        var tip = visit.Page.Locator(".tip");
        for (var deadline = DateTime.UtcNow.AddSeconds(30); await tip.CountAsync() == 0; await Task.Delay(200))
        {
            Assert.True(DateTime.UtcNow < deadline, "nothing is told of what lies under the pointer");
            await visit.Page.Mouse.MoveAsync(at.X - 60, at.Y);
            await visit.Page.Mouse.MoveAsync(at.X, at.Y);
        }
        foreach (var text in texts) await Assertions.Expect(tip).ToContainTextAsync(text);
    }

    private static string WithBridges(string folder)
    {
        var built = Path.GetDirectoryName(Executable.Path)!;
        foreach (var from in Directory.EnumerateFiles(built, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(folder, Path.GetRelativePath(built, from));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(from, to);
        }
        var layer = Directory.CreateDirectory(Path.Combine(folder, "tiles", "bridges")).FullName;
        File.WriteAllText(Path.Combine(layer, "layer.sql"), Sql);
        File.WriteAllText(Path.Combine(layer, "style.json"), Style);
        return Path.Combine(folder, Path.GetFileName(Executable.Path));
    }
}
