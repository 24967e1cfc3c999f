using Npgsql;

namespace HazardMap.OData;

/// <summary>
/// One transaction of changes: of one request, or of all requests of an atomicity group. The host's hooks after a commit run
/// once it is certain.
/// </summary>
internal sealed class ChangeScope : IAsyncDisposable
{
    private readonly List<ODataChange> made = [];

    private ChangeScope(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        Connection = connection;
        Transaction = transaction;
    }

    public NpgsqlConnection Connection { get; }

    public NpgsqlTransaction Transaction { get; }

    /// <summary>Whether a refused change can be undone while the transaction goes on.</summary>
    public bool HasSavepoint { get; private set; }

    public static async Task<ChangeScope> Open(ODataOptions options, ODataCaller caller, CancellationToken cancellation)
    {
        var connection = await options.DataSource.OpenConnectionAsync(cancellation);
        try
        {
            var transaction = await connection.BeginTransactionAsync(cancellation);
            await using var batch = new NpgsqlBatch(connection) { BatchCommands = { ReadBatch.Settings(options, caller) } };
            await batch.ExecuteNonQueryAsync(cancellation);
            return new ChangeScope(connection, transaction);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public void Made(ODataChange change) => made.Add(change);

    public async Task Save(CancellationToken cancellation)
    {
        await Transaction.SaveAsync("before_the_change", cancellation);
        HasSavepoint = true;
    }

    /// <summary>Undoes what a refused change has done so far.</summary>
    public async Task Undo()
    {
        made.Clear();
        if (HasSavepoint) await Transaction.RollbackAsync("before_the_change", CancellationToken.None);
        else await Transaction.RollbackAsync(CancellationToken.None);
    }

    /// <summary>Commits; a client that hangs up from here on does not undo half of it.</summary>
    public async Task Commit()
    {
        await Transaction.CommitAsync(CancellationToken.None);
        await DisposeAsync();
        foreach (var change in made) await change.Set.Hooks.CommittedAsync(change);
    }

    public async ValueTask DisposeAsync()
    {
        await Transaction.DisposeAsync();
        await Connection.DisposeAsync();
    }
}
