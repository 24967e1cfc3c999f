using Microsoft.OData.UriParser;

namespace HazardMap.OData;

/// <summary>Which properties and navigations of an entity an answer carries.</summary>
internal sealed record Selection(IReadOnlyList<Property> Properties, IReadOnlyList<Expansion> Expansions, string? ContextList)
{
    public static Selection Of(EntitySet set, SelectExpandClause? clause, ODataCaller caller)
    {
        var readable = set.Properties.Where(x => caller.MayRead(set, x)).ToList();
        if (clause is null) return new Selection(readable, [], ContextList: null);
        var chosen = new HashSet<Property>();
        var expansions = new List<Expansion>();
        var names = new List<string>();
        foreach (var item in clause.SelectedItems) Read(set, item, chosen, expansions, names);
        var all = clause.AllSelected || clause.SelectedItems.Any(x => x is WildcardSelectItem) || names.Count == 0;
        var properties = all ? readable : readable.Where(chosen.Contains).ToList();
        return new Selection(properties, expansions, all ? null : string.Join(',', names.Distinct(StringComparer.Ordinal)));
    }

    private static void Read(EntitySet set, SelectItem item, HashSet<Property> chosen, List<Expansion> expansions, List<string> names)
    {
        switch (item)
        {
            case WildcardSelectItem or NamespaceQualifiedWildcardSelectItem:
                break;
            case ExpandedNavigationSelectItem expanded:
                var navigation = set.FindNavigation(expanded.PathToNavigationProperty.LastSegment.Identifier)
                    ?? throw ODataRefusalException.NotBuilt("$expand through a path is not built yet.", "$expand");
                if (expanded.LevelsOption is not null) throw ODataRefusalException.NotBuilt("$levels is not built yet.", "$expand");
                expansions.Add(new Expansion(navigation, expanded));
                break;
            case ExpandedReferenceSelectItem:
                throw ODataRefusalException.NotBuilt("$ref in $expand is not built yet.", "$expand");
            case PathSelectItem { SelectedPath: { Count: 1 } path, HasOptions: false }:
                names.Add(path.FirstSegment.Identifier);
                if (path.FirstSegment is PropertySegment property) chosen.Add(set.Need(property.Property.Name));
                break;
            default:
                throw ODataRefusalException.NotBuilt("$select with nested options is not built yet.", "$select");
        }
    }
}

/// <summary>A navigation whose entities are carried along.</summary>
internal sealed record Expansion(Navigation Navigation, ExpandedNavigationSelectItem Item);
