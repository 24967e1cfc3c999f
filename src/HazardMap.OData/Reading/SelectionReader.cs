namespace HazardMap.OData;

/// <summary>Reads <c>$select</c>, <c>$expand</c>, <c>$compute</c> against an entity set, within the limits of expansion.</summary>
internal sealed class SelectionReader(ODataCaller caller, ODataOptions options)
{
    private int _expansionCount;

    public Selection Read(EntitySet set, QueryOptions wanted, int depth)
    {
        var items = wanted.Select ?? [new SelectItem(["*"], Nested: null)];
        foreach (var item in items) Check(set, item, wanted);
        var all = items.Any(x => x.Path is ["*"]);
        var names = items.Where(x => x.Path.Count == 1).Select(x => x.Path[0]).Distinct(StringComparer.Ordinal).ToList();
        var readable = set.Properties.Where(x => caller.MayRead(set, x));
        var expansions = Expansions(set, wanted, depth);
        Through(set, items, expansions, depth);
        return new Selection(
            [.. readable.Where(x => all || names.Contains(x.Name, StringComparer.Ordinal))], expansions, ContextList(wanted, all, names))
        {
            Computations = wanted.Compute,
            Computed = [.. wanted.Compute.Select(x => x.Alias).Where(x => all || names.Contains(x, StringComparer.Ordinal))],
        };
    }

    private static string? ContextList(QueryOptions wanted, bool all, List<string> names)
    {
        if (wanted.Select is null) return null;
        return all ? "*" : names.Count == 0 ? null : string.Join(',', names);
    }

    private static void Check(EntitySet set, SelectItem item, QueryOptions wanted)
    {
        var name = item.Path[0];
        var isValue = set.Find(name) is not null || wanted.Compute.Any(x => string.Equals(x.Alias, name, StringComparison.Ordinal));
        if (isValue && (item.Path.Count > 1 || item.Nested is not null))
            throw ODataRefusalException.Bad($"{name} is one value: there is nothing to select inside it.", "$select");
        var isKnown = isValue || name == "*" || set.FindNavigation(name) is not null
            || name.Contains('.', StringComparison.Ordinal) && IsOperation(set, name);
        if (!isKnown) throw ODataRefusalException.Bad($"{set.Name} has no {name}.", name);
    }

    private static bool IsOperation(EntitySet set, string name)
    {
        var plain = name[(name.LastIndexOf('.') + 1)..];
        return set.Functions.Any(x => string.Equals(x.Name, plain, StringComparison.Ordinal))
            || set.Actions.Any(x => string.Equals(x.Name, plain, StringComparison.Ordinal))
            || string.Equals(plain, set.TypeName, StringComparison.Ordinal);
    }

    private List<Expansion> Expansions(EntitySet set, QueryOptions wanted, int depth)
    {
        var expansions = new List<Expansion>();
        var stars = wanted.Expand.Where(x => x.Name == "*").ToList();
        foreach (var item in wanted.Expand.Where(x => x.Name != "*")) Add(expansions, Expansion(set, item, depth));
        foreach (var star in stars)
        {
            foreach (var navigation in set.Navigations.Where(x => expansions.TrueForAll(y => y.Navigation != x)))
                Add(expansions, Expansion(set, star with { Name = navigation.Name }, depth));
        }
        return expansions;
    }

    private static void Add(List<Expansion> expansions, Expansion expansion)
    {
        if (expansions.Exists(x => string.Equals(x.MemberName, expansion.MemberName, StringComparison.Ordinal)))
            throw ODataRefusalException.Bad($"{expansion.Navigation.Name} is expanded twice.", "$expand");
        expansions.Add(expansion);
    }

    private Expansion Expansion(EntitySet set, ExpandItem item, int depth)
    {
        if (depth >= options.MaxExpansionDepth)
            throw ODataRefusalException.Over(nameof(ODataOptions.MaxExpansionDepth), options.MaxExpansionDepth,
                "$expand is nested too deep.", "$expand", "TooDeep");
        if (++_expansionCount > options.MaxExpansionCount)
            throw ODataRefusalException.Over(nameof(ODataOptions.MaxExpansionCount), options.MaxExpansionCount,
                "Too many navigations are expanded.", "$expand");
        var navigation = set.FindNavigation(item.Name)
            ?? throw ODataRefusalException.Bad($"{set.Name} has no navigation {item.Name}.", item.Name);
        RefuseMisplaced(navigation, item);
        if (item.Kind != ExpandKind.Entities) return new Expansion(navigation, item, Selection.Reference);
        var selection = item.Nested is { } nested
            ? Read(navigation.Target, nested, depth + 1) : Selection.Of(navigation.Target, clause: null, caller);
        return new Expansion(navigation, item, item.Levels > 1 ? Deeper(set, navigation, item, selection, depth) : selection);
    }

    /// <summary>$levels: the same navigation again, with the same options, one level less.</summary>
    private Selection Deeper(EntitySet set, Navigation navigation, ExpandItem item, Selection selection, int depth)
    {
        if (navigation.Target != set)
            throw ODataRefusalException.Bad(
                $"$levels needs a navigation to {set.Name} themselves, which {navigation.Name} is not.", "$levels");
        var isMax = item.Nested!.Texts["levels"].Equals("max", StringComparison.OrdinalIgnoreCase);
        if (isMax && depth + 1 >= options.MaxExpansionDepth) return selection;
        var deeper = Expansion(set, item with { Levels = item.Levels - 1 }, depth + 1);
        return selection with { Expansions = [.. selection.Expansions.Where(x => x.Navigation != navigation), deeper] };
    }

    private static void RefuseMisplaced(Navigation navigation, ExpandItem item)
    {
        if (item.Nested is not { } nested) return;
        if (nested.Apply is not null) throw ODataRefusalException.NotBuilt("$apply inside $expand is not built.", "$expand");
        foreach (var name in nested.Texts.Keys.Where(x => !x.StartsWith('@')))
        {
            var fits = name switch
            {
                "filter" or "search" or "orderby" or "top" or "skip" or "count" => navigation.ToMany,
                "select" or "expand" or "compute" or "levels" => true,
                _ => false,
            };
            if (!fits) throw ODataRefusalException.Bad($"${name} does not fit into the expansion of {navigation.Name}.", "$expand");
        }
    }

    /// <summary>$select=Navigation/Property: that property of what is carried along;
    /// what is not asked for otherwise is carried for it.</summary>
    private void Through(EntitySet set, IReadOnlyList<SelectItem> items, List<Expansion> expansions, int depth)
    {
        foreach (var paths in items.Where(x => x.Path.Count > 1 || x.Nested is not null).GroupBy(x => x.Path[0], StringComparer.Ordinal))
        {
            var place = expansions.FindIndex(x => string.Equals(x.Navigation.Name, paths.Key, StringComparison.Ordinal));
            if (place < 0)
            {
                expansions.Add(Expansion(set, new ExpandItem(paths.Key, ExpandKind.Entities, Nested: null), depth));
                place = expansions.Count - 1;
            }
            expansions[place] = expansions[place] with { Selection = Narrowed(expansions[place], paths, depth) };
        }
    }

    private Selection Narrowed(Expansion expansion, IEnumerable<SelectItem> paths, int depth)
    {
        var target = expansion.Navigation.Target;
        var names = new List<string>();
        foreach (var item in paths)
        {
            if (item.Path.Count == 1) names.AddRange(Read(target, item.Nested!, depth + 1).Properties.Select(x => x.Name));
            else if (item.Path.Count == 2 && item.Nested is null && (item.Path[1] == "*" || target.Find(item.Path[1]) is not null))
                names.Add(item.Path[1]);
            else throw ODataRefusalException.Bad($"{string.Join('/', item.Path)} cannot be selected: nest $select in $expand.", "$select");
        }
        var all = names.Contains("*", StringComparer.Ordinal);
        var properties = target.Properties.Where(x => caller.MayRead(target, x) && (all || names.Contains(x.Name, StringComparer.Ordinal)));
        return expansion.Selection with { Properties = [.. properties], ContextList = string.Join(',', names) };
    }
}
