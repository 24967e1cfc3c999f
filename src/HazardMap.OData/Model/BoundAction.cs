using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace HazardMap.OData;

/// <summary>A call of a bound action: who asks, of which entity, with which parameters.</summary>
/// <param name="Http">The request.</param>
/// <param name="Set">The entity set of the bound entity.</param>
/// <param name="Key">The bound entity's key; it exists and the caller may see and change it.</param>
/// <param name="Parameters">The body: a JSON object, empty when none was sent.</param>
public sealed record ActionCall(HttpContext Http, EntitySet Set, object Key, JsonElement Parameters);

/// <summary>An action bound to one entity, called by POST; the host does it, the answer is 204.</summary>
/// <param name="Name">Name in OData, without the namespace.</param>
/// <param name="Run">Does it. May throw <see cref="ODataRefusalException"/>.</param>
public sealed record BoundAction(string Name, Func<ActionCall, CancellationToken, Task> Run)
{
    /// <summary>What it takes besides the entity.</summary>
    public IReadOnlyList<FunctionParameter> Parameters { get; init; } = [];

    /// <summary>The change of the entity that it comes to, as the body of a PATCH; null: the host acts by itself.</summary>
    internal Func<ActionCall, CancellationToken, Task<JsonObject>>? Change { get; init; }
}
