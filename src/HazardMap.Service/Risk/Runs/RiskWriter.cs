using HazardMap.Service.Database;
using Npgsql;
using NpgsqlTypes;

namespace HazardMap.Service.Risk.Runs;

/// <summary>Why scores are written: what the history of levels and the listeners are told.</summary>
/// <param name="Word">The word that stands in the history.</param>
/// <param name="Run">The run, when it is one.</param>
internal sealed record RiskCause(LevelChangeCause Word, Guid? Run = null)
{
    /// <summary>Somebody changed a water or its neighbours, in the same transaction.</summary>
    public static readonly RiskCause Edit = new(LevelChangeCause.Edit);

    /// <summary>A file was read in.</summary>
    public static readonly RiskCause Import = new(LevelChangeCause.Import);

    /// <summary>A change that came past the service was caught up with.</summary>
    public static readonly RiskCause Queue = new(LevelChangeCause.Queue);

    /// <summary>Everything was scored again.</summary>
    public static RiskCause Full(Guid run) => new(LevelChangeCause.Run, run);
}

/// <summary>Writes new scores and, where the level is another, its history.</summary>
internal static class RiskWriter
{
    private const int Few = 1000;       // beyond it a COPY is quicker than arrays, and the catalogue's churn is worth it
    private const int AtOnce = 100_000; // beyond it neither the server's hash tables nor the triggers' stay in memory

    /// <summary>Writes an edit's new scores.</summary>
    /// <returns>How many scores and how many levels changed.</returns>
    public static Task<(int Scores, int Levels)> WriteAsync(NpgsqlConnection connection, string rule,
        IReadOnlyCollection<ScoreChange> changes, RiskCause cause, CancellationToken stop) =>
            WriteAsync(connection, rule, changes, changes.Count, cause, _ => { }, stop);

    /// <summary>Writes a run's new scores, in the order of their keys; <paramref name="written"/> hears how many are.</summary>
    /// <returns>How many scores and how many levels changed.</returns>
    public static async Task<(int Scores, int Levels)> WriteAsync(
        NpgsqlConnection connection, string rule, IEnumerable<ScoreChange> changes, int count, RiskCause cause,
        Action<int> written, CancellationToken stop)
    {
        var (scores, levels) = (0, 0);
        if (count > Few) await CreateTableAsync(connection, stop);
        foreach (var some in changes.Chunk(AtOnce))
        {
            scores += await (count > Few ? WriteManyAsync(connection, rule, some, stop) : WriteFewAsync(connection, rule, some, stop));
            written(scores);
        }
        // A new register's first grades are no changes of level: a full run's own counts tell them.
        var isFull = cause.Word is LevelChangeCause.Run or LevelChangeCause.Import;
        foreach (var some in changes.Where(c => c.StoredLevel != c.Level && !(isFull && c.StoredLevel is null)).Chunk(AtOnce))
        {
            await WriteLevelsAsync(connection, rule, some, cause, stop);
            levels += some.Length;
        }
        return (scores, levels);
    }

    private static Task<int> WriteFewAsync(NpgsqlConnection connection, string rule, ScoreChange[] changes, CancellationToken stop) =>
        connection.ExecuteAsync(EmbeddedSql.Of(typeof(RiskWriter), "WriteFewScores"), stop, rule,
            Column(changes, c => c.Hazard), Column(changes, c => c.Score), Column(changes, c => c.Level.ToString()),
            Column(changes, c => c.Trips?.Visits), Column(changes, c => c.Trips?.Deadliness),
            Column(changes, c => c.Trips?.Class.ToString()), Column(changes, c => c.Trips?.RiskLow),
            Column(changes, c => c.Trips?.RiskHigh), Column(changes, c => c.Trips?.LevelHeld),
            changes.SelectMany(c => c.Trips?.ByPresence ?? []).ToArray());

    private static Task CreateTableAsync(NpgsqlConnection connection, CancellationToken stop) => connection.ExecuteAsync("""
        drop table if exists pg_temp.rescored;
        create temp table rescored (
          hazard_id uuid, score double precision, level text, visits double precision, deadliness_ratio double precision, deadliness text,
          risk_low double precision, risk_high double precision, level_held double precision, trips real[]) on commit drop
        """, stop);

    private static async Task<int> WriteManyAsync(NpgsqlConnection connection, string rule, ScoreChange[] changes, CancellationToken stop)
    {
        await connection.ExecuteAsync("truncate pg_temp.rescored", stop);
        await using (var copy = await connection.BeginBinaryImportAsync("copy rescored from stdin (format binary)", stop))
        {
            foreach (var change in changes)
            {
                await copy.StartRowAsync(stop);
                await copy.WriteAsync(change.Hazard, NpgsqlDbType.Uuid, stop);
                await copy.WriteAsync(change.Score, NpgsqlDbType.Double, stop);
                await copy.WriteAsync(change.Level.ToString(), NpgsqlDbType.Text, stop);
                await WriteAsync(copy, change.Trips, stop);
            }
            await copy.CompleteAsync(stop);
        }
        await using var update = connection.Command(EmbeddedSql.Of(typeof(RiskWriter), "WriteScores"), rule,
            changes[0].Hazard, changes[^1].Hazard);
        update.CommandTimeout = 0;   // a nation takes minutes; whoever waits can call it off
        return await update.ExecuteNonQueryAsync(stop);
    }

    private static async Task WriteAsync(NpgsqlBinaryImporter copy, TripColumns? trips, CancellationToken stop)
    {
        if (trips is null)
        {
            for (var i = 0; i < 7; i++) await copy.WriteNullAsync(stop);
            return;
        }
        await copy.WriteAsync(trips.Visits, NpgsqlDbType.Double, stop);
        await copy.WriteAsync(trips.Deadliness, NpgsqlDbType.Double, stop);
        await copy.WriteAsync(trips.Class.ToString(), NpgsqlDbType.Text, stop);
        await copy.WriteAsync(trips.RiskLow, NpgsqlDbType.Double, stop);
        await copy.WriteAsync(trips.RiskHigh, NpgsqlDbType.Double, stop);
        await copy.WriteAsync(trips.LevelHeld, NpgsqlDbType.Double, stop);
        await copy.WriteAsync(trips.ByPresence, NpgsqlDbType.Array | NpgsqlDbType.Real, stop);
    }

    private static Task WriteLevelsAsync(NpgsqlConnection connection, string rule, ScoreChange[] changes, RiskCause cause,
        CancellationToken stop) =>
            connection.ExecuteAsync(EmbeddedSql.Of(typeof(RiskWriter), "WriteLevelChanges"), stop, rule, cause.Word.ToString(), cause.Run,
                Column(changes, c => c.Hazard), Column(changes, c => c.StoredLevel?.ToString()), Column(changes, c => c.Level.ToString()),
                Column(changes, c => c.StoredScore), Column(changes, c => c.Score));

    private static T[] Column<T>(ScoreChange[] changes, Converter<ScoreChange, T> value) => Array.ConvertAll(changes, value);
}
