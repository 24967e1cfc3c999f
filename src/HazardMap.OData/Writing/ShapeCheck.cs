using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace HazardMap.OData;

/// <summary>Shapes that cross themselves are refused, with the place where they do.</summary>
internal static class ShapeCheck
{
    private const string Sql = """
        select d.reason, ST_X(d.location), ST_Y(d.location)
        from ST_IsValidDetail(ST_GeomFromEWKB($1)) d where not d.valid
        """;

    public static async Task Refuse(NpgsqlConnection connection, IEnumerable<KeyValuePair<Property, object?>> values, CancellationToken cancellation)
    {
        foreach (var (property, value) in values)
        {
            if (!property.Type.IsGeography() || value is not byte[] shape) continue;
            await using var command = new NpgsqlCommand(Sql, connection) { Parameters = { new() { Value = shape, NpgsqlDbType = NpgsqlDbType.Bytea } } };
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            if (!await reader.ReadAsync(cancellation)) continue;
            var place = await reader.IsDBNullAsync(1, cancellation)
                ? "" : string.Create(CultureInfo.InvariantCulture, $" at [{reader.GetDouble(1)}, {reader.GetDouble(2)}]");
            throw new ODataRefusalException(422, "InvalidShape", $"{property.Name} is not a sound shape: {reader.GetString(0)}{place}.", property.Name);
        }
    }
}
