namespace HazardMap.OData;

/// <summary>Where in a row each part of an entity is: selected properties, then key and version, expansions, ordering keys.</summary>
internal sealed class RowShape
{
    private RowShape(EntitySet set, Selection selection)
    {
        Set = set;
        Selection = selection;
        Columns = [.. selection.Properties];
        KeyOrdinal = Ordinal(set.Key);
        VersionOrdinal = set.Version is { } version ? Ordinal(version) : -1;
    }

    public EntitySet Set { get; }

    public Selection Selection { get; }

    /// <summary>Columns read; the first ones are those written.</summary>
    public List<Property> Columns { get; }

    public int KeyOrdinal { get; }

    public int VersionOrdinal { get; }

    public int FirstExpansion => Columns.Count;

    public int FirstOrderKey => Columns.Count + Selection.Expansions.Count;

    public static RowShape Of(EntitySet set, Selection selection) => new(set, selection);

    public string SelectList(string alias, Translator translator, ODataRequest request)
    {
        var columns = Columns.Select(x => ValueWriter.Select($"{alias}.{x.QuotedColumn}", x.Type));
        var expansions = Selection.Expansions.Select(x => new ExpansionSql(translator, request).Of(x, Set, alias, request.Query.GetValueOrDefault("expand", "")));
        return string.Join(", ", columns.Concat(expansions));
    }

    private int Ordinal(Property property)
    {
        var place = Columns.IndexOf(property);
        if (place >= 0) return place;
        Columns.Add(property);
        return Columns.Count - 1;
    }
}
