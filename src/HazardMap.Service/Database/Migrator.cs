using HazardMap.OData;
using HazardMap.Service.Field;
using Npgsql;

namespace HazardMap.Service.Database;

/// <summary>
/// Brings a database to this program's <c>geodata</c>: the tables once and in order, the land of the base map, then the
/// definitions (functions, triggers, views, map layers, grants) anew whenever one text changed.
/// </summary>
/// <remarks>
/// One migrator at a time (advisory lock), one transaction a script, a journal with each script's hash. Refused before
/// anything is touched: a script that has run and was edited since, a database that a newer program has migrated, one
/// made before the first release, and ground on which the scripts would fail halfway (<see cref="GroundSurvey"/>). A register
/// that is this program's is only read: whoever may only use it can start on it.
/// </remarks>
internal static class Migrator
{
    private const long Lock = 0x4861_7A61_7264; // "Hazard"

    // A migration beside a running service gives way to it for this long.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>The last schema script this program knows, such as <c>11_basemap</c>.</summary>
    public static string SchemaVersion => Path.GetFileNameWithoutExtension(MigrationScript.Schema()[^1].Key);

    /// <summary>Migrates; <paramref name="say"/> hears each script that runs. Returns the number of scripts that ran.</summary>
    /// <exception cref="RefusalException">
    /// An edited script, a newer or an older database, missing rights, or tables in use for minutes.
    /// </exception>
    public static async Task<int> MigrateAsync(NpgsqlDataSource owner, Action<string> say, CancellationToken stop)
    {
        await using var connection = await owner.OpenPatientlyAsync(stop);
        var ground = await GroundSurvey.ReadAsync(connection, stop);
        if (await IsCurrentAsync(connection, ground, stop) && (ground.OtherOwner is not null || await IsConfinedAsync(connection, stop)))
            return 0;
        await ground.EnsureMigratableAsync(connection, stop);
        await RunAsync(connection, $"set client_min_messages = warning; select pg_advisory_lock({Lock})", stop);
        try
        {
            // Anew: another migrator may have been at work while this one waited.
            var journal = await (await GroundSurvey.ReadAsync(connection, stop)).JournalAsync(connection, stop);
            var scripts = journal.Missing(MigrationScript.Schema());
            await MigrationGround.PrepareAsync(connection, stop);
            foreach (var script in scripts) await RunOnceAsync(connection, script, say, stop);
            var loaded = await LoadBaseMapAsync(connection, journal, say, stop);
            var defined = await DefineAsync(connection, journal, say, stop);
            await RegisterRoles.SettleAsync(connection, ground.Database, stop);
            await RunAsync(connection, MigrationScript.OfTheDatabase(), stop);
            await WordTable.FillAsync(connection, stop);
            await RhythmTable.FillAsync(connection, stop);
            return scripts.Count + loaded + defined;
        }
        finally
        {
            // A session that broke has let go of it, and its own failure is what counts.
            if (connection.FullState == System.Data.ConnectionState.Open)
                await RunAsync(connection, $"select pg_advisory_unlock({Lock})", CancellationToken.None);
        }
    }

    /// <summary>Refuses a database whose register is not this program's; nothing is written.</summary>
    /// <param name="database">As any role that may use the register.</param>
    /// <param name="writes">Whether it is to be changed too.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="RefusalException">There is none, it is of another version, or it can't be written.</exception>
    public static async Task EnsureCurrentAsync(NpgsqlDataSource database, bool writes, CancellationToken stop)
    {
        await using var connection = await database.OpenPatientlyAsync(stop);
        var ground = await GroundSurvey.ReadAsync(connection, stop);
        if (writes) ground.EnsureWritable();
        if (await IsCurrentAsync(connection, ground, stop)) return;
        throw (await ground.JournalAsync(connection, stop)).IsEmpty
            ? GroundRefusals.NoRegister(ground.Database) : GroundRefusals.NotMigrated(ground.Database);
    }

    // An owner also gives roles that came later what is theirs, once an administrator has prepared them.
    private static async Task<bool> IsCurrentAsync(NpgsqlConnection connection, GroundSurvey ground, CancellationToken stop)
    {
        var journal = await ground.JournalAsync(connection, stop);
        return journal.Missing(MigrationScript.Schema()).Count == 0
            && MigrationData.BaseMap().All(data => journal.Knows(data.Key, data.Hash))
            && journal.Knows(MigrationJournal.Definitions, DefinitionsHash())
            && await WordTable.IsFilledAsync(connection, stop)
            && await RhythmTable.IsCurrentAsync(connection, stop)
            && (ground.OtherOwner is not null || await HasGrantsAsync(connection, stop)
                || (await RegisterRoles.MissingAsync(connection, ground, stop)).Any());
    }

    private static Task<bool> HasGrantsAsync(NpgsqlConnection connection, CancellationToken stop) => connection.ScalarAsync<bool>("""
        select not exists (
          select from pg_roles where rolname = any ($1::text[]) and not has_schema_privilege(oid, 'odata', 'usage'))
        """, stop, [RegisterRoles.Names.ToArray()]);

    // A copy or a restored dump has everything but what belongs to the database itself: see geodata/database.sql.
    private static Task<bool> IsConfinedAsync(NpgsqlConnection connection, CancellationToken stop) => connection.ScalarAsync<bool>("""
        select not (pg_has_role(datdba, 'usage') and has_database_privilege('public', oid, 'temporary, create'))
        from pg_database where datname = current_database()
        """, stop);

    // With the tables, for a table that came needs its grants: a crash between the two is made good by the next start.
    private static string DefinitionsHash() => MigrationScript.HashOf([.. MigrationScript.Schema(), .. MigrationScript.Definitions()]);

    private static async Task RunOnceAsync(NpgsqlConnection connection, MigrationScript script, Action<string> say, CancellationToken stop)
    {
        say(script.Key);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await RunAsync(connection, script, stop);
        await MigrationJournal.WriteAsync(connection, script.Key, script.Hash, stop);
        await transaction.CommitAsync(stop);
    }

    // A table's .sql is one statement that makes its rows from the lines ($1) of the .txt beside it.
    private static async Task<int> LoadBaseMapAsync(
        NpgsqlConnection connection, MigrationJournal journal, Action<string> say, CancellationToken stop)
    {
        var ran = 0;
        foreach (var data in MigrationData.BaseMap().Where(data => !journal.Knows(data.Key, data.Hash)))
        {
            say(data.Key);
            await using var transaction = await connection.BeginTransactionAsync(stop);
            await using var load = connection.Command(data.Statement, [data.Lines]);
            load.CommandTimeout = 0;
            await load.ExecuteNonQueryAsync(stop);
            await RunAsync(connection, $"analyze register.{data.Table}", stop);
            await MigrationJournal.WriteAsync(connection, data.Key, data.Hash, stop);
            await transaction.CommitAsync(stop);
            ran++;
        }
        return ran;
    }

    private static async Task<int> DefineAsync(
        NpgsqlConnection connection, MigrationJournal journal, Action<string> say, CancellationToken stop)
    {
        var definitions = MigrationScript.Definitions();
        var hash = DefinitionsHash();
        if (journal.Knows(MigrationJournal.Definitions, hash) && await HasGrantsAsync(connection, stop)) return 0;
        say($"functions, triggers, views and map layers ({definitions.Count})");
        var until = DateTime.UtcNow + Patience;
        while (!await TryDefineAsync(connection, definitions, hash, stop))
        {
            if (DateTime.UtcNow > until) throw MigrationRefusals.TablesInUse();
            await Task.Delay(100, stop);
        }
        return definitions.Count;
    }

    // False when somebody used a table for longer than a tenth of a second: see geodata/clear.sql.
    private static async Task<bool> TryDefineAsync(
        NpgsqlConnection connection, IReadOnlyList<MigrationScript> definitions, string hash, CancellationToken stop)
    {
        await using var transaction = await connection.BeginTransactionAsync(stop);
        try
        {
            // Functions may call what a later file makes; a test checks every body.
            await RunAsync(connection, "set local lock_timeout = '100ms'; set local check_function_bodies = off", stop);
            foreach (var script in definitions) await RunAsync(connection, script, stop);
        }
        catch (PostgresException busy) when (IsInUse(busy))
        {
            return false;
        }
        await MigrationJournal.WriteAsync(connection, MigrationJournal.Definitions, hash, stop);
        await transaction.CommitAsync(stop);
        return true;
    }

    private static async Task RunAsync(NpgsqlConnection connection, MigrationScript script, CancellationToken stop)
    {
        try
        {
            await RunAsync(connection, script.Text, stop);
        }
        catch (PostgresException failed) when (!IsInUse(failed) && DatabaseFault.Of(failed) is null)
        {
            throw new InvalidOperationException(
                $"{script.Key} failed: {failed.MessageText} (at {failed.Position}; {failed.Where})", failed);
        }
    }

    private static bool IsInUse(PostgresException error) =>
        error.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected;

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(stop);
    }
}
