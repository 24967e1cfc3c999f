using HazardMap.Service.Database;
using NetTopologySuite.Geometries;
using Npgsql;
using NpgsqlTypes;

namespace HazardMap.Service.Exchange.Ledger;

/// <summary>The temporary tables of one ledger import: rows go in by binary COPY and are judged and merged there.</summary>
internal sealed class LedgerStaging(NpgsqlConnection connection, ImportKind kind)
{
    private static readonly (LedgerColumn Column, NpgsqlDbType Type)[] Copied =
    [
        .. Enum.GetValues<LedgerColumn>().Where(c => c is not (LedgerColumn.Longitude or LedgerColumn.Latitude)).Select(c => (c, c switch
        {
            LedgerColumn.DepthMetres => NpgsqlDbType.Double,
            >= LedgerColumn.HasSign and <= LedgerColumn.HasCamera or LedgerColumn.CountsEstimated or LedgerColumn.IsSynthetic => NpgsqlDbType.Boolean,
            >= LedgerColumn.Capacity and <= LedgerColumn.Aged60Plus or >= LedgerColumn.Population => NpgsqlDbType.Integer,
            _ => NpgsqlDbType.Text,
        })),
    ];

    private const string CopyRows = """
        copy ledger (number, code, name, kind, division_code, depth_metres, flow, bank, access, has_sign, has_ring, has_rope, has_pole, has_camera, owner_unit, status, is_synthetic,
                     capacity, under5, aged_5_to_14, aged_60_plus, counts_estimated, level, parent_code, population, children, elders, raw, from_columns) from stdin (format binary)
        """;

    /// <summary>Copies all rows in as the file has them.</summary>
    public async Task FillAsync(IEnumerable<LedgerRow> rows, CancellationToken stop)
    {
        await ExecuteAsync(EmbeddedSql.Of<LedgerStaging>("Stage"), stop);
        await using (var copy = await connection.BeginBinaryImportAsync(CopyRows, stop))
        {
            foreach (var row in rows) await WriteAsync(copy, row, stop);
            await copy.CompleteAsync(stop);
        }
        await ExecuteAsync($"analyze ledger; create temp table ledger_known on commit drop as {Known()}", stop);
    }

    private string Known() => kind switch
    {
        ImportKind.Hazards => "select l.number, h.location::geometry as location, geometrytype(h.shape) = 'POINT' as is_point from ledger l join register.hazards h using (code)",
        ImportKind.Facilities => "select l.number, f.location::geometry as location, true as is_point from ledger l join register.facilities f using (code)",
        // An area is compared with the area that is known, a point with the centre.
        _ => """
            select l.number, case when st_dimension(st_geomfromewkb(l.raw)) = 2 then st_centroid(d.boundary::geometry) else d.centre::geometry end as location,
                   true as is_point
            from ledger l join register.divisions d using (code)
            """,
    };

    private static async Task WriteAsync(NpgsqlBinaryImporter copy, LedgerRow row, CancellationToken stop)
    {
        await copy.StartRowAsync(stop);
        await copy.WriteAsync(row.Number, NpgsqlDbType.Integer, stop);
        foreach (var (column, type) in Copied)
        {
            if (row[column] is { } value) await copy.WriteAsync(value, type, stop);
            else await copy.WriteNullAsync(stop);
        }
        if (row.Position is { } position) await copy.WriteAsync(Ewkb.Write(position), NpgsqlDbType.Bytea, stop);
        else await copy.WriteNullAsync(stop);
        await copy.WriteAsync(row.Shape is null, NpgsqlDbType.Boolean, stop);
    }

    /// <summary>Each row with a position: its number, the position in the file's coordinates, its known place, the code of its boundary.</summary>
    public async Task<List<StagedPosition>> PositionsAsync(CancellationToken stop)
    {
        await using var command = connection.Command(EmbeddedSql.Of<LedgerStaging>("Evidence"));
        await using var rows = await command.ExecuteReaderAsync(stop);
        var all = new List<StagedPosition>();
        while (await rows.ReadAsync(stop))
            all.Add(new(rows.GetInt32(0), Ewkb.Read(rows.GetFieldValue<byte[]>(1)), rows.IsDBNull(2) ? null : (rows.GetDouble(2), rows.GetDouble(3)), rows.IsDBNull(4) ? null : rows.GetString(4)));
        return all;
    }

    /// <summary>The boundaries of divisions.</summary>
    public async Task<Dictionary<string, Geometry>> BoundariesAsync(IEnumerable<string> codes, CancellationToken stop)
    {
        await using var command = connection.Command("select code, boundary from register.divisions where code = any($1)", [codes.ToArray()]);
        await using var rows = await command.ExecuteReaderAsync(stop);
        var all = new Dictionary<string, Geometry>(StringComparer.Ordinal);
        while (await rows.ReadAsync(stop)) all.Add(rows.GetString(0), rows.GetFieldValue<Geometry>(1));
        return all;
    }

    /// <summary>Puts the shapes, now on WGS84, beside their rows, and each row's boundary.</summary>
    public async Task PlaceAsync(IEnumerable<(int Number, Geometry Shape)> shapes, IReadOnlyList<StagedPosition> positions, CancellationToken stop)
    {
        await using (var copy = await connection.BeginBinaryImportAsync("copy ledger_shapes from stdin (format binary)", stop))
        {
            foreach (var (number, shape) in shapes)
            {
                await copy.StartRowAsync(stop);
                await copy.WriteAsync(number, NpgsqlDbType.Integer, stop);
                await copy.WriteAsync(Ewkb.Write(shape), NpgsqlDbType.Bytea, stop);
            }
            await copy.CompleteAsync(stop);
        }
        await ExecuteAsync("""
            update ledger l set shape = st_geomfromewkb(s.shape) from ledger_shapes s where s.number = l.number;
            create temp table ledger_boundaries (number integer, code text) on commit drop
            """, stop);
        await using var boundaries = await connection.BeginBinaryImportAsync("copy ledger_boundaries from stdin (format binary)", stop);
        foreach (var position in positions.Where(p => p.Boundary is not null))
        {
            await boundaries.StartRowAsync(stop);
            await boundaries.WriteAsync(position.Number, NpgsqlDbType.Integer, stop);
            await boundaries.WriteAsync(position.Boundary!, NpgsqlDbType.Text, stop);
        }
        await boundaries.CompleteAsync(stop);
    }

    /// <summary>What is wrong with rows as part of the register.</summary>
    public async Task<List<LedgerProblem>> JudgeAsync(double borderMetres, CancellationToken stop)
    {
        await using var command = connection.Command(EmbeddedSql.Of<LedgerStaging>("Judge"), kind.ToString(), borderMetres);
        await using var rows = await command.ExecuteReaderAsync(stop);
        var all = new List<LedgerProblem>();
        while (await rows.ReadAsync(stop))
            all.Add(LedgerProblems.Of(rows.GetInt32(0), rows.GetString(1), Enum.Parse<LedgerColumn>(rows.GetString(2)), rows.IsDBNull(3) ? "" : rows.GetString(3)));
        return all;
    }

    /// <summary>Takes rows out.</summary>
    public async Task RemoveAsync(IEnumerable<int> numbers, CancellationToken stop)
    {
        await using var command = connection.Command("delete from ledger where number = any($1)", [numbers.Distinct().ToArray()]);
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>Inserts and updates; returns the counts per kind.</summary>
    public async Task<List<KindCount>> MergeAsync(string source, double sameMetres, CancellationToken stop)
    {
        await using (var settings = connection.Command("select set_config('hazardmap.source', $1, true), set_config('hazardmap.same_metres', $2, true)",
            source, sameMetres.ToString(System.Globalization.CultureInfo.InvariantCulture)))
            await settings.ExecuteNonQueryAsync(stop);
        await ExecuteAsync(EmbeddedSql.Of<LedgerStaging>($"Merge{kind}"), stop);
        await using var command = connection.Command(EmbeddedSql.Of<LedgerStaging>("Outcomes"), kind.ToString());
        await using var rows = await command.ExecuteReaderAsync(stop);
        var counts = new List<KindCount>();
        while (await rows.ReadAsync(stop))
            counts.Add(new(kind.ToString().ToLowerInvariant(), rows.GetString(0), rows.GetInt32(1), rows.GetInt32(2), rows.GetInt32(3)));
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
