using HazardMap.OData;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Sync.Events;

/// <summary>Where events stand in the database: gives places, reads from a place on.</summary>
internal sealed class EventLog(NpgsqlDataSource database)
{
    /// <summary>How long a place can be asked for.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(14);

    /// <summary>How many events may lie between a place that is asked for and now.</summary>
    public const long MostBehind = 20_000;

    // Changes of one transaction that are told one by one.
    private const int Singly = 500;
    private const int PageSize = 1000;

    // What names the history that the database lives through, as for delta links.
    private static readonly string Epoch = new ODataOptions { DataSource = null! }.ChangeEpochSql;
    private static readonly string Read = EmbeddedSql.Of(typeof(EventLog), "ReadEvents");
    private static readonly string State = EmbeddedSql.Of(typeof(EventLog), "EventState");

    /// <summary>Gives what became visible its place.</summary>
    public Task OrderAsync(CancellationToken stop) =>
        database.ScalarAsync<long>($"select register.order_events(({Epoch})::text)", stop);

    /// <summary>The last place that was given; default before the first.</summary>
    public async Task<EventPlace> LastAsync(CancellationToken stop)
    {
        var state = await StateAsync(0, stop);
        return new EventPlace(state.Era, state.Last, long.MaxValue);
    }

    /// <summary>Whether nothing after a place is forgotten, and not too much lies after it.</summary>
    public async Task<bool> ReachesAsync(EventPlace place, CancellationToken stop)
    {
        var state = await StateAsync(place.Seq, stop);
        return place.Era == state.Era && place.Seq >= state.Oldest - 1 && place.Seq <= state.Last && state.Behind <= MostBehind;
    }

    /// <summary>The next events after a place; none: there are none yet.</summary>
    public Task<List<RegisterEvent>> AfterAsync(EventPlace place, CancellationToken stop) =>
        database.RowsAsync(Read, row => Event(place.Era, row), stop, place.Seq, place.Nth, PageSize, Singly);

    private static RegisterEvent Event(long era, NpgsqlDataReader row) => new(
        new EventPlace(era, row.GetInt64(0), row.GetInt64(1)), row.GetString(2), row.TextOrNull(3), row.GetString(4),
        row.IsDBNull(5) ? null : row.GetInt32(5), row.TextOrNull(6), row.TextOrNull(7), row.TextOrNull(8), row.GetDateTime(9),
        row.IsDBNull(10) ? null : row.GetFieldValue<string[]>(10), row.IsDBNull(11) ? null : row.GetFieldValue<string?[]>(11),
        row.IsDBNull(12) ? null : row.GetInt64(12));

    private async Task<(long Era, long Last, long Oldest, long Behind)> StateAsync(long after, CancellationToken stop) =>
        await database.RowAsync(State, row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)), stop, after);
}
