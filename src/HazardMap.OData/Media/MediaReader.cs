namespace HazardMap.OData;

/// <summary>Answers GET of a media entity's stream.</summary>
internal static class MediaReader
{
    public static async Task AnswerAsync(ODataRequest request, Resource resource, CancellationToken stop)
    {
        var (set, media, answer) = (resource.Set, resource.Set.Media!, request.Answer);
        IEnumerable<Property> columns = media.Content is { } inRow ? [media.Type, inRow] : [media.Type];
        var query = new PageQuery(request, resource);
        var batch = new ReadBatch(request.Options, request.Caller);
        batch.Add(query.SingleSql(new Selection([.. columns], [], ContextList: null)), query.Parameters);
        await using var connection = await request.Options.DataSource.OpenPatientlyAsync(stop);
        string type;
        object key;
        ReadOnlyMemory<byte>? content;
        string? state;
        await using (var row = await batch.RunAsync(connection, stop))
        {
            if (!await row.ReadAsync(stop)) throw WriteRules.NoSuch(set);
            state = new EntityWriter(request, query.Shape).ETag(row);
            type = row.GetString(0);
            key = ValueWriter.Read(row, query.Shape.KeyOrdinal, set.Key.Type)!;
            content = media.Content is null || await row.IsDBNullAsync(1, stop) ? null : await row.GetFieldValueAsync<byte[]>(1, stop);
        }
        if (media.Store is { } store) content = await store.ReadAsync(connection, key, stop);
        if (content is not { } bytes) throw ODataRefusalException.NotFound("The entity has no stream.");
        // A store may have been given other bytes of the same type and length, which leaves the row as it was.
        var etag = state is null || media.Store is null ? state : Validators.Of(state, bytes.Span);
        if (Preconditions.IsKnown(request.Operation, etag, state)) return;
        answer.ContentType = type;
        await answer.Body.WriteAsync(bytes, stop);
    }
}
