namespace HazardMap.OData;

/// <summary>Where in a row each part of an entity is: selected properties, then key and version, computed values, expansions,
/// ordering keys.</summary>
internal sealed class RowShape
{
    private RowShape(EntitySet set, Selection selection)
    {
        Set = set;
        Selection = selection;
        Columns = [.. selection.Properties];
        KeyOrdinal = Ordinal(set.Key);
        VersionOrdinal = set.Version is { } version ? Ordinal(version) : -1;
        MediaTypeOrdinal = set.Media is { } media ? Ordinal(media.Type) : -1;
    }

    public EntitySet Set { get; }

    public Selection Selection { get; }

    /// <summary>Columns read; the first ones are those written.</summary>
    public List<Property> Columns { get; }

    /// <summary>The computed values that are written.</summary>
    public IReadOnlyList<Operand> Computed { get; private set; } = [];

    public int KeyOrdinal { get; }

    public int VersionOrdinal { get; }

    /// <summary>The media type of a media entity; -1: it is none.</summary>
    public int MediaTypeOrdinal { get; }

    public int FirstComputed => Columns.Count;

    public int FirstExpansion => Columns.Count + Selection.Computed.Count;

    public int FirstOrderKey => FirstExpansion + Selection.Expansions.Count;

    public static RowShape Of(EntitySet set, Selection selection) => new(set, selection);

    /// <summary>What is selected from a scope; <paramref name="computed"/> says where each computed value comes from.</summary>
    public string SelectList(Scope scope, Translator translator, ODataRequest request, Func<int, string>? computed = null)
    {
        Computed = [.. Selection.Computed.Select(x => scope.Computed[x])];
        var columns = Columns.Select(x => ValueWriter.Select(scope.Column(x), x.Type));
        var values = Computed.Select((x, i) => ValueWriter.Select(computed is null ? x.Sql : computed(i), x.Type));
        var expansions = Selection.Expansions.Select(x => new ExpansionSql(translator, request).Of(x, scope));
        return string.Join(", ", columns.Concat(values).Concat(expansions));
    }

    private int Ordinal(Property property)
    {
        var place = Columns.IndexOf(property);
        if (place >= 0) return place;
        Columns.Add(property);
        return Columns.Count - 1;
    }
}
