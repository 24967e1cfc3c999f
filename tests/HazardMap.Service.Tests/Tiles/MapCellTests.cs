using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Tiles;

/// <summary>The counts that low zooms show are kept by additions only; they must always be what counting anew would give.</summary>
public sealed class MapCellTests(EmptyRegister register) : IClassFixture<EmptyRegister>
{
    private static readonly string[] Steps =
    [
        "insert into register.divisions (code, name, level, centre, source) "
            + "values ('532601', '文山市', 'County', 'POINT(104.24 23.37)', 'test')",
        """
        insert into register.hazards (code, name, kind, shape, division_code, source)
        select 'H' || n, '塘', 'Pond', st_point(103 + random() * 2, 23 + random())::geography, '532601', 'test'
          from generate_series(1, 500) n;
        insert into register.facilities (code, name, kind, location, division_code, source)
        select 'F' || n, '校', (array['School', 'Canteen'])[1 + n % 2], st_point(103 + random() * 2, 23 + random())::geography, '532601',
          'test' from generate_series(1, 200) n
        """,
        "update register.hazard_risks set score = 1, "
            + "level = (array['Red', 'Blue'])[1 + ('x' || right(hazard_id::text, 1))::bit(4)::int % 2], rule = 'r', scored_at = now()",
        "update register.hazards set shape = st_point(90 + random() * 30, 20 + random() * 30)::geography where code like '%7'; "
            + "select register.lock_risk_scores()",
        "update register.hazards set name = '大塘' where code like '%3'",
        "update register.facilities set kind = 'CareHome' where code like '%1'; update register.facilities "
            + "set location = 'POINT(-180 -90)' where code like '%2'",
        "delete from register.hazards where code like '%9'; delete from register.facilities where code like '%9'",
        "begin; update register.hazard_risks set level = 'Orange'; delete from register.hazards; rollback",
        "select register.fold_map_cells()",
        "update register.hazard_risks set level = 'Yellow' where hazard_id in (select id from register.hazards where code like '%5')",
        "alter table register.rectification_steps disable trigger user; truncate register.hazards cascade", // evidence is not truncated
    ];

    [Fact]
    public async Task Kept_counts_are_counted_ones_after_every_kind_of_change()
    {
        foreach (var step in Steps)
        {
            await register.ExecuteAsync(step);
            Assert.Equal(await register.ScalarAsync<string>(MapCellCounts.Counted), await register.ScalarAsync<string>(MapCellCounts.Kept));
        }
        await register.ExecuteAsync("select register.fold_map_cells()");
        Assert.True(await register.ScalarAsync<bool>("select count(*) > 0 and bool_and(count > 0) from register.map_cells"));
    }

    [Fact]
    public async Task Two_folds_at_the_same_time_lose_nothing_that_moved_between_them()
    {
        await register.ExecuteAsync("""
            insert into register.divisions (code, name, level, centre, source) values ('99', '折', 'County', 'POINT(9.1 9.1)', 'test')
              on conflict do nothing;
            insert into register.facilities (code, name, kind, location, division_code, source)
              values ('fold', '校', 'School', 'POINT(9.1 9.1)', '99', 'test')
            """);
        await using (var first = await register.Database.OpenConnectionAsync())
        {
            await using var folding = await first.BeginTransactionAsync();
            await using (var fold = new Npgsql.NpgsqlCommand("select register.fold_map_cells()", first)) await fold.ExecuteNonQueryAsync();
            await register.ExecuteAsync("update register.facilities set location = 'POINT(9.101 9.101)' where code = 'fold'");
            var second = register.ExecuteAsync("select register.fold_map_cells()");
            await Task.WhenAny(second, Task.Delay(300));
            await folding.CommitAsync();
            await second;
        }
        Assert.Equal(await register.ScalarAsync<string>(MapCellCounts.Counted), await register.ScalarAsync<string>(MapCellCounts.Kept));
        await register.ExecuteAsync("delete from register.facilities where code = 'fold'");
    }
}
