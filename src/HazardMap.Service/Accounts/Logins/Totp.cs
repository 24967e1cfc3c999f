using System.Security.Cryptography;
using OtpNet;

namespace HazardMap.Service.Accounts;

/// <summary>
/// Time-based one-time codes as phones' authenticator apps make them: RFC 6238 with HMAC-SHA-1, six digits, a step of thirty seconds.
/// </summary>
internal static class Totp
{
    /// <summary>Length of a secret in bytes, as RFC 4226 recommends.</summary>
    public const int SecretBytes = 20;

    private const int StepSeconds = 30;
    private static readonly VerificationWindow Neighbours = new(previous: 1, future: 1);

    /// <summary>A new secret.</summary>
    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretBytes);

    /// <summary>Number of the step in which a moment lies.</summary>
    public static long StepOf(DateTimeOffset at) => at.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>The code of a step.</summary>
    public static string CodeOf(ReadOnlySpan<byte> secret, long step) =>
        new OtpNet.Totp(secret.ToArray()).ComputeTotp(DateTime.UnixEpoch.AddSeconds(step * StepSeconds));

    /// <summary>The step of a code, of the present one and its two neighbours; null: of none of them.</summary>
    public static long? Match(ReadOnlySpan<byte> secret, string code, DateTimeOffset now) =>
        new OtpNet.Totp(secret.ToArray()).VerifyTotp(now.UtcDateTime, code, out var step, Neighbours) ? step : null;

    /// <summary>A secret as people type it into an app.</summary>
    public static string Text(ReadOnlySpan<byte> secret) => Base32Encoding.ToString(secret.ToArray()).TrimEnd('=');

    /// <summary>What the square that an app photographs says.</summary>
    public static string Address(string user, ReadOnlySpan<byte> secret) =>
        $"otpauth://totp/HazardMap:{Uri.EscapeDataString(user)}?secret={Text(secret)}&issuer=HazardMap&algorithm=SHA1&digits=6&period=30";
}
