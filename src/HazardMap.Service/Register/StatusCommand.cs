using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using HazardMap.Service.Accounts;
using HazardMap.Service.Commands;
using HazardMap.Service.Database;

[assembly: Command<HazardMap.Service.Register.StatusCommand>]

namespace HazardMap.Service.Register;

/// <summary><c>status</c>: version, database, schema version, counts and the last risk run, as JSON.</summary>
internal sealed class StatusCommand : ICommand
{
    public CommandGroup Group => CommandGroup.Inside;

    public Command Build()
    {
        var data = DataOption.Create();
        var command = new Command("status", "What is in the register, as JSON / 数据概况（JSON）") { data };
        command.Does((parsed, stop) => StatusAsync(parsed.GetValue(data)!, stop));
        return command;
    }

    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static async Task<int> StatusAsync(string data, CancellationToken stop)
    {
        await using var register = await RegisterSession.OpenAsync(data, ClusterRole.Question, stop);
        Console.WriteLine((await RegisterStatus.ReadAsync(register.Database, Territory.Everything, stop)).ToJsonString(Readable));
        return Exit.Done;
    }
}
