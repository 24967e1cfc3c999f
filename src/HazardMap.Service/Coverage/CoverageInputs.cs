using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HazardMap.Coverage;
using HazardMap.Service.Network;

namespace HazardMap.Service.Coverage;

/// <summary>All that a run is computed from: the same inputs give the same results.</summary>
/// <param name="Demand">Who may be served.</param>
/// <param name="Supply">What serves.</param>
/// <param name="Divisions">The divisions in force.</param>
/// <param name="Roads">The network; null where ways are straight.</param>
/// <param name="Notes">What a reader must know of how demand was counted.</param>
internal sealed record CoverageInputs(
    IReadOnlyList<DemandPoint> Demand, IReadOnlyList<CoverageSupply> Supply, IReadOnlyList<CoverageDivision> Divisions, HeldNetwork? Roads,
    IReadOnlyList<string> Notes)
{
    /// <summary>SHA-256 of the question and all of this.</summary>
    public string Hash(CoverageOrder order)
    {
        var digest = new TextDigest();
        digest.Add("coverage 1", order.Canonical, ProfileFile.Profiles.ToString(), Roads?.Digest ?? "geodesic");
        foreach (var d in Demand) digest.Add("d", d.Id, d.Code, d.DivisionCode, d.Longitude, d.Latitude, d.Demand);
        foreach (var s in Supply) digest.Add("s", s.Id, s.Code, s.DivisionCode, s.Longitude, s.Latitude, s.Capacity);
        foreach (var d in Divisions) digest.Add("v", d.Code, d.ParentCode, d.Level);
        return digest.End();
    }

    /// <summary>SHA-256 of what came out.</summary>
    public static string HashOf(CoverageMeasurement measured)
    {
        var digest = new TextDigest();
        foreach (var p in measured.Points)
            digest.Add(p.Point.Id, p.Point.Demand, p.Nearest.Supply, p.Nearest.Cost, p.Band, p.Choices, p.Access);
        foreach (var d in measured.Divisions.Append(measured.Everywhere))
            digest.Add(d.Division?.Code, d.Demand, d.Points, string.Join(' ', d.Within), d.Nearest, d.Supplies, d.Capacity, d.Access);
        foreach (var s in measured.Supplies)
            digest.Add(s.Supply.Id, string.Join(' ', s.Within), string.Join(' ', s.Ratios.Select(r => TextDigest.Text(r))));
        return digest.End();
    }
}

/// <summary>Hashes rows of values, written the same everywhere.</summary>
internal sealed class TextDigest
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly StringBuilder _row = new();

    /// <summary>A value as text.</summary>
    public static string Text(object? value) =>
        value is IFormattable number ? number.ToString(null, CultureInfo.InvariantCulture) : value?.ToString() ?? "";

    public void Add(params object?[] values)
    {
        _row.Clear();
        foreach (var value in values) _row.Append(Text(value)).Append('\u001f');
        _hash.AppendData(Encoding.UTF8.GetBytes(_row.Append('\n').ToString()));
    }

    public string End()
    {
        using (_hash) return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }
}
