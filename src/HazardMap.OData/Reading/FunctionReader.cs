using System.Buffers;
using System.Text.Json;
using Microsoft.OData.Edm;

namespace HazardMap.OData;

/// <summary>Answers a call of a bound function: the entity must exist for the caller, then the host answers with a record.</summary>
internal static class FunctionReader
{
    public static async Task AnswerAsync(ODataRequest request, Resource resource, CancellationToken stop)
    {
        var key = await ExistingKeyAsync(request, resource, stop);
        var function = resource.Function!;
        var call = new FunctionCall(request.Http, resource.Set, key, resource.Arguments);
        var answer = await TimeLimit.KeepAsync(request.Options, limit => function.Answer(call, limit), stop)
            ?? throw NoSuchEntity(resource);
        await WriteAsync(request, function.Returns, function.Record, answer, stop);
    }

    /// <summary>Sends what an operation answers.</summary>
    internal static async Task WriteAsync(
        ODataRequest request, IEdmComplexType type, Type record, object answer, CancellationToken stop)
    {
        var buffer = new ArrayBufferWriter<byte>();
        await using (var json = new Utf8JsonWriter(buffer, JsonStream.Style))
        {
            json.WriteStartObject();
            if (request.Preferences.Metadata != "none")
                json.WriteString("@odata.context", $"{request.Root}$metadata#{request.Model.Namespace}.{type.Name}");
            AnswerWriter.Of(record, request.NumbersAsText).Write(json, answer);
            json.WriteEndObject();
        }
        Answers.Json(request);
        await request.Answer.Body.WriteAsync(buffer.WrittenMemory, stop);
    }

    /// <summary>The key of the entity that an operation is called on: it is there for the caller, in the state that he names.</summary>
    internal static async Task<object> ExistingKeyAsync(ODataRequest request, Resource resource, CancellationToken stop)
    {
        var query = new PageQuery(request, resource);
        var batch = new ReadBatch(request.Options, request.Caller);
        batch.Add(query.SingleSql(new Selection([], [], ContextList: null)), query.Parameters);
        await using var connection = await request.Options.DataSource.OpenPatientlyAsync(stop);
        await using var reader = await batch.RunAsync(connection, stop);
        if (!await reader.ReadAsync(stop)) throw NoSuchEntity(resource);
        Preconditions.Of(request.Operation).CheckCall(new EntityWriter(request, query.Shape).ETag(reader));
        return ValueWriter.Read(reader, query.Shape.KeyOrdinal, resource.Set.Key.Type)!;
    }

    /// <summary>Whether the entity that an operation is called on is there for the caller.</summary>
    internal static async Task<bool> IsThereAsync(ODataRequest request, Resource resource, CancellationToken stop)
    {
        var query = new PageQuery(request, resource);
        var batch = new ReadBatch(request.Options, request.Caller);
        batch.Add(query.CountSql(), query.Parameters);
        await using var connection = await request.Options.DataSource.OpenPatientlyAsync(stop);
        await using var reader = await batch.RunAsync(connection, stop);
        return await reader.ReadAsync(stop) && reader.GetInt64(0) > 0;
    }

    private static ODataRefusalException NoSuchEntity(Resource resource) =>
        ODataRefusalException.NotFound($"{resource.Set.Name} has no such entity.");
}
