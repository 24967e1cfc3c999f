using System.CommandLine;
using HazardMap.Service.Commands;

[assembly: Command<HazardMap.Service.Database.MigrateCommand>]

namespace HazardMap.Service.Database;

/// <summary><c>migrate</c>: brings the register to this program's schema, as every command that changes it does.</summary>
internal sealed class MigrateCommand : ICommand
{
    public CommandGroup Group => CommandGroup.Data;

    public Command Build()
    {
        var data = DataOption.Create();
        var command = new Command("migrate", "Bring the register to this program's schema / 升级数据库结构") { data };
        command.Does(async (parsed, stop) =>
        {
            await using var register = await RegisterSession.OpenAsync(parsed.GetValue(data)!, ClusterRole.Superuser, stop);
            Progress.Say($"the schema is at {Migrator.SchemaVersion} / 数据库结构版本");
            return Exit.Done;
        });
        return command;
    }
}
