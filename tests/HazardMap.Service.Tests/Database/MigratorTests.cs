using HazardMap.Service.Database;
using HazardMap.Service.Tests.Worlds;
using NetTopologySuite.Geometries;

namespace HazardMap.Service.Tests.Database;

public sealed class MigratorTests(EmptyRegister register) : IClassFixture<EmptyRegister>
{
    [Fact]
    public async Task A_migrated_database_is_up_to_date() =>
        Assert.Equal(0, await MigrateAsync(register.Database));

    [Fact]
    public async Task An_edited_script_is_refused_by_name()
    {
        await using var world = new Scratch();
        await world.InitializeAsync();
        await world.ExecuteAsync("update journal.scripts set sha256 = 'edited' where name = 'schema/02_register.sql'");
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => MigrateAsync(world.Database));
        Assert.Equal(("ScriptEdited", "schema/02_register.sql"), (refusal.Code, refusal.Target));
    }

    [Fact]
    public async Task A_database_of_a_newer_program_is_refused()
    {
        await using var world = new Scratch();
        await world.InitializeAsync();
        await world.ExecuteAsync("insert into journal.scripts (name, sha256) values ('schema/9999_future.sql', '')");
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => MigrateAsync(world.Database));
        Assert.Equal("DatabaseIsNewer", refusal.Code);
    }

    [Fact]
    public async Task A_register_from_before_the_first_release_is_refused_untouched_with_what_to_do()
    {
        var bare = await TestServer.CreateBareDatabaseAsync();
        await using (var owner = RegisterDatabase.Open(bare))
        {
            await using (var old = owner.CreateCommand("""
                create schema journal; create table journal.scripts (name text primary key, sha256 text not null, applied_at timestamptz);
                insert into journal.scripts values ('schema/0001_foundation.sql', ''), ('schema/0021_scores_anew.sql', '')
                """)) await old.ExecuteNonQueryAsync();
            var refusal = await Assert.ThrowsAsync<RefusalException>(() => MigrateAsync(owner));
            Assert.Equal("RegisterIsOlder", refusal.Code);
            foreach (var text in new[] { refusal.Message, refusal.MessageZh })
                foreach (var step in new[] { "./hazardmap export divisions", "hazards", "facilities", "--data NEW", "./hazardmap import" })
                    Assert.Contains(step, text, StringComparison.Ordinal);
            const string Extensions = "select count(*) from pg_extension where extname = 'postgis'";
            Assert.Equal(0L, await owner.ScalarAsync<long>(Extensions, CancellationToken.None));
        }
        await TestServer.DropAsync(bare);
    }

    [Fact]
    public async Task Definitions_that_changed_are_made_anew_and_what_is_no_longer_told_goes()
    {
        await using var world = new Scratch();
        await world.InitializeAsync();
        var asItWas = await SchemaFile.DumpAsync(world.ConnectionString);
        await world.ExecuteAsync("""
            update journal.scripts set sha256 = 'of another version' where name = 'definitions';
            drop trigger stamp_version on register.hazards;
            create view odata.forgotten as select id from register.hazards;
            create function register.forgotten() returns trigger language plpgsql as 'begin return null; end';
            create trigger forgotten after insert on register.hazards for each statement execute function register.forgotten();
            """);
        Assert.NotEqual(0, await MigrateAsync(world.Database));
        Assert.Equal(asItWas, await SchemaFile.DumpAsync(world.ConnectionString));
    }

    [Fact]
    public async Task A_migration_beside_an_edit_waits_for_it_and_neither_fails()
    {
        await using var world = new Scratch();
        await world.InitializeAsync();
        await world.ExecuteAsync("update journal.scripts set sha256 = 'of another version' where name = 'definitions'");
        await using var connection = await world.Database.OpenConnectionAsync();
        await using var edit = await connection.BeginTransactionAsync();
        await InsertAsync(connection, """
            insert into register.people (name, division_code, source) select 'nobody', code, 'test' from register.divisions
            """);
        var migration = MigrateAsync(world.Database);
        await Task.Delay(1500);   // longer than deadlock_timeout
        Assert.False(migration.IsCompleted);
        await InsertAsync(connection, """
            insert into register.hazards (code, name, kind, shape, division_code, source)
            select 'w', 'w', 'Well', 'point(104 23)', code, 'test' from register.divisions
            """);
        await edit.CommitAsync();
        Assert.NotEqual(0, await migration);
    }

    [Fact]
    public async Task The_land_of_the_world_is_loaded_anew_when_its_file_changed()
    {
        const string Land = """
            select string_agg(fine || ' ' || pieces, ', ')
            from (select fine, count(*) as pieces from register.land group by 1 order by 1) l
            """;
        await using var world = new Scratch();
        await world.InitializeAsync();
        var loaded = await world.ScalarAsync<string>(Land);
        await world.ExecuteAsync("""
            delete from register.land where not fine;
            update journal.scripts set sha256 = 'of another file' where name = 'basemap/land'
            """);
        Assert.Equal(1, await MigrateAsync(world.Database));
        Assert.StartsWith("false 1", loaded, StringComparison.Ordinal);
        Assert.Equal(loaded, await world.ScalarAsync<string>(Land));
    }

    [Fact]
    public async Task Two_migrators_at_once_run_each_script_once()
    {
        var bare = await TestServer.CreateBareDatabaseAsync();
        await using (var one = RegisterDatabase.Open(bare))
        await using (var other = RegisterDatabase.Open(bare))
        {
            var ran = await Task.WhenAll(
                MigrateAsync(one),
                MigrateAsync(other));
            Assert.Contains(0, ran);
            Assert.Contains(ran, n => n > 0);
        }
        await TestServer.DropAsync(bare);
    }

    [Fact]
    public async Task A_polygon_comes_back_from_geography_as_it_went_in()
    {
        var polygon = new NetTopologySuite.IO.WKTReader(Ewkb.Factory.GeometryServices)
            .Read("POLYGON((104 23, 104.01 23, 104.01 23.01, 104 23))");
        var back = await register.ScalarAsync<Geometry>("select $1::geography", polygon);
        Assert.True(polygon.EqualsExact(back));
        Assert.Equal(4326, back!.SRID);
    }

    private static Task<int> MigrateAsync(Npgsql.NpgsqlDataSource owner) => Migrator.MigrateAsync(owner, _ => { }, CancellationToken.None);

    private static async Task InsertAsync(Npgsql.NpgsqlConnection connection, string sql)
    {
        await using var command = new Npgsql.NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private sealed class Scratch : EmptyRegister, IAsyncDisposable
    {
        async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();
    }
}
