using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace HazardMap.Service.Tests.Tiles;

/// <summary>How tiles travel: validated, compressed, refused by name.</summary>
public sealed class TileHttpTests(ValleyOfWaters valley) : IClassFixture<ValleyOfWaters>
{
    private static readonly (int X, int Y, double, double) Here = ValleyOfWaters.Locate(104.24, 23.37, 9);
    private static readonly string Full = ValleyOfWaters.Path("hazards", 9, Here.X, Here.Y);

    [Fact]
    public async Task A_tile_that_the_browser_has_is_not_sent_again()
    {
        var first = await valley.Administrator.GetAsync(Full);
        Assert.Equal("application/vnd.mapbox-vector-tile", first.Content.Headers.ContentType!.MediaType);
        Assert.True(first.Headers.CacheControl is { Private: true, NoCache: true });
        Assert.False(first.Headers.ETag!.IsWeak);
        var again = await SendAsync(Full, ("If-None-Match", $"\"other\", {first.Headers.ETag}"));
        Assert.Equal((HttpStatusCode.NotModified, first.Headers.ETag), (again.StatusCode, again.Headers.ETag));
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(Full, ("If-Match", $"\"other\", {first.Headers.ETag}"))).StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await SendAsync(Full, ("If-Match", "\"other\""))).StatusCode);
        Assert.Empty(await again.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(Full, ("If-None-Match", "\"other\""))).StatusCode);
    }

    [Theory]
    [InlineData("gzip, deflate, br", "br"), InlineData("gzip", "gzip"), InlineData("br;q=0, gzip;q=0.5", "gzip"),
        InlineData("identity", null), InlineData("gzip;q=0", null)]
    public async Task A_tile_comes_in_the_best_encoding_that_is_accepted(string accepted, string? expected)
    {
        var plain = await valley.TileAsync("hazards", 9, Here.X, Here.Y);
        var answer = await SendAsync(Full, ("Accept-Encoding", accepted));
        Assert.Equal(expected, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Contains("Accept-Encoding", answer.Headers.Vary, StringComparer.Ordinal);
        await using Stream body = await answer.Content.ReadAsStreamAsync();
        await using var decoded = expected switch { "br" => new BrotliStream(body, CompressionMode.Decompress), "gzip" =>
            new GZipStream(body, CompressionMode.Decompress), _ => body };
        using var bytes = new MemoryStream();
        await decoded.CopyToAsync(bytes);
        Assert.Equal(plain, bytes.ToArray());
    }

    [Fact]
    public async Task Each_encoding_has_its_own_tag()
    {
        var tags = new[] { "gzip", "br", "identity" }.Select(async e => (await SendAsync(Full, ("Accept-Encoding", e))).Headers.ETag!.Tag);
        Assert.Equal(3, (await Task.WhenAll(tags)).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task An_empty_tile_is_204()
    {
        var answer = await valley.Administrator.GetAsync("/tiles/hazards/9/0/200.mvt");
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    [Theory]
    [InlineData("hazards/9/512/0"), InlineData("hazards/9/0/512"), InlineData("hazards/23/0/0"), InlineData("hazards/-1/0/0"),
     InlineData("hazards/1.5/0/0"),
     InlineData("hazards/a/b/c"), InlineData("hazards/0/1/0"), InlineData("hazards/9/99999999999999999999/0"),
     InlineData("hazards/%201/0/0"), InlineData("hazards/9/0x1/0")]
    public async Task A_tile_outside_the_grid_is_refused(string tile)
    {
        var answer = await valley.Administrator.GetAsync($"/tiles/{tile}.mvt");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("BadTile", (await ErrorAsync(answer)).GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("/tiles/nothing/0/0/0.mvt"), InlineData("/tiles/nothing.json"), InlineData("/tiles/nothing/style.json"),
     InlineData("/tiles/hazard_points/0/0/0.mvt"),
     InlineData("/tiles/..%2f..%2fgeodata/style.json"), InlineData("/tiles/hazards'--/0/0/0.mvt")]
    public async Task An_unknown_layer_is_404(string path) =>
        Assert.Equal(HttpStatusCode.NotFound, (await valley.Administrator.GetAsync(path)).StatusCode);

    [Theory]
    [InlineData("/tiles/hazards/0/0/0.mvt"), InlineData("/tiles/hazards.json"), InlineData("/tiles/layers.json"),
        InlineData("/tiles/basemap/style.json"), InlineData("/api/changes")]
    public async Task A_stranger_sees_no_map(string path) =>
        Assert.Equal(HttpStatusCode.Unauthorized, (await valley.Stranger.GetAsync(path)).StatusCode);

    [Theory]
    [InlineData("hazards"), InlineData("facilities"), InlineData("divisions"), InlineData("rivers"),
        InlineData("roads"), InlineData("basemap")]
    public async Task Every_layer_describes_itself(string layer)
    {
        var about = await valley.Administrator.GetFromJsonAsync<JsonElement>($"/tiles/{layer}.json");
        Assert.Equal("3.0.0", about.GetProperty("tilejson").GetString());
        Assert.Equal(new Uri(valley.Administrator.BaseAddress!, $"/tiles/{layer}/").AbsoluteUri + "{z}/{x}/{y}.mvt",
            about.GetProperty("tiles")[0].GetString());
        Assert.Contains(about.GetProperty("vector_layers").EnumerateArray(),
            l => layer == "basemap" || l.GetProperty("id").GetString() == layer);
        var bounds = about.GetProperty("bounds").EnumerateArray().Select(b => b.GetDouble()).ToArray();
        Assert.True(bounds is [>= -180, >= -85.06, <= 180, <= 85.06] && bounds[0] <= bounds[2] && bounds[1] <= bounds[3]);
        Assert.InRange(about.GetProperty("maxzoom").GetInt32(), about.GetProperty("minzoom").GetInt32(), 22);
    }

    [Fact]
    public async Task Bounds_are_those_of_the_data()
    {
        var about = await valley.Administrator.GetFromJsonAsync<JsonElement>("/tiles/rivers.json");
        Assert.Equal([104, 23.2, 104.5, 23.6], about.GetProperty("bounds").EnumerateArray().Select(b => b.GetDouble()));
    }

    [Theory]
    [InlineData("hazards"), InlineData("facilities"), InlineData("divisions"), InlineData("rivers"),
        InlineData("roads"), InlineData("basemap")]
    public async Task Every_layer_says_how_it_is_drawn(string layer)
    {
        var style = await valley.Administrator.GetFromJsonAsync<JsonElement>($"/tiles/{layer}/style.json");
        Assert.False(style.TryGetProperty("glyphs", out _), "labels are drawn from local fonts");
        Assert.Equal($"/tiles/{layer}.json", style.GetProperty("sources").GetProperty(layer).GetProperty("url").GetString());
        var about = await valley.Administrator.GetFromJsonAsync<JsonElement>($"/tiles/{layer}.json");
        var drawn = about.GetProperty("vector_layers").EnumerateArray().Select(l => l.GetProperty("id").GetString())
            .ToHashSet(StringComparer.Ordinal);
        foreach (var part in style.GetProperty("layers").EnumerateArray().Where(l => l.GetProperty("type").GetString() != "background"))
            Assert.Contains(part.GetProperty("source-layer").GetString(), drawn);
    }

    [Fact]
    public async Task A_layer_that_fails_says_which_tile()
    {
        await valley.ExecuteAsync("""
            create function tiles.broken(z integer, x integer, y integer) returns bytea language sql as $$
              select decode((1 / (z - z))::text, 'hex') $$;
            create function tiles.broken_about() returns jsonb language sql as $$ select '{}'::jsonb $$;
            create function tiles.endless(z integer, x integer, y integer) returns bytea language sql as $$
              select pg_sleep(60)::text::bytea $$;
            create function tiles.endless_about() returns jsonb language sql as $$ select '{}'::jsonb $$;
            """);
        var answer = await EventuallyAsync(() => valley.Administrator.GetAsync("/tiles/broken/3/1/2.mvt"),
            HttpStatusCode.InternalServerError);
        Assert.Contains("broken/3/1/2", (await ErrorAsync(answer)).GetProperty("message").GetString(), StringComparison.Ordinal);
        var slow = await valley.Administrator.GetAsync("/tiles/endless/0/0/0.mvt");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, slow.StatusCode);
        Assert.Contains("endless/0/0/0", (await ErrorAsync(slow)).GetProperty("message").GetString(), StringComparison.Ordinal);
        await AbandonAsync();
    }

    // Nobody waits for it any more: the statement ends too.
    private async Task AbandonAsync()
    {
        using var impatient = new CancellationTokenSource(300);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => valley.Administrator.GetAsync("/tiles/endless/1/0/0.mvt", impatient.Token));
        for (var deadline = DateTime.UtcNow.AddSeconds(2); ; await Task.Delay(50))
        {
            if (await valley.ScalarAsync<long>("select count(*) from pg_stat_activity where state = 'active' "
                + "and query like '%tiles.\"endless\"%' and pid <> pg_backend_pid()") == 0)
                return;
            Assert.True(DateTime.UtcNow < deadline, "the statement of an abandoned tile still runs");
        }
    }

    // A new layer is noticed within seconds.
    private static async Task<HttpResponseMessage> EventuallyAsync(Func<Task<HttpResponseMessage>> ask, HttpStatusCode expected)
    {
        for (var deadline = DateTime.UtcNow.AddSeconds(10); ; await Task.Delay(200))
        {
            var answer = await ask();
            if (answer.StatusCode == expected || DateTime.UtcNow > deadline)
                return answer;
        }
    }

    private Task<HttpResponseMessage> SendAsync(string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return valley.Administrator.SendAsync(request);
    }

    private static async Task<JsonElement> ErrorAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error");

    [Fact]
    public async Task A_client_may_ask_for_further_properties_of_the_features()
    {
        await valley.ExecuteAsync("update register.hazards set owner_unit = '水务站', has_sign = false where code = 'LAKE'");
        var (x, y, _, _) = ValleyOfWaters.Locate(104.11, 23.31, 13);
        var answer = await valley.Administrator.GetByteArrayAsync(ValleyOfWaters.Path("hazards", 13, x, y)
            + "?properties=OwnerUnit,RiskRule,HasSign");
        var lake = VectorTile.Read(answer, "hazard_shapes").Single(f => f.Text("code") == "LAKE");
        Assert.Equal(("水务站", "2026-1", false), (lake.Text("OwnerUnit"), lake.Text("RiskRule"), lake.Attributes["HasSign"]));
        var plain = VectorTile.Read(await valley.TileAsync("hazards", 13, x, y), "hazard_shapes").Single(f => f.Text("code") == "LAKE");
        Assert.False(plain.Attributes.ContainsKey("OwnerUnit"));
    }

    [Theory]
    [InlineData("hazards", "Shape", "NoSuchProperty")]
    [InlineData("hazards", "name; drop table x", "NoSuchProperty")]
    [InlineData("rivers", "Name", "NoProperties")]
    public async Task A_property_that_can_t_be_asked_for_is_refused_by_name(string layer, string property, string code)
    {
        using var answer = await valley.Administrator.GetAsync(ValleyOfWaters.Path(layer, 12, 3234, 1777) + "?properties="
            + Uri.EscapeDataString(property));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(code, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
