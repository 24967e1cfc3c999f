using System.Text.Json;
using HazardMap.OData;

namespace HazardMap.Service.Tiles;

/// <summary>
/// Properties that a client wants on the features of a tile besides the layer's own: <c>?properties=OwnerUnit,Landmark</c>. The layer
/// says whose they are (<c>hazardmap:set</c> in its style); any property of that set may be asked for but shapes and personal data.
/// </summary>
internal static class AskedProperties
{
    private const int Most = 20;

    /// <summary>Columns and names as JSON, for the layer's function; <see langword="null"/> when nothing is asked for.</summary>
    /// <param name="asked">The value of the option.</param>
    /// <param name="model">What the register has.</param>
    /// <param name="set">Name of the entity set that the layer shows; null: none.</param>
    /// <exception cref="RefusalException">No such property, or the layer shows no set.</exception>
    public static string? Parse(string? asked, ODataModel model, string? set)
    {
        if (string.IsNullOrWhiteSpace(asked)) return null;
        if (set is null || model.EntitySets.GetValueOrDefault(set) is not { } known)
            throw new RefusalException("NoProperties", "This layer has no properties to ask for.", "该图层没有可选的属性。",
                "properties");
        var names = asked.Split(',', StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal).ToList();
        if (names.Count > Most)
            throw new RefusalException("TooManyProperties", $"At most {Most} properties.", $"最多 {Most} 个属性。", "properties");
        return JsonSerializer.Serialize(names.Select(name => Find(known, name))
            .ToDictionary(p => p.Column, p => p.Name, StringComparer.Ordinal));
    }

    private static Property Find(EntitySet set, string name) =>
        set.Find(name) is { Personal: false, IsShape: false } property
            ? property
            : throw new RefusalException("NoSuchProperty", $"'{name}' is none of: {string.Join(", ", Askable(set))}.",
                $"“{name}”不在可选属性之内：{string.Join("、", Askable(set))}。", "properties");

    private static IEnumerable<string> Askable(EntitySet set) =>
        set.Properties.Where(p => p is { Personal: false, IsShape: false }).Select(p => p.Name);
}
