using HazardMap.Service.Database;

namespace HazardMap.Service.Accounts;

/// <summary>
/// Which passwords are taken: 8 to 200 characters, of whatever kind, that are not among the first that anybody would try. Nobody is made
/// to use signs of several kinds or to change it every month: both lead to worse ones.
/// </summary>
internal static class PasswordRules
{
    /// <summary>Least and greatest length in characters.</summary>
    public const int Shortest = 8, Longest = 200;

    private static readonly string[] Rows = ["0123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm"];
    private static readonly Lazy<HashSet<string>> Common = new(() =>
        [.. File.ReadLines(ContentPath.Of("geodata/accounts/common-passwords.txt"))]);

    /// <summary>Takes a password or says why not.</summary>
    /// <param name="password">What somebody wants to log in with.</param>
    /// <param name="userName">Of which account.</param>
    /// <exception cref="RefusalException">It is not taken.</exception>
    public static void Check(string? password, string userName)
    {
        if (password is not null && string.Equals(password.Trim(), userName, StringComparison.OrdinalIgnoreCase))
            throw new RefusalException("PasswordIsName", "The password is the user name: choose another one.",
                "密码不能与用户名相同，请另选。", "password");
        if (password is not { Length: >= Shortest and <= Longest })
            throw new RefusalException("BadPassword", $"A password has {Shortest} to {Longest} characters.",
                $"密码长度须为 {Shortest} 至 {Longest} 个字符。", "password");
        if (password.Any(char.IsControl))
            throw new RefusalException("BadPassword", "A password has no tabs, line breaks or other control characters.",
                "密码不能含制表符、换行等控制字符。", "password");
        var plain = password.Trim().ToLowerInvariant();
        if (Common.Value.Contains(plain) || IsOneUnit(plain) || IsRun(plain))
            throw new RefusalException("CommonPassword",
                "This password is among the first that are tried: choose another one, such as four words that do not belong together.",
                "该密码过于常见，极易被猜中，请另选（例如四个互不相关的词）。", "password");
    }

    // 88888888, abababab, 12341234
    private static bool IsOneUnit(string text)
    {
        for (var unit = 1; unit <= 4; unit++)
            if (text.Length > unit && Enumerable.Range(unit, text.Length - unit).All(i => text[i] == text[i - unit])) return true;
        return false;
    }

    // 12345678, hgfedcba, qwertyui
    private static bool IsRun(string text)
    {
        var back = new string([.. text.Reverse()]);
        return Rows.Any(row => row.Contains(text, StringComparison.Ordinal) || row.Contains(back, StringComparison.Ordinal));
    }
}
