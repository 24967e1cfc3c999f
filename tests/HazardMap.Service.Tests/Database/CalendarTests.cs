using HazardMap.Service.Database;
using HazardMap.Service.Tests.Worlds;
using Npgsql;

namespace HazardMap.Service.Tests.Database;

/// <summary>Every day and every moment of every table lies in the calendar that clients have; what was not is put there by the
/// migration.</summary>
public sealed class CalendarTests(EmptyRegister register) : IClassFixture<EmptyRegister>
{
    private const string County =
        "insert into register.divisions (code, name, level, centre) values ('5326', '文山州', 'Prefecture', 'POINT(104.2 23.4)')";

    [Fact]
    public async Task Every_column_of_time_of_every_table_is_checked()
    {
        var unchecked_ = await register.ScalarAsync<string[]>("""
            select array(
              select a.attrelid::regclass || '.' || a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
              where c.relkind in ('r', 'p') and c.relnamespace::regnamespace::text in ('register', 'account', 'journal')
                and a.attnum > 0 and not a.attisdropped
                and a.atttypid in ('date'::regtype, 'timestamptz'::regtype, 'timestamp'::regtype, 'time'::regtype, 'interval'::regtype)
                and not exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum]
                                and pg_get_constraintdef(k.oid) like '%register.is_in_calendar(%')
              order by 1)
            """);
        Assert.True(unchecked_!.Length == 0,
            $"{string.Join(", ", unchecked_)}: add check (register.is_in_calendar(column)), as geodata/schema/14_calendar.sql does");
    }

    [Theory]
    [InlineData("valid_from", "infinity"), InlineData("valid_from", "-infinity"), InlineData("valid_from", "10000-01-01")]
    [InlineData("valid_from", "0001-01-01 BC"), InlineData("valid_to", "infinity"), InlineData("valid_to", "20000-01-01")]
    [InlineData("created_at", "infinity"), InlineData("created_at", "0001-01-01 00:00:00+08")]
    [InlineData("created_at", "9999-12-31 23:59:59.999999-01")]
    public async Task What_is_not_in_the_calendar_does_not_get_in_by_psql(string column, string value)
    {
        var refused = await Assert.ThrowsAsync<PostgresException>(() => register.ExecuteAsync(
            $"insert into register.divisions (code, name, level, centre, {column}) values ('99', 'x', 'County', 'POINT(1 1)', '{value}')"));
        Assert.Equal($"divisions_{column}_calendar", refused.ConstraintName);
    }

    [Fact]
    public async Task A_register_that_holds_infinity_comes_out_of_the_migration_with_the_calendar_s_ends()
    {
        await using var world = new Scratch();
        await world.InitializeAsync();
        await world.ExecuteAsync(County);
        await world.ExecuteAsync("""
            do $$ declare c record; begin
              for c in select conrelid::regclass as t, conname from pg_constraint where conname like '%\_calendar' loop
                execute format('alter table %s drop constraint %I', c.t, c.conname);
              end loop;
            end $$;
            drop function register.is_in_calendar(date), register.is_in_calendar(timestamptz);
            delete from journal.scripts where name = 'schema/14_calendar.sql';
            update register.divisions set valid_from = '-infinity', valid_to = 'infinity';
            insert into register.hazards (code, name, kind, shape, division_code, last_inspected_at, own_grade_on, created_at)
              values ('w', 'w', 'Well', 'POINT(104 23)', '5326', '-infinity', 'infinity', '-infinity')
            """);
        Assert.NotEqual(0, await Migrator.MigrateAsync(world.Database, _ => { }, CancellationToken.None));
        Assert.Equal("0001-01-01 9999-12-31", await world.ScalarAsync<string>(
            "select valid_from || ' ' || valid_to from register.divisions where code = '5326'"));
        const string Ends = "0001-01-01T00:00:00.000000 9999-12-31 0001-01-01T00:00:00.000000";
        Assert.Equal(Ends, await world.ScalarAsync<string>("""
            select to_char(last_inspected_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') || ' ' || own_grade_on || ' '
              || to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')
            from register.hazards
            """));
        Assert.Equal(2L, await world.ScalarAsync<long>("""
            select count(*) from register.history
            where operation = 'update' and fields::text like '%infinity%' and fields::text like '%9999%'
            """));
    }

    private sealed class Scratch : EmptyRegister, IAsyncDisposable
    {
        async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();
    }
}
