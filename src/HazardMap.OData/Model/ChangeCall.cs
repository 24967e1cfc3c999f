using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace HazardMap.OData;

/// <summary>
/// A call of a bound action that is a change: its row is locked, its transaction is that of the request, so it can be repeated, stand in
/// an atomicity group, and is undone with it.
/// </summary>
public sealed class ChangeCall
{
    private readonly ODataRequest _request;
    private readonly ChangeScope _scope;

    internal ChangeCall(ODataRequest request, ChangeScope scope, EntitySet set, object key, IReadOnlyDictionary<string, object?> arguments)
    {
        (_request, _scope) = (request, scope);
        (Set, Key, Arguments) = (set, key, arguments);
    }

    /// <summary>The request.</summary>
    public HttpContext Http => _request.Http;

    /// <summary>The entity set of the bound entity.</summary>
    public EntitySet Set { get; }

    /// <summary>The bound entity's key.</summary>
    public object Key { get; }

    /// <summary>What the body says, by the parameters' names; what it leaves out is not there. Geography values are EWKB bytes.</summary>
    public IReadOnlyDictionary<string, object?> Arguments { get; }

    /// <summary>The connection, inside the transaction.</summary>
    public NpgsqlConnection Connection => _scope.Connection;

    /// <summary>
    /// Sets properties of the bound entity, of those too that clients may not write, for whoever may call the action: with the set's
    /// hooks, and constraints that refuse are refusals that name the property.
    /// </summary>
    /// <param name="values">By the properties' names.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="ODataRefusalException">A constraint, a hook, or a reference that is not there for the caller.</exception>
    public Task UpdateAsync(IReadOnlyDictionary<string, object?> values, CancellationToken stop) =>
        new RowWriter(_request, _scope, isCalled: true).UpdateAsync(Set, Key, Of(Set, values), [], stop);

    /// <summary>Creates an entity of a set that the caller may write, in his area.</summary>
    /// <param name="set">The set's name.</param>
    /// <param name="values">By the properties' names.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>Its key.</returns>
    /// <exception cref="ODataRefusalException">As above; 403 where he may not write the set, 422 outside his area.</exception>
    public async Task<Guid> InsertAsync(string set, IReadOnlyDictionary<string, object?> values, CancellationToken stop)
    {
        var target = _request.Model.EntitySets[set];
        WriteRules.MayChange(_request, target, ODataChangeKind.Insert);
        var key = Guid.CreateVersion7();
        await new RowWriter(_request, _scope).InsertAsync(target, key, Of(target, values), stop);
        await WriteRules.StillVisibleAsync(_request, target, key, _scope, stop);
        return key;
    }

    /// <summary>Changes an entity, of whatever set and in whatever state, as a PATCH by the caller would.</summary>
    /// <param name="set">The set's name.</param>
    /// <param name="key">The entity's key, as text.</param>
    /// <param name="body">What PATCH would send.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="ODataRefusalException">It is not there for the caller, or the change is refused.</exception>
    public async Task PatchAsync(string set, string key, JsonElement body, CancellationToken stop)
    {
        var target = Need(set);
        if (target.Table is null) throw WriteRules.ReadOnly(target);
        WriteRules.MayChange(_request, target, ODataChangeKind.Update);
        var entity = new Resource(target) { Key = JsonValues.Read(target.Key, JsonSerializer.SerializeToElement(key), _request) };
        var before = await Snapshot.TakeAsync(_request, entity, _scope.Connection, lockRow: true, stop)
            ?? throw WriteRules.NoSuch(target);
        var shown = await Shown.TakeAsync(_request, entity, before, body, _scope, stop);
        var read = new BodyReader(_request, shown).Read(target, body, WriteMode.Update, entity.Key);
        await new Updater(_request, entity, _scope).ApplyAsync(read, entity.Key!, stop);
        await WriteRules.StillVisibleAsync(_request, target, entity.Key!, _scope, stop);
    }

    /// <summary>Creates an entity as a POST by the caller would.</summary>
    /// <param name="set">The set's name.</param>
    /// <param name="body">What POST would send.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="ODataRefusalException">It is refused.</exception>
    public async Task PostAsync(string set, JsonElement body, CancellationToken stop)
    {
        var target = Need(set);
        var creator = new Creator(_request, _scope);
        creator.NeedInsertable(target);
        var key = await creator.CreateAsync(new BodyReader(_request).Read(target, body, WriteMode.Create), key: null, stop);
        await WriteRules.StillVisibleAsync(_request, target, key, _scope, stop);
    }

    private EntitySet Need(string set) => _request.Model.EntitySets.GetValueOrDefault(set)
        ?? throw ODataRefusalException.NotFound($"There is no {set} here.", set);

    private static Dictionary<Property, object?> Of(EntitySet set, IReadOnlyDictionary<string, object?> values) =>
        values.ToDictionary(x => set.Need(x.Key), x => x.Value);
}
