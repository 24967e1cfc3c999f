using HazardMap.OData;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Hosting;

/// <summary>Whether an edit and a tile would succeed now. One look a second, however many ask.</summary>
internal sealed class Readiness(HazardMapOptions options, NpgsqlDataSource database)
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(1);
    private readonly Lock _gate = new();
    private Task<string?> _look = Task.FromResult<string?>(null);
    private DateTime _at = DateTime.MinValue;

    /// <summary>Null when they would; else why not, in a word for whoever watches the service.</summary>
    public Task<string?> WhyNotAsync()
    {
        lock (_gate)
        {
            if (_look.IsCompleted && DateTime.UtcNow - _at > Kept) (_look, _at) = (LookAsync(), DateTime.UtcNow);
            return _look;
        }
    }

    private async Task<string?> LookAsync()
    {
        try
        {
            await TryAsync();
            return null;
        }
        catch (Exception failed) when (DatabaseFault.Of(failed) is { } fault)
        {
            return $"{fault.Code}: {fault.Message}\n{fault.MessageZh}";
        }
        catch (PostgresException failed) when (failed.SqlState != PostgresErrorCodes.QueryCanceled)
        {
            return $"an edit or a tile would fail ({failed.SqlState}) / 编辑或地图瓦片将失败";
        }
        catch (Exception late) when (late is NpgsqlException or TimeoutException)
        {
            return "the database does not answer in time / 数据库未及时响应";
        }
    }

    // Where no new session is to be had, an edit waits for an old one: so does the look.
    private async Task TryAsync()
    {
        try
        {
            await RegisterProbe.TryAsync(options.ConnectionString, CancellationToken.None);
        }
        catch (PostgresException full) when (full.SqlState == PostgresErrorCodes.TooManyConnections)
        {
            await using var connection = await database.OpenPatientlyAsync();
            await RegisterProbe.TryAsync(connection, CancellationToken.None);
        }
    }
}
