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
        var grants = new Option<bool>("--print-grants")
        {
            Description = "Print what an administrator of your own server runs once / 打印管理员需执行一次的 SQL",
        };
        var command = new Command("migrate", "Bring the register to this program's schema / 升级数据库结构") { data, grants };
        command.Does(async (parsed, stop) =>
        {
            if (parsed.GetValue(grants)) return PrintGrants();
            await using var register = await RegisterSession.OpenAsync(parsed.GetValue(data)!, ClusterRole.Superuser, stop);
            Progress.Say($"the schema is at {Migrator.SchemaVersion} / 数据库结构版本");
            return Exit.Done;
        });
        return command;
    }

    // Without a connection: the database may still be closed to us.
    private static int PrintGrants()
    {
        var given = BorrowedServer.ConnectionString() ?? throw GroundRefusals.NoBorrowedServer();
        var borrowed = BorrowedServer.Parse(given);
        Console.WriteLine(RegisterRoles.AdministratorScript(borrowed.Database!, borrowed.Username ?? Environment.UserName));
        return Exit.Done;
    }
}
