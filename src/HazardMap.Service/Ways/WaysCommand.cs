using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using HazardMap.Service.Commands;
using HazardMap.Service.Database;
using Npgsql;

[assembly: Command<HazardMap.Service.Ways.WaysCommand>]

namespace HazardMap.Service.Ways;

/// <summary><c>ways [--within N]</c>: computes the ways to school and prints the waters beside them, the worst first;
/// <c>ways --check</c>: compares what is stored.</summary>
internal sealed class WaysCommand : ICommand
{
    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public CommandGroup Group => CommandGroup.Analysis;

    public Command Build()
    {
        var data = DataOption.Create();
        var within = new Option<double>("--within") { Description = "Metres from a way that count as near", HelpName = "METRES",
            DefaultValueFactory = _ => WayStore.WithinMetres };
        var farthest = new Option<double>("--farthest") { Description = "Metres that nobody walks farther than", HelpName = "METRES",
            DefaultValueFactory = _ => WayStore.FarthestMetres };
        var top = new Option<int>("--top") { Description = "Waters to list", DefaultValueFactory = _ => 1000 };
        var check =
            new Option<bool>("--check") { Description = "Write nothing; exit 1 when what is stored is not what a full computation gives" };
        var command = new Command("ways", "The ways to school and the waters beside them / 上学路与沿途水域") { data,
            within, farthest, top, check };
        command.Does(async (parsed, stop) =>
        {
            await using var register = await RegisterSession.OpenAsync(parsed.GetValue(data)!, ClusterRole.Service, stop);
            if (parsed.GetValue(check)) return await CheckAsync(register.Database, stop);
            var report = await WayStore.ComputeAsync(register.Database, parsed.GetValue(within), parsed.GetValue(farthest),
                $"ways:{Environment.UserName}", stop);
            Console.WriteLine(JsonSerializer.Serialize(
                new { report, waters = await RankedAsync(register.Database, parsed.GetValue(top), stop) }, Json));
            return Exit.Done;
        });
        return command;
    }

    private static async Task<int> CheckAsync(NpgsqlDataSource database, CancellationToken stop)
    {
        var report = await WayCheck.RunAsync(database, stop);
        Console.WriteLine(JsonSerializer.Serialize(report, Json));
        return report.IsCurrent ? Exit.Done : Exit.Refused;
    }

    /// <summary>The stored list, the most children and minutes first.</summary>
    internal static async Task<List<RankedWayWater>> RankedAsync(NpgsqlDataSource database, int most, CancellationToken stop)
    {
        var rank = 0;
        return await database.RowsAsync(EmbeddedSql.Of(typeof(WaysCommand), "RankedWayWaters"), row => new RankedWayWater(
            ++rank, row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetString(3), row.TextOrNull(4), row.GetGuid(5),
            row.GetString(6), row.GetString(7),
            row.GetInt32(8), row.GetDouble(9), row.GetDouble(10), row.GetDouble(11), row.GetDouble(12)), stop, most);
    }
}

/// <summary>One row of the list.</summary>
internal sealed record RankedWayWater(
    int Rank, Guid HazardId, string HazardCode, string HazardName, string Kind, string? Level, Guid FacilityId,
    string FacilityCode, string FacilityName,
    int Ways, double NearestMetres, double Metres, double Children, double ChildMinutes);
