using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HazardMap.Risk;
using HazardMap.Risk.Rules;
using HazardMap.Risk.Trips;
using HazardMap.Service.Risk.Trips;

namespace HazardMap.Service.Risk.Runs;

/// <summary>
/// A fingerprint of everything a run looked at: the rule's text, every water, every facility with children. Equal
/// fingerprints mean equal scores.
/// </summary>
/// <remarks>
/// Rows come in any order, so their hashes are added up. A row's hash is 128 bits of SHA-256: added up they tell accidents
/// apart, not attacks. A nation has eleven million rows: they are hashed as bytes, never written out as text.
/// </remarks>
internal sealed class InputsHash(RiskRule rule)
{
    private const int WaterBytes = 35, FacilityBytes = 41;

    private UInt128 _sum;
    private long _rows;

    /// <summary>Adds rows that were hashed and added up elsewhere, such as on another core.</summary>
    public void Add(UInt128 hashes, int rows)
    {
        _sum += hashes;
        _rows += rows;
    }

    /// <summary>Adds facilities.</summary>
    public void Add(IEnumerable<RiskFacility> facilities)
    {
        foreach (var f in facilities) Add(Of(f), 1);
    }

    /// <summary>Adds another part by its own fingerprint, such as the roads.</summary>
    public void Add(string part) => Add(Of(Encoding.UTF8.GetBytes(part)), 1);

    /// <summary>The hash of one water.</summary>
    public static UInt128 Of(in HazardRow row)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(WaterBytes + row.Shape.Length);
        var t = row.Traits;
        bytes[0] = (byte)'h';
        row.Id.TryWriteBytes(bytes.AsSpan(1));
        BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(17), t.DepthMetres ?? double.NaN);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(25), t.Incidents);
        (bytes[29], bytes[30]) = ((byte)t.Kind, (byte)t.Status);
        (bytes[31], bytes[32], bytes[33]) = ((byte)((int?)t.Flow ?? 255), (byte)((int?)t.Bank ?? 255), (byte)((int?)t.Access ?? 255));
        // What nobody has looked at counts as what is not there.
        bytes[34] = (byte)((t.HasSign is true ? 1 : 0) | (t.HasRing is true ? 2 : 0) | (t.HasRope is true ? 4 : 0)
            | (t.HasPole is true ? 8 : 0) | (t.HasCamera is true ? 16 : 0));
        row.Shape.Span.CopyTo(bytes.AsSpan(WaterBytes));
        var hash = Of(bytes.AsSpan(0, WaterBytes + row.Shape.Length));
        ArrayPool<byte>.Shared.Return(bytes);
        return hash;
    }

    /// <summary>The hash of one water under a rule of trips.</summary>
    public static UInt128 Of(in TripRow row) => Of(row.Hazard)
        + Of(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, 
            $"{row.Hazard.Id} {row.DaysSinceInspection} {row.DivisionCode}")));

    /// <summary>Adds places with children.</summary>
    public void Add(ReadOnlySpan<TripOrigin> origins)
    {
        Span<byte> bytes = stackalloc byte[40 + 8 * Presences.Count];
        foreach (ref readonly var origin in origins)
        {
            origin.Key.TryWriteBytes(bytes);
            BinaryPrimitives.WriteDoubleLittleEndian(bytes[16..], origin.Longitude);
            BinaryPrimitives.WriteDoubleLittleEndian(bytes[24..], origin.Latitude);
            BinaryPrimitives.WriteDoubleLittleEndian(bytes[32..], origin.IsTown ? -1 - origin.SpreadMetres : origin.SpreadMetres);
            foreach (var presence in Presences.All)
                BinaryPrimitives.WriteDoubleLittleEndian(bytes[(40 + 8 * (int)presence)..], origin[presence]);
            Add(Of(bytes), 1);
        }
    }

    /// <summary>The fingerprint, as 64 hexadecimal digits.</summary>
    public override string ToString()
    {
        var all = string.Create(CultureInfo.InvariantCulture, $"{rule.Fingerprint} {_rows} {_sum:x32}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)));
    }

    private static UInt128 Of(in RiskFacility facility)
    {
        Span<byte> bytes = stackalloc byte[FacilityBytes];
        bytes[0] = (byte)'f';
        facility.Id.TryWriteBytes(bytes[1..]);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes[17..], facility.Longitude);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes[25..], facility.Latitude);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[33..], facility.Under5);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[37..], facility.Aged5To14);
        return Of(bytes);
    }

    private static UInt128 Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(bytes, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}
