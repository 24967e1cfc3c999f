using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace HazardMap.OData;

/// <summary>Answers GET of one property, as JSON or raw.</summary>
internal static class PropertyReader
{
    public static async Task AnswerAsync(ODataRequest request, Resource resource, CancellationToken stop)
    {
        var property = resource.Property!;
        if (!request.Caller.MayRead(resource.Set, property)) throw ODataRefusalException.NotFound($"There is no {property.Name}.");
        var query = new PageQuery(request, resource);
        var batch = new ReadBatch(request.Options, request.Caller);
        batch.Add(query.SingleSql(new Selection([property], [], property.Name)), query.Parameters);
        await using var connection = await request.Options.DataSource.OpenPatientlyAsync(stop);
        await using var reader = await batch.RunAsync(connection, stop);
        if (!await reader.ReadAsync(stop)) throw ODataRefusalException.NotFound($"{resource.Set.Name} has no such entity.");
        var isNull = await reader.IsDBNullAsync(0, stop);
        var (type, shown) = isNull ? (null, default)
            : resource.IsRawValue ? Raw(request, property, reader) : (null, Json(request, query.Shape, reader));
        var state = new EntityWriter(request, query.Shape).ETag(reader);
        if (Preconditions.IsKnown(request.Operation, Validators.Of(request, query.Shape, state, shown.Span), state)) return;
        if (isNull)
        {
            request.Answer.Status = StatusCodes.Status204NoContent;
            return;
        }
        if (type is null) Answers.Json(request);
        else request.Answer.ContentType = type;
        await request.Answer.Body.WriteAsync(shown, stop);
    }

    private static ReadOnlyMemory<byte> Json(ODataRequest request, RowShape shape, NpgsqlDataReader reader)
    {
        var property = shape.Selection.Properties[0];
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, JsonStream.Style);
        json.WriteStartObject();
        var key = ValueWriter.Read(reader, shape.KeyOrdinal, shape.Set.Key.Type)!;
        if (request.Preferences.Metadata != "none")
            json.WriteString("@odata.context", $"{Urls.Entity(request.Root + "$metadata#", shape.Set, key)}/{property.Name}");
        json.WritePropertyName("value");
        ValueWriter.Write(json, reader, 0, property.Type, request.NumbersAsText);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static (string? Type, ReadOnlyMemory<byte> Value) Raw(ODataRequest request, Property property, NpgsqlDataReader reader)
    {
        var type = property.Type == ODataType.Binary ? "application/octet-stream"
            : property.Type.IsGeography() ? "application/json" : "text/plain";
        // A client of OData that takes JSON everywhere gets the raw value that it asked for by $value.
        if (!request.Query.ContainsKey("format")) _ = MediaTypes.Choose(request.Operation, format: null, [type, "application/json"]);
        if (property.Type == ODataType.Binary) return (type, reader.GetFieldValue<byte[]>(0));
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonStream.Style))
            ValueWriter.Write(json, reader, 0, property.Type, numbersAsText: false);
        using var value = JsonDocument.Parse(buffer.WrittenMemory);
        var text = value.RootElement.ValueKind == JsonValueKind.String ? value.RootElement.GetString()! : value.RootElement.GetRawText();
        return (type == "text/plain" ? "text/plain;charset=utf-8" : type, Encoding.UTF8.GetBytes(text));
    }
}
