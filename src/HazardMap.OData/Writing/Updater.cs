namespace HazardMap.OData;

/// <summary>
/// PATCH and PUT of one entity: lock the row, compare its state with what the client has seen, write, read back. An entity
/// that is not there is created, where the set and the preconditions allow it.
/// </summary>
internal sealed class Updater(ODataRequest request, Resource resource, ChangeScope scope)
{
    private readonly EntitySet _set = resource.Set;

    public async Task AnswerAsync(WriteMode mode, CancellationToken stop)
    {
        if (_set.Table is null) throw WriteRules.ReadOnly(_set);
        WriteRules.MayChange(request, _set, ODataChangeKind.Update, ODataChangeKind.Insert);
        using var json = RequestBody.Json(request.Operation, request.Content);
        var entity = await WriteRules.CanonicalAsync(request, resource, scope, stop);
        if (await Snapshot.TakeAsync(request, entity, scope.Connection, lockRow: true, stop) is not { } before)
        {
            await CreateAsync(json.RootElement, stop);
            return;
        }
        var late = mode == WriteMode.Update ? Lateness.Of(request, entity, scope) : null;
        var isStale = late is not null && Lateness.IsStale(request.Operation, before);
        if (!isStale) Preconditions.Of(request.Operation).Check(before);
        var shown = await Shown.TakeAsync(request, entity, before, json.RootElement, scope, stop);
        var body = new BodyReader(request, shown).Read(_set, json.RootElement, mode, entity.Key);
        if (isStale) await late!.SettleAsync(body, json.RootElement, shown, before, stop);
        await ApplyAsync(body, entity.Key!, stop);
        await Representation.ChangedAsync(request, _set, entity.Key!, scope, stop, isMerged: late is not null);
    }

    /// <summary>Writes what a body says to an entity that is locked and as expected.</summary>
    public async Task ApplyAsync(EntityBody body, object key, CancellationToken stop)
    {
        var linker = new Linker(request, scope);
        await linker.NeedTargetsAsync(body, stop);
        await new RowWriter(request, scope).UpdateAsync(_set, key, body.Values, body.Mode == WriteMode.Replace ? Absent(body) : [], stop);
        await linker.LinkManyAsync(body, key, stop);
    }

    /// <summary>A replacement leaves alone what the caller does not know to be there.</summary>
    private List<Property> Absent(EntityBody body) => [.. body.Absent().Where(x => request.Caller.MayRead(body.Set, x))];

    private async Task CreateAsync(System.Text.Json.JsonElement json, CancellationToken stop)
    {
        if (resource.Parent is not null || !_set.Insertable || Preconditions.Of(request.Operation).MustExist
            || request.Caller.RestrictChange(_set, ODataChangeKind.Insert) == Restriction.Nothing) throw WriteRules.NoSuch(_set);
        var body = new BodyReader(request).Read(_set, json, WriteMode.Create, resource.Key);
        await new Creator(request, scope).CreateAsync(body, resource.Key, stop);
        await Representation.CreatedAsync(request, _set, resource.Key!, scope, body, stop);
    }
}
