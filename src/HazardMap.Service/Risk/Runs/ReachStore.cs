using HazardMap.Register;
using HazardMap.Risk;
using HazardMap.Risk.Rules;
using HazardMap.Service.Database;
using Npgsql;
using NpgsqlTypes;

namespace HazardMap.Service.Risk.Runs;

/// <summary>A reach with its own score and level; its shape is bytes already, for a nation's are kept until all are scored.</summary>
internal readonly record struct ScoredReach(Guid Hazard, int Ordinal, byte[] Shape, double? FromMetres, double? ToMetres,
    double Score, RiskLevel Level)
{
    /// <summary>The reaches of a hazard that was scored by them.</summary>
    public static IEnumerable<ScoredReach> Of(RiskHazard hazard, IReadOnlyList<double> scores, RiskRule rule) =>
        hazard.Reaches!.Select((r, i) => new ScoredReach(hazard.Id, r.Ordinal, Ewkb.Write(r.Part), r.FromMetres, r.ToMetres, scores[i],
            rule.LevelOf(scores[i])));
}

/// <summary>Keeps the reaches that the map colours equal to what the rule in use gives.</summary>
internal static class ReachStore
{
    private const int Few = 500;   // beyond it a COPY is quicker than arrays, and the catalogue's churn is worth it

    private const string NewTable = """
        drop table if exists pg_temp.reached;
        create temp table reached (hazard_id uuid, ordinal integer, shape bytea, from_metres double precision,
                                   to_metres double precision, score double precision, level text) on commit drop
        """;

    /// <summary>Writes what differs.</summary>
    /// <param name="connection">In the transaction that writes the scores.</param>
    /// <param name="rule">The rule they were scored by.</param>
    /// <param name="reaches">All reaches of the hazards in question.</param>
    /// <param name="hazards">Those hazards; null: every one.</param>
    /// <param name="stop">Reaches the SQL.</param>
    public static async Task WriteAsync(NpgsqlConnection connection, RiskRule rule, IEnumerable<ScoredReach> reaches,
        Guid[]? hazards, CancellationToken stop)
    {
        // A rule without reaches has left the table empty in its full run.
        if (rule.Distance.ReachMetres is null && hazards is not null) return;
        if (hazards is not null && reaches is IReadOnlyCollection<ScoredReach> { Count: <= Few } few)
        {
            await WriteFewAsync(connection, few, hazards, stop);
            return;
        }
        await connection.ExecuteAsync(NewTable, stop);
        await CopyAsync(connection, reaches, stop);
        await connection.ExecuteAsync(EmbeddedSql.Of(typeof(ReachStore), "WriteReaches"), stop, hazards is null, hazards ?? []);
    }

    private static Task WriteFewAsync(NpgsqlConnection connection, IReadOnlyCollection<ScoredReach> reaches, Guid[] hazards,
        CancellationToken stop)
    {
        T[] Column<T>(Func<ScoredReach, T> value) => [.. reaches.Select(value)];
        return connection.ExecuteAsync(EmbeddedSql.Of(typeof(ReachStore), "WriteFewReaches"), stop, hazards, Column(r => r.Hazard),
            Column(r => r.Ordinal), Column(r => r.Shape), Column(r => r.FromMetres), Column(r => r.ToMetres), Column(r => r.Score),
            Column(r => r.Level.ToString()));
    }

    private static async Task CopyAsync(NpgsqlConnection connection, IEnumerable<ScoredReach> reaches, CancellationToken stop)
    {
        await using var copy = await connection.BeginBinaryImportAsync("copy reached from stdin (format binary)", stop);
        foreach (var reach in reaches)
        {
            await copy.StartRowAsync(stop);
            await copy.WriteAsync(reach.Hazard, NpgsqlDbType.Uuid, stop);
            await copy.WriteAsync(reach.Ordinal, NpgsqlDbType.Integer, stop);
            await copy.WriteAsync(reach.Shape, NpgsqlDbType.Bytea, stop);
            await WriteAsync(copy, reach.FromMetres, stop);
            await WriteAsync(copy, reach.ToMetres, stop);
            await copy.WriteAsync(reach.Score, NpgsqlDbType.Double, stop);
            await copy.WriteAsync(reach.Level.ToString(), NpgsqlDbType.Text, stop);
        }
        await copy.CompleteAsync(stop);
    }

    private static Task WriteAsync(NpgsqlBinaryImporter copy, double? metres, CancellationToken stop) =>
        metres is { } known ? copy.WriteAsync(known, NpgsqlDbType.Double, stop) : copy.WriteNullAsync(stop);
}
