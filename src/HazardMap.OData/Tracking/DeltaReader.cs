using System.Text.Json;
using Npgsql;

namespace HazardMap.OData;

/// <summary>Answers a delta link: what changed since, whole as selected; what is gone, by its key and why; and the next link.</summary>
internal static class DeltaReader
{
    public static async Task AnswerAsync(ODataRequest request, Resource resource, CancellationToken stop)
    {
        if (resource.IsSingle || resource.IsCount || resource.Parent is not null)
            throw ODataRefusalException.Bad("A delta token belongs to an entity set.", "$deltatoken");
        var selection = Selection.Of(request, resource.Set);
        var size = Math.Min(request.Preferences.MaxPageSize ?? int.MaxValue, request.Options.MaxPageSize);
        var query = new PageQuery(request, resource).Filter();
        var plan = query.Delta(selection, size + 1L);

        var batch = new ReadBatch(request.Options, request.Caller);
        batch.Add(plan.Tracking.MomentSql(), new SqlParameters());
        batch.Add(plan.Sql, query.Parameters);
        await using var connection = await request.Options.DataSource.OpenPatientlyAsync(stop);
        await using var reader = await batch.RunAsync(connection, stop);
        var now = await plan.Tracking.BeginAsync(reader, plan.Since, stop);
        await WriteAsync(request, resource, query, plan with { Next = plan.Next ?? now }, size, reader, stop);
    }

    private static async Task WriteAsync(
        ODataRequest request, Resource resource, PageQuery query, DeltaPlan plan, int size, NpgsqlDataReader reader, CancellationToken stop)
    {
        var more = await reader.ReadAsync(stop);
        Preconditions.CheckWithoutETag(request.Operation);
        Answers.Json(request);
        await using var stream = new JsonStream(request.Answer);
        var json = stream.Json;
        var entries = new DeltaEntries(request, resource, query.Shape);
        json.WriteStartObject();
        Answers.Context(request, json, resource, query.Shape.Selection, "/$delta");
        json.WriteStartArray("value");
        object? last = null;
        for (var rows = 0; more; more = await reader.ReadAsync(stop))
        {
            if (++rows > size) break;
            entries.Write(json, reader);
            if (rows == size) last = entries.Key(reader);
            await stream.SendIfEnoughAsync(stop);
        }
        json.WriteEndArray();
        var next = plan.Next!.Write(request.Options);
        if (more) json.WriteString("@odata.nextLink", TrackingLinks.Next(request, $"{query.DeltaPlace(last!)}.{next}"));
        else json.WriteString("@odata.deltaLink", TrackingLinks.Delta(request, next));
        json.WriteEndObject();
    }
}

/// <summary>The entries of a delta.</summary>
internal sealed class DeltaEntries(ODataRequest request, Resource resource, RowShape shape)
{
    private readonly EntityWriter _writer = new(request, shape);
    private readonly EntitySet _set = resource.Set;

    public object Key(NpgsqlDataReader row) => ValueWriter.Read(row, shape.FirstOrderKey, _set.Key.Type)!;

    public void Write(Utf8JsonWriter json, NpgsqlDataReader row)
    {
        json.WriteStartObject();
        if (row.GetBoolean(shape.FirstOrderKey + 1)) _writer.WriteMembers(json, row);
        else Removed(json, row, row.GetBoolean(shape.FirstOrderKey + 2) ? "changed" : "deleted");
        json.WriteEndObject();
    }

    /// <summary>Gone from the answer: deleted, or changed so that it does not belong to it any more.</summary>
    private void Removed(Utf8JsonWriter json, NpgsqlDataReader row, string reason)
    {
        var url = Urls.Entity(request.Root, _set, Key(row));
        if (request.IsVersion40)
        {
            json.WriteString("@odata.context", $"{request.Root}$metadata#{_set.Name}/$deletedEntity");
            json.WriteString("id", url);
            json.WriteString("reason", reason);
            return;
        }
        json.WriteStartObject("@removed");
        json.WriteString("reason", reason);
        json.WriteEndObject();
        if (request.Preferences.Metadata != "none") json.WriteString("@odata.id", url);
        json.WritePropertyName(_set.Key.JsonName);
        ValueWriter.Write(json, row, shape.FirstOrderKey, _set.Key.Type, request.NumbersAsText);
    }
}

/// <summary>Links of tracked reads: the request's own options, and where it stands.</summary>
internal static class TrackingLinks
{
    public static string Delta(ODataRequest request, string token) => Link(request, [$"$deltatoken={token}"], "deltatoken");

    public static string Next(ODataRequest request, string place) => Link(request, [$"$skiptoken={place}"], "");

    private static string Link(ODataRequest request, IEnumerable<string> added, string replaced)
    {
        var options = UriGuard.Options(request.Operation.Query)
            .Where(x => x.Name.TrimStart('$') is var name && name is not ("skiptoken" or "orderby" or "count") && name != replaced)
            .Select(x => $"{Escape(x.Name)}={Uri.EscapeDataString(x.Value)}");
        return $"{request.Root}{request.RawPath.TrimStart('/')}?{string.Join('&', options.Concat(added))}";
    }

    private static string Escape(string name) =>
        Uri.EscapeDataString(name).Replace("%24", "$", StringComparison.Ordinal).Replace("%40", "@", StringComparison.Ordinal);
}
