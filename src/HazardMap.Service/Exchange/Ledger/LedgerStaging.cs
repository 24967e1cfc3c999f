using HazardMap.Service.Database;
using NetTopologySuite.Geometries;
using Npgsql;
using NpgsqlTypes;

namespace HazardMap.Service.Exchange.Ledger;

/// <summary>The temporary tables of one ledger import: rows go in by binary COPY and are judged and merged there.</summary>
internal sealed class LedgerStaging(NpgsqlConnection connection, LedgerSet set)
{
    // So many positions are in memory at once; so many rows are merged by one statement, which tells nothing until it is done.
    private const int PageRows = 20_000, MergedRows = 5_000;

    private readonly LedgerSql _sql = new(set);

    /// <summary>Copies all rows in as the file has them.</summary>
    public async Task FillAsync(IEnumerable<LedgerRow> rows, CancellationToken stop)
    {
        await ExecuteAsync(_sql.Stage, stop);
        await using (var copy = await connection.BeginBinaryImportAsync(_sql.Copy, stop))
        {
            var columns = _sql.Copied;
            foreach (var row in rows) await WriteAsync(copy, row, columns, stop);
            await copy.CompleteAsync(stop);
        }
        await ExecuteAsync(_sql.SettleCodes, stop);
        await ExecuteAsync("analyze ledger; " + _sql.Known, stop);
    }

    /// <summary>Puts codes for the names of divisions, where only one has the name; returns them.</summary>
    public async Task<List<(string Name, string Code)>> NameDivisionsAsync(CancellationToken stop)
    {
        await using var command = connection.Command(EmbeddedSql.Of<LedgerStaging>("NameDivisions"));
        command.CommandTimeout = 0;
        await using var rows = await command.ExecuteReaderAsync(stop);
        var named = new List<(string, string)>();
        while (await rows.ReadAsync(stop)) named.Add((rows.GetString(0), rows.GetString(1)));
        return named;
    }

    /// <summary>Which of these rows the register knows.</summary>
    public async Task<HashSet<int>> KnownAsync(IEnumerable<int> numbers, CancellationToken stop)
    {
        await using var command = connection.Command("select number from ledger_known where number = any($1)",
            [numbers.Distinct().ToArray()]);
        await using var rows = await command.ExecuteReaderAsync(stop);
        var known = new HashSet<int>();
        while (await rows.ReadAsync(stop)) known.Add(rows.GetInt32(0));
        return known;
    }

    /// <summary>Empties cells of the column of divisions.</summary>
    public async Task EmptyAsync(IEnumerable<LedgerProblem> cells, CancellationToken stop)
    {
        if (cells.Select(c => c.Number).ToArray() is not { Length: > 0 } numbers) return;
        await using var command = connection.Command("update ledger set division_code = null where number = any($1)", [numbers]);
        await command.ExecuteNonQueryAsync(stop);
    }

    private static async Task WriteAsync(NpgsqlBinaryImporter copy, LedgerRow row,
        IReadOnlyList<LedgerColumn> columns, CancellationToken stop)
    {
        await copy.StartRowAsync(stop);
        await copy.WriteAsync(row.Number, NpgsqlDbType.Integer, stop);
        foreach (var column in columns)
        {
            if (row[column] is { } value) await copy.WriteAsync(value, column.DbType, stop);
            else await copy.WriteNullAsync(stop);
        }
        if (row.CodeWritten is { } written) await copy.WriteAsync(written, NpgsqlDbType.Text, stop);
        else await copy.WriteNullAsync(stop);
        await copy.WriteAsync(row.MustBeKnown, NpgsqlDbType.Boolean, stop);
        if (row.Position is { } position) await copy.WriteAsync(Ewkb.Write(position), NpgsqlDbType.Bytea, stop);
        else await copy.WriteNullAsync(stop);
        await copy.WriteAsync(row.Shape is null, NpgsqlDbType.Boolean, stop);
    }

    /// <summary>The rows with a position, a page at a time and each time anew: a ledger's positions need not fit into memory.</summary>
    public IEnumerable<IReadOnlyList<StagedPosition>> Positions(CancellationToken stop)
    {
        for (var after = int.MinValue; Page(after) is { Count: > 0 } page; after = page[^1].Number)
        {
            stop.ThrowIfCancellationRequested();
            yield return page;
        }
    }

    private List<StagedPosition> Page(int after)
    {
        using var command = connection.Command(EmbeddedSql.Of<LedgerStaging>(set.Placement.Evidence), after, PageRows);
        command.CommandTimeout = 0;
        using var rows = command.ExecuteReader();
        var page = new List<StagedPosition>();
        while (rows.Read())
            page.Add(new(rows.GetInt32(0), Ewkb.Read(rows.GetFieldValue<byte[]>(1)),
                rows.IsDBNull(2) ? null : (rows.GetDouble(2), rows.GetDouble(3)), rows.IsDBNull(4) ? null : rows.GetString(4)));
        return page;
    }

    /// <summary>The boundaries of the divisions that the ledger names, or of those above them.</summary>
    public async Task<Dictionary<string, Geometry>> BoundariesAsync(CancellationToken stop)
    {
        var all = new Dictionary<string, Geometry>(StringComparer.Ordinal);
        if (!set.Placement.LiesInDivision) return all;
        await ExecuteAsync(EmbeddedSql.Of<LedgerStaging>("LedgerDivisions"), stop);
        await using var command = connection.Command(
            "select code, boundary from register.divisions where code in (select code from ledger_divisions)");
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop)) all.Add(rows.GetString(0), rows.GetFieldValue<Geometry>(1));
        return all;
    }

    /// <summary>Takes a page of shapes, now on WGS84.</summary>
    public async Task PlaceAsync(IEnumerable<(int Number, Geometry Shape)> shapes, CancellationToken stop)
    {
        await using var copy = await connection.BeginBinaryImportAsync("copy ledger_shapes from stdin (format binary)", stop);
        foreach (var (number, shape) in shapes)
        {
            await copy.StartRowAsync(stop);
            await copy.WriteAsync(number, NpgsqlDbType.Integer, stop);
            await copy.WriteAsync(Ewkb.Write(shape), NpgsqlDbType.Bytea, stop);
        }
        await copy.CompleteAsync(stop);
    }

    /// <summary>Puts all shapes beside their rows.</summary>
    public Task SettlePlacesAsync(CancellationToken stop) => ExecuteAsync(LedgerSql.Placed, stop);

    /// <summary>What is wrong with rows as part of the register, in the order of the file.</summary>
    public async Task<List<LedgerProblem>> JudgeAsync(double borderMetres, CancellationToken stop)
    {
        var all = new List<LedgerProblem>();
        await JudgeAsync(all, _sql.Mangled, stop);
        await JudgeAsync(all, _sql.Lacking, stop);
        foreach (var judge in set.Placement.Judges.Append("JudgeCodes"))
        {
            var statement = EmbeddedSql.Of<LedgerStaging>(judge);
            if (statement.Contains("$1", StringComparison.Ordinal)) await JudgeAsync(all, statement, stop, borderMetres);
            else await JudgeAsync(all, statement, stop);
        }
        return [.. all.OrderBy(p => p.Number).ThenBy(p => p.Reason, StringComparer.Ordinal)];
    }

    private async Task JudgeAsync(List<LedgerProblem> all, string statement, CancellationToken stop, params object[] values)
    {
        await using var command = connection.Command(statement, values);
        command.CommandTimeout = 0;
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
            all.Add(LedgerProblems.Of(rows.GetInt32(0), rows.GetString(1), set[rows.GetString(2)],
                rows.IsDBNull(3) ? "" : rows.GetString(3)));
    }

    /// <summary>Takes rows out.</summary>
    public async Task RemoveAsync(IEnumerable<int> numbers, CancellationToken stop)
    {
        await using var command = connection.Command("delete from ledger where number = any($1)", [numbers.Distinct().ToArray()]);
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>Decides what becomes of each row.</summary>
    /// <param name="source">What new rows are told to come from.</param>
    /// <param name="sameMetres">Places closer than this are the same.</param>
    /// <param name="stop">Calls it off.</param>
    public async Task DecideAsync(string source, double sameMetres, CancellationToken stop)
    {
        await using (var settings =
            connection.Command("select set_config('hazardmap.source', $1, true), set_config('hazardmap.same_metres', $2, true)",
                source, sameMetres.ToString(System.Globalization.CultureInfo.InvariantCulture)))
            await settings.ExecuteNonQueryAsync(stop);
        if (set.Placement.Prepare is { } prepare) await ExecuteAsync(EmbeddedSql.Of<LedgerStaging>(prepare), stop);
        await ExecuteAsync(_sql.Judge, stop);
    }

    /// <summary>Inserts and updates what was decided; returns the counts per kind.</summary>
    /// <param name="done">Hears up to which row.</param>
    /// <param name="stop">Calls it off.</param>
    public async Task<List<KindCount>> MergeAsync(Action<int> done, CancellationToken stop)
    {
        var last = await LastAsync(stop);
        var step = set.Placement.StandsOnOthers ? last + 1 : MergedRows;
        for (var from = 0; from <= last; from += step)
        {
            foreach (var statement in new[] { _sql.Insert, _sql.Update })
            {
                await using var merge = connection.Command(statement, from, from + step - 1);
                merge.CommandTimeout = 0;
                await merge.ExecuteNonQueryAsync(stop);
            }
            done(Math.Min(from + step - 1, last));
        }
        return await CountsAsync(stop);
    }

    private async Task<int> LastAsync(CancellationToken stop)
    {
        await using var command = connection.Command("select coalesce(max(number), 0) from ledger_outcomes");
        return (int)(await command.ExecuteScalarAsync(stop))!;
    }

    private async Task<List<KindCount>> CountsAsync(CancellationToken stop)
    {
        await using var command = connection.Command(LedgerSql.Outcomes);
        command.CommandTimeout = 0;
        await using var rows = await command.ExecuteReaderAsync(stop);
        var counts = new List<KindCount>();
        while (await rows.ReadAsync(stop))
            counts.Add(new(set.Kind.ToString().ToLowerInvariant(), rows.GetString(0), rows.GetInt32(1),
                rows.GetInt32(2), rows.GetInt32(3)));
        return counts;
    }

    private async Task ExecuteAsync(string sql, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(stop);
    }
}

/// <summary>A staged row's position and what is known about where it should be.</summary>
internal sealed record StagedPosition(int Number, Geometry Raw, (double Longitude, double Latitude)? Known, string? Boundary);
