using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.OData.Edm;

namespace HazardMap.OData;

/// <summary>A call of a bound action: who asks, of which entity, with which parameters.</summary>
/// <param name="Http">The request.</param>
/// <param name="Set">The entity set of the bound entity.</param>
/// <param name="Key">The bound entity's key; it exists and the caller may see and change it.</param>
/// <param name="Parameters">The body: a JSON object, empty when none was sent.</param>
public sealed record ActionCall(HttpContext Http, EntitySet Set, object Key, JsonElement Parameters);

/// <summary>An action bound to one entity, called by POST; the host does it, the answer is 204, or what it has to say. It either runs by
/// itself, or in the transaction of the request, or it comes to a PATCH of the entity.</summary>
/// <param name="Name">Name in OData, without the namespace.</param>
public sealed record BoundAction(string Name)
{
    /// <summary>Does it by itself; what it answers, null: 204. May throw <see cref="ODataRefusalException"/>.</summary>
    public Func<ActionCall, CancellationToken, Task<object?>>? Run { get; init; }

    /// <summary>Does it as a change: in the transaction of the request or of its atomicity group.</summary>
    public Func<ChangeCall, CancellationToken, Task>? Change { get; init; }

    /// <summary>Says the change of the entity that it comes to, as the body of a PATCH, which the library makes.</summary>
    public Func<ActionCall, CancellationToken, Task<JsonObject>>? Patch { get; init; }

    /// <summary>What its body may say, each part optional.</summary>
    public IReadOnlyList<FunctionParameter> Parameters { get; init; } = [];

    /// <summary>The record that it answers; null: it answers nothing.</summary>
    public Type? Record { get; init; }

    /// <summary>The same as a complex type.</summary>
    public IEdmComplexType? Returns { get; init; }
}
