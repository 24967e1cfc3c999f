using HazardMap.OData;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Changes;

/// <summary>What happened to a layer: the whole of it changed, or a box of degrees.</summary>
internal readonly record struct MapChange(string Layer, (double West, double South, double East, double North)? Box);

/// <summary>
/// Reads the log of changes (<c>register.map_changes</c>) in the order in which they became visible. Not for use by two
/// threads at once.
/// </summary>
/// <remarks>
/// It reads on one connection and starts anew when that is lost: after a crash the server may give the transaction
/// numbers of aborted work to new work, which an old snapshot would take for seen.
/// </remarks>
internal sealed class ChangeLog(NpgsqlDataSource database) : IAsyncDisposable
{
    private NpgsqlConnection? _line;
    private NpgsqlCommand? _question;

    /// <summary>What the last look saw; null before the first and after a failure.</summary>
    public string? Seen { get; private set; }

    /// <summary>
    /// What became visible since the last look. Null: nobody knows, because it is the first look, the connection was lost,
    /// or there are too many; everything may have changed.
    /// </summary>
    public async Task<List<MapChange>?> ReadAsync(CancellationToken stop)
    {
        try
        {
            return await LookAsync(stop);
        }
        catch (NpgsqlException) when (_question is not null)
        {
            await HangUpAsync(); // an old connection may have died unnoticed: look anew on a new one
        }
        try
        {
            return await LookAsync(stop);
        }
        catch
        {
            await HangUpAsync();
            throw;
        }
    }

    /// <summary>Looks anew next time, as if for the first time.</summary>
    public void Restart() => Seen = null;

    /// <summary>Forgets what was visible in <paramref name="seen"/>; every reader has long seen it.</summary>
    public Task ForgetAsync(string seen, CancellationToken stop) =>
        database.ExecuteAsync("delete from register.map_changes where pg_visible_in_snapshot(xid, $1::text::pg_snapshot)", stop, seen);

    public async ValueTask DisposeAsync() => await HangUpAsync();

    private async Task<List<MapChange>?> LookAsync(CancellationToken stop)
    {
        var command = await AskAsync(stop);
        command.Parameters[0].Value = Seen ?? "";
        await using var rows = await command.ExecuteReaderAsync(stop);
        var (changes, known, now) = (new List<MapChange>(), Seen is not null, "");
        while (await rows.ReadAsync(stop))
        {
            now = rows.GetString(0);
            if (!rows.IsDBNull(1))
                changes.Add(new(rows.GetString(1),
                    rows.IsDBNull(2) ? null : (rows.GetDouble(2), rows.GetDouble(3), rows.GetDouble(4), rows.GetDouble(5))));
        }
        Seen = now;
        return known && changes.Count <= 2000 ? changes : null;
    }

    private async Task<NpgsqlCommand> AskAsync(CancellationToken stop)
    {
        if (_question is not null)
            return _question;
        _line = await database.OpenPatientlyAsync(stop);
        _question = _line.Command(EmbeddedSql.Of<ChangeLog>("ReadChanges"), "");
        _question.CommandTimeout = 3;
        // A pooler that changes sessions between transactions keeps no statement; who uses one has said so.
        if (new NpgsqlConnectionStringBuilder(_line.ConnectionString).MaxAutoPrepare > 0) await _question.PrepareAsync(stop);
        return _question;
    }

    private async Task HangUpAsync()
    {
        Seen = null;
        if (_question is not null)
            await _question.DisposeAsync();
        if (_line is not null)
            await _line.DisposeAsync();
        (_question, _line) = (null, null);
    }
}
