using System.CommandLine;
using HazardMap.Service.Commands;
using HazardMap.Service.Coverage;
using HazardMap.Service.Network;
using HazardMap.Service.Register;
using HazardMap.Service.Risk;
using HazardMap.Service.Ways;

var root = new RootCommand("HazardMap: one map, one table / 一图一表")
{
    UpCommand.Build(),
    StatusCommand.Build(),
    LoginCommand.Build(),
    UserCommand.Build(),
    PsqlCommand.Build(),
    ClusterCommand.Build(),
    ServeCommand.Build(),
    MigrateCommand.Build(),
    SampleCommand.Build(),
    ImportCommand.Build(),
    ExportCommand.Build(),
    RiskCommand.Build(),
    WaysCommand.Build(),
    CoverageCommand.Build(),
    RoadsCommand.Build(),
    SolveCommand.Build(),
    ModelCommand.Build(),
};
var parsed = root.Parse(args);
if (parsed.Errors.Count == 0)
    return await parsed.InvokeAsync(new() { ProcessTerminationTimeout = Exit.StoppingTimeOf(args) });
foreach (var error in parsed.Errors)
    await Console.Error.WriteLineAsync(Usage.Of(error.Message));
await Console.Error.WriteLineAsync("usage: ./hazardmap --help");
return Exit.Usage;
