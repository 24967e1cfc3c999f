using HazardMap.OData;
using HazardMap.Service.Runs;
using HazardMap.Service.Tests.Worlds;
using Microsoft.Extensions.Logging.Abstractions;

namespace HazardMap.Service.Tests.Runs;

/// <summary>A table of orders like those of coverage and risk runs.</summary>
public sealed class Orders : EmptyRegister
{
    protected override Task FillAsync() => ExecuteAsync("""
        create table register.test_runs (id uuid primary key default gen_random_uuid(), state text not null default 'Queued',
          progress float8 not null default 0,
          requested_at timestamptz not null default now(), started_at timestamptz, finished_at timestamptz,
            attempts integer not null default 0,
          cancel_requested boolean not null default false, error text)
        """);
}

public sealed class RunWorkerTests(Orders world) : IClassFixture<Orders>
{
    private const string Table = "register.test_runs";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private RunWorker Worker(Func<RunInHand, CancellationToken, Task> work) =>
        new(world.Database, [new RunKind("TestRuns", Table, work)], NullLogger<RunWorker>.Instance);

    private Task<Guid> OrderAsync(string state = "Queued", int attempts = 0) =>
        world.ScalarAsync<Guid>($"insert into {Table} (state, attempts) values ($1, $2) returning id", state, attempts);

    private async Task<string> ResultAsync(Guid id)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var state = await world.ScalarAsync<string>($"select state from {Table} where id = $1 and finished_at is not null", id);
            if (state is not null) return state;
            await Task.Delay(50, patience.Token);
        }
    }

    private static async Task FinishAsync(RunInHand run, CancellationToken stop)
    {
        await using var connection = await run.Database.OpenConnectionAsync(stop);
        await run.FinishAsync(connection, stop);
    }

    [Fact]
    public async Task Orders_are_done_and_refusals_and_errors_are_told()
    {
        var (good, refused, broken) = (await OrderAsync(), await OrderAsync(), await OrderAsync());
        using var worker = Worker(async (run, stop) =>
        {
            if (run.Id == refused) throw new RefusalException("NoRoads", "There are no roads.", "没有道路。");
            if (run.Id == broken) throw new InvalidOperationException("secret detail");
            await FinishAsync(run, stop);
        });
        await worker.StartAsync(default);
        Assert.Equal("Done Failed Failed", $"{await ResultAsync(good)} {await ResultAsync(refused)} {await ResultAsync(broken)}");
        Assert.Equal("There are no roads. 没有道路。",
            await world.ScalarAsync<string>($"select error from {Table} where id = $1", refused));
        Assert.DoesNotContain("secret", await world.ScalarAsync<string>($"select error from {Table} where id = $1", broken),
            StringComparison.Ordinal);
        await worker.StopAsync(default);
    }

    [Fact]
    public async Task A_command_sees_its_order_through_and_calls_it_off_when_it_is_stopped()
    {
        var done = await OrderAsync();
        await RunOrders.SeeThroughAsync(world.Database, new RunKind("TestRuns", Table, FinishAsync), done, CancellationToken.None);
        Assert.Equal("Done", await ResultAsync(done));
        var stopped = await OrderAsync();
        using var stop = new CancellationTokenSource();
        var endless = new RunKind("TestRuns", Table, async (_, calledOff) =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, calledOff);
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => RunOrders.SeeThroughAsync(world.Database, endless, stopped, stop.Token));
        Assert.Equal("Cancelled", await ResultAsync(stopped));
    }

    [Fact]
    public async Task A_run_that_a_dead_service_left_is_done_by_the_next_and_given_up_after_three()
    {
        var (left, hopeless) = (await OrderAsync("Running", attempts: 1), await OrderAsync("Running", attempts: 3));
        using var worker = Worker(FinishAsync);
        await worker.StartAsync(default);
        Assert.Equal("Done Failed", $"{await ResultAsync(left)} {await ResultAsync(hopeless)}");
        await worker.StopAsync(default);
    }

    [Fact]
    public async Task A_running_run_and_a_waiting_one_are_called_off_and_one_that_is_over_is_not()
    {
        var (running, waiting) = (await OrderAsync(), await OrderAsync());
        var begun = new TaskCompletionSource();
        using var worker = Worker(async (run, stop) =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, stop);
        });
        await worker.StartAsync(default);
        await begun.Task.WaitAsync(Patience);
        await RunOrders.CancelAsync(world.Database, Table, waiting, default);
        await RunOrders.CancelAsync(world.Database, Table, running, default);
        Assert.Equal("Cancelled Cancelled", $"{await ResultAsync(running)} {await ResultAsync(waiting)}");
        Assert.Equal(409,
            (await Assert.ThrowsAsync<ODataRefusalException>(() => RunOrders.CancelAsync(world.Database, Table, running, default))).Status);
        await worker.StopAsync(default);
    }

    [Fact]
    public async Task A_service_that_stops_leaves_its_run_to_the_next()
    {
        var id = await OrderAsync();
        var begun = new TaskCompletionSource();
        using (var worker = Worker(async (_, stop) => { begun.SetResult(); await Task.Delay(Timeout.Infinite, stop); }))
        {
            await worker.StartAsync(default);
            await begun.Task.WaitAsync(Patience);
            await worker.StopAsync(default);
        }
        Assert.Equal("Queued", await world.ScalarAsync<string>($"select state from {Table} where id = $1", id));
        using var next = Worker(FinishAsync);
        await next.StartAsync(default);
        Assert.Equal("Done", await ResultAsync(id));
        await next.StopAsync(default);
    }
}
