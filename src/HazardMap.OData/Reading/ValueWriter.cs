using System.Globalization;
using System.Text.Json;
using Npgsql;

namespace HazardMap.OData;

/// <summary>Writes one column of the current row as OData JSON.</summary>
internal static class ValueWriter
{
    /// <summary>The column as it is selected: shapes as bytes of WKB, so that no driver plug-in is needed.</summary>
    public static string Select(string column, ODataType type) => type.IsGeography() ? $"ST_AsBinary({column})" : column;

    public static void Write(Utf8JsonWriter json, NpgsqlDataReader row, int ordinal, ODataType type, bool numbersAsText)
    {
        if (row.IsDBNull(ordinal))
        {
            json.WriteNullValue();
            return;
        }
        switch (type)
        {
            case ODataType.Boolean: json.WriteBooleanValue(row.GetBoolean(ordinal)); break;
            case ODataType.Int16: json.WriteNumberValue(row.GetInt16(ordinal)); break;
            case ODataType.Int32: json.WriteNumberValue(row.GetInt32(ordinal)); break;
            case ODataType.Int64 when numbersAsText:
                json.WriteStringValue(row.GetInt64(ordinal).ToString(CultureInfo.InvariantCulture)); break;
            case ODataType.Int64: json.WriteNumberValue(row.GetInt64(ordinal)); break;
            case ODataType.Single: Number(json, row.GetFloat(ordinal)); break;
            case ODataType.Double: Number(json, row.GetDouble(ordinal)); break;
            case ODataType.Decimal when numbersAsText:
                json.WriteStringValue(row.GetDecimal(ordinal).ToString(CultureInfo.InvariantCulture)); break;
            case ODataType.Decimal: json.WriteNumberValue(row.GetDecimal(ordinal)); break;
            case ODataType.String or ODataType.Enum: json.WriteStringValue(row.GetString(ordinal)); break;
            case ODataType.Guid: json.WriteStringValue(row.GetGuid(ordinal)); break;
            case ODataType.Binary:
                json.WriteStringValue(System.Buffers.Text.Base64Url.EncodeToString(row.GetFieldValue<byte[]>(ordinal))); break;
            case ODataType.Date or ODataType.DateTimeOffset or ODataType.TimeOfDay or ODataType.Duration:
                Temporal.Write(json, row, ordinal, type); break;
            default: GeoJsonWriter.Write(json, row.GetFieldValue<byte[]>(ordinal)); break;
        }
    }

    /// <summary>The value of a key or an ETag.</summary>
    public static object? Read(NpgsqlDataReader row, int ordinal, ODataType type)
    {
        if (row.IsDBNull(ordinal)) return null;
        return type switch
        {
            ODataType.Date => row.GetFieldValue<DateOnly>(ordinal),
            ODataType.TimeOfDay => row.GetFieldValue<TimeOnly>(ordinal),
            _ => row.GetValue(ordinal),
        };
    }

    /// <summary>The value a keyset page is built from: of time, the number that the database keeps.</summary>
    public static object? ReadPlace(NpgsqlDataReader row, int ordinal, ODataType type) =>
        row.IsDBNull(ordinal) ? null : Temporal.Raw(row, ordinal, type);

    public static void Number(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value)) json.WriteNumberValue(value);
        else json.WriteStringValue(double.IsNaN(value) ? "NaN" : value > 0 ? "INF" : "-INF");
    }

    private static void Number(Utf8JsonWriter json, float value)
    {
        if (float.IsFinite(value)) json.WriteNumberValue(value);
        else Number(json, (double)value);
    }
}
