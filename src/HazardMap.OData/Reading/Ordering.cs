namespace HazardMap.OData;

/// <summary>The keys of an ordering; the entity's key comes last, so that it is total.</summary>
internal sealed class Ordering(Translator translator, Scope scope)
{
    public List<OrderKey> Of(IReadOnlyList<OrderItem> items)
    {
        var keys = new List<OrderKey>();
        foreach (var item in items)
        {
            var operand = translator.Value(item.Value, scope);
            if (operand.Type.IsGeography()) throw ODataRefusalException.Bad("Shapes have no order; order by geo.distance.", "$orderby");
            if (operand.IsLiteral) continue;
            keys.Add(translator.Key(operand, item.Descending));
            if (operand.Property == scope.Set.Key && !operand.Nullable) return keys;
        }
        keys.Add(new OrderKey(scope.Column(scope.Set.Key), scope.Set.Key.Type, Nullable: false, Descending: false));
        return keys;
    }
}
