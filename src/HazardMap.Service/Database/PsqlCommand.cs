using System.CommandLine;
using System.Diagnostics;
using System.Runtime.InteropServices;
using HazardMap.Service.Commands;
using Npgsql;

[assembly: Command<HazardMap.Service.Database.PsqlCommand>]

namespace HazardMap.Service.Database;

/// <summary><c>psql</c>: PostgreSQL's own client on the register, read-only unless asked otherwise.</summary>
internal sealed class PsqlCommand : ICommand
{
    public CommandGroup Group => CommandGroup.Inside;

    public Command Build()
    {
        var data = DataOption.Create();
        var admin = new Option<bool>("--admin") { Description = "As the owner of the database, who may change everything" };
        var arguments = new Argument<string[]>("ARGS") { Description = "For psql, after --", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("psql", "psql on the register, read-only unless --admin / 数据库命令行，默认只读")
        {
            data, admin, arguments
        };
        command.Does((parsed, stop) => RunAsync(parsed.GetValue(data)!, parsed.GetValue(admin), parsed.GetValue(arguments) ?? [], stop));
        return command;
    }

    private static async Task<int> RunAsync(string data, bool admin, string[] arguments, CancellationToken stop)
    {
        await using var register = await RegisterSession.OpenAsync(data, admin ? ClusterRole.Superuser : ClusterRole.Reader, stop);
        using var psql = Process.Start(Start(new NpgsqlConnectionStringBuilder(register.ConnectionString), admin, arguments))
            ?? throw new RefusalException("PsqlMissing", "psql is not installed: apt-get install postgresql-client-15",
                "未安装 psql：apt-get install postgresql-client-15");
        // Ctrl+C is psql's: it cancels a statement. We wait until it leaves.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            psql.Kill();
        });
        await psql.WaitForExitAsync(CancellationToken.None);
        return psql.ExitCode;
    }

    private static ProcessStartInfo Start(NpgsqlConnectionStringBuilder target, bool admin, string[] arguments)
    {
        var start = new ProcessStartInfo("psql", arguments);
        start.Environment["PGHOST"] = target.Host;
        start.Environment["PGPORT"] = target.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        start.Environment["PGDATABASE"] = target.Database;
        start.Environment["PGUSER"] = target.Username;
        start.Environment["PGPASSWORD"] = target.Password;
        start.Environment["PGAPPNAME"] = "hazardmap psql";
        start.Environment["PGOPTIONS"] = admin ? "-c search_path=register,odata,tiles,public" : "-c search_path=register,odata,tiles,"
            + "public -c default_transaction_read_only=on";
        return start;
    }
}
