using HazardMap.Risk.Trips;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Risk.Trips;

/// <summary>The scales that this register has made.</summary>
internal static class ScaleStore
{
    /// <summary>The newest of a rule's text; null: none was made yet.</summary>
    public static async Task<TripScale?> NewestAsync(NpgsqlConnection connection, TripRule rule, CancellationToken stop) =>
        await connection.ScalarAsync<string>("""
            select scale::text from register.risk_scales where rule = $1 and sha256 = $2 order by created_at desc, id desc limit 1
            """, stop, rule.Version, rule.Fingerprint) is { } json ? TripScale.FromJson(json) : null;

    /// <summary>Keeps a new one.</summary>
    public static Task AddAsync(NpgsqlConnection connection, TripScale scale, int waters, CancellationToken stop) =>
        connection.ExecuteAsync("""
            insert into register.risk_scales (rule, sha256, year, waters, children_1_to_4, children_5_to_14, deaths_per_year, scale)
            values ($1, $2, $3, $4, $5, $6, $7, $8::json)
            """, stop, scale.Rule, scale.RuleFingerprint, scale.Year, waters, scale.Children.Aged1To4, scale.Children.Aged5To14,
            scale.DeathsPerYear.Aged1To4 + scale.DeathsPerYear.Aged5To14, scale.ToJson());
}

/// <summary>The world of the rule in force, kept until its scale or a calendar is another.</summary>
internal static class TripWorlds
{
    private static (string Key, TripWorld World)? _last;

    /// <summary>Of a rule with its newest scale; null: none was made yet.</summary>
    public static async Task<TripWorld?> OfAsync(NpgsqlConnection connection, TripRule rule, CancellationToken stop)
    {
        var id = await connection.ScalarAsync<Guid?>(
            "select id from register.risk_scales where rule = $1 and sha256 = $2 order by created_at desc, id desc limit 1", stop,
            rule.Version, rule.Fingerprint);
        if (id is null) return null;
        var key = $"{id} {rule.Fingerprint} {CalendarFiles.State}";
        if (_last is var (known, world) && known == key) return world;
        world = new TripWorld(rule, (await ScaleStore.NewestAsync(connection, rule, stop))!);
        _last = (key, world);
        return world;
    }
}
