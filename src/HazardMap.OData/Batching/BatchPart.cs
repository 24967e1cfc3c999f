using Microsoft.AspNetCore.Http;

namespace HazardMap.OData;

/// <summary>One request of a batch as it was sent.</summary>
internal sealed record BatchPart(string Id, string Method, string Url, IHeaderDictionary Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>The atomicity group or change set it belongs to: all of its requests are done or none.</summary>
    public string? Group { get; init; }

    /// <summary>Requests and groups that must have succeeded before.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>Whether the client named it; only then do others refer to it and does its answer bear the name.</summary>
    public bool IsNamed { get; init; } = true;

    /// <summary>It asks for a condition, which is not built.</summary>
    public bool IsConditional { get; init; }

    /// <summary>The earlier request whose entity the URL begins with, as in <c>$1/Sailors</c>.</summary>
    public string? Refers => Url.StartsWith('$') ? Url[1..].Split('/', '?')[0] : null;
}
