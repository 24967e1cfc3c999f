using HazardMap.Register;
using HazardMap.Service.Database;
using HazardMap.Service.Tests.Worlds;
using Npgsql;

namespace HazardMap.Service.Tests.Database;

/// <summary>The one way to run a statement.</summary>
public sealed class StatementsTests(EmptyRegister register) : IClassFixture<EmptyRegister>
{
    private static readonly CancellationToken None = CancellationToken.None;

    private NpgsqlDataSource Database => register.Database;

    [Fact]
    public async Task Rows_come_in_their_order_with_what_may_be_null_as_null()
    {
        const string sql = """
            select * from (values (1, 'one', 1.5::float8, 'River'), (2, null, null, null)) v (number, text, half, kind) where number <= $1
              order by number
            """;
        var rows = await Database.RowsAsync(sql,
            r => (r.GetInt32(0), r.TextOrNull(1), r.ValueOrNull<double>(2), r.WordOrNull<HazardKind>(3)), None, 2);
        Assert.Equal([(1, "one", 1.5, HazardKind.River), (2, null, null, null)], rows);
        Assert.Empty(await Database.RowsAsync(sql, r => r.GetInt32(0), None, 0));
    }

    [Fact]
    public async Task The_first_row_alone_is_read_and_none_is_the_default()
    {
        Assert.Equal("a", await Database.RowAsync("select * from (values ('a'), ('b')) v", r => r.GetString(0), None));
        Assert.Null(await Database.RowAsync("select 'a' where false", r => r.GetString(0), None));
        Assert.Equal((0, null), await Database.RowAsync("select 1, 'a' where false", r => (r.GetInt32(0), r.TextOrNull(1)), None));
    }

    [Fact]
    public async Task A_null_argument_is_null_in_SQL_and_a_null_answer_is_the_default()
    {
        Assert.True(await Database.ScalarAsync<bool>("select $1::text is null", None, [null]));
        Assert.Equal(0, await Database.ScalarAsync<int>("select null::integer", None));
    }

    [Fact]
    public async Task A_connection_has_its_own_transaction_and_on_a_pool_each_statement_one()
    {
        await using (var connection = await Database.OpenConnectionAsync())
        await using (await connection.BeginTransactionAsync())
        {
            Assert.Equal(1, await connection.ExecuteAsync("insert into register.risk_queue default values", None));
            Assert.Equal(1, await connection.ScalarAsync<long>("select count(*) from register.risk_queue", None));
        }
        Assert.Equal(0, await Database.ScalarAsync<long>("select count(*) from register.risk_queue", None));
        await Database.ExecuteAsync("create table kept (number integer)", None);
        await Database.ExecuteAsync("insert into kept values ($1)", None, 7);
        Assert.Equal(7, await Database.ScalarAsync<int>("select number from kept", None));
    }

    [Fact]
    public async Task Who_calls_off_does_not_wait_for_the_rows()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Database.RowsAsync("select pg_sleep(60)", r => r.FieldCount, soon.Token).WaitAsync(TimeSpan.FromSeconds(20)));
    }
}
