using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

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
        await using var connection = await request.Options.DataSource.OpenConnectionAsync(stop);
        await using var reader = await batch.RunAsync(connection, stop);
        if (!await reader.ReadAsync(stop)) throw ODataRefusalException.NotFound($"{resource.Set.Name} has no such entity.");
        var answer = request.Answer;
        if (new EntityWriter(request, query.Shape).ETag(reader) is { } etag) answer.Headers.ETag = etag;
        if (await reader.IsDBNullAsync(0, stop))
        {
            answer.Status = StatusCodes.Status204NoContent;
            return;
        }
        if (resource.IsRawValue) await RawAsync(request, property, reader, stop);
        else await JsonAsync(request, resource, query.Shape, reader);
    }

    private static async Task JsonAsync(ODataRequest request, Resource resource, RowShape shape, Npgsql.NpgsqlDataReader reader)
    {
        Answers.Json(request);
        await using var stream = new JsonStream(request.Answer);
        stream.Json.WriteStartObject();
        var key = ValueWriter.Read(reader, shape.KeyOrdinal, shape.Set.Key.Type)!;
        if (request.Preferences.Metadata != "none")
            stream.Json.WriteString("@odata.context",
                $"{Urls.Entity(request.Root + "$metadata#", shape.Set, key)}/{resource.Property!.Name}");
        stream.Json.WritePropertyName("value");
        ValueWriter.Write(stream.Json, reader, 0, resource.Property!.Type, request.NumbersAsText);
        stream.Json.WriteEndObject();
    }

    private static async Task RawAsync(ODataRequest request, Property property, Npgsql.NpgsqlDataReader reader, CancellationToken stop)
    {
        var answer = request.Answer;
        var type = property.Type == ODataType.Binary ? "application/octet-stream"
            : property.Type.IsGeography() ? "application/json" : "text/plain";
        // A client of OData that takes JSON everywhere gets the raw value that it asked for by $value.
        if (!request.Query.ContainsKey("format")) _ = MediaTypes.Choose(request.Operation, format: null, [type, "application/json"]);
        answer.ContentType = type == "text/plain" ? "text/plain;charset=utf-8" : type;
        if (property.Type == ODataType.Binary)
        {
            await answer.Body.WriteAsync(await reader.GetFieldValueAsync<byte[]>(0, stop), stop);
            return;
        }
        var buffer = new ArrayBufferWriter<byte>();
        await using (var json = new Utf8JsonWriter(buffer, JsonStream.Style))
            ValueWriter.Write(json, reader, 0, property.Type, numbersAsText: false);
        using var value = JsonDocument.Parse(buffer.WrittenMemory);
        var text = value.RootElement.ValueKind == JsonValueKind.String ? value.RootElement.GetString()! : value.RootElement.GetRawText();
        await answer.TextAsync(text, stop);
    }
}
