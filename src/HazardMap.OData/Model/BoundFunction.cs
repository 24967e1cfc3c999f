using Microsoft.AspNetCore.Http;
using Microsoft.OData.Edm;

namespace HazardMap.OData;

/// <summary>A call of a bound function: who asks, of which entity, with which arguments.</summary>
/// <param name="Http">The request.</param>
/// <param name="Set">The entity set of the bound entity.</param>
/// <param name="Key">The bound entity's key; it exists and the caller may see it.</param>
/// <param name="Arguments">Values of the parameters that were given: points in time in UTC, members of enumerations as text;
/// null where null was given.</param>
public sealed record FunctionCall(HttpContext Http, EntitySet Set, object Key, IReadOnlyDictionary<string, object?> Arguments);

/// <summary>A function bound to one entity; the host answers it with a record.</summary>
/// <param name="Name">Name in OData, without the namespace.</param>
/// <param name="Record">The record that it answers.</param>
/// <param name="Returns">The same as a complex type.</param>
/// <param name="Answer">Answers a call; null: 404. May throw <see cref="ODataRefusalException"/>.</param>
/// <param name="Parameters">What it takes besides the entity.</param>
public sealed record BoundFunction(
    string Name, Type Record, IEdmComplexType Returns, Func<FunctionCall, CancellationToken, Task<object?>> Answer,
    IReadOnlyList<FunctionParameter> Parameters);
