using NpgsqlTypes;

namespace HazardMap.OData;

/// <summary>
/// The keys of the entities that a change could touch: their own changes, and those of entities that the answer reaches
/// through navigations.
/// </summary>
internal sealed class DeltaQuery(Translator translator, TransactionMoment since)
{
    private readonly string _start =
        translator.Parameters.Add(since.Start.ToString(System.Globalization.CultureInfo.InvariantCulture), NpgsqlDbType.Text);
    private readonly string _snapshot = translator.Parameters.Add(since.ToString(), NpgsqlDbType.Text);
    private int _aliases;

    /// <summary>Whether a change behind a navigation can be traced back; for a collection the former owner must be recorded.</summary>
    public static bool CanFollow(Navigation navigation)
    {
        if (navigation.Target.Changes is not { } changes) return false;
        return !navigation.ToMany || changes.Former.Contains(navigation.To);
    }

    /// <summary>
    /// Rows <c>(k, mine)</c>: a key, and whether one of its changes started from a state that the caller could see. One row
    /// a key.
    /// </summary>
    public string Keys(EntitySet set, IReadOnlyList<Navigation> navigations)
    {
        var alias = NextAlias();
        var mine = translator.RestrictionSql(set, alias);
        var own = $"select {alias}.{set.Key.QuotedColumn} as k, {(mine.Length == 0 ? "true" : $"coalesce({mine}, false)")} as mine "
            + $"from {set.Changes!.QuotedSource} {alias} where {Unseen(alias)}";
        var reached = Reached(set, navigations).Select(x => $"select k, false from ({x}) r");
        return $"select k, bool_or(mine) as mine from ({string.Join(" union all ", reached.Prepend(own))}) c group by k";
    }

    private IEnumerable<string> Reached(EntitySet set, IReadOnlyList<Navigation> navigations)
    {
        foreach (var navigation in navigations.Distinct().Where(x => set.Navigations.Contains(x)))
        {
            var rest = navigations.ToList();
            rest.Remove(navigation);
            var (target, alias) = (navigation.Target, NextAlias());
            var touched = string.Join(" union all ", Reached(target, rest).Prepend(Changed(target)));
            if (!navigation.ToMany)
            {
                yield return $"select {alias}.{set.Key.QuotedColumn} as k from {set.QuotedSource} {alias} "
                    + $"where {alias}.{navigation.From.QuotedColumn} in ({touched})";
                continue;
            }
            yield return $"select {alias}.{navigation.To.QuotedColumn} as k from {target.QuotedSource} {alias} "
                + $"where {alias}.{target.Key.QuotedColumn} in ({touched})";
            var former = NextAlias();
            yield return $"select {former}.{navigation.To.QuotedColumn} as k from {target.Changes!.QuotedSource} {former} "
                + $"where {Unseen(former)} and {former}.{navigation.To.QuotedColumn} is not null";
        }
    }

    private string Changed(EntitySet set)
    {
        var alias = NextAlias();
        return $"select {alias}.{set.Key.QuotedColumn} as k from {set.Changes!.QuotedSource} {alias} where {Unseen(alias)}";
    }

    /// <summary>Recorded by a transaction that the last read did not see. That this read sees it is the database's own doing.</summary>
    private string Unseen(string alias) =>
        $"{alias}.xid >= {_start}::xid8 and not pg_visible_in_snapshot({alias}.xid, {_snapshot}::pg_snapshot)";

    private string NextAlias() => "c" + _aliases++.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
