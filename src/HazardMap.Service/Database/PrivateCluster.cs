using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace HazardMap.Service.Database;

/// <summary>
/// The register's own PostgreSQL server in a data directory: made when missing, started when stopped, taken over when it
/// already runs (as after kill -9 of the service), recovered when it crashed.
/// </summary>
internal sealed class PrivateCluster
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongPatience = TimeSpan.FromMinutes(10), ShortPatience = TimeSpan.FromSeconds(30);

    private readonly ClusterDirectory _directory;
    private readonly ClusterPrograms _programs;
    private readonly ClusterSecrets _secrets;
    private readonly bool _throwAway;
    private readonly Action<string> _say;
    private Postmaster _server = null!;

    private PrivateCluster(ClusterDirectory directory, bool throwAway, Action<string> say)
    {
        _directory = directory;
        _throwAway = throwAway;
        _say = say;
        _programs = ClusterPrograms.For(directory);
        _secrets = ClusterSecrets.Of(directory);
    }

    /// <summary>A cluster that accepts connections and holds the register's (perhaps still empty) database.</summary>
    /// <param name="directory">Checked before, see <see cref="ClusterDirectory.EnsureUsable"/>.</param>
    /// <param name="throwAway">For tests: nothing is flushed to disk.</param>
    /// <param name="say">Hears what is being done.</param>
    /// <param name="stop">Gives up; a server that was just started is stopped again.</param>
    /// <param name="isSupervised">Whether an <c>up</c> looks after the server: then nobody else restarts it.</param>
    /// <exception cref="RefusalException">The server can't be made or started; says why and what to do.</exception>
    public static async Task<PrivateCluster> OpenAsync(ClusterDirectory directory, bool throwAway,
        Action<string> say, CancellationToken stop, Func<bool>? isSupervised = null)
    {
        var cluster = await OpenAsItIsAsync(directory, throwAway, say, stop);
        if (ServerWatch.RunsFormerFiles(directory, cluster._programs, cluster._server) && isSupervised?.Invoke() != true)
            await cluster.RenewAsync(() => { }, stop);
        await ClusterBirth.FurnishAsync(cluster.ConnectionString(ClusterRole.Superuser, "postgres"), cluster._secrets, stop);
        return cluster;
    }

    private static async Task<PrivateCluster> OpenAsItIsAsync(ClusterDirectory directory, bool throwAway,
        Action<string> say, CancellationToken stop)
    {
        using var alone = await ChangeAsync(directory, stop);
        var cluster = new PrivateCluster(directory, throwAway, say);
        if (!directory.HasCluster) await ClusterBirth.CreateAsync(directory, cluster._programs, cluster._secrets, throwAway, say, stop);
        cluster._server = await cluster.AdoptAsync(stop) ?? await cluster.StartAsync(null, stop);
        return cluster;
    }

    /// <summary>Where the register is, for one of the roles.</summary>
    public string ConnectionString(ClusterRole role, string database = "hazardmap") => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = _server.Port,
        Database = database,
        Username = role switch
        {
            ClusterRole.Service or ClusterRole.Question => "hazardmap_service", ClusterRole.Reader => "hazardmap_reader", _ => "postgres",
        },
        Password = role switch
        {
            ClusterRole.Service or ClusterRole.Question => _secrets.Service, ClusterRole.Reader => _secrets.Reader, _ => _secrets.Superuser,
        },
        Options = role == ClusterRole.Question ? $"-c default_transaction_read_only=on {RegisterDatabase.WithoutLimits}" : null,
        SslMode = SslMode.Disable, // loopback only
        MaxPoolSize = 30,
    }.ConnectionString;

    /// <summary>
    /// Starts the server again, on the same port, whenever it ends, and restarts it when its files were replaced. Runs until stopped.
    /// </summary>
    /// <param name="away">Called when the server goes and when it is back: pools give up their idle connections.</param>
    /// <param name="stop">Ends the supervision, not the server.</param>
    public async Task KeepRunningAsync(Action away, CancellationToken stop)
    {
        using var watch = new ServerWatch(_directory, _programs);
        var pause = TimeSpan.FromSeconds(1);
        while (true)
        {
            var replaced = await watch.UntilGoneOrReplacedAsync(_server, stop);
            try
            {
                if (replaced) await RenewAsync(away, stop);
                else await ReviveAsync(stop);
                away();
                watch.Restarted();
                _say(replaced ? "PostgreSQL runs with its new files / 数据库已使用新文件运行"
                    : "PostgreSQL is back / 数据库已恢复");
                pause = TimeSpan.FromSeconds(1);
            }
            catch (RefusalException failed)
            {
                _say($"{failed.Message}\n{failed.MessageZh}\nNext attempt in {pause.TotalSeconds:0} s");
                await Task.Delay(pause, stop);
                pause = TimeSpan.FromSeconds(Math.Min(30, pause.TotalSeconds * 2));
            }
        }
    }

    private async Task ReviveAsync(CancellationToken stop)
    {
        _say("PostgreSQL has ended unexpectedly; starting it again / 数据库意外退出，正在重启");
        using var alone = await ChangeAsync(_directory, stop);
        _server = await AdoptAsync(stop) ?? await StartAsync(_server.Port, stop);
    }

    // Who runs a transaction may end it: ten minutes where new sessions still work, else half a minute, because nobody can edit.
    private async Task RenewAsync(Action away, CancellationToken stop)
    {
        _say("PostgreSQL's files were replaced, as by an upgrade of its package; restarting it / "
            + "数据库程序文件已被替换（如软件包升级），即将重启数据库");
        var superuser = ConnectionString(ClusterRole.Superuser, "postgres");
        await ServerRest.WhenFormerTransactionsEndAsync(superuser, async () => await WorksAsync(stop) ? LongPatience : ShortPatience, _say,
            stop);
        using var alone = await ChangeAsync(_directory, stop);
        await using (var line = await ServerRest.TryOpenAsync(superuser, stop))
        {
            Posix.Signal(_server.ProcessId, Posix.Terminate); // no new sessions; those that are there go on
            away();
            if (line is not null) await ServerRest.WhenNoTransactionIsOpenAsync(line, stop);
        }
        await EndAsync();
        _server = await StartAsync(_server.Port, stop);
    }

    private async Task<bool> WorksAsync(CancellationToken stop)
    {
        try
        {
            await RegisterProbe.TryAsync(ConnectionString(ClusterRole.Service), stop);
            return true;
        }
        catch (PostgresException failed)
        {
            return !LibraryFaults.Is(failed);
        }
        catch (NpgsqlException)
        {
            return true; // somebody is busy, which says nothing about the files
        }
    }

    /// <summary>Stops the server in good order unless <paramref name="wanted"/> says that somebody else uses it.</summary>
    public async Task StopAsync(Func<bool>? wanted = null)
    {
        using var alone = await ChangeAsync(_directory, CancellationToken.None);
        if (wanted?.Invoke() != true) await EndAsync();
    }

    private async Task EndAsync()
    {
        foreach (var (signal, seconds) in new[] { (Posix.Interrupt, 60), (Posix.Quit, 10), (Posix.Kill, 10) })
        {
            Posix.Signal(_server.ProcessId, signal);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
            try
            {
                await _server.WaitForExitAsync(patience.Token);
                return;
            }
            catch (OperationCanceledException)
            {
                _say($"PostgreSQL does not stop; sending a stronger signal to {_server.ProcessId}");
            }
        }
    }

    private static async Task<FileLock> ChangeAsync(ClusterDirectory directory, CancellationToken stop) =>
        await FileLock.WaitAsync(() => FileLock.TryAlone(directory.ChangeLock), Patience, stop)
            ?? throw ClusterRefusals.Busy(directory.Root);

    private async Task<Postmaster?> AdoptAsync(CancellationToken stop)
    {
        if (Postmaster.Find(_directory) is not { } running) return null;
        try
        {
            await AnswersAsync(running.Port, running.IsAlive, stop);
        }
        catch (IOException)
        {
            return null; // it was on its way out
        }
        return running;
    }

    private async Task<Postmaster> StartAsync(int? port, CancellationToken stop)
    {
        await Postmaster.EndOrphansAsync(_directory, stop);
        Postmaster.ClearStaleLock(_directory);
        PrivateFile.Write(_directory.ServerFiles, _programs.Stamp());
        PrivateFile.Write(Path.Combine(_directory.Postgres, ClusterSettings.FileName), ClusterSettings.ForThisMachine(_throwAway));
        _programs.Hand(Path.Combine(_directory.Postgres, ClusterSettings.FileName));
        for (var attempt = 1; ; attempt++)
        {
            var start = new ServerStart(_directory, _programs, port ?? FreePort());
            try
            {
                await AnswersAsync(start.Port, () => !start.HasEnded, stop);
                return new Postmaster(start.ProcessId, start.Port);
            }
            catch (IOException)
            {
                if (attempt < 5 && start.PortWasTaken) continue;
                throw start.Refusal();
            }
            catch (OperationCanceledException)
            {
                Posix.Signal(start.ProcessId, Posix.Interrupt);
                throw;
            }
        }
    }

    // Recovery after a crash may take minutes: as long as the process lives, it is given time. The server writes into its
    // pid file when it is ready; knocking before that would only fill its log.
    private async Task AnswersAsync(int port, Func<bool> alive, CancellationToken stop)
    {
        var nextWord = DateTime.UtcNow.AddSeconds(10);
        while (!Postmaster.SaysReady(_directory, port) || !await CanConnectAsync(stop, port))
        {
            if (!alive()) throw new IOException("the server ended");
            if (DateTime.UtcNow > nextWord)
            {
                _say("PostgreSQL is recovering; waiting / 数据库正在恢复，请稍候");
                nextWord = DateTime.UtcNow.AddSeconds(10);
            }
            await Task.Delay(30, stop);
        }
    }

    private async Task<bool> CanConnectAsync(CancellationToken stop, int port)
    {
        var target = new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = port, Database = "postgres", Username = "postgres",
            Password = _secrets.Superuser, Timeout = 2, Pooling = false, SslMode = SslMode.Disable };
        try
        {
            await using var connection = new NpgsqlConnection(target.ConnectionString);
            await connection.OpenAsync(stop);
            return true;
        }
        catch (PostgresException wrong) when (wrong.SqlState == PostgresErrorCodes.InvalidPassword)
        {
            throw ClusterRefusals.SecretsMissing(_directory.Secrets);
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    // Below the range from which the system gives out ports, so that a restart on the same port finds it free.
    private static int FreePort()
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            var port = System.Security.Cryptography.RandomNumberGenerator.GetInt32(15432, 32000);
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // taken: try another
            }
        }
        throw new IOException("no free port");
    }
}

/// <summary>Who connects: each command as the least role that can do its work.</summary>
internal enum ClusterRole
{
    /// <summary>Owns the schema: migrates, imports.</summary>
    Superuser,

    /// <summary>Runs the API.</summary>
    Service,

    /// <summary>A command of ours that only asks, as long as it needs: the service's role, told not to write.</summary>
    Question,

    /// <summary>People with psql, who have limits of time and see no personal data.</summary>
    Reader,
}
