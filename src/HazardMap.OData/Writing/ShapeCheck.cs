using Npgsql;
using NpgsqlTypes;

namespace HazardMap.OData;

/// <summary>Shapes that cross themselves or the 180th meridian are refused, with the place where they do.</summary>
internal static class ShapeCheck
{
    // A shape over the 180th meridian would have its centre, its box and its picture at the other side of the globe.
    private const string Sql = """
        with given as (select ST_GeomFromEWKB($1) as shape)
        select d.reason, ST_X(d.location), ST_Y(d.location) from given, ST_IsValidDetail(shape) d where not d.valid
        union all
        (select 'an edge crosses the 180th meridian; cut the shape there into parts (RFC 7946, 3.1.9)', ST_X(ST_StartPoint(e.geom)),
          ST_Y(ST_StartPoint(e.geom))
         from given, ST_DumpSegments(shape) e
         where ST_XMax(shape) - ST_XMin(shape) > 180 and abs(ST_X(ST_EndPoint(e.geom)) - ST_X(ST_StartPoint(e.geom))) > 180 limit 1)
        """;

    public static async Task RefuseAsync(NpgsqlConnection connection,
        IEnumerable<KeyValuePair<Property, object?>> values, CancellationToken stop)
    {
        foreach (var (property, value) in values)
        {
            if (!property.Type.IsGeography() || value is not byte[] shape) continue;
            await using var command =
                new NpgsqlCommand(Sql, connection) { Parameters = { new() { Value = shape, NpgsqlDbType = NpgsqlDbType.Bytea } } };
            await using var reader = await command.ExecuteReaderAsync(stop);
            if (!await reader.ReadAsync(stop)) continue;
            var reason = RefusalText.OfDatabase(reader.GetString(0));
            throw await reader.IsDBNullAsync(1, stop)
                ? new ODataRefusalException(422, "InvalidShape", $"{property.Name} is not a sound shape: {reason}.", property.Name)
                : new ODataRefusalException(422, "InvalidShape",
                    $"{property.Name} is not a sound shape: {reason} at [{reader.GetDouble(1)}, {reader.GetDouble(2)}].", property.Name);
        }
    }
}
