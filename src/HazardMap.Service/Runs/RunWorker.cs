using HazardMap.OData;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Runs;

/// <summary>Does ordered runs one after the other, in the order of their requests.</summary>
internal sealed class RunWorker([FromKeyedServices(RunWorker.Pool)] NpgsqlDataSource database, IEnumerable<RunKind> kinds,
    ILogger<RunWorker> log) : BackgroundService
{
    /// <summary>The key of the pool whose statements may take as long as a run.</summary>
    public const string Pool = "runs";

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5), Beat = TimeSpan.FromMilliseconds(500);
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly RunKind[] _kinds = [.. kinds];

    /// <summary>There may be something to do.</summary>
    public void Wake()
    {
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake.
        }
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        _wake.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await WorkOnceAsync(stoppingToken)) continue;
                await _wake.WaitAsync(Rest, stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is NpgsqlException or TimeoutException or System.IO.IOException)
            {
                await Task.Delay(Rest, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // the database is away
            }
        }
    }

    /// <summary>Does the first open order; false when there is none that nobody is at.</summary>
    public async Task<bool> WorkOnceAsync(CancellationToken stop)
    {
        foreach (var kind in _kinds)
        {
            await using var connection = await database.OpenPatientlyAsync(stop);
            if (await RunOrders.TakeAsync(connection, kind, stop) is not { } id) continue;
            try
            {
                await DoAsync(kind, id, stop);
            }
            finally
            {
                if (connection.FullState == System.Data.ConnectionState.Open) await RunOrders.ReleaseAsync(connection, id);
            }
            return true;
        }
        return false;
    }

    private async Task DoAsync(RunKind kind, Guid id, CancellationToken stop)
    {
        using var calledOff = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var run = new RunInHand(kind.Table, id, database);
        var watching = WatchAsync(kind, run, calledOff, over.Token);
        try
        {
            await Task.Run(() => kind.WorkAsync(run, calledOff.Token), calledOff.Token);
        }
        catch (Exception failure)
        {
            var (state, error) = Outcome(kind, failure, calledOff.IsCancellationRequested, stop.IsCancellationRequested);
            await RunOrders.EndAsync(database, kind, id, state, error);
        }
        finally
        {
            await over.CancelAsync();
            await watching;
        }
    }

    // A service that stops leaves the run to the next one.
    private (RunState State, string? Error) Outcome(RunKind kind, Exception failure, bool calledOff, bool stopping)
    {
        if (stopping) return (RunState.Queued, null);
        if (calledOff) return (RunState.Cancelled, null);
        if (failure is RefusalException refusal) return (RunState.Failed, refusal.Message + " " + refusal.MessageZh);
        if (DatabaseFault.Of(failure) is { } fault) return (RunState.Failed, $"{fault.Message} {fault.MessageZh}");
        log.LogError(failure, "A run of {Kind} failed", kind.EntitySet);
        return (RunState.Failed, "The run failed by an error of the program or the database; the service's log tells which.");
    }

    private async Task WatchAsync(RunKind kind, RunInHand run, CancellationTokenSource calledOff, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(Beat, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested) return;
            try
            {
                if (await RunOrders.ReportAsync(database, kind, run, stop)) await calledOff.CancelAsync();
            }
            catch (Exception failure) when (failure is NpgsqlException or OperationCanceledException or TimeoutException)
            {
                // The next beat tries again; the work itself will notice a lost database.
            }
        }
    }
}
