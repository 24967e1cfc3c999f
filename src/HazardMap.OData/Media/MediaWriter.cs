using Microsoft.AspNetCore.Http;

namespace HazardMap.OData;

/// <summary>POST of a stream to a set of media entities creates one; PUT of <c>/$value</c> replaces the stream of one.</summary>
internal sealed class MediaWriter(ODataRequest request, Resource resource, ChangeScope scope)
{
    private readonly EntitySet set = resource.Set;
    private readonly Media media = resource.Set.Media!;

    public async Task Create(CancellationToken cancellation)
    {
        var creator = new Creator(request, scope);
        creator.NeedInsertable(set);
        var body = new EntityBody(set, WriteMode.Create);
        Describe(body.Values);
        if (resource.Parent is { } parent) await creator.Belong(body, resource.Via!, parent, cancellation);
        var key = await creator.Create(body, key: null, cancellation);
        await Keep(key, ODataChangeKind.Insert, body.Values, cancellation);
        await Representation.Created(request, set, key, scope, body, cancellation);
    }

    public async Task Replace(CancellationToken cancellation)
    {
        if (!HttpMethods.IsPut(request.Operation.Method)) throw Writes.NotAllowed(request.Operation.Method, "a stream");
        if (set.Table is null) throw WriteRules.ReadOnly(set);
        WriteRules.MayWrite(request, set);
        var values = new Dictionary<Property, object?>();
        Describe(values);
        var entity = await WriteRules.Canonical(request, resource with { IsRawValue = false }, scope, cancellation);
        await WriteRules.Expected(request, entity, scope, cancellation);
        await new RowWriter(request, scope).Update(set, entity.Key!, values, [], cancellation);
        await Keep(entity.Key!, ODataChangeKind.Update, values, cancellation);
        var after = await Snapshot.Take(request, entity, scope.Connection, lockRow: false, cancellation);
        if (after?.ETag is { } etag) request.Answer.Headers.ETag = etag;
        request.Answer.Status = StatusCodes.Status204NoContent;
    }

    /// <summary>What the row says of its stream, and the stream itself where the row holds it.</summary>
    private void Describe(Dictionary<Property, object?> values)
    {
        var type = request.Operation.Headers.ContentType.ToString().Split(';')[0].Trim().ToLowerInvariant();
        if (type.Length == 0 || media.Accepted.Count > 0 && !media.Accepted.Contains(type, StringComparer.Ordinal))
            throw new ODataRefusalException(415, "UnsupportedMediaType", $"{set.Name} take {string.Join(", ", media.Accepted)}.", "Content-Type");
        if (request.Content.Length == 0) throw ODataRefusalException.Bad("The stream is empty.");
        values[media.Type] = type;
        if (media.Size is { } size) values[size] = Convert.ChangeType(request.Content.Length, size.Type == ODataType.Int64 ? typeof(long) : typeof(int), System.Globalization.CultureInfo.InvariantCulture);
        if (media.Content is { } content) values[content] = request.Content.ToArray();
    }

    private async Task Keep(object key, ODataChangeKind kind, IReadOnlyDictionary<Property, object?> values, CancellationToken cancellation)
    {
        if (media.Store is not { } store) return;
        var change = new ODataChange { Http = request.Http, Set = set, Key = key, Kind = kind, Values = values, Connection = scope.Connection, Transaction = scope.Transaction };
        await store.WriteAsync(change, request.Content, cancellation);
    }
}
