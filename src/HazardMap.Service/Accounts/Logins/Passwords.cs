using Microsoft.AspNetCore.Identity;

namespace HazardMap.Service.Accounts;

/// <summary>Password hashing by ASP.NET Core Identity (PBKDF2, HMAC-SHA512, salted).</summary>
internal static class Passwords
{
    private static readonly PasswordHasher<object> Hasher = new();
    private static readonly object Nobody = new();

    // Verified when the user is unknown, so that the answer takes as long as for a known one.
    private static readonly string Decoy = Hasher.HashPassword(Nobody, Secrets.Create());

    /// <summary>What is stored of a password.</summary>
    public static string Hash(string password) => Hasher.HashPassword(Nobody, password);

    /// <summary>Whether the password is the one behind the hash; false, as slowly, when there is no hash.</summary>
    public static bool Matches(string? hash, string password) =>
        Hasher.VerifyHashedPassword(Nobody, hash ?? Decoy, password) != PasswordVerificationResult.Failed && hash is not null;
}
