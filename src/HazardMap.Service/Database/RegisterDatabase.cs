using System.Data.Common;
using NetTopologySuite.Geometries;
using Npgsql;

namespace HazardMap.Service.Database;

/// <summary>How the service reaches its database: one way to open it, one way to write to it.</summary>
internal static class RegisterDatabase
{
    // What the service asks again and again is understood once by each connection. Not for pools that are open for one errand.
    private const int KeptStatements = 60;
    private const int CommandPatienceSeconds = 30;

    /// <summary>What a command asks of its sessions: an administrator's limits are meant for people and requests.</summary>
    public const string WithoutLimits = "-c statement_timeout=0 -c lock_timeout=0 -c idle_in_transaction_session_timeout=0";

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
        var settings = BorrowedServer.Parse(connectionString);
        var said = new DbConnectionStringBuilder { ConnectionString = connectionString };
        settings.ApplicationName ??= applicationName;
        // A request is told soon that the server is lost, and of several the next one is tried at once; a command over TLS to a busy
        // server has time.
        var isMany = settings.Host?.Contains(',', StringComparison.Ordinal) == true;
        if (!said.ContainsKey("Timeout")) settings.Timeout = keptStatements == 0 ? CommandPatienceSeconds : isMany ? 2 : 4;
        if (keptStatements == 0 && !said.ContainsKey("Command Timeout") && !said.ContainsKey("CommandTimeout")) settings.CommandTimeout = 0;
        // Whoever says so himself (behind a pooler that cannot keep statements, for one: 0) is heard.
        if (keptStatements > 0 && !said.ContainsKey("Max Auto Prepare") && !said.ContainsKey("MaxAutoPrepare"))
            settings.MaxAutoPrepare = keptStatements;
        // An administrator's limits are meant for people: a migration or an import takes as long as it takes. A pooler knows no
        // options; it is known by its own setting.
        if (keptStatements == 0 && !settings.NoResetOnClose && settings.Options is null) settings.Options = WithoutLimits;
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
        await connection.ActAsAsync(actor, stop);
        return transaction;
    }

    /// <summary>The same for a transaction that has begun.</summary>
    public static Task ActAsAsync(this NpgsqlConnection connection, string actor, CancellationToken stop) =>
        connection.ExecuteAsync("select set_config('hazardmap.actor', $1, true)", stop, actor);
}
