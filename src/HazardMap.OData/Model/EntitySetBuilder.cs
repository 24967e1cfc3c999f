using System.Text.Json.Nodes;

namespace HazardMap.OData;

/// <summary>Describes one entity set. Column names default to the snake_case of the property's name.</summary>
public sealed class EntitySetBuilder
{
    private readonly EntitySet _set;
    private readonly ODataModelBuilder _model;

    internal EntitySetBuilder(EntitySet set, ODataModelBuilder model)
    {
        _set = set;
        _model = model;
    }

    /// <summary>Names the entity type; by default the set's name in the singular.</summary>
    /// <param name="name">Name without the namespace.</param>
    public EntitySetBuilder EntityType(string name)
    {
        _set.TypeName = name;
        return this;
    }

    /// <summary>Description of the set for <c>$metadata</c>.</summary>
    /// <param name="english">In English.</param>
    /// <param name="chinese">In Chinese.</param>
    public EntitySetBuilder Description(string english, string? chinese = null)
    {
        (_set.Description, _set.DescriptionZh) = (english, chinese);
        return this;
    }

    /// <summary>The key: one column, never null, unique.</summary>
    /// <param name="name">Name in OData.</param>
    /// <param name="type">Type in OData.</param>
    /// <param name="column">Column, when it is not the snake_case of the name.</param>
    public PropertyBuilder Key(string name, ODataType type, string? column = null)
    {
        var builder = Property(name, type, column).Required();
        _set.Key = _set.Need(name);
        return builder;
    }

    /// <summary>A property.</summary>
    /// <param name="name">Name in OData.</param>
    /// <param name="type">Type in OData.</param>
    /// <param name="column">Column, when it is not the snake_case of the name.</param>
    public PropertyBuilder Property(string name, ODataType type, string? column = null) =>
        Add(new Property(name, column ?? Identifier.SnakeCase(name), type, enumType: null));

    /// <summary>A property of an enumeration.</summary>
    /// <param name="name">Name in OData.</param>
    /// <param name="type">The enumeration.</param>
    /// <param name="column">Column, when it is not the snake_case of the name.</param>
    public PropertyBuilder Property(string name, EnumType type, string? column = null) =>
        Add(new Property(name, column ?? Identifier.SnakeCase(name), ODataType.Enum, type));

    /// <summary>The property that changes with every change of the row: it becomes the ETag.</summary>
    /// <param name="name">Name in OData.</param>
    /// <param name="type">Type in OData.</param>
    /// <param name="column">Column, when it is not the snake_case of the name.</param>
    public PropertyBuilder Version(string name, ODataType type = ODataType.Int32, string? column = null)
    {
        var builder = Property(name, type, column).Required();
        _set.Version = _set.Need(name);
        return builder;
    }

    /// <summary>A navigation to at most one entity, whose key equals a property of this one.</summary>
    /// <param name="name">Name in OData.</param>
    /// <param name="targetSet">Entity set it leads to; may be declared later.</param>
    /// <param name="foreignKey">Property of this set.</param>
    public EntitySetBuilder One(string name, string targetSet, string foreignKey)
    {
        _set.Add(new Navigation(name, toMany: false, _set.Need(foreignKey), targetSet, () => _model.Sets[targetSet], target => target.Key));
        return this;
    }

    /// <summary>A navigation to the entities of another set that refer to this one's key.</summary>
    /// <param name="name">Name in OData.</param>
    /// <param name="targetSet">Entity set it leads to; may be declared later.</param>
    /// <param name="foreignKey">Property of the other set.</param>
    public EntitySetBuilder Many(string name, string targetSet, string foreignKey)
    {
        _set.Add(new Navigation(name, toMany: true, _set.Key, targetSet, () => _model.Sets[targetSet], target => target.Need(foreignKey)));
        return this;
    }

    /// <summary>Keeps what the host notes of the set for itself, such as who may read it.</summary>
    /// <param name="note">Found again by its type.</param>
    public EntitySetBuilder With<T>(T note) where T : class
    {
        _set.Keep(note);
        return this;
    }

    /// <summary>Allows POST, into the table of <see cref="WriteTo"/>.</summary>
    public EntitySetBuilder Insertable()
    {
        _set.Insertable = true;
        return this;
    }

    /// <summary>Allows POST of orders: the entity stands for work that goes on after the answer, which is 202 with its address.</summary>
    public EntitySetBuilder Orderable()
    {
        _set.BeginsWork = true;
        return Insertable();
    }

    /// <summary>
    /// Makes them media entities: each has a stream under <c>/$value</c>; POST of a stream creates one. The stream is in a column of
    /// the row, unless the host keeps it in a <see cref="MediaStore"/>.
    /// </summary>
    /// <param name="typeProperty">Property that says the media type; it belongs to the server.</param>
    /// <param name="column">Column of type <c>bytea</c> of the table and the view; null: with a store.</param>
    /// <param name="store">Keeps the streams; null: with a column.</param>
    /// <param name="sizeProperty">Property that says the length, if any; it belongs to the server.</param>
    /// <param name="maxBytes">Longest stream taken.</param>
    /// <param name="accepted">Media types taken; none: all.</param>
    public EntitySetBuilder Media(
        string typeProperty, string? column = null, MediaStore? store = null, string? sizeProperty = null, int maxBytes = 4 * 1024 * 1024,
        params string[] accepted)
    {
        if (column is null == store is null)
            throw new InvalidOperationException($"The streams of {_set.Name} are in a column or in a store.");
        var content = column is null ? null : new Property("$value", column, ODataType.Binary, enumType: null);
        _set.Media = new Media(_set.Need(typeProperty), sizeProperty is null ? null : _set.Need(sizeProperty), content,
            store, accepted, maxBytes);
        return this;
    }

    /// <summary>Allows DELETE, from the table of <see cref="WriteTo"/>.</summary>
    public EntitySetBuilder Deletable()
    {
        _set.Deletable = true;
        return this;
    }

    /// <summary>Changes can be followed: each is recorded here in its own transaction.
    /// The README shows the table and its trigger.</summary>
    /// <param name="source">Table or view with the key's column, <c>xid</c> and the columns of the former properties.</param>
    /// <param name="former">Properties whose value before the change is recorded, such as the one that areas are made of.</param>
    public EntitySetBuilder ChangesFrom(string source, params string[] former)
    {
        _set.Changes = new ChangeSource(source, [.. former.Select(_set.Need)]);
        return this;
    }

    /// <summary>
    /// The rows of former moments are known, for <c>$asof</c>: of any moment that has passed, the rows that the view would have shown
    /// then. Everything else (restrictions, filters, pages) is the same as for the view. A function in SQL, stable and one SELECT, is
    /// put into the question, so that its indexes serve it.
    /// </summary>
    /// <param name="function">Function of one <c>timestamptz</c> that returns rows with the view's columns.</param>
    public EntitySetBuilder HistoryFrom(string function)
    {
        _set.History = function;
        return this;
    }

    /// <summary>Allows writing, into this table; only properties marked writable can be changed.</summary>
    /// <param name="table">Table, such as <c>register.hazards</c>; same column names as the view that is read.</param>
    public EntitySetBuilder WriteTo(string table)
    {
        _set.Table = table;
        return this;
    }

    /// <summary>Runs inside the transaction, before an entity is inserted or updated.
    /// May throw <see cref="ODataRefusalException"/>.</summary>
    /// <param name="hook">Sees the change.</param>
    public EntitySetBuilder Changing(Func<ODataChange, CancellationToken, Task> hook)
    {
        _set.Hooks.Add(HookMoment.Changing, hook);
        return this;
    }

    /// <summary>Runs inside the transaction, after an entity was inserted or updated.
    /// May throw <see cref="ODataRefusalException"/>.</summary>
    /// <param name="hook">Sees the change.</param>
    public EntitySetBuilder Changed(Func<ODataChange, CancellationToken, Task> hook)
    {
        _set.Hooks.Add(HookMoment.Changed, hook);
        return this;
    }

    /// <summary>Runs inside the transaction, before an entity is deleted. May throw <see cref="ODataRefusalException"/>.</summary>
    /// <param name="hook">Sees the change.</param>
    public EntitySetBuilder Deleting(Func<ODataChange, CancellationToken, Task> hook)
    {
        _set.Hooks.Add(HookMoment.Deleting, hook);
        return this;
    }

    /// <summary>Runs inside the transaction, after an entity was deleted. May throw <see cref="ODataRefusalException"/>.</summary>
    /// <param name="hook">Sees the change.</param>
    public EntitySetBuilder Deleted(Func<ODataChange, CancellationToken, Task> hook)
    {
        _set.Hooks.Add(HookMoment.Deleted, hook);
        return this;
    }

    /// <summary>Runs after the transaction is committed, such as to wake listeners. Its failure is not the client's.</summary>
    /// <param name="hook">Sees the change.</param>
    public EntitySetBuilder Committed(Func<ODataChange, CancellationToken, Task> hook)
    {
        _set.Hooks.Add(HookMoment.Committed, hook);
        return this;
    }

    /// <summary>A function bound to one entity, answered by the host with a record: its complex type as well as its JSON.</summary>
    /// <typeparam name="TAnswer">A record of booleans, numbers, texts, Guids, dates, enums, records and lists of these.</typeparam>
    /// <param name="name">Name in OData, without the namespace.</param>
    /// <param name="answer">Answers a call; null: there is no such entity.</param>
    /// <param name="parameters">What it takes besides the entity; each may be left out.</param>
    /// <exception cref="InvalidOperationException">The record has a property of a type that OData does not know.</exception>
    public EntitySetBuilder Function<TAnswer>(
        string name, Func<FunctionCall, CancellationToken, Task<TAnswer>> answer, params FunctionParameter[] parameters)
        where TAnswer : class?
    {
        _set.Add(new BoundFunction(name, typeof(TAnswer), _model.Answers.Of(typeof(TAnswer)),
            async (call, stop) => await answer(call, stop),
            [.. parameters.Select(x => x.In(_model))]));
        return this;
    }

    /// <summary>An action bound to one entity, called by POST and done by the host.</summary>
    /// <param name="name">Name in OData, without the namespace.</param>
    /// <param name="run">Does it.</param>
    public EntitySetBuilder Action(string name, Func<ActionCall, CancellationToken, Task> run)
    {
        _set.Add(new BoundAction(name)
        {
            Run = async (call, stop) =>
            {
                await run(call, stop);
                return null;
            },
        });
        return this;
    }

    /// <summary>An action bound to one entity that answers with a record: its complex type as well as its JSON.</summary>
    /// <typeparam name="TAnswer">As of a function.</typeparam>
    /// <param name="name">Name in OData, without the namespace.</param>
    /// <param name="run">Does it; null: nothing is answered.</param>
    /// <exception cref="InvalidOperationException">The record has a property of a type that OData does not know.</exception>
    public EntitySetBuilder Action<TAnswer>(string name, Func<ActionCall, CancellationToken, Task<TAnswer?>> run) where TAnswer : class
    {
        _set.Add(new BoundAction(name)
        {
            Run = async (call, stop) => await run(call, stop), Record = typeof(TAnswer), Returns = _model.Answers.Of(typeof(TAnswer)),
        });
        return this;
    }

    /// <summary>An action bound to one entity that changes it: called by POST, done by the host in the transaction of the request. It can
    /// be repeated, and stand in an atomicity group.</summary>
    /// <param name="name">Name in OData, without the namespace.</param>
    /// <param name="change">Does it.</param>
    /// <param name="parameters">What its body may say; one that is called as a property is held to that property's rules.</param>
    public EntitySetBuilder Change(string name, Func<ChangeCall, CancellationToken, Task> change, params FunctionParameter[] parameters)
    {
        _set.Add(new BoundAction(name) { Change = change, Parameters = [.. parameters.Select(x => x.In(_model))] });
        return this;
    }

    /// <summary>
    /// An action that changes its entity: the host says how, as the body of a PATCH, and the library makes that change with all that
    /// belongs to one (<c>If-Match</c>, hooks, constraints, one transaction). The answer is the PATCH's.
    /// </summary>
    /// <param name="name">Name in OData, without the namespace.</param>
    /// <param name="change">What to change. May throw <see cref="ODataRefusalException"/>.</param>
    /// <param name="parameters">What it takes besides the entity.</param>
    public EntitySetBuilder PatchAction(string name, Func<ActionCall, CancellationToken, Task<JsonObject>> change,
        params FunctionParameter[] parameters)
    {
        _set.Add(new BoundAction(name) { Patch = change, Parameters = [.. parameters.Select(x => x.In(_model))] });
        return this;
    }

    private PropertyBuilder Add(Property property)
    {
        _set.Add(property);
        return new PropertyBuilder(property);
    }
}
