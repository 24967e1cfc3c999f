using System.Buffers;
using System.Text.Json;
using Npgsql;

namespace HazardMap.OData;

/// <summary>Answers GET of entity sets, entities, properties and counts.</summary>
internal static class EntityReader
{
    public static Task AnswerAsync(ODataRequest request, Resource resource, CancellationToken stop)
    {
        if (resource.IsSingle) OptionRules.RefuseForOne(request);
        return AnswerAllowedAsync(request, resource, stop);
    }

    private static Task AnswerAllowedAsync(ODataRequest request, Resource resource, CancellationToken stop) => resource switch
    {
        { IsSingle: false, IsCount: false, IsReference: false } when request.Wanted.Apply is not null =>
            ApplyReader.AnswerAsync(request, resource, stop),
        _ when request.Wanted.Apply is not null => throw ODataRefusalException.NotBuilt("$apply is built for collections.", "$apply"),
        _ when request.Query.ContainsKey("deltatoken") => DeltaReader.AnswerAsync(request, resource, stop),
        { Function: not null } => FunctionReader.AnswerAsync(request, resource, stop),
        { IsCount: true } => CountAsync(request, resource, stop),
        { IsMedia: true } => MediaReader.AnswerAsync(request, resource, stop),
        { Property: not null } => PropertyReader.AnswerAsync(request, resource, stop),
        { IsSingle: true } => SingleAsync(request, resource, stop),
        _ => PageReader.AnswerAsync(request, resource, stop),
    };

    private static async Task CountAsync(ODataRequest request, Resource resource, CancellationToken stop)
    {
        var query = new PageQuery(request, resource).Filter();
        var batch = new ReadBatch(request.Options, request.Caller);
        batch.Add(query.CountSql(), query.Parameters);
        await using var connection = await request.Options.DataSource.OpenPatientlyAsync(stop);
        await using var reader = await batch.RunAsync(connection, stop);
        await reader.ReadAsync(stop);
        var count = reader.GetInt64(0);
        if (count == 0 && resource.Parent is { } parent && !await ExistsAsync(request, parent, stop))
            throw ODataRefusalException.NotFound($"{parent.Set.Name} has no such entity.");
        Preconditions.CheckWithoutETag(request.Operation);
        request.Answer.ContentType = "text/plain";
        await request.Answer.TextAsync(count.ToString(System.Globalization.CultureInfo.InvariantCulture), stop);
    }

    private static async Task SingleAsync(ODataRequest request, Resource resource, CancellationToken stop)
    {
        var selection = resource.IsReference ? Selection.Reference : Selection.Of(request, resource.Set);
        var query = new PageQuery(request, resource);
        var batch = new ReadBatch(request.Options, request.Caller);
        batch.Add(query.SingleSql(selection), query.Parameters);
        await using var connection = await request.Options.DataSource.OpenPatientlyAsync(stop);
        await using var reader = await batch.RunAsync(connection, stop);
        if (!await reader.ReadAsync(stop))
        {
            if (resource.Key is null && await ExistsAsync(request, resource.Parent!, stop))
                throw new ODataRefusalException(204, "NoContent", "");
            throw ODataRefusalException.NotFound($"{resource.Set.Name} has no such entity.");
        }
        await WriteAsync(request, resource, query.Shape, reader, stop);
    }

    private static async Task<bool> ExistsAsync(ODataRequest request, Resource parent, CancellationToken stop)
    {
        var query = new PageQuery(request, parent);
        var batch = new ReadBatch(request.Options, request.Caller);
        batch.Add(query.CountSql(), query.Parameters);
        await using var connection = await request.Options.DataSource.OpenPatientlyAsync(stop);
        await using var reader = await batch.RunAsync(connection, stop);
        await reader.ReadAsync(stop);
        return reader.GetInt64(0) > 0;
    }

    public static async Task WriteAsync(ODataRequest request, Resource resource, RowShape shape,
        NpgsqlDataReader reader, CancellationToken stop)
    {
        var writer = new EntityWriter(request, shape, resource.IsReference);
        var buffer = new ArrayBufferWriter<byte>();
        await using (var json = new Utf8JsonWriter(buffer, JsonStream.Style))
        {
            json.WriteStartObject();
            Answers.Context(request, json, resource, shape.Selection, "/$entity");
            writer.WriteMembers(json, reader);
            json.WriteEndObject();
        }
        var state = writer.ETag(reader);
        if (Preconditions.IsKnown(request.Operation, Validators.Of(request, shape, state, buffer.WrittenSpan), state)) return;
        Answers.Json(request);
        await request.Answer.Body.WriteAsync(buffer.WrittenMemory, stop);
    }
}
