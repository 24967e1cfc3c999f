using System.Globalization;

namespace HazardMap.OData;

/// <summary>
/// <c>$orderby=geo.distance(column,place)</c>. The index operator <c>&lt;-&gt;</c> measures on a sphere: it gives as many rows
/// as are wanted, the farthest of them on the spheroid bounds the search, and within that bound the order is exact.
/// </summary>
internal sealed record Nearest(Scope Scope, string Column, string Place)
{
    public static Nearest? Of(IReadOnlyList<OrderItem> order, Translator translator, Scope scope)
    {
        if (order is not [{ Descending: false, Value: Expression.Call { Name: "geo.distance", Arguments: [var one, var other] } }, ..])
            return null;
        List<Operand> operands = [translator.Value(one, scope), translator.Value(other, scope)];
        var column = operands.Find(x => x.Property is not null);
        var place = operands.Find(x => x.IsLiteral && x.Value is not null);
        // Rows without a place come first in OData, and no index finds them by distance: those sort in full.
        if (column is null || place is null || column.Nullable) return null;
        return new Nearest(scope, column.Sql, translator.Render(place));
    }

    public string Sql(string list, string keyList, string orderBy, List<string> where, long rows, string tail)
    {
        var limit = rows.ToString(CultureInfo.InvariantCulture);
        var candidates = $"select {Column} as place from {Scope.From()}{PageQuery.WhereSql(where)} "
            + $"order by {Column} <-> {Place} limit {limit}";
        var bound = $"select max(ST_Distance(place, {Place})) + 0.001 as metres from ({candidates}) c";
        List<string> bounded = [.. where, $"ST_DWithin({Column}, {Place}, (select metres from bound))"];
        return $"with bound as materialized ({bound}) select {list}{keyList} from {Scope.From()}{PageQuery.WhereSql(bounded)} "
            + $"order by {orderBy}{tail}";
    }
}
