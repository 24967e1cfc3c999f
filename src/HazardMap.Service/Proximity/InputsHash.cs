using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HazardMap.Proximity;

namespace HazardMap.Service.Proximity;

/// <summary>
/// A fingerprint of everything a run looked at: the rule's text, every water, every facility with children. Equal
/// fingerprints mean equal scores.
/// </summary>
/// <remarks>
/// Rows come in any order, so their hashes are added up. A row's hash is 128 bits of SHA-256: added up they tell accidents
/// apart, not attacks.
/// </remarks>
internal sealed class InputsHash(RiskRule rule)
{
    private UInt128 _sum;
    private long _rows;

    /// <summary>Adds rows that were hashed elsewhere, such as on all cores.</summary>
    public void Add(ReadOnlySpan<UInt128> rows)
    {
        foreach (var row in rows) _sum += row;
        _rows += rows.Length;
    }

    /// <summary>Adds facilities.</summary>
    public void Add(IEnumerable<RiskFacility> facilities)
    {
        foreach (var f in facilities) Add([Of($"f {f.Id:N} {f.Longitude:R} {f.Latitude:R} {f.Under5} {f.Aged5To14}", [])]);
    }

    /// <summary>Adds another part by its own fingerprint, such as the roads.</summary>
    public void Add(string part) => Add([Of($"{part}", [])]);

    /// <summary>The hash of one water.</summary>
    public static UInt128 Of(in HazardRow row)
    {
        var t = row.Traits;
        return Of($"h {row.Id:N} {t.Kind} {t.DepthMetres:R} {t.Flow} {t.Bank} {t.Access} {t.HasSign} {t.HasRing} {t.HasRope} {t.HasPole} {t.HasCamera} {t.Status} {t.Incidents} ", row.Shape);
    }

    /// <summary>The fingerprint, as 64 hexadecimal digits.</summary>
    public override string ToString()
    {
        var all = string.Create(CultureInfo.InvariantCulture, $"{rule.Fingerprint} {_rows} {_sum:x32}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)));
    }

    private static UInt128 Of(FormattableString words, byte[] shape)
    {
        var text = Encoding.UTF8.GetBytes(words.ToString(CultureInfo.InvariantCulture));
        var bytes = new byte[text.Length + shape.Length];
        text.CopyTo(bytes, 0);
        shape.CopyTo(bytes, text.Length);
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(bytes, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}
