using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests.Access;

/// <summary>The paths of <see cref="AccessPaths"/> filled in for every set, navigation and masked property of the isles.</summary>
public static class IslePaths
{
    private static readonly Dictionary<string, string> Keys =
        new(StringComparer.Ordinal) { ["Islands"] = "'N1'", ["Huts"] = "1", ["Visits"] = "11" };

    /// <summary>A URL that asks about a masked property, and the property.</summary>
    public static IEnumerable<(string Url, string Property)> Asking() =>
        Now().SelectMany(x => new[] { x, (AsOf(x.Url), x.Property) });

    /// <summary>URLs that read.</summary>
    public static IEnumerable<string> Reading() => ReadingNow().SelectMany(x => new[] { x, AsOf(x) });

    private static string AsOf(string url) =>
        url + (url.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "$asof=2026-01-01T00:00:00Z";

    private static IEnumerable<(string Url, string Property)> Now()
    {
        foreach (var set in Isles.Model.EntitySets.Values)
        {
            var masked = set.Properties.Single(x => x.Personal).Name;
            foreach (var condition in AccessPaths.Conditions) yield return (Fill($"{{s}}?$filter={condition}", set, masked), masked);
            foreach (var path in AccessPaths.Own)
                yield return (Fill(path.Replace("{c}", "startswith({p},'S')", StringComparison.Ordinal), set, masked), masked);
            foreach (var path in AccessPaths.Values) yield return (Fill(path, set, masked), masked);
        }
        foreach (var (from, navigation) in Navigations())
        {
            var masked = navigation.Target.Properties.Single(x => x.Personal).Name;
            var paths = navigation.ToMany ? AccessPaths.ThroughMany : AccessPaths.ThroughOne;
            foreach (var path in paths)
                yield return (Fill(path, from, masked).Replace("{n}", navigation.Name, StringComparison.Ordinal), masked);
        }
    }

    private static IEnumerable<string> ReadingNow()
    {
        foreach (var set in Isles.Model.EntitySets.Values)
        {
            var masked = set.Properties.Single(x => x.Personal).Name;
            foreach (var path in AccessPaths.Reading) yield return Fill(path, set, masked);
            foreach (var path in new[] { "{s}?$select={p}", "{s}({k})", "{s}({k})?$select={p}", "{s}({k})/{p}", "{s}({k})/{p}/$value" })
                yield return Fill(path, set, masked);
        }
        foreach (var (from, navigation) in Navigations())
        {
            var masked = navigation.Target.Properties.Single(x => x.Personal).Name;
            foreach (var path in AccessPaths.ReadingThrough.Concat(["{t}?$expand={n}($select={p})", "{t}?$select={n}/{p}"]))
                yield return Fill(path, from, masked).Replace("{n}", navigation.Name, StringComparison.Ordinal);
        }
        yield return "Huts(1)/Island/Treasure";
        yield return "Huts(1)/Island/Treasure/$value";
        yield return "Islands('N1')/Isles.Forecast()";
    }

    private static IEnumerable<(EntitySet From, Navigation Navigation)> Navigations() =>
        Isles.Model.EntitySets.Values.SelectMany(set => set.Navigations.Select(x => (set, x)));

    private static string Fill(string path, EntitySet set, string masked)
    {
        var text = set.Properties.First(x => x.Type == ODataType.String && x.Searchable && !x.Personal).Name;
        return path.Replace("{s}", set.Name, StringComparison.Ordinal).Replace("{t}", set.Name, StringComparison.Ordinal)
            .Replace("{p}", masked, StringComparison.Ordinal)
            .Replace("{k}", Keys[set.Name], StringComparison.Ordinal).Replace("{m}", text, StringComparison.Ordinal);
    }
}
