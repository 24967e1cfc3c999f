using NetTopologySuite.Geometries;
using Npgsql;

namespace HazardMap.Service.Database;

/// <summary>How the service reaches its database: one way to open it, one way to write to it.</summary>
internal static class RegisterDatabase
{
    // What the service asks again and again is understood once by each connection. Not for pools that are open for one errand.
    private const int KeptStatements = 60;

    /// <summary>The register that a request asks.</summary>
    public static NpgsqlDataSource Of(HttpContext http) => http.RequestServices.GetRequiredService<NpgsqlDataSource>();

    /// <summary>Opens the pool of the service, whose connections live long.</summary>
    public static NpgsqlDataSource OpenForService(string connectionString) => Open(connectionString, "hazardmap-service", KeptStatements);

    /// <summary>Opens the pool of the service's runs: the first row of a nation may take longer than a request has.</summary>
    public static NpgsqlDataSource OpenForRuns(string connectionString) => Open(connectionString, "hazardmap-runs");

    /// <summary>Opens a pool on the register's database. Dispose it when done.</summary>
    /// <remarks>Only the service's own pool gives up waiting for an answer: whoever else waits can call it off.</remarks>
    public static NpgsqlDataSource Open(string connectionString, string applicationName = "hazardmap", int keptStatements = 0)
    {
        NpgsqlConnectionStringBuilder settings;
        try
        {
            settings = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (ArgumentException wrong)
        {
            throw new RefusalException("BadConnectionString", $"The connection string is not understood: {wrong.Message}",
                $"无法识别数据库连接字符串：{wrong.Message}", "HAZARDMAP_DATABASE");
        }
        settings.ApplicationName ??= applicationName;
        if (!connectionString.Contains("timeout", StringComparison.OrdinalIgnoreCase))
            settings.Timeout = 2; // a lost server is noticed before a person gives up
        if (keptStatements == 0
            && !connectionString.Replace(" ", "", StringComparison.Ordinal).Contains("commandtimeout", StringComparison.OrdinalIgnoreCase))
            settings.CommandTimeout = 0;
        // Whoever says so himself (behind a pooler that cannot keep statements, for one: 0) is heard.
        if (keptStatements > 0
            && !connectionString.Replace(" ", "", StringComparison.Ordinal).Contains("maxautoprepare", StringComparison.OrdinalIgnoreCase))
            settings.MaxAutoPrepare = keptStatements;
        settings.IncludeErrorDetail = true;
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        // A parameter is sent as geography unless its DataTypeName says geometry: sent as the other type, an index is not used.
        builder.UseNetTopologySuite(handleOrdinates: Ordinates.XY, geographyAsDefault: true);
        return builder.Build();
    }

    /// <summary>
    /// Begins a transaction in which <paramref name="actor"/> is the author of every change (see <c>register.actor()</c>).
    /// </summary>
    public static async Task<NpgsqlTransaction> BeginAsAsync(this NpgsqlConnection connection, string actor, CancellationToken stop)
    {
        var transaction = await connection.BeginTransactionAsync(stop);
        await connection.ExecuteAsync("select set_config('hazardmap.actor', $1, true)", stop, actor);
        return transaction;
    }
}
