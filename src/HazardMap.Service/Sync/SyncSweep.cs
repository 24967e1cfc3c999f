using HazardMap.Service.Database;
using HazardMap.Service.Sync.Late;
using Npgsql;

namespace HazardMap.Service.Sync;

/// <summary>Forgets receipts that are too old, and places of events that nobody can ask for any more.</summary>
internal static class SyncSweep
{
    private const string OldReceipts = """
        delete from account.receipts
        where ctid = any(array(select ctid from account.receipts where received_at < now() - $1 limit 10000))
        """;

    private const string OldEvents = """
        delete from register.event_order
        where seq in (select seq from register.event_order where at < now() - $1 order by seq limit 10000)
        """;

    /// <summary>Ten thousand rows of each, at most.</summary>
    public static async Task RunAsync(NpgsqlDataSource database, TimeSpan events, CancellationToken stop)
    {
        await database.ExecuteAsync(OldReceipts, stop, Receipts.Kept);
        await database.ExecuteAsync(OldEvents, stop, events);
    }
}
