using System.CommandLine;
using HazardMap.Service.Audit;
using HazardMap.Service.Commands;
using HazardMap.Service.Database;

[assembly: Command<HazardMap.Service.Exchange.ExportCommand>]

namespace HazardMap.Service.Exchange;

/// <summary><c>export SET FILE</c>: writes hazards, facilities, settlements or divisions as csv or GeoJSON.</summary>
internal sealed class ExportCommand : ICommand
{
    public CommandGroup Group => CommandGroup.Data;

    public Command Build()
    {
        var set = new Argument<ImportKind>("SET") { Description = "hazards, facilities, settlements or divisions" };
        var file = new Argument<string>("FILE") { Description = "The file to write: .csv or .geojson" };
        var data = DataOption.Create();
        var command = new Command("export", "Write a set as csv or GeoJSON, which import back unchanged / 导出为 csv 或 GeoJSON")
        {
            set, file, data
        };
        command.Does(async (parsed, stop) =>
        {
            await using var register = await RegisterSession.OpenAsync(parsed.GetValue(data)!, ClusterRole.Service, stop);
            // Written down before: what left the register must be known even when the command is killed.
            await AuditLog.WriteAsync(register.Database, AuditLog.Console, new("Exported", parsed.GetValue(set).ToString())
                { Details = new { file = Path.GetFileName(parsed.GetValue(file)) } }, stop);
            var rows = await new FileExport(register.Database).RunAsync(parsed.GetValue(set), parsed.GetValue(file)!, stop);
            Console.WriteLine($$"""{ "file": "{{Path.GetFileName(parsed.GetValue(file))}}", "rows": {{rows}} }""");
            return Exit.Done;
        });
        return command;
    }
}
