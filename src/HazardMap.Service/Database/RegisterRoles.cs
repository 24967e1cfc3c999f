using Npgsql;

namespace HazardMap.Service.Database;

/// <summary>
/// The register's two lesser roles. They are the server's, not the database's, so several registers on one server share them: they are
/// looked at, and altered only where they do not fit. What they may do stands in <c>geodata/grants.sql</c>.
/// </summary>
internal static class RegisterRoles
{
    /// <summary>Runs the API.</summary>
    public const string Service = "hazardmap_service";

    /// <summary>People with psql.</summary>
    public const string Reader = "hazardmap_reader";

    /// <summary>Sessions that people with psql may have at once: they leave connections to the service.</summary>
    public const int ReaderConnections = 10;

    // Some settings only a superuser may set: nobody else is asked for them.
    private const string Look = """
        select w.role, w.setting, w.value
        from unnest($1::text[], $2::text[], $3::text[]) w (role, setting, value)
        join pg_roles r on r.rolname = w.role
        join pg_settings p on p.name = w.setting
        where (p.context <> 'superuser' or (select rolsuper from pg_roles where rolname = current_user))
        and not exists (
          select from pg_db_role_setting s join pg_database d on d.oid = s.setdatabase and d.datname = current_database()
          where s.setrole = r.oid and w.setting || '=' || btrim(w.value, '''') = any (s.setconfig))
        """;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> Names { get; } = [Service, Reader];

    // What a session of the role begins with in a register's database. Values as SQL writes them. What people with psql
    // type, and are answered, has values in it, such as a phone: it stays out of the log.
    private static readonly (string Role, string Setting, string Value)[] Settings =
    [
        (Reader, "search_path", "register, odata, tiles, public"),
        (Reader, "default_transaction_read_only", "'on'"),
        (Reader, "statement_timeout", "'60s'"),
        (Reader, "idle_in_transaction_session_timeout", "'60s'"),
        (Reader, "idle_session_timeout", "'1h'"),
        (Reader, "temp_file_limit", "'1GB'"),
        (Reader, "log_min_duration_statement", "'-1'"),
        (Reader, "log_min_messages", "'fatal'"),
    ];

    /// <summary>What an administrator has to run because the asker may not; nothing for roles that do not exist.</summary>
    public static async Task<IEnumerable<string>> MissingAsync(NpgsqlConnection connection, GroundSurvey ground, CancellationToken stop) =>
        ground.MayCreateRoles ? [] : (await UnfitAsync(connection, stop)).Select(unfit => Statement(unfit, ground.Database));

    /// <summary>Makes them where that is allowed; elsewhere the connection's own role does everything.</summary>
    public static async Task CreateAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        foreach (var role in Names) await connection.ExecuteAsync(CreateStatement(role), stop);
    }

    /// <summary>Alters what does not fit.</summary>
    public static async Task SettleAsync(NpgsqlConnection connection, string database, CancellationToken stop)
    {
        foreach (var unfit in await UnfitAsync(connection, stop)) await connection.ExecuteAsync(Statement(unfit, database), stop);
    }

    /// <summary>
    /// What an administrator runs once in a database of his server before <paramref name="owner"/> can make a register of it. Running it
    /// again changes nothing.
    /// </summary>
    public static string AdministratorScript(string database, string owner)
    {
        var (at, to) = (Quoted(database), Quoted(owner));
        string[] statements =
        [
            "create schema if not exists public",
            .. RegisterExtensions.Statements,
            $"grant connect, create, temporary on database {at} to {to}",
            .. Names.Select(CreateStatementForAnybody),
            $"alter role {Reader} connection limit {ReaderConnections}",
            // Runs collect what they write in temporary tables; nobody else needs any.
            $"revoke temporary, create on database {at} from public",
            $"grant temporary on database {at} to {Service}",
            // To look as somebody who may not see personal data; the other role is for services that log in as it.
            $"grant {Reader} to {to}",
            .. Settings.Select(setting => Statement(setting, database)),
        ];
        return $"""
            -- What an administrator of the PostgreSQL server runs once in the database {database}, as a superuser:
            --   psql -d {at} -f grants.sql
            -- Running it again changes nothing. Registers on one server share the two roles, and so who may use them.
            -- 由 PostgreSQL 服务器管理员以超级用户身份在数据库 {database} 中执行一次；重复执行无影响。
            {string.Join(";\n", statements)};
            """;
    }

    private static async Task<List<(string Role, string Setting, string Value)>> UnfitAsync(
        NpgsqlConnection connection, CancellationToken stop) => await connection.RowsAsync(Look,
            row => (row.GetString(0), row.GetString(1), row.GetString(2)), stop, Settings.Select(s => s.Role).ToArray(),
            Settings.Select(s => s.Setting).ToArray(), Settings.Select(s => s.Value).ToArray());

    private static string Statement((string Role, string Setting, string Value) wanted, string database) =>
        $"alter role {wanted.Role} in database {Quoted(database)} set {wanted.Setting} = {wanted.Value}";

    // Another database's migration may be first. Who may create a role may also act as it.
    private static string CreateStatement(string role) => $"""
        do $$ begin
          if not (select rolcreaterole or rolsuper from pg_roles where rolname = current_user) then return; end if;
          if not exists (select from pg_roles where rolname = '{role}') then create role {role} login; end if;
          if not pg_has_role('{role}', 'member') then execute format('grant {role} to %I', current_user); end if;
        exception when duplicate_object or unique_violation or insufficient_privilege then null;
        end $$
        """;

    private static string CreateStatementForAnybody(string role) => $"""
        do $$ begin
          if not exists (select from pg_roles where rolname = '{role}') then create role {role} login; end if;
        end $$
        """;

    private static string Quoted(string name) => new NpgsqlCommandBuilder().QuoteIdentifier(name);
}
