using System.Security.Cryptography;

namespace HazardMap.Service.Accounts;

/// <summary>
/// A secret that a person reads from paper and types: sixteen signs of Crockford's base 32 in groups of four, 80 random bits. What looks
/// alike is one sign, and case, blanks and hyphens do not matter.
/// </summary>
internal static class ReadableCode
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Signs = 16, Group = 4;

    /// <summary>A new code, such as <c>7KQ2-M0XW-94TF-HB3C</c>.</summary>
    public static string Create()
    {
        var signs = RandomNumberGenerator.GetItems<char>(Alphabet, Signs);
        return string.Join('-', signs.Chunk(Group).Select(group => new string(group)));
    }

    /// <summary>What is stored of a code, however it was typed; null when it is none.</summary>
    public static byte[]? Hash(string? typed)
    {
        if (typed is null || typed.Length > 4 * Signs) return null;
        var signs = new string([.. typed.ToUpperInvariant().Where(c => c is not (' ' or '-' or '\u3000' or '－' or '—')).Select(Meant)]);
        return signs.Length == Signs && signs.All(Alphabet.Contains) ? Secrets.Hash(signs) : null;
    }

    private static char Meant(char sign) => sign switch
    {
        'O' => '0',
        'I' or 'L' => '1',
        _ => sign,
    };
}
