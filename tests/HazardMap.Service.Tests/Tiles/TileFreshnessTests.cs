using System.Globalization;
using System.Net;
using HazardMap.Service.Changes;
using HazardMap.Service.Database;
using HazardMap.Service.Tiles;
using Npgsql;

namespace HazardMap.Service.Tests.Tiles;

/// <summary>No tile is older than any edit that was acknowledged before it was asked for.</summary>
public sealed class TileFreshnessTests(ValleyOfWaters valley) : IClassFixture<ValleyOfWaters>
{
    private const string MovePond = "update register.hazards set location = st_point($2, $3)::geography where id = $1";

    [Fact]
    public async Task An_edit_shows_in_the_very_next_tile()
    {
        var (x, y, _, _) = ValleyOfWaters.Locate(105.5, 24.2, 12);
        for (var depth = 0; depth < 40; depth++)
        {
            await valley.ExecuteAsync("update register.hazards set name = $2 where id = $1", ValleyOfWaters.Pond, $"坑塘{depth}");
            var pond = VectorTile.Read(await valley.TileAsync("hazards", 12, x, y), "hazards").Single();
            Assert.Equal($"坑塘{depth}", pond.Text("name"));
        }
    }

    [Theory]
    [InlineData(0), InlineData(5), InlineData(8), InlineData(9), InlineData(13), InlineData(16)]
    public async Task A_water_that_moves_leaves_its_old_tile_and_enters_its_new_one(int z)
    {
        await valley.ExecuteAsync(MovePond, ValleyOfWaters.Pond, 105.5, 24.2);
        var (old, to) = (ValleyOfWaters.Locate(105.5, 24.2, z), ValleyOfWaters.Locate(106.9, 25.1, z));
        var (oldBefore, newBefore) = (await SeenAsync(z, old), await SeenAsync(z, to));
        await valley.ExecuteAsync(MovePond, ValleyOfWaters.Pond, 106.9, 25.1);
        var gone = (old.X, old.Y) == (to.X, to.Y) ? 0 : 1;
        Assert.Equal((oldBefore - gone, newBefore + gone), (await SeenAsync(z, old), await SeenAsync(z, to)));
        await valley.ExecuteAsync(MovePond, ValleyOfWaters.Pond, 105.5, 24.2);
        Assert.Equal((oldBefore, newBefore), (await SeenAsync(z, old), await SeenAsync(z, to)));
    }

    [Fact]
    public async Task An_open_transaction_shows_when_it_commits_however_late()
    {
        var (x, y, _, _) = ValleyOfWaters.Locate(105.5, 24.2, 11);
        async Task<string> NameAsync() =>
            VectorTile.Read(await valley.TileAsync("hazards", 11, x, y), "hazards").Single(f => f.Text("code") == "POND").Text("name");
        await using var connection = await valley.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginAsAsync("tester", CancellationToken.None);
        await using (var rename = connection.Command("update register.hazards set name = '迟到' where id = $1", ValleyOfWaters.Pond))
            await rename.ExecuteNonQueryAsync();
        Assert.NotEqual("迟到", await NameAsync(), StringComparer.Ordinal);
        // Others commit meanwhile, with later transaction numbers.
        await valley.ExecuteAsync("update register.hazards set depth_metres = 3 where code = 'CORNER'");
        await valley.ExecuteAsync("update register.hazards set name = '零点' where code = 'CORNER'");
        Assert.NotEqual("迟到", await NameAsync(), StringComparer.Ordinal);
        await transaction.CommitAsync();
        Assert.Equal("迟到", await NameAsync());
    }

    [Fact]
    public async Task Only_touched_tiles_are_drawn_anew()
    {
        var cache = valley.Service<TileCache>();
        var (far, near) = (ValleyOfWaters.Locate(104.1, 23.3, 10), ValleyOfWaters.Locate(105.5, 24.2, 10));
        await valley.TileAsync("hazards", 10, far.X, far.Y);
        await valley.TileAsync("hazards", 10, near.X, near.Y);
        await valley.TileAsync("facilities", 10, near.X, near.Y);
        var before = cache.Count;
        await valley.ExecuteAsync("update register.hazards set status = case status when 'Active' then 'Rectifying' else 'Active' end "
            + "where id = $1", ValleyOfWaters.Pond);
        await valley.Service<TileFreshness>().CatchUpAsync(CancellationToken.None);
        var dropped = before - cache.Count;
        await valley.TileAsync("hazards", 10, far.X, far.Y);
        Assert.True(dropped >= 1);
        Assert.Equal(before - dropped, cache.Count); // the far tile was still there
        await valley.TileAsync("hazards", 10, near.X, near.Y);
        Assert.Equal(before - dropped + 1, cache.Count);
    }

    [Fact]
    public async Task An_edit_that_the_map_does_not_show_drops_no_tile()
    {
        await valley.TileAsync("hazards", 0, 0, 0);
        await valley.Service<TileFreshness>().CatchUpAsync(CancellationToken.None);
        var before = valley.Service<TileCache>().Count;
        await valley.ExecuteAsync("update register.hazards set owner_unit = owner_unit || '村' where code = 'CORNER'");
        await valley.Service<TileFreshness>().CatchUpAsync(CancellationToken.None);
        Assert.Equal(before, valley.Service<TileCache>().Count);
    }

    [Fact]
    public async Task Under_concurrent_edits_no_reader_ever_goes_back()
    {
        var (x, y, _, _) = ValleyOfWaters.Locate(0, 0, 14);
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        var acknowledged = 0;
        var writer = Task.Run(async () =>
        {
            for (var n = 1; !end.IsCancellationRequested; n++)
            {
                await valley.ExecuteAsync("update register.hazards set name = $1 where code = 'CORNER'",
                    n.ToString(CultureInfo.InvariantCulture));
                Volatile.Write(ref acknowledged, n);
            }
        });
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var reads = 0;
            for (; reads <= 5 || !end.IsCancellationRequested; reads++)   // a busy machine reads slowly
            {
                var atLeast = Volatile.Read(ref acknowledged);
                var seen = VectorTile.Read(await valley.TileAsync("hazards", 14, x, y), "hazards").Single().Text("name");
                Assert.True(atLeast == 0 || int.Parse(seen, CultureInfo.InvariantCulture) >= atLeast,
                    $"read {seen} after {atLeast} was acknowledged");
            }
            return reads;
        }));
        Assert.All(await Task.WhenAll(readers), reads => Assert.True(reads > 5));
        await writer;
    }

    [Fact]
    public async Task Forgotten_changes_were_seen_and_the_log_stays_short()
    {
        await using var log = new ChangeLog(valley.Database);
        Assert.Null(await log.ReadAsync(CancellationToken.None));
        Assert.Empty((await log.ReadAsync(CancellationToken.None))!);
        var before = log.Seen!;
        await valley.ExecuteAsync("update register.hazards set name = name || '甲' where code = 'CORNER'");
        await log.ForgetAsync(before, CancellationToken.None); // not seen then: stays
        Assert.Contains((await log.ReadAsync(CancellationToken.None))!, c => c is { Layer: "hazards", Box: not null });
        await log.ForgetAsync(log.Seen!, CancellationToken.None);
        Assert.Equal(0L, await valley.ScalarAsync<long>("select count(*) from register.map_changes"));
    }

    [Fact]
    public async Task A_reader_whose_connection_was_lost_starts_anew()
    {
        await valley.TileAsync("hazards", 0, 0, 0);
        await valley.TileAsync("hazards", 1, 1, 0);
        await valley.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() "
            + "and query like '%map_changes c%' and pid <> pg_backend_pid()");
        await valley.Service<TileFreshness>().CatchUpAsync(CancellationToken.None);
        Assert.Equal(0, valley.Service<TileCache>().Count);
    }

    [Fact]
    public async Task Without_the_database_a_tile_is_503_and_never_an_old_one()
    {
        await using var world = new Away();
        await world.InitializeAsync();
        Assert.Equal(HttpStatusCode.OK, (await world.Administrator.GetAsync("/tiles/hazards/0/0/0.mvt")).StatusCode);
        var name = new NpgsqlConnectionStringBuilder(world.ConnectionString).Database;
        await valley.ExecuteAsync($"alter database {name} allow_connections false");
        await valley.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", name);
        var answer = await world.Administrator.GetAsync("/tiles/hazards/0/0/0.mvt");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, true), (answer.StatusCode, answer.Headers.RetryAfter is not null));
        await valley.ExecuteAsync($"alter database {name} allow_connections true");
        Assert.Equal(HttpStatusCode.OK, (await world.Administrator.GetAsync("/tiles/hazards/0/0/0.mvt")).StatusCode);
    }

    private async Task<long> SeenAsync(int z, (int X, int Y, double, double) tile)
    {
        var features = VectorTile.Read(await valley.TileAsync("hazards", z, tile.X, tile.Y), "hazards");
        return z < 9 ? features.Sum(f => f.Number("count")) : features.Count(f => f.Text("code") == "POND");
    }

    private sealed class Away : Worlds.ServedRegister, IAsyncDisposable
    {
        protected override Task FillAsync() => ExecuteAsync("""
            insert into register.divisions (code, name, level, centre, source)
            values ('53', '云南', 'Prefecture', 'POINT(104 23)', 'test');
            insert into register.hazards (code, name, kind, shape, division_code, source)
              values ('A', '塘', 'Pond', 'POINT(104 23)', '53', 'test');
            """);

        async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();
    }
}
