using HazardMap.OData;
using HazardMap.Service.Accounts;

namespace HazardMap.Service.Sync.Events;

/// <summary>What of an event a caller is told: what he could read of it, by the same rights as everywhere.</summary>
internal sealed class EventRights(ODataModel model)
{
    /// <summary>Null: nothing.</summary>
    public ToldEvent? Tell(RegisterEvent happened, Rights rights)
    {
        if (model.EntitySets.GetValueOrDefault(happened.Entity) is not { } set) return null;
        var restriction = rights.ODataCaller.Restrict(set);
        if (happened.Many is not null) return Many(happened, restriction);
        var was = happened.Operation != "insert" && Admits(restriction, set, happened, happened.FormerDivision ?? happened.Division);
        var isNow = happened.Operation != "delete" && Admits(restriction, set, happened, happened.Division);
        if (!was && !isNow) return null;
        // What left the area is gone for who looks after it; where it went, and what else changed, is not his to know.
        if (!isNow)
        {
            return new ToldEvent(happened.Entity, happened.Id, happened.Operation == "delete" ? "delete" : "removed", null, null,
                happened.FormerDivision ?? happened.Division, happened.Operation == "delete" ? happened.Actor : null, happened.At, null);
        }
        string[]? fields = happened.Fields is null ? null : [.. Names(set, happened.Fields, rights)];
        return new ToldEvent(happened.Entity, happened.Id, was || happened.Operation == "insert" ? happened.Operation : "insert",
            happened.Version, fields, happened.Division, happened.Actor, happened.At, null);
    }

    // Of a transaction with many rows it is known where they lie to the county only: whoever has a part of that is told to read again.
    private static ToldEvent? Many(RegisterEvent happened, Restriction restriction) =>
        restriction == Restriction.Everything || happened.Divisions!.Any(division => division is not null && (
            restriction.Admits(property => property == "DivisionCode" ? division : null) || Touches(restriction, division)))
            ? new ToldEvent(happened.Entity, null, "many", null, null, null, null, happened.At, restriction == Restriction.Everything
                ? happened.Many : 1)
            : null;

    private static bool Touches(Restriction restriction, string beginning) =>
        restriction.Prefixes().Any(prefix => prefix.StartsWith(beginning, StringComparison.Ordinal));

    private static bool Admits(Restriction restriction, EntitySet set, RegisterEvent happened, string? division) =>
        restriction.Admits(property => property == "DivisionCode" ? division : property == set.Key.Name ? happened.Id : null);

    private static IEnumerable<string> Names(EntitySet set, IReadOnlyList<string> columns, Rights rights)
    {
        var changed = columns.ToHashSet(StringComparer.Ordinal);
        return set.Properties.Where(x => changed.Contains(x.Column) && rights.ODataCaller.MayRead(set, x)).Select(x => x.Name);
    }
}
