using HazardMap.Service.Changes;
using HazardMap.Service.Tiles;

namespace HazardMap.Service.Tests.Tiles;

public sealed class TileCacheTests
{
    private static readonly TileAddress Somewhere = TileAddress.Parse("hazards", "9", "404", "221");

    [Fact]
    public async Task The_cache_never_holds_more_than_its_budget()
    {
        var cache = new TileCache(100_000);
        for (var x = 0; x < 512; x++)
            await cache.GetAsync(Tile(x), (_, _) => Task.FromResult(new Tile(new byte[x * 50])), CancellationToken.None);
        Assert.InRange(cache.Size, 50_000, 100_000);
        await cache.GetAsync(Somewhere, (_, _) => Task.FromResult(new Tile(new byte[1_000_000])), CancellationToken.None);
        Assert.InRange(cache.Size, 0, 100_000);
    }

    [Fact]
    public async Task Many_requests_share_one_drawing()
    {
        var cache = new TileCache(1 << 20);
        var (drawn, gate) = (0, new TaskCompletionSource());
        var all = Enumerable.Range(0, 20).Select(_ => cache.GetAsync(Somewhere, async (_, _) =>
        {
            Interlocked.Increment(ref drawn);
            await gate.Task;
            return new Tile([1]);
        }, CancellationToken.None)).ToList();
        gate.SetResult();
        await Task.WhenAll(all);
        Assert.Equal(1, drawn);
    }

    [Fact]
    public async Task A_drawing_that_began_before_a_change_is_not_given_to_those_who_ask_after_it()
    {
        var cache = new TileCache(1 << 20);
        var begun = new TaskCompletionSource<Tile>();
        var early = cache.GetAsync(Somewhere, (_, _) => begun.Task, CancellationToken.None);
        cache.Drop([new MapChange("hazards", (104.5, 23.5, 104.5, 23.5))]);
        var late = cache.GetAsync(Somewhere, (_, _) => Task.FromResult(new Tile([2])), CancellationToken.None);
        begun.SetResult(new Tile([1]));
        Assert.Equal([1], (await early).Bytes);
        Assert.Equal([2], (await late).Bytes);
        Assert.Equal([2],
            (await cache.GetAsync(Somewhere, (_, _) => throw new InvalidOperationException("drawn again"), CancellationToken.None)).Bytes);
    }

    [Fact]
    public async Task A_drawing_is_cancelled_when_the_last_who_waits_has_gone()
    {
        var cache = new TileCache(1 << 20);
        var ended = new TaskCompletionSource();
        using var one = new CancellationTokenSource();
        using var two = new CancellationTokenSource();
        async Task<Tile> DrawAsync(TileAddress _, CancellationToken stop)
        {
            await Task.Delay(Timeout.Infinite, stop).ContinueWith(_ => ended.SetResult(), TaskScheduler.Default);
            throw new OperationCanceledException(stop);
        }

        var (first, second) = (cache.GetAsync(Somewhere, DrawAsync, one.Token), cache.GetAsync(Somewhere, DrawAsync, two.Token));
        await one.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.False(ended.Task.IsCompleted);
        await two.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public async Task A_failed_drawing_is_tried_again()
    {
        var cache = new TileCache(1 << 20);
        await Assert.ThrowsAsync<IOException>(() => cache.GetAsync(Somewhere, (_, _) => throw new IOException("away"),
            CancellationToken.None));
        Assert.Equal([7], (await cache.GetAsync(Somewhere, (_, _) => Task.FromResult(new Tile([7])), CancellationToken.None)).Bytes);
    }

    [Theory]
    [InlineData("9", "404", "221", 104.5, 23.5, true), InlineData("9", "403", "221", 104.5, 23.5, false),
     InlineData("0", "0", "0", 104.5, 23.5, true),
     InlineData("9", "403", "221", 104.0626, 23.5, true), InlineData("1", "0", "0", 20, 89.9, false),
     InlineData("1", "1", "0", 20, 89.9, true)]
    public void A_point_touches_the_tiles_that_show_it(string z, string x, string y, double lon, double lat, bool touched) =>
        Assert.Equal(touched, TileAddress.Parse("hazards", z, x, y).Shows(lon, lat, lon, lat));

    private static TileAddress Tile(int x) =>
        TileAddress.Parse("hazards", "9", x.ToString(System.Globalization.CultureInfo.InvariantCulture), "0");
}
