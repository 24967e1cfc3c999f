using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using HazardMap.Service.Commands;
using HazardMap.Service.Database;

[assembly: Command<HazardMap.Service.Sync.SyncCommand>]

namespace HazardMap.Service.Sync;

/// <summary><c>sync status</c>: devices and when each was seen last, open conflicts, what webhooks have not been told, as JSON.</summary>
internal sealed class SyncCommand : ICommand
{
    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public CommandGroup Group => CommandGroup.Inside;

    public Command Build()
    {
        var sync = new Command("sync", "What phones sent, and what could not be merged / 同步情况");
        var data = DataOption.Create();
        var status = new Command("status", "Devices, open conflicts, undelivered events / 设备、冲突与未送达事件（JSON）")
        {
            data,
        };
        status.Does((parsed, stop) => StatusAsync(parsed.GetValue(data)!, stop));
        sync.Add(status);
        return sync;
    }

    private static async Task<int> StatusAsync(string data, CancellationToken stop)
    {
        await using var register = await RegisterSession.OpenAsync(data, ClusterRole.Question, stop);
        var told = await register.Database.ScalarAsync<string>(EmbeddedSql.Of(typeof(SyncCommand), "SyncStatus"), stop);
        Console.WriteLine(JsonNode.Parse(told!)!.ToJsonString(Readable));
        return Exit.Done;
    }
}
