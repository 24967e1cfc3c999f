using HazardMap.Service.Database;
using HazardMap.Service.Risk.Rules;
using HazardMap.Service.Risk.Runs;
using HazardMap.Service.Tests.Worlds;
using Npgsql;

namespace HazardMap.Service.Tests.Risk.Trips;

/// <summary>A water's numbers under a rule of trips, as they are stored.</summary>
internal sealed record TripNumbersStored(double Score, double Visits, double Ratio, string Class, string Level);

/// <summary>What an edit makes of all waters, by code; nothing of it stays.</summary>
internal sealed record TripTrial(Dictionary<string, TripNumbersStored> Before, Dictionary<string, TripNumbersStored> After)
{
    private static readonly CancellationToken None = CancellationToken.None;

    /// <summary>How many more deaths in 1,000 years are expected afterwards.</summary>
    public double MoreDeaths => After.Values.Sum(w => w.Score) - Before.Values.Sum(w => w.Score);

    /// <summary>How many more visits on a holiday there are afterwards.</summary>
    public double MoreVisits => After.Values.Sum(w => w.Visits) - Before.Values.Sum(w => w.Visits);

    /// <summary>Waters that are there before and after, but for one.</summary>
    public IEnumerable<(string Code, TripNumbersStored Before, TripNumbersStored After)> Others(string but) =>
        from code in Before.Keys where code != but && After.ContainsKey(code) select (code, Before[code], After[code]);

    /// <summary>Edits, scores what the edit reaches, holds it against a full run, and undoes everything.</summary>
    /// <param name="register">The register.</param>
    /// <param name="first">What is to be there before; empty: nothing.</param>
    /// <param name="edit">A statement, or several where it has no values.</param>
    /// <param name="values">What $1 and on are.</param>
    public static async Task<TripTrial> OfAsync(EmptyRegister register, string first, string edit, params object?[] values)
    {
        await using var connection = await register.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginAsAsync("test", None);
        if (first.Length > 0)
        {
            await connection.ExecuteAsync(first, None);
            await RiskUpdate.ScoreWaitingAsync(connection, RiskCause.Edit, None);
        }
        var before = await ReadAsync(connection);
        await connection.ExecuteAsync(edit, None, values);
        await RiskUpdate.ScoreWaitingAsync(connection, RiskCause.Edit, None);
        var after = await ReadAsync(connection);
        var check = (await FullRun.ScoreAsync(connection, RuleFiles.Find("2027-1"), None)).Check();
        Assert.True(check.Different == 0, $"{edit}: {check}");
        Assert.Equal(1, await connection.ScalarAsync<long>("select count(*) from register.risk_scales", None));
        return new TripTrial(before, after);
    }

    /// <summary>All that is kept by a rule of trips, to the last bit: scores, reaches, places.</summary>
    public static Task<string?> EverythingAsync(EmptyRegister register) => register.ScalarAsync<string>("""
        select concat_ws(E'\n',
          (select string_agg((to_jsonb(r) - 'xid' - 'scored_at')::text, E'\n' order by hazard_id) from register.hazard_risks r),
          (select string_agg(to_jsonb(r)::text, E'\n' order by hazard_id, ordinal) from register.hazard_reaches r),
          (select string_agg(to_jsonb(r)::text, E'\n' order by kind, key) from register.risk_origins r))
        """);

    private static async Task<Dictionary<string, TripNumbersStored>> ReadAsync(NpgsqlConnection connection) =>
        (await connection.RowsAsync("""
            select code, r.score, visits, deadliness_ratio, deadliness, level
            from register.hazards join register.hazard_risks r on hazard_id = id
            """, row => (row.GetString(0), new TripNumbersStored(row.GetDouble(1), row.GetDouble(2), row.GetDouble(3), row.GetString(4),
            row.GetString(5))), None)).ToDictionary(r => r.Item1, r => r.Item2, StringComparer.Ordinal);
}
