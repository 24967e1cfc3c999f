using System.CommandLine;
using HazardMap.Service.Commands;
using HazardMap.Service.Database;

[assembly: Command<HazardMap.Service.Hosting.ServeCommand>]

namespace HazardMap.Service.Hosting;

/// <summary><c>serve</c>: the web service on a migrated database. <c>up</c> is this and the private cluster.</summary>
internal sealed class ServeCommand : ICommand
{
    public CommandGroup Group => CommandGroup.Internal;

    public Command Build()
    {
        var port = new Option<int?>("--port") { Description = "TCP port; 0 takes a free one", DefaultValueFactory = _ => 8080 };
        var keys = new Option<string?>("--keys")
        {
            Description = "Directory of the keys that encrypt second factors; without it nobody can have one / 动态码密钥目录",
            HelpName = "DIR",
        };
        var command = new Command("serve", "Serve the register in HAZARDMAP_DATABASE / 为已有数据库提供服务") { port, keys };
        var wayIn = new WayInOptions();
        wayIn.AddTo(command);
        var front = new FrontOptions();
        front.AddTo(command, canKeep: false);
        command.Does(async (parsed, stop) =>
        {
            var (way, at) = (wayIn.Of(parsed), front.Of(parsed, parsed.GetValue(port), wayIn.Of(parsed)));
            await using var app = HazardMapApp.Build(new(await ConnectionStringAsync(stop), at)
            {
                WayIn = way, KeyDirectory = parsed.GetValue(keys),
            });
            await app.StartAsync(stop);
            var served = ServedAddresses.Of(app.Urls, way, at);
            if (PhoneNotice.Of(served, withCodes: !Console.IsErrorRedirected) is { } phones) await Console.Error.WriteLineAsync(phones);
            Console.WriteLine($"ready {served.ForPrograms}");
            await app.WaitForShutdownAsync(stop);
            return Exit.Done;
        });
        return command;
    }

    private static async Task<string> ConnectionStringAsync(CancellationToken stop)
    {
        var given = BorrowedServer.ConnectionString()
            ?? throw new RefusalException("NoDatabase", "Set HAZARDMAP_DATABASE, or use `./hazardmap up`.",
                "请设置 HAZARDMAP_DATABASE，或使用 ./hazardmap up。", BorrowedServer.Variable);
        await using var database = RegisterDatabase.Open(given);
        await Migrator.EnsureCurrentAsync(database, writes: true, stop);
        return given;
    }
}
