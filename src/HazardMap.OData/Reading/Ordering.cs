using Microsoft.OData.UriParser;

namespace HazardMap.OData;

/// <summary>The keys of an ordering; the entity's key comes last, so that it is total.</summary>
internal sealed class Ordering(Translator translator, Scope scope, ODataOptions options)
{
    public List<OrderKey> Of(OrderByClause? clause)
    {
        var keys = new List<OrderKey>();
        for (var item = clause; item is not null; item = item.ThenBy)
        {
            if (keys.Count == options.MaxOrderByKeys)
                throw ODataRefusalException.Bad($"$orderby may have {options.MaxOrderByKeys} keys.", "$orderby");
            translator.Bind(item.RangeVariable, scope);
            var operand = translator.Value(item.Expression);
            if (operand.Type.IsGeography()) throw ODataRefusalException.Bad("Shapes have no order; order by geo.distance.", "$orderby");
            if (operand.IsLiteral) continue;
            keys.Add(Key(operand, item.Direction == OrderByDirection.Descending));
            if (operand.Property == scope.Set.Key && !operand.Nullable) return keys;
        }
        keys.Add(new OrderKey(scope.Column(scope.Set.Key), scope.Set.Key.Type, Nullable: false, Descending: false));
        return keys;
    }

    private OrderKey Key(Operand operand, bool descending)
    {
        if (operand.Type == ODataType.Enum)
            return new OrderKey(translator.EnumOrdinal(operand.Sql, operand.EnumType), ODataType.Int32, operand.Nullable, descending);
        // What is computed gets the type that was promised, so that a skip token reads back what was written.
        var sql = operand.Property is null ? $"({operand.Sql})::{operand.Type.SqlName()}" : operand.Sql;
        return new OrderKey(sql, operand.Property?.Type ?? operand.Type, operand.Nullable, descending);
    }
}
