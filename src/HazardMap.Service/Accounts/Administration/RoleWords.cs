using HazardMap.Register;

namespace HazardMap.Service.Accounts;

/// <summary>What roles are called where people write them: on the command line and in sheets, in either language.</summary>
internal static class RoleWords
{
    /// <summary>All of them, in English.</summary>
    public static string En { get; } = string.Join(", ", Words.Of<AccountRole>().All.Select(word => word.Member));

    /// <summary>All of them, in Chinese.</summary>
    public static string Zh { get; } = string.Join("、", Words.Of<AccountRole>().All.Select(word => word.Zh));

    /// <summary>The role that a word names; null: none.</summary>
    public static AccountRole? Find(string word) =>
        Words.Of<AccountRole>().Find(word.Trim()) is { } found ? Enum.Parse<AccountRole>(found.Member) : null;

    /// <summary>Whether it may be given without an area.</summary>
    public static bool MayBeEverywhere(AccountRole role) => role is AccountRole.Administrator or AccountRole.Auditor;
}
