using System.Collections;
using HazardMap.Risk.Trips;
using HazardMap.Service.Database;
using Npgsql;
using NpgsqlTypes;

namespace HazardMap.Service.Risk.Trips;

/// <summary>A place of children that changed.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Key">Its key.</param>
/// <param name="Was">Where it was; null: it is new.</param>
/// <param name="Is">Where it is; null: it is gone.</param>
/// <param name="NeedsPull">What is pulled there must be found anew.</param>
internal readonly record struct OriginChange(TripOriginKind Kind, Guid Key, (double Longitude, double Latitude)? Was,
    (double Longitude, double Latitude)? Is, bool NeedsPull);

/// <summary>Places that children set out from, with what is pulled there, as the register keeps them.</summary>
internal sealed record StoredOrigins(TripOrigin[] Origins, TripPull[] Pulls);

/// <summary><c>register.risk_origins</c>.</summary>
internal static class OriginStore
{
    private const string Columns = "kind, key, longitude, latitude, spread_metres, is_town, children, pulls";

    private static readonly string Stored = $"select kind, key, longitude, latitude, spread_metres, is_town, "
        + string.Join(", ", Enumerable.Range(1, Presences.Count).Select(i => $"children[{i}]"))
        + ", pulls[1], pulls[2], pulls[3], pulls[4] from register.risk_origins";

    private const string NewTable = """
        drop table if exists pg_temp.origined;
        create temp table origined (kind text, key uuid, longitude double precision, latitude double precision,
          spread_metres double precision, is_town boolean, children double precision[], pulls bigint[]) on commit drop
        """;

    /// <summary>How many there are, about.</summary>
    public static Task<long> CountAsync(NpgsqlConnection connection, CancellationToken stop) => connection.ScalarAsync<long>(
        "select count(*) from (select from register.risk_origins limit 100001) o", stop);

    /// <summary>Those within a circle.</summary>
    public static Task<StoredOrigins> NearAsync(NpgsqlConnection connection, Circle circle, CancellationToken stop) =>
        ReadAsync(connection, $"""
            select {Columns} from register.risk_origins
            where st_dwithin(location, st_setsrid(st_point($1, $2), 4326)::geography, $3)
            """, stop, circle.Longitude, circle.Latitude, circle.Metres);

    /// <summary>Those within metres of some waters, or of a circle.</summary>
    public static Task<StoredOrigins> NearAsync(NpgsqlConnection connection, Circle circle, Guid[] waters, double metres,
        CancellationToken stop) =>
        waters.Length == 0 ? NearAsync(connection, circle, stop) : ReadAsync(connection, $"""
            select {Columns} from register.risk_origins
            where st_dwithin(location, st_setsrid(st_point($1, $2), 4326)::geography, $3)
            union
            select {string.Join(", ", Columns.Split(", ").Select(c => "o." + c))}
            from register.hazards h join register.risk_origins o on st_dwithin(o.location, h.shape, $5)
            where h.id = any ($4)
            """, stop, circle.Longitude, circle.Latitude, circle.Metres, waters, metres);

    /// <summary>Compares new places with the stored ones.</summary>
    public static async Task<List<OriginChange>> CompareAsync(NpgsqlConnection connection, TripOrigin[] origins, CancellationToken stop)
    {
        await CopyAsync(connection, origins, default, stop);
        return await connection.RowsAsync(EmbeddedSql.Of(typeof(OriginStore), "OriginChanges"), row => new OriginChange(
            row.Word<TripOriginKind>(0), row.GetGuid(1), row.IsDBNull(2) ? null : (row.GetDouble(2), row.GetDouble(3)),
            row.IsDBNull(4) ? null : (row.GetDouble(4), row.GetDouble(5)), row.GetBoolean(6)), stop);
    }

    /// <summary>Writes what <see cref="CompareAsync"/> compared.</summary>
    public static Task WriteComparedAsync(NpgsqlConnection connection, CancellationToken stop) => WriteAsync(connection, false, stop);

    /// <summary>Writes all places with what is pulled there.</summary>
    /// <remarks>They are compared here, while the stored ones stream past: mostly few of them, or none, are to be written.</remarks>
    public static async Task WriteAsync(NpgsqlConnection connection, ReadOnlyMemory<TripOrigin> origins, ReadOnlyMemory<TripPull> pulls,
        CancellationToken stop)
    {
        var (changed, gone) = (new BitArray(origins.Length, true), new List<(TripOriginKind Kind, Guid Key)>());
        var index = new OriginIndex(origins);
        await foreach (var block in CopyBlocks.ReadAsync(connection, Stored, stop))
            for (var row = block.Read(); row.MoveNext();)
            {
                var (kind, key) = (row.Word<TripOriginKind>(), row.Guid());
                var i = index.Of(kind, key);
                var isStored = IsStored(ref row, i < 0 ? default : origins.Span[i], i < 0 ? default : pulls.Span[i]);
                if (i < 0) gone.Add((kind, key));
                else changed[i] = !isStored;
            }
        if (gone.Count > 0)
            await connection.ExecuteAsync("""
                delete from register.risk_origins o
                using unnest($1::text[], $2::uuid[]) g (kind, key) where (o.kind, o.key) = (g.kind, g.key)
                """, stop, gone.ConvertAll(g => g.Kind.ToString()).ToArray(), gone.ConvertAll(g => g.Key).ToArray());
        if (!changed.HasAnySet()) return;
        await CopyAsync(connection, origins, pulls, stop, changed);
        await WriteAsync(connection, true, stop);
    }

    // Of the row that stands behind its key.
    private static bool IsStored(ref CopiedRow row, in TripOrigin origin, in TripPull pull)
    {
        var isSame = row.Double() == origin.Longitude & row.Double() == origin.Latitude & row.Double() == origin.SpreadMetres
            & row.Boolean() == origin.IsTown;
        foreach (var presence in Presences.All) isSame &= row.Double() == origin[presence];
        var (a, b, c, d) = pull.Whole;
        return isSame & row.Int64() == a & row.Int64() == b & row.Int64() == c & row.Int64() == d;
    }

    /// <summary>Writes what is pulled at some places.</summary>
    public static async Task WritePullsAsync(NpgsqlConnection connection, TripOrigin[] origins, TripPull[] pulls, CancellationToken stop)
    {
        if (origins.Length == 0) return;
        var whole = pulls.Select(p => p.Whole).ToArray();
        await connection.ExecuteAsync("""
            update register.risk_origins o set pulls = array[n.a, n.b, n.c, n.d]
            from unnest($1::text[], $2::uuid[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[]) n (kind, key, a, b, c, d)
            where (o.kind, o.key) = (n.kind, n.key) and o.pulls <> array[n.a, n.b, n.c, n.d]
            """, stop, Array.ConvertAll(origins, o => o.Kind.ToString()), Array.ConvertAll(origins, o => o.Key),
            Array.ConvertAll(whole, w => w.Sum1To4), Array.ConvertAll(whole, w => w.Slope1To4), Array.ConvertAll(whole, w => w.Sum5To14),
            Array.ConvertAll(whole, w => w.Slope5To14));
    }

    // Without pulls all places were copied, and those that were not are gone.
    private static async Task WriteAsync(NpgsqlConnection connection, bool withPulls, CancellationToken stop)
    {
        await using var write = connection.Command(EmbeddedSql.Of(typeof(OriginStore), "WriteOrigins"), withPulls);
        write.CommandTimeout = 0;   // a nation has millions; whoever waits can call it off
        await write.ExecuteNonQueryAsync(stop);
    }

    private static async Task CopyAsync(NpgsqlConnection connection, ReadOnlyMemory<TripOrigin> origins, ReadOnlyMemory<TripPull> pulls,
        CancellationToken stop, BitArray? some = null)
    {
        await connection.ExecuteAsync(NewTable, stop);
        await using (var copy = await connection.BeginBinaryImportAsync($"copy origined ({Columns}) from stdin (format binary)", stop))
        {
            for (var i = 0; i < origins.Length; i++)
            {
                if (some is not null && !some[i]) continue;
                var origin = origins.Span[i];
                await copy.StartRowAsync(stop);
                await copy.WriteAsync(origin.Kind.ToString(), NpgsqlDbType.Text, stop);
                await copy.WriteAsync(origin.Key, NpgsqlDbType.Uuid, stop);
                await copy.WriteAsync(origin.Longitude, NpgsqlDbType.Double, stop);
                await copy.WriteAsync(origin.Latitude, NpgsqlDbType.Double, stop);
                await copy.WriteAsync(origin.SpreadMetres, NpgsqlDbType.Double, stop);
                await copy.WriteAsync(origin.IsTown, NpgsqlDbType.Boolean, stop);
                await copy.WriteAsync(origin.Children.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Double, stop);
                if (pulls.Length == 0) await copy.WriteNullAsync(stop);
                else
                {
                    var (a, b, c, d) = pulls.Span[i].Whole;
                    await copy.WriteAsync(new[] { a, b, c, d }, NpgsqlDbType.Array | NpgsqlDbType.Bigint, stop);
                }
            }
            await copy.CompleteAsync(stop);
        }
        await connection.ExecuteAsync("analyze pg_temp.origined", stop);
    }

    private static async Task<StoredOrigins> ReadAsync(NpgsqlConnection connection, string sql, CancellationToken stop,
        params object?[] values)
    {
        var rows = await connection.RowsAsync(sql, row =>
        {
            var origin = new TripOrigin(row.GetGuid(1), row.Word<TripOriginKind>(0), row.GetDouble(2), row.GetDouble(3), row.GetDouble(4),
                row.GetBoolean(5));
            var children = row.GetFieldValue<double[]>(6);
            foreach (var presence in Presences.All)
                if (presence.IsOfHome() == origin.IsHome) origin[presence] = children[(int)presence];
            var pulls = row.GetFieldValue<long[]>(7);
            return (Origin: origin, Pull: new TripPull(pulls[0], pulls[1], pulls[2], pulls[3]));
        }, stop, values);
        return new StoredOrigins([.. rows.Select(r => r.Origin)], [.. rows.Select(r => r.Pull)]);
    }
}
