using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace HazardMap.Service.Database;

/// <summary>
/// Brings a database to this program's schema: <c>geodata/schema</c> once and in order, then <c>geodata/functions</c> and
/// <c>tiles/*/layer.sql</c> whenever their text changed.
/// </summary>
/// <remarks>
/// One migrator at a time (advisory lock), one transaction a script, a journal with each script's hash. A script that
/// has run and was edited since is refused, and so is a database that a newer program has migrated.
/// </remarks>
internal static class Migrator
{
    private const long Lock = 0x4861_7A61_7264; // "Hazard"
    private static readonly string[] Extensions = ["postgis", "pgrouting", "pg_trgm"];
    private static readonly string[] Roles = ["hazardmap_service", "hazardmap_reader"];

    /// <summary>Migrates; <paramref name="say"/> hears each script that runs. Returns the number of scripts that ran.</summary>
    /// <exception cref="RefusalException">An edited script, a newer database, or missing rights.</exception>
    public static async Task<int> MigrateAsync(NpgsqlDataSource owner, Action<string> say, CancellationToken stop)
    {
        await using var connection = await owner.OpenConnectionAsync(stop);
        await Run(connection, $"set client_min_messages = warning; select pg_advisory_lock({Lock})", stop);
        try
        {
            await PrepareAsync(connection, stop);
            var journal = await ReadJournalAsync(connection, stop);
            var ran = await RunSchemaAsync(connection, journal, say, stop);
            ran += await RunFunctionsAsync(connection, journal, ran > 0, say, stop);
            return ran;
        }
        finally
        {
            await Run(connection, $"select pg_advisory_unlock({Lock})", CancellationToken.None);
        }
    }

    /// <summary>The last schema script this program knows, such as <c>0005_accounts</c>.</summary>
    public static string SchemaVersion => Script.Schema()[^1].Name;

    private static async Task PrepareAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        foreach (var extension in Extensions)
            await CreateExtensionAsync(connection, extension, stop);
        foreach (var role in Roles)
            await Run(connection, $"""
                do $$ begin
                  if (select rolcreaterole or rolsuper from pg_roles where rolname = current_user)
                     and not exists (select from pg_roles where rolname = '{role}') then
                    create role {role} login;
                  end if;
                exception when duplicate_object or unique_violation then null; -- another database's migration was first
                end $$
                """, stop);
        await Run(connection, """
            create schema if not exists journal;
            create table if not exists journal.scripts (
              name text primary key, sha256 text not null, applied_at timestamptz not null default now());
            """, stop);
        await connection.ReloadTypesAsync(stop);
    }

    private static async Task CreateExtensionAsync(NpgsqlConnection connection, string extension, CancellationToken stop)
    {
        try
        {
            await Run(connection, $"create extension if not exists {extension}", stop);
        }
        catch (PostgresException refused) when (refused.SqlState is PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.UndefinedFile or "58P01" or "0A000")
        {
            throw new RefusalException("ExtensionMissing",
                $"The database lacks the extension {extension} ({refused.MessageText}). Have a superuser run: create extension {extension};",
                $"数据库缺少扩展 {extension}（{refused.MessageText}）。请超级用户执行：create extension {extension};", extension);
        }
    }

    private static async Task<Dictionary<string, string>> ReadJournalAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        var journal = new Dictionary<string, string>(StringComparer.Ordinal);
        await using var command = connection.Command("select name, sha256 from journal.scripts");
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
            journal.Add(rows.GetString(0), rows.GetString(1));
        return journal;
    }

    private static async Task<int> RunSchemaAsync(NpgsqlConnection connection, Dictionary<string, string> journal, Action<string> say, CancellationToken stop)
    {
        var scripts = Script.Schema();
        var known = scripts.Select(s => s.Key).ToHashSet(StringComparer.Ordinal);
        if (journal.Keys.FirstOrDefault(k => k.StartsWith("schema/", StringComparison.Ordinal) && !known.Contains(k)) is { } unknown)
            throw new RefusalException("DatabaseIsNewer",
                $"The database was migrated by a newer program ({unknown}). Start that version, or restore a backup made before it.",
                $"数据库已由更新的程序版本迁移（{unknown}）。请使用该版本启动，或恢复此前的备份。", unknown);
        var ran = 0;
        foreach (var script in scripts)
        {
            if (journal.TryGetValue(script.Key, out var hash))
            {
                if (hash != script.Hash)
                    throw new RefusalException("ScriptEdited",
                        $"{script.Key} has run on this database and was edited since. Undo the edit and add a new script.",
                        $"{script.Key} 已在此数据库执行过，之后又被修改。请撤销修改并新增脚本。", script.Key);
                continue;
            }
            say(script.Key);
            await RunScriptsAsync(connection, [script], stop);
            ran++;
        }
        return ran;
    }

    // Views depend on each other: when one text changed, all run again, in one transaction.
    private static async Task<int> RunFunctionsAsync(NpgsqlConnection connection, Dictionary<string, string> journal, bool schemaChanged, Action<string> say, CancellationToken stop)
    {
        var scripts = Script.Functions();
        if (!schemaChanged && scripts.All(s => journal.TryGetValue(s.Key, out var hash) && hash == s.Hash))
            return 0;
        say($"functions and tile layers ({scripts.Count})");
        await RunScriptsAsync(connection, scripts, stop);
        return scripts.Count;
    }

    private static async Task RunScriptsAsync(NpgsqlConnection connection, IReadOnlyList<Script> scripts, CancellationToken stop)
    {
        await using var transaction = await connection.BeginTransactionAsync(stop);
        foreach (var script in scripts)
        {
            try
            {
                await Run(connection, script.Text, stop);
            }
            catch (PostgresException failed)
            {
                throw new InvalidOperationException($"{script.Key} failed: {failed.MessageText} (at {failed.Position}; {failed.Where})", failed);
            }
            await using var entry = connection.Command("""
                insert into journal.scripts (name, sha256) values ($1, $2)
                on conflict (name) do update set sha256 = excluded.sha256, applied_at = now()
                """, script.Key, script.Hash);
            await entry.ExecuteNonQueryAsync(stop);
        }
        await transaction.CommitAsync(stop);
    }

    private static async Task Run(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(stop);
    }

    private sealed record Script(string Key, string Name, string Text)
    {
        public string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

        public static IReadOnlyList<Script> Schema() =>
            [.. Files("geodata/schema", "*.sql").Select(path => Read("schema/", path))];

        public static IReadOnlyList<Script> Functions() =>
        [
            .. Files("geodata/functions", "*.sql").Where(path => !IsLast(path)).Select(path => Read("functions/", path)),
            .. Directory.GetDirectories(ContentPath.Of("tiles")).Order(StringComparer.Ordinal)
                .Select(folder => Path.Combine(folder, "layer.sql")).Where(File.Exists)
                .Select(path => Read($"tiles/{Path.GetFileName(Path.GetDirectoryName(path))}/", path)),
            .. Files("geodata/functions", "*.sql").Where(IsLast).Select(path => Read("functions/", path)),
        ];

        private static bool IsLast(string path) => Path.GetFileName(path).StartsWith("zz_", StringComparison.Ordinal);

        private static IEnumerable<string> Files(string folder, string pattern) =>
            Directory.GetFiles(ContentPath.Of(folder), pattern).Order(StringComparer.Ordinal);

        private static Script Read(string prefix, string path) =>
            new(prefix + Path.GetFileName(path), Path.GetFileNameWithoutExtension(path), File.ReadAllText(path));
    }
}

/// <summary>Where the files that travel with the executable are.</summary>
internal static class ContentPath
{
    /// <summary>The absolute path of a folder or file such as <c>geodata/rules</c>.</summary>
    public static string Of(string relative) => Path.Combine(AppContext.BaseDirectory, relative);
}
