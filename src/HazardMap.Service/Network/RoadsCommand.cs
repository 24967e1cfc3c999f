using System.CommandLine;
using System.Text.Json;
using HazardMap.Service.Commands;
using HazardMap.Service.Database;

[assembly: Command<HazardMap.Service.Network.RoadsCommand>]

namespace HazardMap.Service.Network;

/// <summary><c>roads</c>: how large the walking and the driving network are and what does not hang together.</summary>
internal sealed class RoadsCommand : ICommand
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    public CommandGroup Group => CommandGroup.Analysis;

    public Command Build()
    {
        var data = DataOption.Create();
        var command = new Command("roads", "The road networks, their islands and one-way traps / 路网、孤岛与单行陷阱") { data };
        command.Does(async (parsed, stop) =>
        {
            await using var register = await RegisterSession.OpenAsync(parsed.GetValue(data)!, ClusterRole.Question, stop);
            using var networks = new RoadNetworks(register.Database);
            Console.WriteLine((await RoadReport.ReadAsync(networks, stop)).ToJsonString(Readable));
            return Exit.Done;
        });
        return command;
    }
}
