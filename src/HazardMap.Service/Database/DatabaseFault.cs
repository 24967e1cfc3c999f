using Npgsql;

namespace HazardMap.Service.Database;

/// <summary>
/// What is wrong with the database itself, not with the request: why nothing can be done just now, and the remedy, in both languages.
/// Every surface (API, tiles, other routes, commands) says it with these words.
/// </summary>
/// <param name="Code">Stable, machine-readable.</param>
/// <param name="Message">What is wrong and what to do.</param>
/// <param name="MessageZh">The same in Chinese.</param>
/// <param name="RetryAfterSeconds">When trying again may help.</param>
internal sealed record DatabaseFault(string Code, string Message, string MessageZh, int RetryAfterSeconds)
{
    /// <summary>The fault behind a failure; null when the failure is of another kind.</summary>
    public static DatabaseFault? Of(Exception? failure) => failure switch
    {
        PostgresException failed => Of(failed),
        NpgsqlException { InnerException: TimeoutException } late => IsPoolExhausted(late) ? NoConnectionLeft : null,
        NpgsqlException or ObjectDisposedException { InnerException: NpgsqlException } => Away,
        _ => null,
    };

    /// <summary>It can't be reached: it is starting, stopping, or the network is broken.</summary>
    public static DatabaseFault Away { get; } = new("DatabaseAway",
        "The database can't be reached; it is perhaps restarting. Try again in a moment.",
        "暂时无法连接数据库，可能正在重启，请稍后再试。", 2);

    /// <summary>The server's package was upgraded, and it still runs the former one.</summary>
    public static DatabaseFault Replaced { get; } = new("DatabaseNeedsRestart",
        "PostgreSQL can't load a library of its own (58P01): its files were replaced while it ran, as an upgrade of its package does. "
        + "The private server of `./hazardmap up` is restarted by itself in a moment; a server of your own: systemctl restart postgresql.",
        "PostgreSQL 无法加载自身的库文件（58P01）：其文件在运行期间被替换，例如软件包升级。"
        + "`./hazardmap up` 的私有数据库会自动重启；自备的服务器请执行：systemctl restart postgresql。", 5);

    /// <summary>Every connection that the server, the role or the pool may have is in use.</summary>
    public static DatabaseFault NoConnectionLeft { get; } = new("TooManyConnections",
        "All connections to the database are in use, and none became free in time. Try again in a moment; if it lasts, raise "
        + "max_connections of PostgreSQL or the connection limit of the role, or end what holds connections.",
        "数据库连接已全部占用，等待期间没有空闲连接。请稍后重试；若持续出现，请提高 PostgreSQL 的 "
        + "max_connections 或角色的连接数上限，或结束占用连接的程序。", 2);

    /// <summary>Its disk has no room: what is there can be read, what should be written is refused.</summary>
    public static DatabaseFault DiskFull { get; } = new("DiskFull",
        "The database's disk is full: nothing can be written until there is room. Make room on the disk of the data directory "
        + "(df -h, then delete or move what is not the database's), or give it a larger one; what is saved is safe, and work goes on by "
        + "itself.",
        "数据库所在磁盘已满，腾出空间之前无法写入。请在数据目录所在磁盘腾出空间（用 df -h 查看，"
        + "删除或移走与数据库无关的文件）或扩容；已保存的数据是安全的，有空间后自动恢复。", 30);

    /// <summary>It takes no changes: a replica, or told so by a setting.</summary>
    public static DatabaseFault ReadOnly { get; } = new("DatabaseIsReadOnly",
        "The database takes no changes: it is a replica or set read-only. Name the primary server, or set "
        + "default_transaction_read_only = off.",
        "数据库不接受更改：它是备库或被设为只读。请改用主库，"
        + "或设置 default_transaction_read_only = off。", 30);

    /// <summary>It does not know the user, or the password is wrong, or its pg_hba.conf does not admit him.</summary>
    public static DatabaseFault LoginRefused { get; } = new("DatabaseRefusesLogin",
        "The database server refuses the user: the name or the password is wrong, or pg_hba.conf does not admit him from here. Look at "
        + "Username= and Password= in HAZARDMAP_DATABASE.",
        "数据库服务器拒绝该用户：用户名或密码错误，或 pg_hba.conf 不允许从此处连接。"
        + "请检查 HAZARDMAP_DATABASE 中的 Username= 与 Password=。", 30);

    /// <summary>The server has no database of that name.</summary>
    public static DatabaseFault NoSuchDatabase { get; } = new("NoSuchDatabase",
        "The server has no database of the name that Database= in HAZARDMAP_DATABASE says. Have an administrator make it: "
        + "create database NAME owner USER;",
        "服务器上没有 HAZARDMAP_DATABASE 中 Database= 指定的数据库。请管理员创建："
        + "create database 名称 owner 用户;", 30);

    /// <summary>It is a pooler, which has to be told to us.</summary>
    public static DatabaseFault Pooler { get; } = new("DatabaseIsPooler",
        "HAZARDMAP_DATABASE leads to a connection pooler such as pgbouncer. Add ;Max Auto Prepare=0;No Reset On Close=true for "
        + "`./hazardmap serve`; other commands go to the PostgreSQL server itself.",
        "HAZARDMAP_DATABASE 指向 pgbouncer 之类的连接池。`./hazardmap serve` 请在其后加上 "
        + ";Max Auto Prepare=0;No Reset On Close=true；其他命令请直接连接 PostgreSQL 服务器。", 30);

    private static DatabaseFault? Of(PostgresException failed) => failed.SqlState switch
    {
        _ when LibraryFaults.Is(failed) => Replaced,
        PostgresErrorCodes.ProtocolViolation when failed.MessageText.Contains("startup parameter", StringComparison.Ordinal) => Pooler,
        PostgresErrorCodes.TooManyConnections => NoConnectionLeft,
        PostgresErrorCodes.DiskFull => DiskFull,
        PostgresErrorCodes.ReadOnlySqlTransaction => ReadOnly,
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => LoginRefused,
        PostgresErrorCodes.InvalidCatalogName => NoSuchDatabase,
        ['0', '8', ..] or ['5', '7', 'P', ..] => Away,
        _ when failed.InvariantSeverity == "FATAL" => Away, // the session, not the statement: it is closed to us just now
        _ => null,
    };

    // Npgsql has no code for it.
    private static bool IsPoolExhausted(NpgsqlException failed) =>
        failed.Message.StartsWith("The connection pool has been exhausted", StringComparison.Ordinal);
}
