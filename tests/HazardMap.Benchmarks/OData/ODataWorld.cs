using System.Reflection;
using HazardMap.Service.Accounts;
using HazardMap.Service.Database;
using HazardMap.Service.Risk.Runs;
using HazardMap.Service.Sample;
using Npgsql;

namespace HazardMap.Benchmarks;

/// <summary>A register of a given number of waters, as clustered as the sample, with what the peers need beside it,
/// and the service on it.</summary>
internal sealed class ODataWorld : IAsyncDisposable
{
    private readonly ChildProcess _process;

    private ODataWorld(NpgsqlDataSource register, NpgsqlConnectionStringBuilder address, ChildProcess service, Target ours) =>
        (Register, Address, _process, Ours) = (register, address, service, ours);

    public NpgsqlDataSource Register { get; }

    /// <summary>For other processes.</summary>
    public NpgsqlConnectionStringBuilder Address { get; }

    /// <summary>The service: the executable that is shipped, on Kestrel, with its log-in.</summary>
    public Target Ours { get; }

    public long ResidentBytes => _process.ResidentBytes;

    public static async Task<ODataWorld> BuildAsync(BenchmarkServer server, int waters, CancellationToken stop)
    {
        var register = await server.CreateRegisterAsync(stop);
        await SampleLoader.LoadAsync(register, SamplePlan.Wenshan, stop);
        await RiskRun.RunAsync(register, null, "benchmark", stop);
        await using (var connection = await register.OpenConnectionAsync(stop))
        {
            await connection.ExecuteAsync("set session_replication_role = replica", stop);
            await connection.ExecuteAsync(Sql("Grow"), stop, waters);
            await connection.ExecuteAsync(Sql("GrowRisks"), stop);
            await connection.ExecuteAsync(Sql("PeerView"), stop);
            await connection.ExecuteAsync("vacuum analyze", stop);
        }
        return await OnAsync(register, new NpgsqlConnectionStringBuilder(server.ConnectionStringOf(register)), stop);
    }

    /// <summary>The service on a register that is there.</summary>
    public static async Task<ODataWorld> OnAsync(NpgsqlDataSource register, NpgsqlConnectionStringBuilder address, CancellationToken stop)
    {
        var accounts = new AccountStore(register);
        var token = await accounts.EnsureAdministratorAsync(stop) ?? await accounts.IssueAdministratorTokenAsync(stop);
        var service = ChildProcess.Start(Path.Combine(AppContext.BaseDirectory, "hazardmap-service"), ["serve", "--port", "0"],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["HAZARDMAP_DATABASE"] = address.ConnectionString });
        var url = (await service.SaysAsync("^ready (.*)$", stop)).Groups[1].Value;
        return new ODataWorld(register, address, service, new Target("ours", [new Uri(url)], token));
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        await Register.DisposeAsync();
    }

    private static string Sql(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"HazardMap.Benchmarks.OData.{name}.sql")!;
        return new StreamReader(stream).ReadToEnd();
    }
}
