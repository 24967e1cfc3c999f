using Npgsql;

namespace HazardMap.OData;

/// <summary>What every write checks: that it may happen here, by this caller, on the state he has seen.</summary>
internal static class WriteRules
{
    public static object OneEntity(ODataRequest request, Resource resource, string method)
    {
        if (resource.IsReference || resource.Key is null || resource.Parent is not null || resource.Property is not null || resource.Function is not null)
            throw ODataRefusalException.NotBuilt($"{method} is built for one entity by its key.");
        MayWrite(request, resource.Set);
        return resource.Key;
    }

    public static void MayWrite(ODataRequest request, EntitySet set)
    {
        if (!request.Caller.MayWrite(set)) throw new ODataRefusalException(403, "Forbidden", $"You may not change {set.Name}.");
    }

    public static ODataRefusalException ReadOnly(EntitySet set) => new(405, "ReadOnly", $"{set.Name} cannot be changed in this way.");

    /// <summary>Locks the row; refuses when it is not there for the caller or is not in a state that he accepts.</summary>
    public static async Task<Snapshot> Expected(
        ODataRequest request, Resource resource, NpgsqlConnection connection, IReadOnlyList<string>? accepted, CancellationToken cancellation)
    {
        var before = await Snapshot.Take(request, resource, connection, lockRow: true, cancellation)
            ?? throw ODataRefusalException.NotFound($"{resource.Set.Name} has no such entity.");
        if (before.ETag is { } etag && !Preconditions.Holds(accepted, etag))
            throw new ODataRefusalException(412, "Stale", "The entity has changed since you read it; its current values are in innererror.", "If-Match")
            {
                Current = before.Json(),
                Details = [new ODataErrorDetail("CurrentETag", etag, "@odata.etag")],
            };
        return before;
    }

    /// <summary>Nobody may move an entity to where he cannot see it.</summary>
    public static async Task<Snapshot> StillVisible(
        ODataRequest request, Resource resource, NpgsqlConnection connection, CancellationToken cancellation) =>
        await Snapshot.Take(request, resource, connection, lockRow: false, cancellation)
            ?? throw new ODataRefusalException(422, "OutsideArea", "The change would put the entity outside your area.");
}
