namespace HazardMap.OData;

internal sealed partial class Translator
{
    /// <summary>Gives values names; later ones may use earlier ones.</summary>
    public void Compute(IReadOnlyList<Computation> items, Scope scope)
    {
        foreach (var item in items)
        {
            if (scope.Computed.ContainsKey(item.Alias) || scope.Set.Find(item.Alias) is not null
                || scope.Set.FindNavigation(item.Alias) is not null)
                throw ODataRefusalException.Bad($"There is a {item.Alias} already.", item.Alias);
            var operand = Value(item.Value, scope);
            // A value of its own, not the property: whatever else is known of the property is not true of it.
            scope.Computed[item.Alias] =
                new Operand(Render(operand), operand.Type, operand.Nullable) { EnumType = operand.EnumType, MayBeNaN = operand.MayBeNaN };
        }
    }
}
