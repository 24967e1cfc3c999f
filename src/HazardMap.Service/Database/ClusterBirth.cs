using System.Diagnostics;
using Npgsql;

namespace HazardMap.Service.Database;

/// <summary>Makes a cluster: whole or not at all, however often it is interrupted.</summary>
internal static class ClusterBirth
{
    private static readonly TimeSpan RemovalPatience = TimeSpan.FromSeconds(20);

    /// <summary>initdb beside the place, then one rename.</summary>
    public static async Task CreateAsync(ClusterDirectory directory, ClusterPrograms programs, ClusterSecrets secrets, bool throwAway,
        Action<string> say, CancellationToken stop)
    {
        say($"creating the database in {directory.Postgres} / 正在创建数据库");
        await RemoveAsync(directory.Unfinished, stop);
        programs.MakeOwnDirectory(directory.Unfinished);
        var password = directory.Secrets + ".initdb";
        PrivateFile.Write(password, secrets.Superuser + "\n");
        programs.Hand(password);
        try
        {
            await RunInitDbAsync(directory, programs.InitDb(directory.Unfinished, password, throwAway), stop);
            await File.AppendAllTextAsync(Path.Combine(directory.Unfinished, "postgresql.conf"),
                $"\n# HazardMap's settings; your own go below this line and win.\ninclude_if_exists = '{ClusterSettings.FileName}'\n",
                stop);
            Directory.Move(directory.Unfinished, directory.Postgres);
        }
        finally
        {
            File.Delete(password);
        }
    }

    /// <summary>The register's database and its two lesser roles; nothing happens to what is there.</summary>
    public static async Task FurnishAsync(string superuser, ClusterSecrets secrets, CancellationToken stop)
    {
        await using var source = NpgsqlDataSource.Create(superuser);
        await EnsureRoleAsync(source, "hazardmap_service", secrets.Service, stop);
        await EnsureRoleAsync(source, "hazardmap_reader", secrets.Reader, stop);
        await ConfineReaderAsync(source, stop);
        if (!await source.ScalarAsync<bool>("select exists (select from pg_database where datname = 'hazardmap')", stop))
            await source.ScalarAsync<object>("create database hazardmap", stop);
    }

    // Readers leave connections to the service, and have no business beside the register (see geodata/grants.sql).
    private static async Task ConfineReaderAsync(NpgsqlDataSource source, CancellationToken stop)
    {
        foreach (var statement in await source.RowsAsync("""
            select format('alter role hazardmap_reader connection limit %s', $1) from pg_roles
            where rolname = 'hazardmap_reader' and rolconnlimit <> $1
            union all
            select format('revoke all on database %I from public', datname) from pg_database
            where datname in ('postgres', 'template1') and has_database_privilege('hazardmap_reader', oid, 'connect, temporary')
            """, row => row.GetString(0), stop, RegisterRoles.ReaderConnections)) await source.ExecuteAsync(statement, stop);
    }

    private static async Task EnsureRoleAsync(NpgsqlDataSource source, string role, string password, CancellationToken stop)
    {
        var statement = await source.ScalarAsync<string>("""
            select case when exists (select from pg_authid where rolname = $1 and rolpassword is not null) then null
                        when exists (select from pg_roles where rolname = $1) then format('alter role %I login password %L', $1, $2)
                        else format('create role %I login password %L', $1, $2) end
            """, stop, role, password);
        if (statement is not null) await source.ScalarAsync<object>(statement, stop);
    }

    // An initdb whose service was killed may still be writing there, or cleaning up after itself: it ends when it misses what
    // is gone, a moment later.
    internal static async Task RemoveAsync(string unfinished, CancellationToken stop)
    {
        var patience = Stopwatch.StartNew();
        while (Directory.Exists(unfinished))
        {
            try
            {
                Directory.Delete(unfinished, recursive: true);
            }
            catch (IOException) when (patience.Elapsed < RemovalPatience)
            {
                await Task.Delay(50, stop);
            }
        }
    }

    private static async Task RunInitDbAsync(ClusterDirectory directory, ProcessStartInfo start, CancellationToken stop)
    {
        using var initdb = Process.Start(start)!;
        initdb.StandardInput.Close();
        try
        {
            var errors = initdb.StandardError.ReadToEndAsync(stop);
            await initdb.StandardOutput.ReadToEndAsync(stop);
            var words = await errors;
            await initdb.WaitForExitAsync(stop);
            if (initdb.ExitCode == 0) return;
            if (words.Contains("No space left", StringComparison.Ordinal))
                throw ClusterRefusals.DiskFull(directory.Root, directory.FreeBytes());
            throw ClusterRefusals.NotCreated(directory.Root, words.Trim());
        }
        catch (OperationCanceledException)
        {
            initdb.Kill(entireProcessTree: true);
            throw;
        }
    }
}
