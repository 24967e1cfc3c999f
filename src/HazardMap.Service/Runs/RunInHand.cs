using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Runs;

/// <summary>A run that this process is at.</summary>
internal sealed class RunInHand(string table, Guid id, NpgsqlDataSource database)
{
    private double _progress;

    /// <summary>Its key.</summary>
    public Guid Id => id;

    /// <summary>The register.</summary>
    public NpgsqlDataSource Database => database;

    /// <summary>How much is done, 0 to 1. Set it as often as you like; it is written twice a second.</summary>
    public double Progress
    {
        get => Volatile.Read(ref _progress);
        set => Volatile.Write(ref _progress, Math.Clamp(value, 0, 1));
    }

    /// <summary>Marks the run done, in the transaction that writes its results: both or neither.</summary>
    public async Task FinishAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        var done = await connection.ExecuteAsync(
            $"update {table} set state = 'Done', progress = 1, finished_at = clock_timestamp() where id = $1 and state = 'Running'", stop,
            id);
        if (done == 0) throw new OperationCanceledException("The run was called off or taken away.");
    }
}
