using System.Diagnostics;
using HazardMap.Service.Database;
using HazardMap.Service.Risk.Runs;
using HazardMap.Service.Tests.Tiles;
using Npgsql;

namespace HazardMap.Service.Tests.Risk.Crowd;

/// <summary>What must be true when a crowd has gone and everything is quiet.</summary>
internal static class CrowdChecks
{
    private const string Busy =
        "select exists (select from register.risk_queue) or exists (select from register.risk_runs where state in ('Queued', 'Running'))";
    private const string Reaches =
        "select coalesce(string_agg(r::text, ';' order by hazard_id, ordinal), '') from register.hazard_reaches r";
    private const string Scores =
        "select string_agg(concat_ws(' ', hazard_id, score, level, rule, across, down), ';' order by hazard_id) from register.hazard_risks";
    private const string Notes = "select jsonb_agg(q)::text from register.risk_queue q";

    // Each counts what must not be.
    private static readonly (string What, string Sql)[] Never =
    [
        ("a change of level that does not begin where the one before ended", """
            select count(*) from (
              select from_level, lag(to_level) over w as before, row_number() over w as n
                from register.risk_level_changes window w as (partition by hazard_id order by changed_at, id)) c
            where n > 1 and from_level is distinct from before
            """),
        ("a level that its history does not lead to", """
            select count(*) from register.hazard_risks r
            join lateral (select to_level from register.risk_level_changes c where c.hazard_id = r.hazard_id
              order by changed_at desc, id desc limit 1) l on true
            where l.to_level is distinct from r.level
            """),
        ("a change of level that the outbox does not tell exactly once", """
            select count(*) from (
              select hazard_id::text as hazard, to_jsonb(changed_at) as at, from_level, to_level, count(*) as n
                from register.risk_level_changes group by 1, 2, 3, 4) c
            full join (
              select subject as hazard, payload -> 'changedAt' as at, payload ->> 'from' as from_level, payload ->> 'to' as to_level,
                count(*) as n
              from register.outbox where topic = 'RiskLevelChanged' group by 1, 2, 3, 4) o
              on o.hazard = c.hazard and o.at = c.at and o.from_level is not distinct from c.from_level and o.to_level = c.to_level
            where c.n is distinct from 1 or o.n is distinct from 1
            """),
        ("a count of incidents that is not their number", """
            select count(*) from (select hazard_id, count(*) as n from register.incidents group by 1) i
            full join register.hazard_incidents c using (hazard_id) where coalesce(i.n, 0) <> coalesce(c.incidents, 0)
            """),
        ("a water without a row of risk or without a score",
            "select count(*) from register.hazards h left join register.hazard_risks r on r.hazard_id = h.id where r.score is null"),
        ("a run that failed", "select count(*) from register.risk_runs where state = 'Failed'"),
    ];

    /// <summary>Waits for the queue and the runs, then checks everything.</summary>
    public static async Task AssertQuietAndRightAsync(NpgsqlDataSource database, string about)
    {
        for (var clock = Stopwatch.StartNew(); await database.ScalarAsync<bool>(Busy, default); await Task.Delay(50))
            Assert.True(clock.Elapsed.TotalSeconds < 40, $"{about}: still waiting: {await database.ScalarAsync<string>(Notes, default)}");
        var check = await RiskRun.CheckAsync(database, null, default);
        Assert.True(check.Different == 0, $"{about}: {check}");
        Assert.Equal(await database.ScalarAsync<string>(MapCellCounts.Counted, default),
            await database.ScalarAsync<string>(MapCellCounts.Kept, default));
        foreach (var (what, sql) in Never)
            Assert.True(await database.ScalarAsync<long>(sql, default) == 0, $"{about}: {what}");
        await AssertAFullRunChangesNothingAsync(database, about);
    }

    /// <summary>What was acknowledged is there, what was deleted is gone, and no addition was lost.</summary>
    public static async Task AssertNothingIsLostAsync(NpgsqlDataSource database, CrowdLedger ledger)
    {
        foreach (var ((set, id), isKept) in ledger.Created.Where(c => c.Value))
            Assert.True(await ExistsAsync(database, set, id), $"{set} {id} was acknowledged and is not there");
        foreach (var (set, id) in ledger.Deleted)
            Assert.False(await ExistsAsync(database, set, id), $"{set} {id} was deleted and is still there");
        foreach (var (id, added) in ledger.Added)
            Assert.InRange(await database.ScalarAsync<int>("select capacity from register.facilities where id = $1", default, id), added,
                added + ledger.Unknown);
    }

    private static async Task AssertAFullRunChangesNothingAsync(NpgsqlDataSource database, string about)
    {
        var (reaches, scores) = (await database.ScalarAsync<string>(Reaches, default), await database.ScalarAsync<string>(Scores, default));
        var run = await RiskRun.RunAsync(database, null, "test", default);
        Assert.True((run.Changed, run.LevelChanges) == (0, 0), $"{about}: {run}");
        Assert.Equal(scores, await database.ScalarAsync<string>(Scores, default));
        Assert.Equal(reaches, await database.ScalarAsync<string>(Reaches, default));
    }

    private static Task<bool> ExistsAsync(NpgsqlDataSource database, string set, Guid id) =>
        database.ScalarAsync<bool>($"select exists (select from register.{(set == "Hazards" ? "hazards" : "facilities")} where id = $1)",
            default, id);
}
