using System.Globalization;
using HazardMap.Service.Database;
using HazardMap.Service.Risk.Runs;
using Npgsql;

namespace HazardMap.Service.Tests.Risk;

/// <summary>
/// Whatever is inserted, changed, moved, closed, deleted, one by one or several in a transaction, by the service or past
/// it, by whichever rule: afterwards a full run finds nothing to change.
/// </summary>
/// <remarks><c>HAZARDMAP_RISK_EDITS</c> asks for more edits than the default.</remarks>
public sealed class RandomEditTests(RandomWorld world) : IClassFixture<RandomWorld>
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly string[] Rules = ["2026-1", "2026-1-walk", "2026-2", "2026-3", "2026-2-walk", "2027-1"];
    private readonly Random _random = new(20261122);
    private int _made;

    [Fact]
    public async Task Any_sequence_of_edits_by_any_rule_leaves_what_a_full_run_gives()
    {
        var edits = int.TryParse(Environment.GetEnvironmentVariable("HAZARDMAP_RISK_EDITS"), CultureInfo.InvariantCulture, out var asked)
            ? asked : 200;
        var before = await LevelChangesAsync();
        for (var done = 0; done < edits;)
        {
            if (done % (edits / 8 + 1) == 0) await RiskRun.RunAsync(world.Database, Rules[_random.Next(Rules.Length)], "test", None);
            done += await TransactAsync();
            if (_random.Next(Math.Max(20, edits / 20)) == 0) await AssertCurrentAsync(done);
        }
        await AssertCurrentAsync(edits);
        Assert.True(await LevelChangesAsync() > before);
        Assert.Equal(0, await world.ScalarAsync<long>("select count(*) from register.risk_queue"));
        await AssertHistoryLeadsToTheLevelsAsync();
    }

    // One edit or a batch; sometimes rolled back; sometimes left to the worker, as psql would.
    private async Task<int> TransactAsync()
    {
        var count = _random.Next(4) == 0 ? _random.Next(2, 12) : 1;
        var (isBatched, isPast, isUndone) = (_random.Next(2) == 0, _random.Next(6) == 0, _random.Next(15) == 0);
        await using (var connection = await world.Database.OpenConnectionAsync())
        {
            await using var transaction = await connection.BeginAsAsync("test", None);
            for (var i = 0; i < count; i++)
            {
                await EditAsync(connection);
                if (!isPast && (!isBatched || i == count - 1)) await RiskUpdate.ScoreWaitingAsync(connection, RiskCause.Edit, None);
            }
            if (isUndone) return count;
            await transaction.CommitAsync();
        }
        if (isPast) await RiskQueueWorker.CatchUpAsync(world.Database, None);
        return count;
    }

    private Task EditAsync(NpgsqlConnection connection)
    {
        string hazard = "(select id from register.hazards order by md5(id::text || $1) limit 1)",
            facility = "(select id from register.facilities order by md5(id::text || $1) limit 1)",
            hamlet = "(select id from register.settlements order by md5(id::text || $1) limit 1)";
        var near = "st_setsrid(st_point(greatest(-180, least(180, st_x(location::geometry) + 0.01 * (random() - 0.5))), "
            + "st_y(location::geometry) + 0.01 * (random() - 0.5)), 4326)::geography";
        var salt = _random.Next().ToString(CultureInfo.InvariantCulture);
        return _random.Next(15) switch
        {
            0 => DoAsync(connection, "update register.hazards set depth_metres = case when random() < 0.2 then null "
                + $"else 6 * random() end, has_pole = not has_pole where id = {hazard}", salt),
            1 => DoAsync(connection, "update register.hazards set status = case status when 'Closed' then 'Filled' "
                + $"when 'Filled' then 'Active' else 'Closed' end, flow = 'Fast' where id = {hazard}", salt),
            2 => DoAsync(connection, $"update register.hazards set shape = st_buffer(({near}), 30 + 300 * random()) where id = {hazard} "
                + "and abs(st_x(location::geometry)) < 179", salt),
            3 => DoAsync(connection, "update register.hazards set kind = 'Pit', access = (array['Open', 'Restricted', 'Fenced', "
                + $"null])[1 + floor(4 * random())::integer] where id = {hazard}", salt),
            4 => DoAsync(connection, "insert into register.hazards (code, name, kind, shape, division_code, depth_metres, source) "
                + $"select $2, $2, 'Pond', {near}, '99', 3, 'test' from register.facilities where id = {facility}", salt, Code()),
            5 => DoAsync(connection,
                $"with gone as (delete from register.incidents where hazard_id = {hazard}) delete from register.hazards "
                    + $"where id = {hazard} and not exists (select from register.incidents i where i.hazard_id = hazards.id)", salt),
            6 => DoAsync(connection, "update register.facilities set under5 = (80 * random())::integer, aged_5_to_14 = case "
                + $"when random() < 0.3 then 0 else (900 * random())::integer end where id = {facility}", salt),
            7 => DoAsync(connection, $"update register.facilities set location = {near} where id = {facility}", salt),
            8 => DoAsync(connection, "insert into register.facilities (code, name, kind, location, division_code, under5, aged_5_to_14, "
                + $"source) select $2, $2, 'School', {near}, '99', 5, 300, 'test' from register.hazards where id = {hazard}", salt, Code()),
            9 => DoAsync(connection,
                $"delete from register.facilities where id = {facility} and (select count(*) from register.facilities) > 200", salt),
            10 => DoAsync(connection, "insert into register.incidents (hazard_id, division_code, occurred_on, age_band, outcome) "
                + $"select id, '99', '2025-07-01', 'Aged5To14', 'Rescued' from register.hazards where id = {hazard}", salt),
            11 => DoAsync(connection,
                "delete from register.incidents where id = (select id from register.incidents order by md5(id::text || $1) limit 1)", salt),
            12 => DoAsync(connection, $"update register.settlements set location = {near} where id = {hamlet}", salt),
            13 => DoAsync(connection, "update register.settlements set weight = (array[0, 1, 5.5])[1 + floor(3 * random())::integer] "
                + $"where id = {hamlet}", salt),
            _ => DoAsync(connection, $"update register.hazards set name = name || '.', last_inspected_at = now() where id = {hazard} "
                + "and length(name) < 100", salt),
        };
    }

    private string Code() => $"new-{++_made}-{_random.Next()}";

    private static Task DoAsync(NpgsqlConnection connection, string sql, params object?[] values) =>
        connection.ExecuteAsync(sql, None, values);

    private Task<long> LevelChangesAsync() => world.ScalarAsync<long>("select count(*) from register.risk_level_changes");

    private async Task AssertCurrentAsync(int after)
    {
        var check = await RiskRun.CheckAsync(world.Database, null, None);
        Assert.True(check.Different == 0, $"after {after} edits by {check.Rule}: {check}");
    }

    private async Task AssertHistoryLeadsToTheLevelsAsync() => Assert.Equal(0, await world.ScalarAsync<long>("""
        select count(*) from register.hazard_risks r
        join lateral (select to_level from register.risk_level_changes c where c.hazard_id = r.hazard_id order by changed_at desc, id desc
          limit 1) l on true
        where l.to_level <> r.level
        """));
}
