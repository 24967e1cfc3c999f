using System.CommandLine;
using HazardMap.Service.Database;
using HazardMap.Service.Exchange;

namespace HazardMap.Service.Commands;

/// <summary><c>export SET FILE</c>: writes hazards, facilities or divisions as csv or GeoJSON.</summary>
internal static class ExportCommand
{
    public static Command Build()
    {
        var set = new Argument<ImportKind>("SET") { Description = "hazards, facilities or divisions" };
        var file = new Argument<string>("FILE") { Description = "The file to write: .csv or .geojson" };
        var data = DataOption.Create();
        var command = new Command("export", "Export a set of the register; what was exported imports unchanged") { set, file, data };
        command.Does(async (parsed, stop) =>
        {
            await using var register = await RegisterSession.OpenAsync(parsed.GetValue(data)!, ClusterRole.Reader, stop);
            var rows = await new FileExport(register.Database).RunAsync(parsed.GetValue(set), parsed.GetValue(file)!, stop);
            Console.WriteLine($$"""{ "file": "{{Path.GetFileName(parsed.GetValue(file))}}", "rows": {{rows}} }""");
            return Exit.Done;
        });
        return command;
    }
}
