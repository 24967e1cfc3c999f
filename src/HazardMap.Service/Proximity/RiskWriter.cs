using HazardMap.Service.Database;
using Npgsql;
using NpgsqlTypes;

namespace HazardMap.Service.Proximity;

/// <summary>Why scores are written: what the history of levels and the listeners are told.</summary>
/// <param name="Word">Edit, Import, Run or Queue.</param>
/// <param name="Run">The run, when it is one.</param>
internal sealed record RiskCause(string Word, Guid? Run = null)
{
    /// <summary>Somebody changed a water or its neighbours, in the same transaction.</summary>
    public static readonly RiskCause Edit = new("Edit");

    /// <summary>A file was read in.</summary>
    public static readonly RiskCause Import = new("Import");

    /// <summary>A change that came past the service was caught up with.</summary>
    public static readonly RiskCause Queue = new("Queue");

    /// <summary>Everything was scored again.</summary>
    public static RiskCause Full(Guid run) => new("Run", run);
}

/// <summary>Writes new scores and, where the level is another, its history.</summary>
internal static class RiskWriter
{
    private const int Few = 1000;   // beyond it a COPY is quicker than arrays, and the catalogue's churn is worth it

    /// <returns>How many scores and how many levels changed.</returns>
    public static async Task<(int Scores, int Levels)> WriteAsync(NpgsqlConnection connection, string rule, IReadOnlyList<ScoreChange> changes, RiskCause cause, CancellationToken stop)
    {
        if (changes.Count == 0) return (0, 0);
        var scores = await (changes.Count <= Few ? WriteFewAsync(connection, rule, changes, stop) : WriteManyAsync(connection, rule, changes, stop));
        // A new register's first grades are no changes of level: a full run's own counts tell them.
        var isFull = cause.Word is "Run" or "Import";
        List<ScoreChange> levels = [.. changes.Where(c => c.StoredLevel != c.Level && !(isFull && c.StoredLevel is null))];
        for (var i = 0; i < levels.Count; i += 100_000)
            await WriteLevelsAsync(connection, rule, levels.GetRange(i, Math.Min(100_000, levels.Count - i)), cause, stop);
        return (scores, levels.Count);
    }

    private static async Task<int> WriteFewAsync(NpgsqlConnection connection, string rule, IReadOnlyList<ScoreChange> changes, CancellationToken stop)
    {
        await using var update = connection.Command(EmbeddedSql.Of(typeof(RiskWriter), "WriteFewScores"), rule,
            Column(changes, c => c.Hazard), Column(changes, c => c.Score), Column(changes, c => c.Level.ToString()));
        return await update.ExecuteNonQueryAsync(stop);
    }

    private static async Task<int> WriteManyAsync(NpgsqlConnection connection, string rule, IReadOnlyList<ScoreChange> changes, CancellationToken stop)
    {
        await using (var create = connection.Command("drop table if exists pg_temp.rescored; create temp table rescored (hazard_id uuid, score double precision, level text) on commit drop"))
            await create.ExecuteNonQueryAsync(stop);
        await using (var copy = await connection.BeginBinaryImportAsync("copy rescored from stdin (format binary)", stop))
        {
            foreach (var change in changes)
            {
                await copy.StartRowAsync(stop);
                await copy.WriteAsync(change.Hazard, NpgsqlDbType.Uuid, stop);
                await copy.WriteAsync(change.Score, NpgsqlDbType.Double, stop);
                await copy.WriteAsync(change.Level.ToString(), NpgsqlDbType.Text, stop);
            }
            await copy.CompleteAsync(stop);
        }
        await using var update = connection.Command(EmbeddedSql.Of(typeof(RiskWriter), "WriteScores"), rule);
        update.CommandTimeout = 0;   // a nation takes minutes; whoever waits can call it off
        return await update.ExecuteNonQueryAsync(stop);
    }

    private static async Task WriteLevelsAsync(NpgsqlConnection connection, string rule, List<ScoreChange> changes, RiskCause cause, CancellationToken stop)
    {
        await using var insert = connection.Command(EmbeddedSql.Of(typeof(RiskWriter), "WriteLevelChanges"), rule, cause.Word, cause.Run,
            Column(changes, c => c.Hazard), Column(changes, c => c.StoredLevel?.ToString()), Column(changes, c => c.Level.ToString()),
            Column(changes, c => c.StoredScore), Column(changes, c => c.Score));
        await insert.ExecuteNonQueryAsync(stop);
    }

    private static T[] Column<T>(IReadOnlyList<ScoreChange> changes, Func<ScoreChange, T> value)
    {
        var column = new T[changes.Count];
        for (var i = 0; i < column.Length; i++) column[i] = value(changes[i]);
        return column;
    }
}
