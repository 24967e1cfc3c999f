using System.CommandLine;
using HazardMap.Service.Database;

namespace HazardMap.Service.Commands;

/// <summary><c>migrate</c>: brings the database named by HAZARDMAP_DATABASE to this program's schema.</summary>
internal static class MigrateCommand
{
    public static Command Build()
    {
        var command = new Command("migrate", "Bring the database to this program's schema");
        command.Does(async (_, stop) =>
        {
            await using var owner = RegisterDatabase.Open(ServeCommand.ConnectionString());
            var ran = await Migrator.MigrateAsync(owner, script => Console.Error.WriteLine($"  {script}"), stop);
            await Console.Error.WriteLineAsync(ran == 0 ? "up to date" : $"{ran} scripts ran");
            return Exit.Done;
        });
        return command;
    }
}
