using HazardMap.Risk.Trips;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Risk.Trips;

/// <summary>What a full run does about the scale of a rule of trips. Where there is none yet, it makes one.</summary>
internal enum ScaleWish
{
    /// <summary>Goes by the one that is kept.</summary>
    Keep,

    /// <summary>Goes by it, unless nobody asked for it and the register has become another one since: what an import does.</summary>
    AnewWhenOutgrown,

    /// <summary>Makes it anew: somebody asked.</summary>
    Anew,
}

/// <summary>The scales that this register has made.</summary>
internal static class ScaleStore
{
    /// <summary>Where the newest scale of a rule's text is: $1 its version, $2 its fingerprint.</summary>
    public const string Newest = "from register.risk_scales where rule = $1 and sha256 = $2 order by created_at desc, id desc limit 1";

    /// <summary>The newest of a rule's text; null: none was made yet.</summary>
    public static async Task<TripScale?> NewestAsync(NpgsqlConnection connection, TripRule rule, CancellationToken stop) =>
        await connection.ScalarAsync<string>($"select scale::text {Newest}", stop, rule.Version, rule.Fingerprint)
            is { } json ? TripScale.FromJson(json) : null;

    /// <summary>The one that a run goes by; null: the run makes one.</summary>
    /// <param name="connection">In the run's transaction.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="wish">What the run was asked to do.</param>
    /// <param name="children">Children of the register as it is, by age.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task<TripScale?> ForRunAsync(NpgsqlConnection connection, TripRule rule, ScaleWish wish, PerAge<double> children,
        CancellationToken stop)
    {
        if (wish == ScaleWish.Anew || await NewestAsync(connection, rule, stop) is not { } newest) return null;
        return wish == ScaleWish.AnewWhenOutgrown && await IsOutgrownAsync(connection, rule, newest.Children, children, stop)
            ? null : newest;
    }

    /// <summary>Keeps a new one, and what maps need of it.</summary>
    public static Task AddAsync(NpgsqlConnection connection, TripRule rule, TripScale scale, int waters, bool isAskedFor,
        CancellationToken stop) =>
        connection.ExecuteAsync("""
            insert into register.risk_scales
              (rule, sha256, year, waters, children_1_to_4, children_5_to_14, deaths_per_year, scale, is_asked_for, for_maps)
            values ($1, $2, $3, $4, $5, $6, $7, $8::json, $9, $10::json)
            """, stop, scale.Rule, scale.RuleFingerprint, scale.Year, waters, scale.Children.Aged1To4, scale.Children.Aged5To14,
            scale.DeathsPerYear.Aged1To4 + scale.DeathsPerYear.Aged5To14, scale.ToJson(), isAskedFor,
            TripMaps.Json(rule, scale));

    // Nobody asked for it, and a tenth of waters or children came or went since: it was made of a register that was not filled.
    private static async Task<bool> IsOutgrownAsync(NpgsqlConnection connection, TripRule rule, PerAge<double> was, PerAge<double> now,
        CancellationToken stop)
    {
        static bool IsFar(double was, double now) => Math.Abs(now - was) > 0.1 * was;
        var (isAskedFor, waters, present) = await connection.RowAsync(
            $"select is_asked_for, waters::float8, (select count(*) from register.hazards)::float8 {Newest}",
            row => (row.GetBoolean(0), row.GetDouble(1), row.GetDouble(2)), stop, rule.Version, rule.Fingerprint);
        return !isAskedFor && (IsFar(waters, present) || IsFar(was.Aged1To4 + was.Aged5To14, now.Aged1To4 + now.Aged5To14));
    }
}

/// <summary>The world of the rule in force, kept until its scale or a calendar is another.</summary>
internal static class TripWorlds
{
    private static (string Key, TripWorld World)? _last;

    /// <summary>Of a rule with its newest scale; null: none was made yet.</summary>
    public static async Task<TripWorld?> OfAsync(NpgsqlConnection connection, TripRule rule, CancellationToken stop)
    {
        var id = await connection.ScalarAsync<Guid?>($"select id {ScaleStore.Newest}", stop, rule.Version, rule.Fingerprint);
        if (id is null) return null;
        var key = $"{id} {rule.Fingerprint} {CalendarFiles.State}";
        if (_last is var (known, world) && known == key) return world;
        world = new TripWorld(rule, (await ScaleStore.NewestAsync(connection, rule, stop))!);
        _last = (key, world);
        return world;
    }
}
