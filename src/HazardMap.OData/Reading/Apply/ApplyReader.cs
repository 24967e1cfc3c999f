using System.Globalization;
using System.Text.Json;
using Npgsql;

namespace HazardMap.OData;

/// <summary>Answers GET of a collection with $apply: rows of groups instead of entities.</summary>
internal static class ApplyReader
{
    public static async Task AnswerAsync(ODataRequest request, Resource resource, CancellationToken stop)
    {
        foreach (var option in new[] { "expand", "skiptoken" })
        {
            if (request.Query.ContainsKey(option))
                throw ODataRefusalException.NotBuilt($"${option} beside $apply is not built.", "$" + option);
        }
        var size = Math.Min(request.Preferences.MaxPageSize ?? int.MaxValue, request.Options.MaxPageSize);
        var page = new Page(size, request.Wanted.Top);
        var skip = request.Wanted.Skip ?? 0;
        var query = new ApplyQuery(request, resource);
        var batch = new ReadBatch(request.Options, request.Caller);
        if (request.Wanted.Count) batch.Add(query.CountSql(), query.Parameters);
        batch.Add(query.Sql(skip, page.Limit), query.Parameters);
        await using var connection = await request.Options.DataSource.OpenPatientlyAsync(stop);
        await using var reader = await batch.RunAsync(connection, stop);
        var answer = new ApplyAnswer(request, resource, query, page, skip);
        await answer.WriteAsync(reader, stop);
    }
}

/// <summary>Writes the rows of $apply.</summary>
internal sealed class ApplyAnswer(ODataRequest request, Resource resource, ApplyQuery query, Page page, long skip)
{
    public async Task WriteAsync(NpgsqlDataReader reader, CancellationToken stop)
    {
        long? count = request.Wanted.Count ? await CountAsync(reader, stop) : null;
        var more = await reader.ReadAsync(stop);
        Preconditions.CheckWithoutETag(request.Operation);
        Answers.Json(request);
        await using var stream = new JsonStream(request.Answer);
        var json = stream.Json;
        json.WriteStartObject();
        if (request.Preferences.Metadata != "none")
            json.WriteString("@odata.context", $"{request.Root}$metadata#{resource.Set.Name}{ContextList()}");
        if (count is { } total) json.WriteNumber("@odata.count", total);
        json.WriteStartArray("value");
        for (var rows = 0; more; more = await reader.ReadAsync(stop))
        {
            if (++rows > page.Rows) break;
            Row(json, reader);
            await stream.SendIfEnoughAsync(stop);
        }
        json.WriteEndArray();
        if (more && page.MayGoOn) json.WriteString("@odata.nextLink", NextLink());
        json.WriteEndObject();
    }

    private static async Task<long> CountAsync(NpgsqlDataReader reader, CancellationToken stop)
    {
        await reader.ReadAsync(stop);
        var count = reader.GetInt64(0);
        await reader.NextResultAsync(stop);
        return count;
    }

    /// <summary>The columns; a path is written as its parts, each inside the one before.</summary>
    private string ContextList() =>
        query.AreEntities && request.Wanted.Select is null && query.Columns.Count >= resource.Set.Properties.Count
            ? "" : $"({Nested(query.Columns.Select(x => x.Path))})";

    private static string Nested(IEnumerable<IReadOnlyList<string>> paths) =>
        string.Join(',', paths.GroupBy(x => x[0], StringComparer.Ordinal)
            .Select(x => x.Any(y => y.Count > 1)
                ? $"{x.Key}({Nested(x.Where(y => y.Count > 1).Select(y => (IReadOnlyList<string>)[.. y.Skip(1)]))})" : x.Key));

    private void Row(Utf8JsonWriter json, NpgsqlDataReader reader)
    {
        var shape = query.HasShapes ? query.Shapes[reader.GetInt32(query.Columns.Count)] : null;
        json.WriteStartObject();
        // A result that is no entity has no address.
        if (request.Preferences.Metadata != "none" && !query.AreEntities) json.WriteNull("@odata.id");
        var columns = query.Columns.Select((column, ordinal) => (column, ordinal))
            .Where(x => shape is null || shape.Contains(x.column.Name));
        Members(columns, depth: 0, json, reader);
        json.WriteEndObject();
    }

    private void Members(
        IEnumerable<(ApplyColumn Column, int Ordinal)> columns, int depth, Utf8JsonWriter json, NpgsqlDataReader reader)
    {
        foreach (var group in columns.GroupBy(x => x.Column.Path[depth], StringComparer.Ordinal))
        {
            json.WritePropertyName(group.Key);
            var (column, ordinal) = group.First();
            if (column.Path.Count == depth + 1)
            {
                ValueWriter.Write(json, reader, ordinal, column.Value.Type, request.NumbersAsText);
                continue;
            }
            json.WriteStartObject();
            Members(group, depth + 1, json, reader);
            json.WriteEndObject();
        }
    }

    private string NextLink()
    {
        var options = request.Query.Where(x => x.Key is not ("skip" or "top"))
            .Select(x => $"{(x.Key.StartsWith('@') ? "" : "$")}{x.Key}={Uri.EscapeDataString(x.Value)}")
            .Append(string.Create(CultureInfo.InvariantCulture, $"$skip={skip + page.Rows}"));
        if (page.Remaining is { } rest) options = options.Append(string.Create(CultureInfo.InvariantCulture, $"$top={rest}"));
        return $"{request.Root}{request.RawPath.TrimStart('/')}?{string.Join('&', options)}";
    }
}
