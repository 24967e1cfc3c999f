using Npgsql;

namespace HazardMap.OData;

/// <summary>
/// One transaction of changes: of one request, or of all requests of an atomicity group. The host's hooks after a commit run
/// once it is certain.
/// </summary>
internal sealed class ChangeScope : IAsyncDisposable
{
    private readonly List<ODataChange> _made = [];

    private ChangeScope(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        Connection = connection;
        Transaction = transaction;
    }

    public NpgsqlConnection Connection { get; }

    public NpgsqlTransaction Transaction { get; }

    /// <summary>Whether a refused change can be undone while the transaction goes on.</summary>
    public bool HasSavepoint { get; private set; }

    public static async Task<ChangeScope> OpenAsync(ODataOptions options, ODataCaller caller, CancellationToken stop)
    {
        var connection = await options.DataSource.OpenPatientlyAsync(stop);
        try
        {
            var transaction = await connection.BeginTransactionAsync(stop);
            await using var batch = new NpgsqlBatch(connection) { BatchCommands = { ReadBatch.Settings(options, caller) } };
            await batch.ExecuteNonQueryAsync(stop);
            return new ChangeScope(connection, transaction);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public void Made(ODataChange change) => _made.Add(change);

    public async Task SaveAsync(CancellationToken stop)
    {
        await Transaction.SaveAsync("before_the_change", stop);
        HasSavepoint = true;
    }

    /// <summary>Undoes what a refused change has done so far.</summary>
    public async Task UndoAsync()
    {
        _made.Clear();
        if (HasSavepoint) await Transaction.RollbackAsync("before_the_change", CancellationToken.None);
        else await Transaction.RollbackAsync(CancellationToken.None);
    }

    /// <summary>Commits; a client that hangs up from here on does not undo half of it.</summary>
    public async Task CommitAsync()
    {
        await Transaction.CommitAsync(CancellationToken.None);
        await DisposeAsync();
        foreach (var change in _made) await change.Set.Hooks.CommittedAsync(change);
    }

    public async ValueTask DisposeAsync()
    {
        await Transaction.DisposeAsync();
        await Connection.DisposeAsync();
    }
}
