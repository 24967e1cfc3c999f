using HazardMap.OData;

namespace HazardMap.Service.Accounts;

/// <summary>
/// What lies in a division, by codes. A code begins with the code of the division above. Codes of GB/T 2260 have the same length at a
/// level, so that the beginning decides; where codes have parts (<c>osm.12.7</c>) the part has to be whole: <c>osm.123</c> isn't in
/// <c>osm.12</c>.
/// </summary>
internal static class DivisionCodes
{
    /// <summary>Whether the division is the area, or lies in it.</summary>
    public static bool IsWithin(string code, string area) =>
        code.StartsWith(area, StringComparison.Ordinal) && (code.Length == area.Length || !HasParts(area) || code[area.Length] == '.');

    /// <summary>The rows whose division is the area or lies in it.</summary>
    public static IEnumerable<Restriction> Within(string property, string area) => HasParts(area)
        ? [Restriction.EqualTo(property, area), Restriction.StartsWith(property, area + ".")]
        : [Restriction.StartsWith(property, area)];

    /// <summary>The same as patterns of SQL's LIKE.</summary>
    public static IEnumerable<string> Patterns(string area) =>
        HasParts(area) ? [Escaped(area), Escaped(area) + ".%"] : [Escaped(area) + "%"];

    /// <summary>The areas without those that lie in another of them.</summary>
    public static IReadOnlyList<string> Outermost(IEnumerable<string> areas)
    {
        var all = areas.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return [.. all.Where(area => !all.Exists(other => other != area && IsWithin(area, other)))];
    }

    private static bool HasParts(string code) => code.Contains('.', StringComparison.Ordinal);

    private static string Escaped(string code) => code.Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
