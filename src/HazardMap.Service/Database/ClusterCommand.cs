using System.CommandLine;
using System.Diagnostics;
using HazardMap.Service.Commands;
using HazardMap.Service.Hosting;

[assembly: Command<HazardMap.Service.Database.ClusterCommand>]

namespace HazardMap.Service.Database;

/// <summary>
/// <c>cluster run --data DIR -- COMMAND</c> (hidden): a throw-away cluster for the time of a command, as the tests need it.
/// The command finds a superuser's connection string in HAZARDMAP_TEST_DATABASE.
/// </summary>
internal sealed class ClusterCommand : ICommand
{
    public CommandGroup Group => CommandGroup.Internal;

    public Command Build()
    {
        var data = DataOption.Create();
        var arguments = new Argument<string[]>("command") { Arity = ArgumentArity.OneOrMore };
        var run = new Command("run", "Run a command beside a throw-away cluster") { data, arguments };
        run.Does((parsed, stop) => RunAsync(parsed.GetValue(data)!, parsed.GetValue(arguments)!, stop));
        return new Command("cluster", "The private database server / 私有数据库服务器") { run };
    }

    private static async Task<int> RunAsync(string data, string[] arguments, CancellationToken stop)
    {
        var directory = ClusterDirectory.At(data);
        directory.EnsureUsable();
        using var alone = await UpNotice.TakeAsync(directory, stop);
        var cluster = await PrivateCluster.OpenAsync(directory, throwAway: true, Progress.Say, stop);
        try
        {
            var start = new ProcessStartInfo(arguments[0], arguments[1..]);
            start.Environment["HAZARDMAP_TEST_DATABASE"] = cluster.ConnectionString(ClusterRole.Superuser, "postgres");
            start.Environment.Remove(BorrowedServer.Variable); // what runs beside a throw-away cluster must not find a real register
            using var child = Process.Start(start)!;
            using var forward = stop.Register(() => Posix.Signal(child.Id, Posix.Interrupt));
            await child.WaitForExitAsync(CancellationToken.None);
            return child.ExitCode;
        }
        finally
        {
            await cluster.StopAsync();
        }
    }
}
