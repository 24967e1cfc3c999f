using Microsoft.AspNetCore.Http;

namespace HazardMap.OData;

/// <summary>POST of a stream to a set of media entities creates one; PUT of <c>/$value</c> replaces the stream of one.</summary>
internal sealed class MediaWriter(ODataRequest request, Resource resource, ChangeScope scope)
{
    private readonly EntitySet _set = resource.Set;
    private readonly Media _media = resource.Set.Media!;

    public async Task CreateAsync(CancellationToken stop)
    {
        var creator = new Creator(request, scope);
        creator.NeedInsertable(_set);
        var body = new EntityBody(_set, WriteMode.Create);
        var stream = await DescribeAsync(body.Values, stop);
        if (resource.Parent is { } parent) await creator.BelongAsync(body, resource.Via!, parent, stop);
        var key = await creator.CreateAsync(body, key: null, stop);
        await KeepAsync(key, ODataChangeKind.Insert, body.Values, stream, stop);
        await Representation.CreatedAsync(request, _set, key, scope, body, stop);
    }

    public async Task ReplaceAsync(CancellationToken stop)
    {
        if (!HttpMethods.IsPut(request.Operation.Method)) throw Writes.NotAllowed(request.Operation.Method, "a stream");
        if (_set.Table is null) throw WriteRules.ReadOnly(_set);
        WriteRules.MayChange(request, _set, ODataChangeKind.Update);
        var values = new Dictionary<Property, object?>();
        var stream = await DescribeAsync(values, stop);
        var entity = await WriteRules.CanonicalAsync(request, resource with { IsRawValue = false }, scope, stop);
        await WriteRules.ExpectedAsync(request, entity, scope, stop);
        await new RowWriter(request, scope).UpdateAsync(_set, entity.Key!, values, [], stop);
        await KeepAsync(entity.Key!, ODataChangeKind.Update, values, stream, stop);
        var after = await Snapshot.TakeAsync(request, entity, scope.Connection, lockRow: false, stop);
        if (after?.ETag is { } etag) request.Answer.Headers.ETag = etag;
        request.Answer.Status = StatusCodes.Status204NoContent;
    }

    /// <summary>What the row says of its stream, and the stream itself where the row holds it. Returns the stream that is kept.</summary>
    private async Task<PreparedStream> DescribeAsync(Dictionary<Property, object?> values, CancellationToken stop)
    {
        var type = SentType.Name(request.Operation.Headers.ContentType.ToString());
        if (type.Length == 0 || _media.Accepted.Count > 0 && !_media.Accepted.Contains(type, StringComparer.Ordinal))
            throw new ODataRefusalException(415, "UnsupportedMediaType",
                $"{_set.Name} take {string.Join(", ", _media.Accepted)}.", "Content-Type");
        if (request.Content.Length == 0) throw ODataRefusalException.Bad("The stream is empty.");
        var kept = _media.Store is { } store ? await store.PrepareAsync(type, request.Content, stop)
            : new PreparedStream(request.Content);
        values[_media.Type] = type;
        if (_media.Size is { } size)
            values[size] = Convert.ChangeType(kept.Content.Length, size.Type == ODataType.Int64 ? typeof(long) : typeof(int),
                System.Globalization.CultureInfo.InvariantCulture);
        if (_media.Content is { } content) values[content] = kept.Content.ToArray();
        foreach (var (name, value) in kept.Values) values[_set.Need(name)] = value;
        return kept;
    }

    private async Task KeepAsync(object key, ODataChangeKind kind, IReadOnlyDictionary<Property, object?> values,
        PreparedStream stream, CancellationToken stop)
    {
        if (_media.Store is not { } store) return;
        var change = new ODataChange { Http = request.Http, Set = _set, Key = key, Kind = kind, Values = values,
            Connection = scope.Connection, Transaction = scope.Transaction };
        await store.WriteAsync(change, stream, stop);
    }
}
