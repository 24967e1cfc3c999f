using System.CommandLine;
using System.Text.Json;
using HazardMap.Service.Commands;
using HazardMap.Service.Database;

namespace HazardMap.Service.Network;

/// <summary><c>roads</c>: how large the walking and the driving network are and what does not hang together.</summary>
internal static class RoadsCommand
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    public static Command Build()
    {
        var data = DataOption.Create();
        var command = new Command("roads", "Tell how well the road network hangs together: islands and one-way traps") { data };
        command.Does(async (parsed, stop) =>
        {
            await using var register = await RegisterSession.OpenAsync(parsed.GetValue(data)!, ClusterRole.Reader, stop);
            using var networks = new RoadNetworks(register.Database);
            Console.WriteLine((await RoadReport.ReadAsync(networks, stop)).ToJsonString(Readable));
            return Exit.Done;
        });
        return command;
    }
}
