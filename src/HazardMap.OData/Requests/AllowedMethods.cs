using Microsoft.AspNetCore.Http;

namespace HazardMap.OData;

/// <summary>
/// The methods that what a path names has, whoever asks: for OPTIONS, and for the <c>Allow</c> that a 405 owes.
/// </summary>
internal static class AllowedMethods
{
    /// <summary>Of what can only be read.</summary>
    public static string Reading { get; } = List();

    /// <summary>Of what is only called.</summary>
    public static string Calling { get; } = $"{HttpMethods.Options}, {HttpMethods.Post}";

    public static string Of(Resource resource) => resource switch
    {
        { Action: not null } or { IsQuery: true } => Calling,
        { Function: not null } or { IsCount: true } => Reading,
        { IsReference: true } => OfReferences(resource),
        { IsMedia: true } => List((resource.Set.Table is not null, HttpMethods.Put)),
        { Property: { } property } => OfProperty(resource.Set, property, resource.IsRawValue),
        { IsSingle: true } => OfEntity(resource.Set),
        _ => OfCollection(resource),
    };

    public static ODataRefusalException Refused(string method, RefusalText what, string allowed) =>
        new(405, "MethodNotAllowed", $"{method} does not apply to {what}; these do: {allowed}.") { Allow = allowed };

    private static string OfEntity(EntitySet set) => List(
        (set.IsUpdatable || IsInsertable(set), HttpMethods.Patch),
        (set.IsUpdatable || IsInsertable(set), HttpMethods.Put),
        (set is { Table: not null, Deletable: true }, HttpMethods.Delete));

    private static string OfCollection(Resource resource) => List(
        (IsInsertable(resource.Set) && resource.Filters.Count == 0, HttpMethods.Post),
        ((resource.Set.IsUpdatable || IsInsertable(resource.Set)) && resource.Parent is null && resource.Filters.Count == 0,
            HttpMethods.Patch));

    private static string OfProperty(EntitySet set, Property property, bool isRaw)
    {
        var writable = set.Table is not null && property.Writable;
        return List((writable, HttpMethods.Put), (writable && !isRaw, HttpMethods.Patch), (writable, HttpMethods.Delete));
    }

    private static string OfReferences(Resource resource)
    {
        if (resource is not { Via: { } via, Parent: { } parent }) return Reading;
        if (!via.ToMany)
        {
            var owned = parent.Set.Table is not null && via.From.Writable;
            return List((owned, HttpMethods.Put), (owned, HttpMethods.Delete));
        }
        var owning = via.Target.Table is not null && via.To.Writable;
        return List((owning && resource.Key is null, HttpMethods.Post), (owning, HttpMethods.Delete));
    }

    private static bool IsInsertable(EntitySet set) => set is { Table: not null, Insertable: true };

    private static string List(params (bool Has, string Method)[] more) => string.Join(", ",
        more.Where(x => x.Has).Select(x => x.Method).Concat([HttpMethods.Get, HttpMethods.Head, HttpMethods.Options])
            .Order(StringComparer.Ordinal));
}
