using HazardMap.OData;
using Npgsql;

namespace HazardMap.Service.Accounts;

/// <summary>
/// What an account may see and do, for the time of one request. The only maker of a caller's rights: the API, tiles, runs and streams of
/// events ask here, and nobody looks at an account's roles or areas himself.
/// </summary>
internal sealed class Rights
{
    private readonly IReadOnlyList<Grant> _grants;
    private readonly Dictionary<Roles, Territory> _territories = [];

    /// <param name="account">Who asks; <see langword="null"/>: nobody, who may nothing.</param>
    public Rights(Account? account)
    {
        Actor = account?.UserName ?? "nobody";
        _grants = account?.Grants ?? [];
        ODataCaller = new ODataCaller
        {
            Name = Actor,
            Restrict = set => Where(set, set.Policy()?.Read ?? Roles.None, isReading: true),
            RestrictChange = (set, kind) => Where(set, set.Policy()?.Of(kind) ?? Roles.None),
            MaySet = (set, property, kind) => Has(set.Policy()?.Of(property, kind) ?? Roles.None),
            RestrictCall = (set, action) => Where(set, set.Policy()?.Of(action) ?? Roles.None),
            Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["hazardmap.actor"] = Actor },
        };
    }

    /// <summary>Who is named as the author of changes.</summary>
    public string Actor { get; }

    /// <summary>The same for the API, where it holds on every path to a set.</summary>
    public ODataCaller ODataCaller { get; }

    /// <summary>Whether it has one of the roles, wherever.</summary>
    public bool Has(Roles roles) => _grants.Any(grant => grant.IsOneOf(roles));

    /// <summary>Where it has one of the roles.</summary>
    public Territory Of(Roles roles)
    {
        if (!_territories.TryGetValue(roles, out var territory))
            _territories[roles] = territory = Territory.Of(_grants.Where(grant => grant.IsOneOf(roles)));
        return territory;
    }

    /// <summary>Where it may read the set.</summary>
    public Territory Reading(EntitySet set) => Of(set.Policy()?.Read ?? Roles.None);

    /// <summary>What it may change somewhere, for screens that leave out the rest: a set and a kind of change, a property that is set
    /// besides, or an action.</summary>
    public IEnumerable<string> Changes(ODataModel model)
    {
        foreach (var set in model.EntitySets.Values)
        {
            if (set.Policy() is not { } policy) continue;
            if (Has(policy.Insert)) yield return $"{set.Name}.Insert";
            if (Has(policy.Update)) yield return $"{set.Name}.Update";
            if (Has(policy.Delete)) yield return $"{set.Name}.Delete";
            foreach (var (name, roles) in policy.Besides)
                if (Has(roles)) yield return $"{set.Name}.{name}";
        }
    }

    private Restriction Where(EntitySet set, Roles roles, bool isReading = false)
    {
        if (set.Policy() is not { } policy) return Restriction.Nothing;
        var own = policy.Own is { } owner && (isReading || Has(roles)) ? [Restriction.EqualTo(owner, Actor)] : Array.Empty<Restriction>();
        if (!Has(roles)) return Restriction.AnyOf(own);
        var territory = Of(roles);
        if (territory.IsEverywhere || policy.IsPublished && isReading) return Restriction.Everything;
        var there = policy.Area is { } area ? territory.Areas.SelectMany(x => DivisionCodes.Within(area, x)) : [];
        return Restriction.AnyOf([.. there, .. own]);
    }
}

/// <summary>Where somebody may do something: everywhere, or in some divisions and below.</summary>
/// <param name="IsEverywhere">Everywhere.</param>
/// <param name="Areas">Otherwise the codes of the divisions, none within another; none: nowhere.</param>
internal sealed record Territory(bool IsEverywhere, IReadOnlyList<string> Areas)
{
    /// <summary>Everywhere.</summary>
    public static Territory Everything { get; } = new(IsEverywhere: true, []);

    /// <summary>Nowhere.</summary>
    public static Territory Nowhere { get; } = new(IsEverywhere: false, []);

    /// <summary>Where these roles are.</summary>
    public static Territory Of(IEnumerable<Grant> grants)
    {
        var all = grants.ToList();
        return all.Exists(grant => grant.Area is null) ? Everything
            : new(IsEverywhere: false, DivisionCodes.Outermost(all.Select(grant => grant.Area!)));
    }

    /// <summary>Whether nothing is within the territory.</summary>
    public bool IsNowhere => !IsEverywhere && Areas.Count == 0;

    /// <summary>Whether a division is within the territory; one that is not told isn't.</summary>
    public bool Has(string? division) =>
        IsEverywhere || division is not null && Areas.Any(area => DivisionCodes.IsWithin(division, area));

    /// <summary>Confines layers and counts of this transaction (<c>tiles.areas()</c>).</summary>
    public NpgsqlBatchCommand Confining() => new("select set_config('hazardmap.areas', $1::text[]::text, true)")
    {
        Parameters = { new() { Value = Areas.Count > 0 ? Areas.ToArray() : ["-"] } }, // no code begins so
    };

    /// <summary>As patterns of SQL's LIKE; null: everywhere.</summary>
    public string[]? Patterns => IsEverywhere ? null : [.. Areas.SelectMany(DivisionCodes.Patterns)];

    /// <summary>The same text, the same territory: for caches.</summary>
    public string Key => IsEverywhere ? "" : string.Join('|', Areas.DefaultIfEmpty("-"));
}
