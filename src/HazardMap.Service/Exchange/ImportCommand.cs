using System.CommandLine;
using HazardMap.Service.Commands;
using HazardMap.Service.Database;

[assembly: Command<HazardMap.Service.Exchange.ImportCommand>]

namespace HazardMap.Service.Exchange;

/// <summary><c>import FILE</c>: reads a ledger, GeoJSON or an OpenStreetMap extract into the register.</summary>
internal sealed class ImportCommand : ICommand
{
    public CommandGroup Group => CommandGroup.Data;

    public Command Build()
    {
        var file = new Argument<string>("FILE") { Description = "csv, GeoJSON, .osm.pbf, .osm, .osm.gz or .osm.bz2" };
        var kind =
            new Option<ImportKind?>("--as")
            {
                Description = "hazards, facilities, settlements, divisions or osm; without it the file's headers decide",
            };
        var crs = new Option<string>("--crs") { Description = "auto, EPSG:n, gcj02 or bd09", DefaultValueFactory = _ => "auto" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Report what would happen, keep nothing" };
        var skipBad = new Option<bool>("--skip-bad")
        {
            Description = "Leave unreadable optional cells empty and skip rows without code or place, instead of refusing the file",
        };
        var allowMoves = new Option<bool>("--allow-moves")
        {
            Description = "Known rows may move more than 500 m, onto one spot, or by lost decimals",
        };
        var allowOlder = new Option<bool>("--allow-older")
            { Description = "Take an extract that is older than what is known of its objects" };
        var data = DataOption.Create();
        var command = new Command("import",
            "Take in a ledger, a map file or an OSM extract, all or nothing / 导入台账、地图文件或 OSM 数据")
        {
            file, kind, crs, dryRun, skipBad, allowMoves, allowOlder, data
        };
        // osm2pgsql makes a staging schema, which the service's role may not.
        command.Does(async (parsed, stop) =>
        {
            var request = new ImportRequest(parsed.GetValue(file)!, parsed.GetValue(kind), parsed.GetValue(crs)!, parsed.GetValue(dryRun),
                parsed.GetValue(skipBad),
                $"import:{Environment.UserName}", parsed.GetValue(allowOlder), parsed.GetValue(allowMoves));
            await using var register = await RegisterSession.OpenAsync(parsed.GetValue(data)!, ClusterRole.Superuser, stop);
            var report = await new FileImport(register.Database, register.ConnectionString, Progress.Say).RunAsync(request, stop);
            Console.WriteLine(report.ToJson());
            if (!report.IsNothing) return Exit.Done;
            await Console.Error.WriteLineAsync($"refused (NothingWritten, {report.File}): all {report.Read} rows were skipped; the "
                + "report says why. "
                + "Nothing was changed.");
            await Console.Error.WriteLineAsync($"已拒绝：{report.File} 的 {report.Read} 行全部被跳过，原因见报告。"
                + "未作任何更改。");
            return Exit.Refused;
        });
        return command;
    }
}
