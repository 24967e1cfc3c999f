using Microsoft.AspNetCore.Http;
using Npgsql;

namespace HazardMap.OData;

/// <summary>A change of one entity, as the host's hooks see it.</summary>
public sealed class ODataChange
{
    /// <summary>The request.</summary>
    public required HttpContext Http { get; init; }

    /// <summary>The entity set.</summary>
    public required EntitySet Set { get; init; }

    /// <summary>The entity's key.</summary>
    public required object Key { get; init; }

    /// <summary>What happens to the entity.</summary>
    public ODataChangeKind Kind { get; init; } = ODataChangeKind.Update;

    /// <summary>What the client wants to change, by property. Geography values are EWKB bytes.</summary>
    public required IReadOnlyDictionary<Property, object?> Values { get; init; }

    /// <summary>The connection, inside the transaction.</summary>
    public required NpgsqlConnection Connection { get; init; }

    /// <summary>The transaction.</summary>
    public required NpgsqlTransaction Transaction { get; init; }
}

/// <summary>What happens to an entity.</summary>
public enum ODataChangeKind
{
    /// <summary>PATCH: some properties change.</summary>
    Update,

    /// <summary>POST: it is created.</summary>
    Insert,

    /// <summary>DELETE: it is removed.</summary>
    Delete,
}
