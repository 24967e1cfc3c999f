using System.Globalization;
using Npgsql;

namespace HazardMap.OData;

/// <summary>Answers GET of a collection: rows go from the database to the response one by one.</summary>
internal static class PageReader
{
    public static async Task AnswerAsync(ODataRequest request, Resource resource, CancellationToken stop)
    {
        var selection = resource.IsReference ? Selection.Reference : Selection.Of(request, resource.Set);
        var size = Math.Min(request.Preferences.MaxPageSize ?? int.MaxValue, request.Options.MaxPageSize);
        var top = request.Wanted.Top;
        var skip = request.Wanted.Skip ?? 0;
        var counted = request.Wanted.Count;
        var page = new Page(size, top);

        var batch = new ReadBatch(request.Options, request.Caller);
        var query = new PageQuery(request, resource).Filter();
        var sql = query.PageSql(selection, skip, page.Limit);
        var tracked = TrackedRead.Of(request, query);
        tracked?.AddTo(batch);
        if (resource.Parent is not null) AddParent(batch, request, resource.Parent);
        if (counted) AddCount(batch, request, resource);

        await using var connection = await request.Options.DataSource.OpenPatientlyAsync(stop);
        if (query.Steps is { } steps && batch.IsEmpty)
        {
            sql = steps.Many;
            await using var few = await Few(steps.Few, query, request).RunAsync(connection, stop);
            if (await few.ReadAsync(stop))
            {
                await WriteAsync(request, resource, query, page, count: null, tracked, few, more: true, stop);
                return;
            }
        }
        batch.Add(sql, query.Parameters);
        await using var reader = await batch.RunAsync(connection, stop);
        if (tracked is not null) await tracked.BeginAsync(reader, stop);
        if (resource.Parent is not null) await NeedParentAsync(reader, resource.Parent, stop);
        long? count = counted ? await ReadCountAsync(reader, stop) : null;
        // The first row is awaited before the answer begins, so that a failing statement still gets its own status.
        await WriteAsync(request, resource, query, page, count, tracked, reader, await reader.ReadAsync(stop), stop);
    }

    private static ReadBatch Few(string sql, PageQuery query, ODataRequest request)
    {
        var batch = new ReadBatch(request.Options, request.Caller) { AnyValues = true };
        batch.Add(sql, query.Parameters);
        return batch;
    }

    private static void AddParent(ReadBatch batch, ODataRequest request, Resource parent)
    {
        var query = new PageQuery(request, parent);
        batch.Add(query.CountSql(), query.Parameters);
    }

    private static async Task NeedParentAsync(NpgsqlDataReader reader, Resource parent, CancellationToken stop)
    {
        if (await ReadCountAsync(reader, stop) == 0) throw ODataRefusalException.NotFound($"{parent.Set.Name} has no such entity.");
    }

    private static void AddCount(ReadBatch batch, ODataRequest request, Resource resource)
    {
        var query = new PageQuery(request, resource).Filter();
        batch.Add(query.CountSql(), query.Parameters);
    }

    private static async Task<long> ReadCountAsync(NpgsqlDataReader reader, CancellationToken stop)
    {
        await reader.ReadAsync(stop);
        var count = reader.GetInt64(0);
        await reader.NextResultAsync(stop);
        return count;
    }

    private static async Task WriteAsync(
        ODataRequest request, Resource resource, PageQuery query, Page page, long? count, TrackedRead? tracked, NpgsqlDataReader reader,
        bool more, CancellationToken stop)
    {
        Preconditions.CheckWithoutETag(request.Operation);
        Answers.Json(request);
        await using var stream = new JsonStream(request.Answer);
        var (json, writer) = (stream.Json, new EntityWriter(request, query.Shape, resource.IsReference));
        json.WriteStartObject();
        Answers.Context(request, json, resource, query.Shape.Selection, "");
        if (count is { } total) json.WriteNumber("@odata.count", total);
        json.WriteStartArray("value");
        object?[]? last = null;
        for (var rows = 0; more; more = await reader.ReadAsync(stop))
        {
            if (++rows > page.Rows) break;
            json.WriteStartObject();
            writer.WriteMembers(json, reader);
            json.WriteEndObject();
            if (rows == page.Rows && page.MayGoOn) last = KeysOf(query, reader);
            await stream.SendIfEnoughAsync(stop);
        }
        json.WriteEndArray();
        if (more && last is not null) json.WriteString("@odata.nextLink", NextLink(request, query, page, last) + tracked?.Suffix);
        else if (tracked is not null) json.WriteString("@odata.deltaLink", tracked.DeltaLink);
        json.WriteEndObject();
    }

    private static object?[] KeysOf(PageQuery query, NpgsqlDataReader reader) =>
        [.. query.Keys.Select((key, i) => ValueWriter.ReadPlace(reader, query.Shape.FirstOrderKey + i, key.Type))];

    private static string NextLink(ODataRequest request, PageQuery query, Page page, object?[] last)
    {
        var options = UriGuard.Options(request.Operation.Query)
            .Where(x => OptionNames.Plain(x.Name) is not ("skip" or "skiptoken" or "top"))
            .Select(x => $"{Escape(x.Name)}={Uri.EscapeDataString(x.Value)}").ToList();
        if (page.Remaining is { } remaining) options.Add(string.Create(CultureInfo.InvariantCulture, $"$top={remaining}"));
        options.Add("$skiptoken=" + SkipToken.Write(query.Ordering, query.Keys, last));
        return request.Root + request.RawPath.TrimStart('/') + "?" + string.Join('&', options);
    }

    private static string Escape(string name) =>
        Uri.EscapeDataString(name).Replace("%24", "$", StringComparison.Ordinal).Replace("%40", "@", StringComparison.Ordinal);
}

/// <summary>How many rows this page may hold, and whether there may be a next one.</summary>
internal sealed record Page(int Size, long? Top)
{
    /// <summary>Rows that are written.</summary>
    public long Rows => Math.Min(Top ?? long.MaxValue, Size);

    public bool MayGoOn => Top is null || Top > Size;

    /// <summary>Rows that are asked for: one more tells that there is a next page.</summary>
    public long Limit => MayGoOn ? Rows + 1 : Rows;

    /// <summary>What is left of $top after this page.</summary>
    public long? Remaining => Top is { } top ? top - Rows : null;
}
