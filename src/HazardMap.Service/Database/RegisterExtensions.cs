using Npgsql;

namespace HazardMap.Service.Database;

/// <summary>The extensions that the register stands on. All are in <c>public</c>: its functions pin their search path.</summary>
internal static class RegisterExtensions
{
    private const string Look = """
        select e.name, n.nspname::text, v.name is not null, coalesce(v.trusted, false)
        from unnest($1::text[]) with ordinality e (name, place)
        left join pg_extension x on x.extname = e.name
        left join pg_namespace n on n.oid = x.extnamespace
        left join pg_available_extensions a on a.name = e.name
        left join pg_available_extension_versions v on v.name = e.name and v.version = a.default_version
        order by e.place
        """;

    /// <summary>In the order in which they need each other.</summary>
    public static IReadOnlyList<string> Names { get; } = ["postgis", "pgrouting", "pg_trgm"];

    /// <summary>What makes them; where they are it changes nothing.</summary>
    public static IEnumerable<string> Statements => Names.Select(name => $"create extension if not exists {name} schema public");

    /// <summary>Refuses a server that has none of them, and a database that has them elsewhere.</summary>
    public static async Task EnsureAsync(NpgsqlConnection connection, GroundSurvey ground, CancellationToken stop)
    {
        foreach (var (name, schema, isInstalled, _) in await LookAsync(connection, stop))
        {
            if (schema is not null and not "public") throw GroundRefusals.ExtensionElsewhere(name, schema, ground.Database);
            if (schema is null && !isInstalled) throw GroundRefusals.ExtensionNotInstalled(name);
        }
    }

    /// <summary>The statements that an administrator has to run.</summary>
    public static async Task<IEnumerable<string>> MissingAsync(NpgsqlConnection connection, GroundSurvey ground, CancellationToken stop) =>
        (await LookAsync(connection, stop))
            .Where(found => found.Schema is null && !ground.IsSuperuser && !(found.IsTrusted && ground.MayCreate))
            .Select(found => $"create extension {found.Name}");

    private static Task<List<(string Name, string? Schema, bool IsInstalled, bool IsTrusted)>> LookAsync(
        NpgsqlConnection connection, CancellationToken stop) => connection.RowsAsync(Look,
            row => (row.GetString(0), row.TextOrNull(1), row.GetBoolean(2), row.GetBoolean(3)), stop, [Names.ToArray()]);
}
