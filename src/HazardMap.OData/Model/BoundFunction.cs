using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace HazardMap.OData;

/// <summary>A call of a bound function: who asks, and of which entity.</summary>
/// <param name="Http">The request.</param>
/// <param name="Set">The entity set of the bound entity.</param>
/// <param name="Key">The bound entity's key; it exists and the caller may see it.</param>
public sealed record FunctionCall(HttpContext Http, EntitySet Set, object Key);

/// <summary>A function bound to one entity; the host answers it.</summary>
/// <param name="Name">Name in OData, without the namespace.</param>
/// <param name="Returns">The complex type it returns.</param>
/// <param name="Write">Writes the properties of the result; the object is opened and closed by the library.</param>
public sealed record BoundFunction(string Name, ComplexType Returns, Func<FunctionCall, Utf8JsonWriter, CancellationToken, Task> Write);
