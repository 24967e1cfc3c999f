using System.Globalization;
using Npgsql;

namespace HazardMap.Service.Database;

/// <summary>The database that HAZARDMAP_DATABASE names: understood, or refused before anybody connects.</summary>
internal static class BorrowedServer
{
    /// <summary>The variable of the environment.</summary>
    public const string Variable = "HAZARDMAP_DATABASE";

    private const string Example = "Host=db.example;Database=hazardmap;Username=hazardmap;Password=...";

    /// <summary>The connection string, or null where the private cluster is meant.</summary>
    /// <exception cref="RefusalException">It does not say where the register is.</exception>
    public static string? ConnectionString() =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? Checked(given) : null;

    /// <summary>The same string when it names a server and a database.</summary>
    /// <exception cref="RefusalException">It does not; says what to write. The password is never repeated.</exception>
    public static string Checked(string given)
    {
        if (given.StartsWith("postgresql://", StringComparison.Ordinal) || given.StartsWith("postgres://", StringComparison.Ordinal))
            throw IsUri(given);
        var parsed = Parse(given);
        if (string.IsNullOrEmpty(parsed.Host))
            throw Refused("HostNotNamed", $"It names no server. Add Host=, as in: {Example}",
                $"其中没有服务器。请加上 Host=，例如：{Example}");
        if (parsed.Host.Contains('=', StringComparison.Ordinal)) throw IsKeywords();
        if (string.IsNullOrEmpty(parsed.Database))
            throw Refused("DatabaseNotNamed", $"It names no database. Add Database=, as in: {Example}",
                $"其中没有数据库名。请加上 Database=，例如：{Example}");
        return given;
    }

    /// <summary>Understands an Npgsql connection string.</summary>
    /// <exception cref="RefusalException">It is none.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string given)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(given);
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or OverflowException)
        {
            throw Refused("BadConnectionString", $"It is not understood: {wrong.Message} It is written like this: {Example}",
                $"无法识别：{wrong.Message} 正确写法例如：{Example}");
        }
    }

    private static RefusalException IsUri(string given)
    {
        var same = Uri.TryCreate(given, UriKind.Absolute, out var uri) && uri.Host.Length > 0
            ? string.Create(CultureInfo.InvariantCulture, $"Host={uri.Host};{(uri.Port > 0 ? $"Port={uri.Port};" : "")}")
                + $"Database={uri.AbsolutePath.Trim('/')};Username={uri.UserInfo.Split(':')[0]};Password=..."
            : Example;
        return Refused("ConnectionStringIsUri", $"It is a URI, which the driver does not read. Write it like this: {same}",
            $"这是 URI 形式，驱动程序无法读取。请改写为：{same}");
    }

    private static RefusalException IsKeywords() => Refused("BadConnectionString",
        $"It is written as libpq does, with blanks and dbname. Write it like this: {Example}",
        $"这是 libpq 的写法（空格分隔、dbname）。请改写为：{Example}");

    private static RefusalException Refused(string code, string message, string messageZh) =>
        new(code, $"{Variable} says where the register is. {message}",
            $"{Variable} 指定台账所在的数据库。{messageZh}", Variable);
}
