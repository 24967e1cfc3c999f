using HazardMap.Service.Database;
using HazardMap.Service.Tests.Worlds;
using NetTopologySuite.Geometries;

namespace HazardMap.Service.Tests.Database;

public sealed class MigratorTests(EmptyRegister register) : IClassFixture<EmptyRegister>
{
    [Fact]
    public async Task A_migrated_database_is_up_to_date() =>
        Assert.Equal(0, await Migrator.MigrateAsync(register.Database, _ => { }, CancellationToken.None));

    [Fact]
    public async Task An_edited_script_is_refused_by_name()
    {
        await using var world = new Scratch();
        await world.InitializeAsync();
        await world.ExecuteAsync("update journal.scripts set sha256 = 'edited' where name = 'schema/0002_register.sql'");
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => Migrator.MigrateAsync(world.Database, _ => { }, CancellationToken.None));
        Assert.Equal(("ScriptEdited", "schema/0002_register.sql"), (refusal.Code, refusal.Target));
    }

    [Fact]
    public async Task A_database_of_a_newer_program_is_refused()
    {
        await using var world = new Scratch();
        await world.InitializeAsync();
        await world.ExecuteAsync("insert into journal.scripts (name, sha256) values ('schema/9999_future.sql', '')");
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => Migrator.MigrateAsync(world.Database, _ => { }, CancellationToken.None));
        Assert.Equal("DatabaseIsNewer", refusal.Code);
    }

    [Fact]
    public async Task Two_migrators_at_once_run_each_script_once()
    {
        var bare = await TestServer.CreateBareDatabaseAsync();
        await using (var one = RegisterDatabase.Open(bare))
        await using (var other = RegisterDatabase.Open(bare))
        {
            var ran = await Task.WhenAll(
                Migrator.MigrateAsync(one, _ => { }, CancellationToken.None),
                Migrator.MigrateAsync(other, _ => { }, CancellationToken.None));
            Assert.Contains(0, ran);
            Assert.Contains(ran, n => n > 0);
        }
        await TestServer.DropAsync(bare);
    }

    [Fact]
    public async Task A_polygon_comes_back_from_geography_as_it_went_in()
    {
        var polygon = new NetTopologySuite.IO.WKTReader(Ewkb.Factory.GeometryServices).Read("POLYGON((104 23, 104.01 23, 104.01 23.01, 104 23))");
        var back = await register.ScalarAsync<Geometry>("select $1::geography", polygon);
        Assert.True(polygon.EqualsExact(back));
        Assert.Equal(4326, back!.SRID);
    }

    private sealed class Scratch : EmptyRegister, IAsyncDisposable
    {
        async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();
    }
}
