using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace HazardMap.Service.Accounts;

/// <summary>
/// Time-based one-time codes as phones' authenticator apps make them: RFC 6238 with HMAC-SHA-1, six digits, a step of thirty seconds.
/// </summary>
internal static class Totp
{
    /// <summary>Length of a secret in bytes, as RFC 4226 recommends.</summary>
    public const int SecretBytes = 20;

    private const int StepSeconds = 30;
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>A new secret.</summary>
    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretBytes);

    /// <summary>Number of the step in which a moment lies.</summary>
    public static long StepOf(DateTimeOffset at) => at.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>The code of a step.</summary>
    public static string CodeOf(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[8], hash = stackalloc byte[20];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // RFC 6238 as every authenticator app has it; HMAC does not rest on what is broken in SHA-1.
        HMACSHA1.HashData(secret, counter, hash);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 15)..]) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The step of a code, of the present one and its two neighbours; null: of none of them.</summary>
    public static long? Match(ReadOnlySpan<byte> secret, string code, DateTimeOffset now)
    {
        long? found = null;
        var given = Encoding.ASCII.GetBytes(code);
        for (var step = StepOf(now) - 1; step <= StepOf(now) + 1; step++)
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(CodeOf(secret, step)), given)) found = step;
        return found;
    }

    /// <summary>A secret as people type it into an app.</summary>
    public static string Text(ReadOnlySpan<byte> secret)
    {
        var text = new StringBuilder();
        var (bits, held) = (0, 0);
        foreach (var b in secret)
        {
            (bits, held) = ((bits << 8 | b) & 0xFFF, held + 8);
            for (; held >= 5; held -= 5) text.Append(Base32[bits >> held - 5 & 31]);
        }
        return held > 0 ? text.Append(Base32[bits << 5 - held & 31]).ToString() : text.ToString();
    }

    /// <summary>What the square that an app photographs says.</summary>
    public static string Address(string user, ReadOnlySpan<byte> secret) =>
        $"otpauth://totp/HazardMap:{Uri.EscapeDataString(user)}?secret={Text(secret)}&issuer=HazardMap&algorithm=SHA1&digits=6&period=30";
}
