using System.Globalization;
using System.Text;
using System.Text.Json;
using HazardMap.Geodesy;
using HazardMap.OData;
using HazardMap.Service.Database;
using HazardMap.Service.Exchange.Ledger;
using NetTopologySuite.Geometries;
using Npgsql;

namespace HazardMap.Service.Exchange;

/// <summary>
/// Writes a set of the register as csv or GeoJSON, with the headers that an import reads: what was exported imports
/// unchanged. Sample data says so in a column; in csv the shape of a line or an area stands in the last one.
/// </summary>
internal sealed class FileExport(NpgsqlDataSource database)
{
    /// <summary>Writes <paramref name="set"/> to <paramref name="path"/>, whole or not at all; returns the number of rows.</summary>
    public async Task<int> RunAsync(ImportKind set, string path, CancellationToken stop)
    {
        var format = FileFormats.Of(Path.GetFileName(path));
        if (set == ImportKind.Osm || format == FileFormat.OsmExtract)
            throw new RefusalException("FormatNotYet", "Export hazards, facilities, settlements or divisions, as .csv or .geojson.",
                "可导出 hazards、facilities、settlements 或 divisions，格式为 .csv 或 .geojson。", Path.GetFileName(path));
        var draft = path + ".part";
        try
        {
            var rows = await WriteAsync(set, format, draft, stop);
            File.Move(draft, path, overwrite: true);
            return rows;
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private async Task<int> WriteAsync(ImportKind set, FileFormat format, string path, CancellationToken stop)
    {
        await using var connection = await database.OpenPatientlyAsync(stop);
        await using var command = connection.Command(new LedgerSql(LedgerSet.Of(set)).Export(isText: format == FileFormat.Csv));
        command.CommandTimeout = 0;
        await using var rows = await command.ExecuteReaderAsync(stop);
        await using var file = File.Create(path);
        return format == FileFormat.Csv ? await CsvAsync(rows, file, stop) : await GeoJsonAsync(set, rows, file, stop);
    }

    // The first column of every set is its shape, the others are named as headers.
    private static async Task<int> CsvAsync(NpgsqlDataReader rows, Stream file, CancellationToken stop)
    {
        await using var text = new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));   // Excel asks for the mark
        await text.WriteLineAsync(string.Join(',', Enumerable.Range(1, rows.FieldCount - 1).Select(rows.GetName)));
        var count = 0;
        for (; await rows.ReadAsync(stop); count++)
            await text.WriteLineAsync(string.Join(',',
                Enumerable.Range(1, rows.FieldCount - 1).Select(i => CsvCell.Write(rows.GetValue(i)))));
        return count;
    }

    private static async Task<int> GeoJsonAsync(ImportKind set, NpgsqlDataReader rows, Stream file, CancellationToken stop)
    {
        await using var json = new Utf8JsonWriter(file,
            new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("type", "FeatureCollection");
        json.WriteStartArray("features");
        var count = 0;
        for (; await rows.ReadAsync(stop); count++)
        {
            WriteFeature(json, set, rows);
            if (json.BytesPending > 1 << 16) await json.FlushAsync(stop);
        }
        json.WriteEndArray();
        json.WriteEndObject();
        return count;
    }

    // A point's position is its geometry; the seat of a division is not told by its boundary.
    private static void WriteFeature(Utf8JsonWriter json, ImportKind set, NpgsqlDataReader row)
    {
        var shape = row.IsDBNull(0) ? null : row.GetFieldValue<Geometry>(0);
        var hasSeat = set == ImportKind.Divisions && shape is not (null or Point);
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WriteStartObject("properties");
        for (var i = 1; i < row.FieldCount; i++)
            if (hasSeat || row.GetName(i) is not ("Longitude" or "Latitude")) WriteProperty(json, row.GetName(i), row.GetValue(i));
        json.WriteEndObject();
        json.WritePropertyName("geometry");
        if (shape is null) json.WriteNullValue();
        else GeoJson.Write(json, shape);
        json.WriteEndObject();
    }

    private static void WriteProperty(Utf8JsonWriter json, string name, object value)
    {
        switch (value)
        {
            case DBNull: json.WriteNull(name); break;
            case bool flag: json.WriteBoolean(name, flag); break;
            case int whole: json.WriteNumber(name, whole); break;
            case double number: json.WriteNumber(name, number); break;
            case DateOnly or DateTime: json.WriteString(name, CsvCell.Day(value)); break;
            default: json.WriteString(name, Convert.ToString(value, CultureInfo.InvariantCulture)); break;
        }
    }
}
