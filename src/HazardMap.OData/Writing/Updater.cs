namespace HazardMap.OData;

/// <summary>
/// PATCH and PUT of one entity: lock the row, compare its state with what the client has seen, write, read back. An entity
/// that is not there is created, where the set and the preconditions allow it.
/// </summary>
internal sealed class Updater(ODataRequest request, Resource resource, ChangeScope scope)
{
    private readonly EntitySet set = resource.Set;

    public async Task Answer(WriteMode mode, CancellationToken cancellation)
    {
        if (set.Table is null) throw WriteRules.ReadOnly(set);
        WriteRules.MayWrite(request, set);
        using var json = RequestBody.Json(request.Operation, request.Content);
        var entity = await WriteRules.Canonical(request, resource, scope, cancellation);
        if (await Snapshot.Take(request, entity, scope.Connection, lockRow: true, cancellation) is not { } before)
        {
            await Create(json.RootElement, cancellation);
            return;
        }
        Preconditions.Of(request.Operation).Check(before);
        var body = new BodyReader(request).Read(set, json.RootElement, mode, entity.Key);
        await Apply(body, entity.Key!, cancellation);
        await Representation.Changed(request, set, entity.Key!, scope, cancellation);
    }

    /// <summary>Writes what a body says to an entity that is locked and as expected.</summary>
    public async Task Apply(EntityBody body, object key, CancellationToken cancellation)
    {
        var linker = new Linker(request, scope);
        await linker.NeedTargets(body, cancellation);
        await new RowWriter(request, scope).Update(set, key, body.Values, body.Mode == WriteMode.Replace ? Absent(body) : [], cancellation);
        await linker.LinkMany(body, key, cancellation);
    }

    /// <summary>A replacement leaves alone what the caller does not know to be there.</summary>
    private List<Property> Absent(EntityBody body) => [.. body.Absent().Where(x => request.Caller.MayRead(body.Set, x))];

    private async Task Create(System.Text.Json.JsonElement json, CancellationToken cancellation)
    {
        if (resource.Parent is not null || !set.Insertable || Preconditions.Of(request.Operation).MustExist) throw WriteRules.NoSuch(set);
        var body = new BodyReader(request).Read(set, json, WriteMode.Create, resource.Key);
        await new Creator(request, scope).Create(body, resource.Key, cancellation);
        await Representation.Created(request, set, resource.Key!, scope, body, cancellation);
    }
}
