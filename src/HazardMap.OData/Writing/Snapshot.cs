using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;

namespace HazardMap.OData;

/// <summary>One entity as the caller may see it, inside a transaction.</summary>
internal sealed record Snapshot(string? ETag, ReadOnlyMemory<byte> Bytes)
{
    public JsonNode? Json()
    {
        var node = JsonNode.Parse(Bytes.Span);
        node?.AsObject().Remove("@odata.context");
        return node;
    }

    /// <summary>The entity as JSON.</summary>
    public JsonElement Root() => JsonElement.Parse(Bytes.Span);

    /// <summary>Reads the entity, perhaps after locking its row; null when it is not there for this caller.</summary>
    public static async Task<Snapshot?> TakeAsync(
        ODataRequest request, Resource resource, NpgsqlConnection connection, bool lockRow, CancellationToken stop, Selection? shown = null)
    {
        var selection = shown ?? Selection.Of(resource.Set, clause: null, request.Caller);
        var query = new PageQuery(request, resource);
        var batch = new ReadBatch(request.Options, request.Caller);
        if (lockRow) AddLock(batch, resource);
        batch.Add(query.SingleSql(selection), query.Parameters);
        await using var reader = await batch.RunAsync(connection, stop);
        if (lockRow) await reader.NextResultAsync(stop);
        if (!await reader.ReadAsync(stop)) return null;
        var writer = new EntityWriter(request, query.Shape);
        var buffer = new ArrayBufferWriter<byte>();
        await using (var json = new Utf8JsonWriter(buffer, JsonStream.Style))
        {
            json.WriteStartObject();
            Answers.Context(request, json, resource, selection, "/$entity");
            writer.WriteMembers(json, reader);
            json.WriteEndObject();
        }
        return new Snapshot(writer.ETag(reader), buffer.WrittenMemory);
    }

    private static void AddLock(ReadBatch batch, Resource resource)
    {
        var parameters = new SqlParameters();
        var key = parameters.Add(resource.Key!, resource.Set.Key.Type.DbType());
        batch.Add($"select 1 from {Identifier.QuotePath(resource.Set.Table!)} "
            + $"where {resource.Set.Key.QuotedColumn} = {key} for no key update", parameters);
    }
}
