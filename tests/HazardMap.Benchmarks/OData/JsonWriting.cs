using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Benchmarks;

/// <summary>
/// 350 kB of JSON of the same waters: the library's writer, straight from the driver's rows, beside System.Text.Json (source
/// generated, reflection-free) on objects. By processor time of this process, so that waiting for the database counts for nobody.
/// </summary>
internal static class JsonWriting
{
    private const int Rows = 330;
    private const int Repeats = 300;

    public static async Task MeasureAsync(ODataWorld world, List<Measurement> rows, List<string> notes, CancellationToken stop)
    {
        await using var connection = await world.Register.OpenConnectionAsync(stop);
        var (statement, writer) = LibraryInside.Writer(world.Register, "Hazards", FormattableString.Invariant($"$top={Rows}"));
        var buffer = new ArrayBufferWriter<byte>(1 << 20);
        using var json = new Utf8JsonWriter(buffer,
            new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

        var reading = await BestAsync(() => EachAsync(connection, statement, WaterJson.Touch, stop));
        var ours = await BestAsync(() => OursAsync(connection, statement, writer, json, buffer, stop));
        var bytes = buffer.WrittenCount;
        List<WaterJson> objects = [];
        var making = await BestAsync(async () =>
        {
            objects.Clear();
            await EachAsync(connection, statement, row => objects.Add(WaterJson.Of(row)), stop);
        });
        var theirs = await BestAsync(() =>
        {
            buffer.ResetWrittenCount();
            json.Reset();
            JsonSerializer.Serialize(json, objects, WaterJsonContext.Default.ListWaterJson);
            return Task.CompletedTask;
        });
        const string peer = "System.Text.Json, source generated";
        rows.Add(new("350 kB of JSON: writing alone (rows to JSON less the reading of rows), processor time", (ours - reading) * 1000, "ms",
            peer + ", objects that are there", theirs * 1000));
        rows.Add(new("350 kB of JSON: from the database's rows to JSON, processor time", ours * 1000, "ms",
            peer + ", objects made of the rows", (making + theirs) * 1000));
        notes.Add(string.Create(CultureInfo.InvariantCulture, $"350 kB of JSON: {Rows} waters, all properties; ours {bytes / 1000.0:0} kB, "
            + $"System.Text.Json {buffer.WrittenCount / 1000.0:0} kB; reading the rows alone {reading * 1000:0.00} ms"));
    }

    private static async Task OursAsync(NpgsqlConnection connection, Statement statement, Action<Utf8JsonWriter, NpgsqlDataReader> write,
        Utf8JsonWriter json, ArrayBufferWriter<byte> buffer, CancellationToken stop)
    {
        buffer.ResetWrittenCount();
        json.Reset();
        json.WriteStartArray();
        await EachAsync(connection, statement, row =>
        {
            json.WriteStartObject();
            write(json, row);
            json.WriteEndObject();
        }, stop);
        json.WriteEndArray();
        json.Flush();
    }

    private static async Task EachAsync(NpgsqlConnection connection, Statement statement,
        Action<NpgsqlDataReader> use, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(statement.Sql, connection);
        foreach (var parameter in statement.Parameters) command.Parameters.Add(parameter.Clone());
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop)) use(reader);
    }

    // Batches of ten, as the clock of processor time is coarse; the quickest batch counts.
    private static async Task<double> BestAsync(Func<Task> work)
    {
        var best = double.PositiveInfinity;
        for (var i = 0; i < Repeats / 10; i++)
        {
            var before = Environment.CpuUsage.TotalTime;
            for (var j = 0; j < 10; j++) await work();
            best = Math.Min(best, (Environment.CpuUsage.TotalTime - before).TotalSeconds / 10);
        }
        return best;
    }
}

/// <summary>A water as an object, for a serialiser: the same members, names and values.</summary>
internal sealed record WaterJson(
    [property: JsonPropertyName("@odata.etag")] string ETag, Guid Id, string Code, string Name, string Kind, object? Location,
    object? Shape, string DivisionCode, double? DepthMetres,
    string? Flow, string? Bank, string? Access, bool? HasSign, bool? HasRing, bool? HasRope, bool? HasPole, bool? HasCamera,
    string? OwnerUnit, string Status, string? OwnGrade, DateOnly? OwnGradeOn, string? OwnGradeBy,
    double? RiskScore, string? RiskLevel, string? RiskRule, double? Visits, string? Deadliness, double? DeadlinessRatio,
    double? RiskLow, double? RiskHigh, double? LevelHeld, string? OtherLevel, DateTime? LastInspectedAt, DateTime? NextInspectionDueAt,
    bool IsSynthetic, string Source,
    DateTime CreatedAt, DateTime UpdatedAt, int Version)
{
    private static readonly Dictionary<string, int> Places = new(StringComparer.Ordinal);
    private static int[] _shapes = [];   // location, shape: both columns have the name of the function that writes them

    /// <summary>Reads every column of the row in its type, and no more.</summary>
    public static void Touch(NpgsqlDataReader row)
    {
        for (var i = 0; i < row.FieldCount; i++)
        {
            if (row.IsDBNull(i)) continue;
            var type = row.GetFieldType(i);
            if (type == typeof(string)) row.GetString(i);
            else if (type == typeof(bool)) row.GetBoolean(i);
            else if (type == typeof(double)) row.GetDouble(i);
            else if (type == typeof(Guid)) row.GetGuid(i);
            else if (type == typeof(DateTime)) row.GetDateTime(i);
            else if (type == typeof(int)) row.GetInt32(i);
            else row.GetFieldValue<byte[]>(i);
        }
    }

    public static WaterJson Of(NpgsqlDataReader row)
    {
        if (Places.Count == 0)
        {
            for (var i = 0; i < row.FieldCount; i++) Places.TryAdd(row.GetName(i), i);
            _shapes = [.. Enumerable.Range(0, row.FieldCount).Where(i => row.GetName(i) == "st_asbinary")];
        }
        string? Text(string name) => row.IsDBNull(Places[name]) ? null : row.GetString(Places[name]);
        double? Number(string name) => row.IsDBNull(Places[name]) ? null : row.GetDouble(Places[name]);
        DateTime? Time(string name) => row.IsDBNull(Places[name]) ? null : row.GetDateTime(Places[name]);
        DateOnly? Day(string name) => row.IsDBNull(Places[name]) ? null : row.GetFieldValue<DateOnly>(Places[name]);
        bool? Flag(string name) => row.IsDBNull(Places[name]) ? null : row.GetBoolean(Places[name]);
        object Shape(int place) => GeoJson.Of(Ewkb.Read(row.GetFieldValue<byte[]>(place)));
        var version = row.GetInt32(Places["version"]);
        return new WaterJson(FormattableString.Invariant($"W/\"{version}\""), row.GetGuid(Places["id"]), Text("code")!,
            Text("name")!, Text("kind")!,
            Shape(_shapes[0]), Shape(_shapes[1]), Text("division_code")!, Number("depth_metres"),
            Text("flow"), Text("bank"), Text("access"),
            Flag("has_sign"), Flag("has_ring"), Flag("has_rope"), Flag("has_pole"), Flag("has_camera"), Text("owner_unit"), Text("status")!,
            Text("own_grade"), Day("own_grade_on"), Text("own_grade_by"),
            Number("risk_score"), Text("risk_level"), Text("risk_rule"), Number("visits"), Text("deadliness"),
            Number("deadliness_ratio"), Number("risk_low"), Number("risk_high"), Number("level_held"), Text("other_level"),
            Time("last_inspected_at"), Time("next_inspection_due_at"),
            Flag("is_synthetic")!.Value, Text("source")!, Time("created_at")!.Value, Time("updated_at")!.Value, version);
    }
}

/// <summary>A GeoJSON geometry as an object.</summary>
internal sealed record GeoJson<T>([property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("coordinates")] T Coordinates);

internal static class GeoJson
{
    public static object Of(NetTopologySuite.Geometries.Geometry shape) => shape switch
    {
        NetTopologySuite.Geometries.Point point => new GeoJson<double[]>("Point", [point.X, point.Y]),
        NetTopologySuite.Geometries.LineString line => new GeoJson<double[][]>("LineString", Positions(line)),
        NetTopologySuite.Geometries.Polygon polygon => new GeoJson<double[][][]>("Polygon", Rings(polygon)),
        NetTopologySuite.Geometries.MultiLineString lines =>
            new GeoJson<double[][][]>("MultiLineString", [.. lines.Geometries.Select(Positions)]),
        NetTopologySuite.Geometries.MultiPolygon polygons =>
            new GeoJson<double[][][][]>("MultiPolygon", [.. polygons.Geometries.Cast<NetTopologySuite.Geometries.Polygon>().Select(Rings)]),
        _ => throw new NotSupportedException(shape.GeometryType),
    };

    private static double[][] Positions(NetTopologySuite.Geometries.Geometry line) => [.. line.Coordinates.Select(x => new[] { x.X, x.Y })];

    private static double[][][] Rings(NetTopologySuite.Geometries.Polygon polygon) =>
        [Positions(polygon.ExteriorRing), .. polygon.InteriorRings.Select(Positions)];
}

[JsonSerializable(typeof(List<WaterJson>))]
[JsonSerializable(typeof(GeoJson<double[]>))]
[JsonSerializable(typeof(GeoJson<double[][]>))]
[JsonSerializable(typeof(GeoJson<double[][][]>))]
[JsonSerializable(typeof(GeoJson<double[][][][]>))]
internal sealed partial class WaterJsonContext : JsonSerializerContext;
