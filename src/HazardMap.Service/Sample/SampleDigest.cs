using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NetTopologySuite.Geometries;

namespace HazardMap.Service.Sample;

/// <summary>
/// The SHA-256 of a sample: every record as one line, fields in order, coordinates in millionths of a degree. It is
/// pinned by a test, so that nobody changes the sample without saying so.
/// </summary>
internal static class SampleDigest
{
    public static string Of(SampleRegister sample)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var line in Lines(sample))
            hash.AppendData(Encoding.UTF8.GetBytes(line + "\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public static IEnumerable<string> Lines(SampleRegister sample) =>
    [
        .. sample.Divisions.Select(d => Line("D", d.Code, d.Name, d.Level, d.ParentCode, d.Boundary, d.Centre, d.Population,
            d.Children, d.Elders, d.Residence, d.Source)),
        .. sample.Hazards.Select(h => Line("H", h.Id, h.Code, h.Name, h.Kind, h.Shape, h.DivisionCode, h.Ledger.DepthMetres, h.Ledger.Flow,
            h.Ledger.Bank, h.Ledger.Access, h.Ledger.HasSign, h.Ledger.HasRing, h.Ledger.HasRope, h.Ledger.HasPole, h.Ledger.HasCamera,
            h.Ledger.OwnerUnit, h.Ledger.Status, h.Ledger.LastInspectedAt)),
        .. sample.Facilities.Select(f => Line("F", f.Id, f.Code, f.Name, f.Kind, f.At, f.DivisionCode, f.Capacity, f.Under5, f.Aged5To14,
            f.Aged60Plus, f.Stages, f.Boarders, f.Pool?.Places, f.Pool?.OpenFrom, f.Pool?.OpenTo, f.Pool?.Turns, f.Status)),
        .. sample.Settlements.Select(s => Line("S", s.Id, s.Code, s.Name, s.At, s.DivisionCode, s.People)),
        .. sample.Posts.Select(p => Line("P", p.Id, p.Name, p.Unit, p.Post, p.Level, p.DivisionCode)),
        .. sample.Responsibilities.Select(r => Line("R", r.Id, r.PersonId, r.HazardId, r.FacilityId, r.Role, r.DivisionCode,
            r.ValidFrom, r.ValidTo)),
        .. sample.Field.Inspections.Select(i => Line("I", i.Id, i.HazardId, i.DivisionCode, i.At, i.InspectorId, i.Result, i.HasSign,
            i.HasRing, i.HasRope, i.HasPole, i.Notes, i.Position)),
        .. sample.Field.Rectifications.Select(r => Line("X", r.Id, r.HazardId, r.DivisionCode, r.FoundAt, r.Description, r.DueOn, r.State,
            r.AssignedToId, r.DoneById, r.VerifiedById)),
        .. sample.Field.Incidents.Select(i => Line("N", i.Id, i.HazardId, i.DivisionCode, i.OccurredOn, i.AgeBand, i.Outcome)),
    ];

    private static string Line(params object?[] fields) => string.Join('\t', fields.Select(Text));

    private static string Text(object? field) => field switch
    {
        null => "",
        Geometry shape => shape.GeometryType + string.Concat(shape.Coordinates.Select(Text)),
        DateTime at => at.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        double tenths => Math.Round(tenths * 10).ToString(CultureInfo.InvariantCulture),
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        _ => field.ToString()!,
    };

    /// <summary>A position in millionths of a degree.</summary>
    public static string Text(Coordinate at) => $" {Millionths(at.X)},{Millionths(at.Y)}";

    private static string Millionths(double degrees) => ((long)Math.Round(degrees * 1e6)).ToString(CultureInfo.InvariantCulture);
}
