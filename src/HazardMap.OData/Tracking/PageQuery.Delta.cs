using System.Globalization;

namespace HazardMap.OData;

/// <summary>A statement for changes, and where in time it stands.</summary>
/// <param name="Sql">The statement.</param>
/// <param name="Tracking">The question.</param>
/// <param name="Since">The moment after which changes are told.</param>
/// <param name="Next">The moment that the following delta link stands for, when an earlier page has fixed it.</param>
internal sealed record DeltaPlan(string Sql, Tracking Tracking, DeltaToken Since, DeltaToken? Next);

internal sealed partial class PageQuery
{
    private const string DeltaOrdering = "delta";

    /// <summary>Deltas come in the order of the key, whatever the first read was ordered by.</summary>
    private OrderKey DeltaKey => new("k.k", _scope.Set.Key.Type, Nullable: false, Descending: false);

    /// <summary>The tracking of this request; null when its changes cannot be followed.</summary>
    public Tracking? Tracking { get; private set; }

    /// <summary>Called when everything is written that the answer depends on, and nothing that only orders it.</summary>
    private void BeginTracking() => Tracking = Tracking.Of(_request, _resource, _translator);

    /// <summary>
    /// The changes since a moment, ordered by key: the entity's columns, then its key, whether it belongs to the answer, and
    /// whether it exists at all. What the caller can neither see nor could have seen is left out.
    /// </summary>
    public DeltaPlan Delta(Selection selection, long limit)
    {
        Shape = RowShape.Of(_scope.Set, selection);
        var list = Shape.SelectList(_scope, _translator, _request);
        BeginTracking();
        var tracking = Tracking ?? throw ODataRefusalException.Bad("The changes of this request are not tracked.", "$deltatoken");
        var since = tracking.Read(_request.Query["deltatoken"]);
        var (place, follows) = SkipToken.Split(_request.Query.GetValueOrDefault("skiptoken"));
        var after = place is null
            ? "" : $" and k.k > {Parameters.Add(SkipToken.Read(place, DeltaOrdering, [DeltaKey])[0]!, DeltaKey.Type.DbType())}";
        var changes = new DeltaQuery(_translator, since.Moment).Keys(_scope.Set, _translator.Navigations);
        return new DeltaPlan(DeltaSql(list, changes, after, limit), tracking, since, follows is null ? null : tracking.Read(follows));
    }

    private string DeltaSql(string list, string changes, string after, long limit)
    {
        var key = _scope.Column(_scope.Set.Key);
        var belongs = string.Join(" and ", _conditions.Where(x => x.Length > 0).Prepend($"{key} = k.k"));
        var exists = $"exists (select 1 from {_scope.Set.QuotedSource} e where e.{_scope.Set.Key.QuotedColumn} = k.k{{0}})";
        var visible = _translator.RestrictionSql(_scope.Set, "e") is { Length: > 0 } restriction ? " and " + restriction : "";
        return $"with k as materialized ({changes}) "
            + $"select {list}, k.k, {key} is not null, {string.Format(CultureInfo.InvariantCulture, exists, "")} "
            + $"from k left join {(_scope.HasJoins ? $"({_scope.From()})" : _scope.From())} on {belongs} "
            + $"where ({key} is not null or k.mine or {string.Format(CultureInfo.InvariantCulture, exists, visible)}){after} order by k.k"
            + string.Create(CultureInfo.InvariantCulture, $" limit {limit}");
    }

    /// <summary>The place after a row of a delta.</summary>
    public string DeltaPlace(object key) => SkipToken.Write(DeltaOrdering, [DeltaKey], [key]);
}
