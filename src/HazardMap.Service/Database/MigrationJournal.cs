using Npgsql;

namespace HazardMap.Service.Database;

/// <summary>What has run on a database: <c>journal.scripts</c>, a row a script with its hash.</summary>
internal sealed class MigrationJournal
{
    /// <summary>The one row of all functions, triggers, views, layers and grants.</summary>
    public const string Definitions = "definitions";

    private const string SchemaFolder = "schema/";
    private const string FirstBeforeRelease = "schema/0001_foundation.sql";

    private readonly Dictionary<string, string> _hashes = new(StringComparer.Ordinal);

    private MigrationJournal()
    {
    }

    /// <summary>Of a database that was never migrated.</summary>
    public static MigrationJournal Empty { get; } = new();

    /// <summary>Whether nothing has run.</summary>
    public bool IsEmpty => _hashes.Count == 0;

    /// <summary>Reads it where it is there: see <see cref="GroundSurvey.JournalAsync"/>.</summary>
    public static async Task<MigrationJournal> ReadAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        var journal = new MigrationJournal();
        foreach (var (name, hash) in await connection.RowsAsync(
            "select name, sha256 from journal.scripts", row => (row.GetString(0), row.GetString(1)), stop))
            journal._hashes.Add(name, hash);
        return journal;
    }

    /// <summary>Enters a script that has run.</summary>
    public static Task WriteAsync(NpgsqlConnection connection, string key, string hash, CancellationToken stop) =>
        connection.ExecuteAsync("""
            insert into journal.scripts (name, sha256) values ($1, $2)
            on conflict (name) do update set sha256 = excluded.sha256, applied_at = now()
            """, stop, key, hash);

    /// <summary>Whether it has run as it is now.</summary>
    public bool Knows(string key, string hash) => _hashes.TryGetValue(key, out var known) && known == hash;

    /// <summary>The schema scripts that have not run yet.</summary>
    /// <exception cref="RefusalException">The database is not one that these scripts go on from.</exception>
    public IReadOnlyList<MigrationScript> Missing(IReadOnlyList<MigrationScript> schema)
    {
        if (_hashes.ContainsKey(FirstBeforeRelease)) throw MigrationRefusals.MadeBeforeRelease();
        var known = schema.Select(script => script.Key).ToHashSet(StringComparer.Ordinal);
        var unknown = _hashes.Keys.FirstOrDefault(key => key.StartsWith(SchemaFolder, StringComparison.Ordinal) && !known.Contains(key));
        if (unknown is not null) throw MigrationRefusals.DatabaseIsNewer(unknown);
        if (schema.FirstOrDefault(script => _hashes.TryGetValue(script.Key, out var hash) && hash != script.Hash) is { } edited)
            throw MigrationRefusals.ScriptEdited(edited.Key);
        return [.. schema.Where(script => !_hashes.ContainsKey(script.Key))];
    }
}
