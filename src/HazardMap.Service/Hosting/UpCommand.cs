using System.CommandLine;
using System.Globalization;
using HazardMap.Service.Accounts;
using HazardMap.Service.Commands;
using HazardMap.Service.Database;

[assembly: Command<HazardMap.Service.Hosting.UpCommand>]

namespace HazardMap.Service.Hosting;

/// <summary><c>up</c>: the whole product from one data directory: cluster, schema, sample, service.</summary>
internal sealed class UpCommand : ICommand
{
    public CommandGroup Group => CommandGroup.Serve;

    public Command Build()
    {
        var data = DataOption.Create();
        var port = new Option<int?>("--port")
        {
            Description = "TCP port; 0 takes any free one; default 8080 (8443 with TLS) or the next free", HelpName = "N",
        };
        port.Validators.Add(given =>
        {
            if (given.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out var number)
                && number is < 0 or > 65535)
                given.AddError("--port must be between 0 and 65535 / 端口必须在 0 到 65535 之间");
        });
        var empty = new Option<bool>("--empty") { Description = "Do not load the Wenshan sample" };
        var command = new Command("up", "Start everything and serve the register / 启动全部并提供服务") { data, port, empty };
        var wayIn = new WayInOptions();
        wayIn.AddTo(command);
        var front = new FrontOptions();
        front.AddTo(command, canKeep: true);
        command.Does((parsed, stop) => UpAsync(parsed.GetValue(data)!, parsed.GetValue(empty), wayIn.Of(parsed),
            directory => front.Of(parsed, parsed.GetValue(port), wayIn.Of(parsed), directory.Authority), stop));
        return command;
    }

    private static async Task<int> UpAsync(
        string data, bool empty, WayIn wayIn, Func<ClusterDirectory, Front> frontOf, CancellationToken stop)
    {
        var directory = ClusterDirectory.At(data);
        directory.EnsureUsable();
        using var alone = await UpNotice.TakeAsync(directory, stop);
        var front = frontOf(directory);
        await using var database = await ServedDatabase.OpenAsync(directory, stop);
        await FirstRun.PrepareAsync(database.Owner, directory, empty, stop);
        await using var app = HazardMapApp.Build(new(database.ServiceConnectionString, front)
        {
            WayIn = wayIn, KeyDirectory = directory.Keys, UploadDirectory = directory.Uploads,
        });
        await app.StartAsync(stop);
        var served = ServedAddresses.Of(app.Urls, wayIn, front);
        UpNotice.Write(directory, served);
        if (PhoneNotice.Of(served, withCodes: !Console.IsErrorRedirected) is { } phones) await Console.Error.WriteLineAsync(phones);
        await Console.Error.WriteLineAsync(await LoginLink.NoticeAsync(served.ForPeople, directory, () => database.LoginCodeAsync(stop)));
        Console.WriteLine($"ready {served.ForPrograms}");
        await ServeAsync(app, database, stop);
        UpNotice.Remove(directory);
        return Exit.Done;
    }

    // Until a signal arrives. Open event streams get three seconds to end.
    private static async Task ServeAsync(WebApplication app, ServedDatabase database, CancellationToken stop)
    {
        Npgsql.NpgsqlDataSource[] pools =
            [app.Services.GetRequiredService<Npgsql.NpgsqlDataSource>(),
                app.Services.GetRequiredKeyedService<Npgsql.NpgsqlDataSource>(Runs.RunWorker.Pool), database.Owner];
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(stop, app.Lifetime.ApplicationStopping);
        try
        {
            await database.KeepRunningAsync(() => Array.ForEach(pools, pool => pool.Clear()), ends.Token);
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
            Progress.Say("stopping / 正在停止");
        }
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(3));
        await app.StopAsync(patience.Token);
    }
}
