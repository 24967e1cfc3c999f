using Microsoft.AspNetCore.Http;
using Npgsql;

namespace HazardMap.OData;

/// <summary>Answers GET of entity sets, entities, properties and counts.</summary>
internal static class EntityReader
{
    public static Task Answer(ODataRequest request, Resource resource, CancellationToken cancellation)
    {
        if (resource.IsSingle) OptionRules.RefuseForOne(request);
        return AnswerAllowed(request, resource, cancellation);
    }

    private static Task AnswerAllowed(ODataRequest request, Resource resource, CancellationToken cancellation) => resource switch
    {
        { IsSingle: false, IsCount: false, IsReference: false } when request.Wanted.Apply is not null => ApplyReader.Answer(request, resource, cancellation),
        _ when request.Wanted.Apply is not null => throw ODataRefusalException.NotBuilt("$apply is built for collections.", "$apply"),
        _ when request.Query.ContainsKey("deltatoken") => DeltaReader.Answer(request, resource, cancellation),
        { Function: not null } => FunctionReader.Answer(request, resource, cancellation),
        { IsCount: true } => Count(request, resource, cancellation),
        { IsMedia: true } => MediaReader.Answer(request, resource, cancellation),
        { Property: not null } => PropertyReader.Answer(request, resource, cancellation),
        { IsSingle: true } => Single(request, resource, cancellation),
        _ => PageReader.Answer(request, resource, cancellation),
    };

    private static async Task Count(ODataRequest request, Resource resource, CancellationToken cancellation)
    {
        var query = new PageQuery(request, resource).Filter();
        var batch = new ReadBatch(request.Options, request.Caller);
        batch.Add(query.CountSql(), query.Parameters);
        await using var connection = await request.Options.DataSource.OpenConnectionAsync(cancellation);
        await using var reader = await batch.Run(connection, cancellation);
        await reader.ReadAsync(cancellation);
        var count = reader.GetInt64(0);
        if (count == 0 && resource.Parent is { } parent && !await Exists(request, parent, cancellation))
            throw ODataRefusalException.NotFound($"{parent.Set.Name} has no such entity.");
        request.Answer.ContentType = "text/plain";
        await request.Answer.Text(count.ToString(System.Globalization.CultureInfo.InvariantCulture), cancellation);
    }

    private static async Task Single(ODataRequest request, Resource resource, CancellationToken cancellation)
    {
        var selection = resource.IsReference ? Selection.Reference : Selection.Of(request, resource.Set);
        var query = new PageQuery(request, resource);
        var batch = new ReadBatch(request.Options, request.Caller);
        batch.Add(query.SingleSql(selection), query.Parameters);
        await using var connection = await request.Options.DataSource.OpenConnectionAsync(cancellation);
        await using var reader = await batch.Run(connection, cancellation);
        if (!await reader.ReadAsync(cancellation))
        {
            if (resource.Key is null && await Exists(request, resource.Parent!, cancellation)) throw new ODataRefusalException(204, "NoContent", "");
            throw ODataRefusalException.NotFound($"{resource.Set.Name} has no such entity.");
        }
        await Write(request, resource, query.Shape, reader, cancellation);
    }

    private static async Task<bool> Exists(ODataRequest request, Resource parent, CancellationToken cancellation)
    {
        var query = new PageQuery(request, parent);
        var batch = new ReadBatch(request.Options, request.Caller);
        batch.Add(query.CountSql(), query.Parameters);
        await using var connection = await request.Options.DataSource.OpenConnectionAsync(cancellation);
        await using var reader = await batch.Run(connection, cancellation);
        await reader.ReadAsync(cancellation);
        return reader.GetInt64(0) > 0;
    }

    public static async Task Write(ODataRequest request, Resource resource, RowShape shape, NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var answer = request.Answer;
        var writer = new EntityWriter(request, shape, resource.IsReference);
        if (writer.ETag(reader) is { } etag)
        {
            answer.Headers.ETag = etag;
            if (Preconditions.IsKnown(request.Operation, etag))
            {
                answer.Status = StatusCodes.Status304NotModified;
                return;
            }
        }
        Answers.Json(request);
        await using var stream = new JsonStream(answer);
        stream.Json.WriteStartObject();
        Answers.Context(request, stream.Json, resource, shape.Selection, "/$entity");
        writer.WriteMembers(stream.Json, reader);
        stream.Json.WriteEndObject();
    }
}
