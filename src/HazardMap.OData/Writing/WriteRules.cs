namespace HazardMap.OData;

/// <summary>What every write checks: that it may happen here, by this caller, on the state he has seen.</summary>
internal static class WriteRules
{
    /// <summary>Refuses at once who may change no row of the set in this way.</summary>
    public static void MayChange(ODataRequest request, EntitySet set, params ReadOnlySpan<ODataChangeKind> kinds)
    {
        foreach (var kind in kinds)
            if (request.Caller.RestrictChange(set, kind) != Restriction.Nothing) return;
        throw Forbidden(set);
    }

    public static ODataRefusalException Forbidden(EntitySet set) => new(403, "Forbidden", $"You may not change {set.Name}.");

    public static ODataRefusalException Forbidden(EntitySet set, Property property) =>
        new(403, "Forbidden", $"You may not set {property.Name} of {set.Name}.", property.Name);

    /// <summary>Whether the entity is among rows that the caller may do something with.</summary>
    public static Task<bool> IsAmongAsync(
        ODataRequest request, EntitySet set, object key, Restriction rows, ChangeScope scope, CancellationToken stop)
    {
        if (rows == Restriction.Everything) return Task.FromResult(true);
        return rows == Restriction.Nothing ? Task.FromResult(false) : ExistsAsync(request.ConfinedTo(set, rows), set, key, scope, stop);
    }

    public static ODataRefusalException ReadOnly(EntitySet set) => new(405, "ReadOnly", $"{set.Name} cannot be changed in this way.");

    public static ODataRefusalException NoSuch(EntitySet set) => ODataRefusalException.NotFound($"{set.Name} has no such entity.");

    public static ODataRefusalException ServerOwned(string name) =>
        new(422, "ReadOnlyProperty", $"{name} belongs to the server and cannot be set.", name);

    /// <summary>The same, with what to do instead where the host has told it.</summary>
    public static ODataRefusalException ServerOwned(Property property) => property.Instead is not { } instead ? ServerOwned(property.Name)
        : new(422, "ReadOnlyProperty", RefusalText.FromString($"{property.Name} cannot be set: {instead.English}."), property.Name)
        {
            Details = [new("zh", $"{property.Called}不能直接填写：{instead.Chinese}。")],
        };

    /// <summary>The entity a path leads to, by its own key: <c>Keepers(1)/Lighthouse</c> is <c>Lighthouses(7)</c>.</summary>
    public static async Task<Resource> CanonicalAsync(ODataRequest request, Resource resource, ChangeScope scope, CancellationToken stop)
    {
        if (resource.Parent is null) return resource;
        var query = new PageQuery(request, resource with { Property = null });
        var batch = new ReadBatch(request.Options, request.Caller);
        batch.Add(query.SingleSql(new Selection([], [], ContextList: null)), query.Parameters);
        await using var reader = await batch.RunAsync(scope.Connection, stop);
        if (!await reader.ReadAsync(stop)) throw NoSuch(resource.Set);
        var key = ValueWriter.Read(reader, query.Shape.KeyOrdinal, resource.Set.Key.Type)!;
        return resource with { Parent = null, Via = null, Key = key };
    }

    /// <summary>Whether the entity is there for this caller.</summary>
    public static async Task<bool> ExistsAsync(ODataRequest request, EntitySet set, object key, ChangeScope scope, CancellationToken stop)
    {
        var query = new PageQuery(request, new Resource(set) { Key = key });
        var batch = new ReadBatch(request.Options, request.Caller);
        batch.Add(query.CountSql(), query.Parameters);
        await using var reader = await batch.RunAsync(scope.Connection, stop);
        return await reader.ReadAsync(stop) && reader.GetInt64(0) > 0;
    }

    /// <summary>Locks the row; refuses when it is not there for the caller or is not in a state that he accepts.</summary>
    public static async Task<Snapshot> ExpectedAsync(ODataRequest request, Resource resource, ChangeScope scope, CancellationToken stop)
    {
        var before = await Snapshot.TakeAsync(request, resource, scope.Connection, lockRow: true, stop) ?? throw NoSuch(resource.Set);
        Preconditions.Of(request.Operation).Check(before);
        return before;
    }

    /// <summary>Nobody may move an entity to where he cannot see it.</summary>
    public static async Task StillVisibleAsync(ODataRequest request, EntitySet set, object key, ChangeScope scope, CancellationToken stop)
    {
        if (!await ExistsAsync(request, set, key, scope, stop))
            throw new ODataRefusalException(422, "OutsideArea", "The change would put the entity outside your area.");
    }
}
