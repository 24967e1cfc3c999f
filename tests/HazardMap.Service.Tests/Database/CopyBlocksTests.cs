using HazardMap.Service.Database;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Database;

/// <summary>What COPY sends arrives whole and in order, however the rows fall into blocks.</summary>
public sealed class CopyBlocksTests(EmptyRegister register) : IClassFixture<EmptyRegister>
{
    [Fact]
    public async Task Rows_of_every_size_arrive_whole_and_in_order()
    {
        // Every 97th row is larger than a block; of the others some hundred share one.
        const string query = "select n, case when n % 7 = 0 then null else repeat('x', case when n % 97 = 0 then 300000 "
            + "else n % 500 end)::bytea end, n % 2 = 0, n / 3.0::double precision, 'word' from generate_series(1, 2000) n";
        await using var connection = await register.Database.OpenConnectionAsync();
        var (expected, blocks) = (0, 0);
        await foreach (var block in CopyBlocks.ReadAsync(connection, query, CancellationToken.None))
        {
            blocks++;
            for (var row = block.Read(); row.MoveNext();)
            {
                var n = row.Int32();
                Assert.Equal(++expected, n);
                if (n % 7 == 0) Assert.True(row.IsNull());
                else Assert.Equal(n % 97 == 0 ? 300_000 : n % 500, Bytes(ref row));
                Assert.Equal(n % 2 == 0, row.Boolean());
                Assert.Equal(n / 3.0, row.Double());
                Assert.Equal("word", row.Text());
            }
        }
        Assert.Equal(2000, expected);
        Assert.InRange(blocks, 20, 2000);
    }

    [Fact]
    public async Task No_rows_are_no_blocks()
    {
        await using var connection = await register.Database.OpenConnectionAsync();
        Assert.Empty(await CopyBlocks.ReadAsync(connection, "select 1 where false", CancellationToken.None).ToListAsync());
    }

    [Fact]
    public async Task Who_is_called_off_does_not_wait_for_the_rest()
    {
        await using var connection = await register.Database.OpenConnectionAsync();
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var block in CopyBlocks.ReadAsync(connection, "select generate_series(1, 2000000000)", stop.Token))
                await stop.CancelAsync();
        });
    }

    private static int Bytes(ref CopiedRow row)
    {
        var bytes = row.Bytes().Span;
        Assert.False(bytes.ContainsAnyExcept((byte)'x'));
        return bytes.Length;
    }
}
