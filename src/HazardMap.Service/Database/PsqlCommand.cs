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
        var isBorrowed = BorrowedServer.ConnectionString() is not null;
        if (isBorrowed && !admin) await EnsureReaderAsync(register.Database, stop);
        var target = new NpgsqlConnectionStringBuilder(register.ConnectionString);
        using var psql = Process.Start(Start(target, Options(admin, isBorrowed), arguments))
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

    private static ProcessStartInfo Start(NpgsqlConnectionStringBuilder target, string options, string[] arguments)
    {
        var start = new ProcessStartInfo("psql", arguments);
        start.Environment["PGHOST"] = target.Host;
        start.Environment["PGPORT"] = target.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        start.Environment["PGDATABASE"] = target.Database;
        start.Environment["PGUSER"] = target.Username;
        start.Environment["PGPASSWORD"] = target.Password;
        start.Environment["PGAPPNAME"] = "hazardmap psql";
        start.Environment["PGOPTIONS"] = options;
        return start;
    }

    // On the private server one logs in as the reader; on a borrowed one one acts as him.
    // The log of the private server keeps slow statements and errors, and what somebody types has values in it, as a phone.
    private static string Options(bool admin, bool isBorrowed) => "-c search_path=register,odata,tiles,public"
        + (admin && !isBorrowed ? " -c log_min_duration_statement=-1 -c log_min_messages=fatal" : "")
        + (admin ? "" : " -c default_transaction_read_only=on" + (isBorrowed ? $" -c role={RegisterRoles.Reader}" : ""));

    private static async Task EnsureReaderAsync(NpgsqlDataSource database, CancellationToken stop)
    {
        const string MayActAsReader = """
            select exists (
              select from pg_roles where rolname = $1 and pg_has_role(oid, 'member') and has_schema_privilege(oid, 'odata', 'usage'))
            """;
        if (await database.ScalarAsync<bool>(MayActAsReader, stop, RegisterRoles.Reader)) return;
        var (role, name) = await database.RowAsync(
            "select current_user::text, current_database()::text", row => (row.GetString(0), row.GetString(1)), stop);
        throw GroundRefusals.NoReader(role, name);
    }
}
