using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace HazardMap.OData;

/// <summary>
/// What a delta link remembers: the moment of the read it follows, when that was, which history of which database it
/// belongs to, and for which question and which caller. Opaque to clients; sealed, so that a changed one is refused.
/// </summary>
internal sealed record DeltaToken(TransactionMoment Moment, DateTimeOffset TakenAt, string Epoch, string Question, string Rights)
{
    private const int SealBytes = 16;

    public string Write(ODataOptions options)
    {
        var fields = string.Join('\n', Moment, TakenAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), Epoch, Question, Rights);
        var bytes = Encoding.UTF8.GetBytes(fields);
        return Base64Url.EncodeToString([.. Seal(bytes, options), .. bytes]);
    }

    public static DeltaToken Read(string text, ODataOptions options)
    {
        try
        {
            var bytes = Base64Url.DecodeFromChars(text);
            var fields = bytes.Length > SealBytes ? bytes[SealBytes..] : throw new FormatException();
            if (!CryptographicOperations.FixedTimeEquals(bytes.AsSpan(0, SealBytes), Seal(fields, options))) throw new FormatException();
            return Encoding.UTF8.GetString(fields).Split('\n') is [var moment, var taken, var epoch, var question, var rights]
                ? new DeltaToken(
                    TransactionMoment.Parse(moment), DateTimeOffset.FromUnixTimeSeconds(long.Parse(taken, CultureInfo.InvariantCulture)),
                    epoch, question, rights)
                : throw new FormatException();
        }
        catch (Exception error) when (error is FormatException or OverflowException or ArgumentException)
        {
            throw ODataRefusalException.Bad("This delta token is not one of ours; follow @odata.deltaLink as it is given.", "$deltatoken");
        }
    }

    private static byte[] Seal(byte[] fields, ODataOptions options) => HMACSHA256.HashData(options.TokenKey, fields)[..SealBytes];
}
