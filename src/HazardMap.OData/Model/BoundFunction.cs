using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace HazardMap.OData;

/// <summary>A call of a bound function: who asks, of which entity, with which arguments.</summary>
/// <param name="Http">The request.</param>
/// <param name="Set">The entity set of the bound entity.</param>
/// <param name="Key">The bound entity's key; it exists and the caller may see it.</param>
/// <param name="Arguments">Values of the parameters that were given: points in time in UTC, members of enumerations as text; null where null was given.</param>
public sealed record FunctionCall(HttpContext Http, EntitySet Set, object Key, IReadOnlyDictionary<string, object?> Arguments);

/// <summary>A parameter of a bound function; every one may be left out.</summary>
/// <param name="Name">Name in OData.</param>
/// <param name="Type">Type in OData.</param>
/// <param name="EnumType">The enumeration, where the type is one.</param>
public sealed record FunctionParameter(string Name, ODataType Type, EnumType? EnumType = null)
{
    /// <summary>A parameter that takes a member of an enumeration.</summary>
    /// <param name="name">Name in OData.</param>
    /// <param name="type">The enumeration.</param>
    public static FunctionParameter Of(string name, EnumType type) => new(name, ODataType.Enum, type);
}

/// <summary>A function bound to one entity; the host answers it.</summary>
/// <param name="Name">Name in OData, without the namespace.</param>
/// <param name="Returns">The complex type it returns.</param>
/// <param name="Write">Writes the properties of the result; the object is opened and closed by the library.</param>
/// <param name="Parameters">What it takes besides the entity.</param>
public sealed record BoundFunction(
    string Name, ComplexType Returns, Func<FunctionCall, Utf8JsonWriter, CancellationToken, Task> Write, IReadOnlyList<FunctionParameter> Parameters);
