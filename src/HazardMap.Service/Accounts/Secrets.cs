using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace HazardMap.Service.Accounts;

/// <summary>Random secrets, kept only as hashes.</summary>
internal static class Secrets
{
    /// <summary>A new secret of 256 random bits, URL-safe.</summary>
    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>What is stored. SHA-256 suffices for 256 random bits; passwords go through PBKDF2 instead.</summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
