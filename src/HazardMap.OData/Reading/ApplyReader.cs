using System.Globalization;
using System.Text.Json;
using Npgsql;

namespace HazardMap.OData;

/// <summary>Answers GET of a collection with $apply: rows of groups instead of entities.</summary>
internal static class ApplyReader
{
    public static async Task Answer(ODataRequest request, Resource resource, CancellationToken cancellation)
    {
        foreach (var option in new[] { "select", "expand", "search", "count", "skiptoken" })
        {
            if (request.Query.ContainsKey(option)) throw ODataRefusalException.NotBuilt($"${option} beside $apply is not built yet.", "$" + option);
        }
        var size = Math.Min(request.Preferences.MaxPageSize ?? int.MaxValue, request.Options.MaxPageSize);
        var page = new Page(size, ODataRequest.Guarded(request.Parser.ParseTop, "$top"));
        var skip = ODataRequest.Guarded(request.Parser.ParseSkip, "$skip") ?? 0;
        var query = new ApplyQuery(request, resource);
        var batch = new ReadBatch(request.Options, request.Caller);
        batch.Add(query.Sql(skip, page.Limit), query.Parameters);
        await using var connection = await request.Options.DataSource.OpenConnectionAsync(cancellation);
        await using var reader = await batch.Run(connection, cancellation);
        await Write(request, resource, query, page, skip, reader, cancellation);
    }

    private static async Task Write(
        ODataRequest request, Resource resource, ApplyQuery query, Page page, long skip, NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var more = await reader.ReadAsync(cancellation);
        Answers.Json(request);
        await using var stream = new JsonStream(request.Answer);
        var json = stream.Json;
        json.WriteStartObject();
        var names = string.Join(',', query.Columns.Select(x => string.Join('/', x.Path)));
        if (request.Preferences.Metadata != "none") json.WriteString("@odata.context", $"{request.Root}$metadata#{resource.Set.Name}({names})");
        json.WriteStartArray("value");
        for (var rows = 0; more; more = await reader.ReadAsync(cancellation))
        {
            if (++rows > page.Rows) break;
            Row(request, query.Columns, json, reader);
            await stream.SendIfEnough(cancellation);
        }
        json.WriteEndArray();
        if (more && page.MayGoOn) json.WriteString("@odata.nextLink", NextLink(request, page, skip));
        json.WriteEndObject();
    }

    private static void Row(ODataRequest request, IReadOnlyList<ApplyColumn> columns, Utf8JsonWriter json, NpgsqlDataReader reader)
    {
        json.WriteStartObject();
        // A result is no entity: it has no address.
        if (request.Preferences.Metadata != "none") json.WriteNull("@odata.id");
        Members(request, columns.Select((column, ordinal) => (column, ordinal)), depth: 0, json, reader);
        json.WriteEndObject();
    }

    private static void Members(
        ODataRequest request, IEnumerable<(ApplyColumn Column, int Ordinal)> columns, int depth, Utf8JsonWriter json, NpgsqlDataReader reader)
    {
        foreach (var group in columns.GroupBy(x => x.Column.Path[depth], StringComparer.Ordinal))
        {
            json.WritePropertyName(group.Key);
            var (column, ordinal) = group.First();
            if (column.Path.Count == depth + 1)
            {
                ValueWriter.Write(json, reader, ordinal, column.Type, request.NumbersAsText);
                continue;
            }
            json.WriteStartObject();
            Members(request, group, depth + 1, json, reader);
            json.WriteEndObject();
        }
    }

    private static string NextLink(ODataRequest request, Page page, long skip)
    {
        var options = request.Query.Where(x => x.Key is not ("skip" or "top")).Select(x => $"{(x.Key.StartsWith('@') ? "" : "$")}{x.Key}={Uri.EscapeDataString(x.Value)}")
            .Append(string.Create(CultureInfo.InvariantCulture, $"$skip={skip + page.Rows}"));
        if (page.Remaining is { } rest) options = options.Append(string.Create(CultureInfo.InvariantCulture, $"$top={rest}"));
        return $"{request.Root}{request.RawPath.TrimStart('/')}?{string.Join('&', options)}";
    }
}
