using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace HazardMap.OData;

/// <summary>What of a batch is done so far: which requests failed, and what later ones may refer to.</summary>
internal sealed class BatchState(ODataOperation batch)
{
    private static readonly string[] Inherited = ["OData-MaxVersion", "OData-Version", "Accept-Language"];

    private static readonly string[] RootResources = ["metadata", "entity", "all"];

    private readonly Dictionary<string, string> _entities = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _etags = new(StringComparer.Ordinal);
    private readonly HashSet<string> _failed = new(StringComparer.Ordinal);

    public bool HasFailures { get; private set; }

    /// <summary>Why none of these requests can be tried; null: they can.</summary>
    public ODataRefusalException? Fault(List<BatchPart> unit)
    {
        foreach (var part in unit)
        {
            if (part.DependsOn.Append(part.Refers ?? "").FirstOrDefault(_failed.Contains) is { Length: > 0 } culprit)
                return new ODataRefusalException(424, "FailedDependency", $"It depends on {culprit}, which failed.", culprit);
        }
        return unit.Exists(x => x.IsConditional) && !HasFailures
            ? ODataRefusalException.NotBuilt("Conditional requests (if) are not built.", "if") : null;
    }

    public void Failed(List<BatchPart> unit)
    {
        HasFailures = true;
        foreach (var part in unit)
        {
            _failed.Add(part.Id);
            if (part.Group is { } group) _failed.Add(group);
        }
    }

    public void Done(BatchPart part, ODataOperation? operation, ODataAnswer answer)
    {
        if (answer.Status >= 400 || operation is null)
        {
            Failed([part]);
            return;
        }
        if (!part.IsNamed) return;
        var made = answer.Headers.Location.ToString();
        _entities[part.Id] = made.Length > 0 && References.Below(operation, made) is { } below ? below : operation.Path;
        if (answer.Headers.ETag is [{ } etag]) _etags[part.Id] = etag;
    }

    /// <summary>The request as if it had come by itself; null when its URL is not of this service.</summary>
    public ODataOperation? Operation(BatchPart part, ODataAnswer answer, ChangeScope? scope)
    {
        var url = part.Url;
        if (part.Refers is { } name && !_entities.ContainsKey(name) && !RootResources.Contains(name, StringComparer.Ordinal)) return null;
        var question = url.IndexOf('?', StringComparison.Ordinal);
        var path = References.Below(batch with { Earlier = _entities }, question < 0 ? url : url[..question]);
        if (path is null) return null;
        path = ODataOperation.PlainPath(path);
        if (path.StartsWith("/$batch", StringComparison.OrdinalIgnoreCase)) return null;
        return batch with
        {
            Method = part.Method, Path = path, Query = question < 0 ? "" : url[question..], Headers = Headers(part),
            Body = Reader(part.Body), Answer = answer, Changes = scope, Earlier = _entities,
        };
    }

    // A pipe and not a reader over the bytes: that one has no end to advance to when there are none.
    private static PipeReader Reader(ReadOnlyMemory<byte> body)
    {
        var pipe = new Pipe();
        pipe.Writer.Write(body.Span);
        pipe.Writer.Complete();
        return pipe.Reader;
    }

    public ODataRefusalException NotHere(BatchPart part)
    {
        RefusalText why = $"{part.Url} is neither a URL of this service nor begins with an earlier request's id.";
        if (part.Url.Contains("$batch", StringComparison.OrdinalIgnoreCase)) why = "A batch cannot hold a batch.";
        return ODataRefusalException.Bad(why, part.Id, "BadUrl");
    }

    private HeaderDictionary Headers(BatchPart part)
    {
        var headers = new HeaderDictionary();
        foreach (var name in Inherited)
        {
            if (batch.Headers.TryGetValue(name, out var value)) headers[name] = value;
        }
        RepeatableRequest.Inherit(batch, part, headers);
        foreach (var (name, value) in part.Headers) headers[name] = value;
        // The state that an earlier request of the batch left its entity in.
        foreach (var name in new[] { "If-Match", "If-None-Match" })
        {
            if (headers[name].ToString() is ['$', .. var id] && _etags.TryGetValue(id, out var etag)) headers[name] = etag;
        }
        return headers;
    }
}
