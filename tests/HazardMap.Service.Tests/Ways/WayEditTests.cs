using System.Globalization;
using HazardMap.Service.Database;
using HazardMap.Service.Tests.Risk;
using HazardMap.Service.Ways;
using NetTopologySuite.Geometries;
using Npgsql;

namespace HazardMap.Service.Tests.Ways;

/// <summary>
/// A grid of roads, 12 by 12 junctions 400 m apart, so that many ways are equally long; schools, kindergartens, villages of two
/// townships, some with children's homes, and waters. Nobody walks farther than 700 m, so the ends of the town know nothing of each other.
/// </summary>
public sealed class GridTown : RiverTown
{
    internal const double Farthest = 700;
    private readonly Random _random = new(18);

    protected override async Task FillAsync()
    {
        await ExecuteAsync("insert into register.divisions (code, name, level, centre, source) "
            + "values ('99', 'Grid town', 'County', 'point(104 23)', 'test')");
        for (var i = 0; i < 12; i++)
            for (var j = 0; j < 12; j++)
            {
                if (i < 11)
                    await AddRoadAsync(1000 + i * 12 + j, i * 12 + j, (i + 1) * 12 + j, (i * 400, j * 400), ((i + 1) * 400, j * 400));
                if (j < 11) await AddRoadAsync(2000 + i * 12 + j, i * 12 + j, i * 12 + j + 1, (i * 400, j * 400), (i * 400, (j + 1) * 400));
            }
        await ExecuteAsync("update register.road_edges set length_metres = 400");   // equally long to the last digit
        for (var i = 0; i < 40; i++)
            await ExecuteAsync("insert into register.divisions (code, name, level, parent_code, centre, children, source) "
                + "values ($1, $1, 'Village', '99', $2, $3, 'test')",
                $"99{i:00}", Ewkb.Factory.CreatePoint(Somewhere()), _random.Next(4) * 10);
        for (var i = 0; i < 80; i++)
            await AddFacilityAsync($"s{i}", _random.Next(2) == 0 ? "School" : "Kindergarten", Anywhere(), aged5To14: _random.Next(500));
        for (var i = 0; i < 10; i++) await AddFacilityAsync($"c{i}", "ChildrensHome", Anywhere(), aged5To14: 0);
        await ExecuteAsync("update register.facilities "
            + "set division_code = '99' || lpad((('x' || right(md5(code), 2))::bit(8)::integer % 40)::text, 2, '0')");
        for (var i = 0; i < 30; i++) await AddSettlementAsync($"m{i}", $"99{i % 12:00}", i % 5 == 0 ? "Building" : "Place", i % 4 * 10);
        for (var i = 0; i < 200; i++)
            await AddHazardAsync($"h{i}", i % 2 == 0 ? "Pond" : "Canal",
                i % 2 == 0 ? Ewkb.Factory.CreatePoint(Somewhere()) : Line(Anywhere(), Anywhere()));
    }

    internal Task AddSettlementAsync(string code, string village, string kind, double weight) => ExecuteAsync(
        "insert into register.settlements (code, kind, location, division_code, weight, source) values ($1, $2, $3, $4, $5, 'test')",
        code, kind, Ewkb.Factory.CreatePoint(Somewhere()), village, weight);

    /// <summary>On a corner as often as not: then several ways are equally long, and several schools equally near.</summary>
    internal (double East, double North) Anywhere() =>
        _random.Next(2) == 0 ? (_random.Next(12) * 400, _random.Next(12) * 400) : (_random.Next(4800) - 200, _random.Next(4800) - 200);

    internal Coordinate Somewhere() => Anywhere() is var (east, north) ? At(east, north) : null!;
}

/// <summary>Whatever changes, the worker leaves what a full computation gives, to the last digit.</summary>
/// <remarks><c>HAZARDMAP_WAY_EDITS</c> asks for more edits than the default.</remarks>
public sealed class WayEditTests(GridTown town) : IClassFixture<GridTown>
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly Random _random = new(20261122);
    private static int _made;
    private int _roadEdits, _mostWaters;

    [Fact]
    public async Task Any_sequence_of_edits_leaves_the_ways_and_waters_that_a_full_computation_gives()
    {
        var edits = int.TryParse(Environment.GetEnvironmentVariable("HAZARDMAP_WAY_EDITS"), CultureInfo.InvariantCulture, out var asked)
            ? asked : 120;
        await WayStore.ComputeAsync(town.Database, 50, GridTown.Farthest, "test", None);
        var runs = await RunsAsync();
        for (var done = 0; done < edits;)
        {
            var count = _random.Next(3) == 0 ? _random.Next(2, 8) : 1;
            await TransactAsync(count, isUndone: _random.Next(12) == 0);
            done += count;
            if (_random.Next(5) > 0) await WayQueueWorker.CatchUpAsync(town.Database, None);   // sometimes notes gather
            if (_random.Next(6) == 0) await AssertCurrentAsync(done);
        }
        await AssertCurrentAsync(edits);
        Assert.True(_mostWaters > 20);
        // Only roads ask for everything.
        Assert.True(await RunsAsync() - runs <= _roadEdits);
    }

    [Fact]
    public async Task Several_editors_at_once_while_workers_follow_and_somebody_computes_everything_lose_no_change()
    {
        await town.ExecuteAsync("delete from register.way_runs");   // as if nobody had ever asked for ways
        using var over = new CancellationTokenSource();
        var workers = Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            while (!over.IsCancellationRequested) await WayQueueWorker.CatchUpAsync(town.Database, None);
        })).ToList();
        var editors = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 25; i++)
            {
                try { await TransactAsync(count: 1, isUndone: i % 9 == 8); }
                // two editors of many rows; never a worker, who is not forgiven
                catch (PostgresException tangled) when (tangled.SqlState == PostgresErrorCodes.DeadlockDetected) { }
            }
        })).ToList();
        for (var i = 0; i < 3; i++) await WayStore.ComputeAsync(town.Database, 50, GridTown.Farthest, "test", None);
        await Task.WhenAll(editors);
        await over.CancelAsync();
        await Task.WhenAll(workers);
        await AssertCurrentAsync(100);
    }

    private async Task TransactAsync(int count, bool isUndone)
    {
        await using var connection = await town.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginAsAsync("test", None);
        for (var i = 0; i < count; i++)
        {
            Task edit;
            lock (_random) edit = EditAsync(connection);
            await edit;
        }
        if (!isUndone) await transaction.CommitAsync();
    }

    private Task EditAsync(NpgsqlConnection connection)
    {
        const string hazard = "(select id from register.hazards order by md5(id::text || $1) limit 1)",
            facility = "(select id from register.facilities order by md5(id::text || $1) limit 1)",
            settlement = "(select id from register.settlements order by md5(id::text || $1) limit 1)",
            village = "(select code from register.divisions where length(code) = 4 order by md5(code || $1) limit 1)";
        var (salt, place) = (_random.Next().ToString(CultureInfo.InvariantCulture), Ewkb.Factory.CreatePoint(town.Somewhere()));
        Task DoHereAsync(string sql, params object[] more) => DoAsync(connection, sql, [salt, .. more]);
        switch (_random.Next(23))
        {
            case 0:
                return DoHereAsync("update register.hazards set status = case status when 'Closed' then 'Active' "
                    + $"else 'Closed' end where id = {hazard}");
            case 1: return DoHereAsync($"update register.hazards set shape = $2 where id = {hazard}", place);
            case 2:
                return DoHereAsync($"update register.hazards set shape = st_buffer($2::geography, 20 + 200 * random()) where id = {hazard}",
                    place);
            case 3:
                return DoHereAsync("insert into register.hazards (code, name, kind, shape, division_code, source) "
                    + "select $2, $1, 'Pond', $3, '99', 'test'", Code(), place);
            case 4:
                return DoHereAsync($"delete from register.hazards where id = {hazard} and (select count(*) from register.hazards) > 150");
            case 5: return DoHereAsync($"update register.hazards set depth_metres = random(), name = 'n' || $1 where id = {hazard}");
            case 6: return DoHereAsync($"update register.facilities set location = $2 where id = {facility}", place);
            case 7:
                return DoHereAsync("update register.facilities set status = case status when 'Open' then 'Closed' else 'Open' end "
                    + $"where id = {facility}");
            case 8:
                return DoHereAsync("update register.facilities "
                    + $"set aged_5_to_14 = (900 * random())::integer, under5 = (20 * random())::integer where id = {facility}");
            case 9: return DoHereAsync($"update register.facilities set division_code = {village}, name = 'n' || $1 where id = {facility}");
            case 10:
                return DoHereAsync("update register.facilities set kind = (array['School', 'Kindergarten', 'ChildrensHome', "
                    + $"'Canteen'])[1 + floor(4 * random())::integer] where id = {facility}");
            case 11:
                return DoHereAsync("insert into register.facilities (code, name, kind, location, division_code, aged_5_to_14, source) "
                    + "select $2, $1, (array['School', 'Kindergarten', 'ChildrensHome'])[1 + floor(3 * random())::integer], "
                    + $"$3, {village}, 70, 'test'", Code(), place);
            case 12:
                return DoHereAsync($"delete from register.facilities where id = {facility} "
                    + "and (select count(*) from register.facilities) > 80");
            case 13: return DoHereAsync($"update register.divisions set centre = $2 where code = {village}", place);
            case 14:
                return DoHereAsync("update register.divisions "
                    + $"set children = (array[null, 0, 5, 50])[1 + floor(4 * random())::integer], name = 'v' || $1 where code = {village}");
            case 15:
                return DoHereAsync("update register.divisions set valid_to = case when valid_to is null then current_date else null end "
                    + $"where code = {village}");
            case 16:
                return DoHereAsync("insert into register.divisions (code, name, level, parent_code, centre, children, source) "
                    + $"select {village} || $2, $1, 'Village', {village}, $3, 9, 'test'", Code()[..8], place);
            case 17:
                return DoHereAsync("delete from register.divisions d "
                    + "where code = (select code from register.divisions where length(code) > 4 order by md5(code || $1) limit 1) "
                    + "and not exists (select from register.facilities f where f.division_code = d.code) "
                    + "and not exists (select from register.settlements s where s.division_code = d.code)");
            case 18:
                return DoHereAsync("update register.hazards set shape = st_translate(shape::geometry, 0.0001, 0)::geography "
                    + "where md5(id::text || $1) < '4'");
            case 19:
                return DoHereAsync("insert into register.settlements (code, kind, location, division_code, weight, source) "
                    + $"select $2, (array['Building', 'Place'])[1 + floor(2 * random())::integer], $3, {village}, 100 * random(), 'test'",
                    Code(), place);
            case 20:
                return DoHereAsync("update register.settlements set weight = (array[0, 3, 0.1])[1 + floor(3 * random())::integer], "
                    + $"kind = (array['Building', 'Place'])[1 + floor(2 * random())::integer], name = 'n' || $1 where id = {settlement}");
            case 21:
                return DoHereAsync("update register.settlements set division_code = "
                    + $"case when random() < 0.5 then {village} else division_code end, location = $2 where id = {settlement}", place);
            case 22: return DoHereAsync($"delete from register.settlements where id = {settlement} or division_code = {village}");
            default:
                if (_random.Next(3) > 0)
                    return DoHereAsync("update register.facilities set aged_5_to_14 = aged_5_to_14 + 1 where $1 <> ''");
                _roadEdits++;
                return DoHereAsync("update register.road_edges set walk_forward = not walk_forward "
                    + "where id = (select id from register.road_edges order by md5(id::text || $1) limit 1)");
        }
    }

    private string Code() => string.Create(CultureInfo.InvariantCulture, $"n{++_made}x{_random.Next():x8}");

    private static Task DoAsync(NpgsqlConnection connection, string sql, params object?[] values) =>
        connection.ExecuteAsync(sql, None, values);

    private Task<long> RunsAsync() => town.ScalarAsync<long>("select count(*) from register.way_runs");

    private async Task AssertCurrentAsync(int after)
    {
        await WayQueueWorker.CatchUpAsync(town.Database, None);
        var check = await WayCheck.RunAsync(town.Database, None);
        _mostWaters = Math.Max(_mostWaters, check.Waters);
        Assert.True(check is { IsCurrent: true, Waiting: 0 }, $"after {after} edits: {check}");
    }
}
