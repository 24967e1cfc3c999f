using HazardMap.Service.Database;

namespace HazardMap.Service.Accounts;

/// <summary>The administrator's access token as it lies in the data directory: programs on the server read it there.</summary>
internal static class TokenFile
{
    /// <summary>Whose token the file holds; null when there is none, or one that no longer works.</summary>
    public static async Task<string?> OwnerAsync(AccountStore accounts, ClusterDirectory directory, CancellationToken stop) =>
        Read(directory) is { } token ? (await accounts.FindAsync(token, stop))?.UserName : null;

    /// <summary>What the file holds; null when there is none.</summary>
    public static string? Read(ClusterDirectory directory) =>
        File.Exists(directory.AdministratorToken) && File.ReadAllText(directory.AdministratorToken).Trim() is { Length: > 0 } token
            ? token : null;

    /// <summary>Writes a new token of the account in place of one that was ended.</summary>
    public static async Task RenewAsync(AccountStore accounts, ClusterDirectory directory, string userName, CancellationToken stop)
    {
        if (await accounts.IssueTokenAsync(userName, stop) is not { } token) return;
        PrivateFile.Write(directory.AdministratorToken, token + "\n");
        Progress.Say($"a new access token is in {directory.AdministratorToken} / 新的访问令牌已写入该文件");
    }
}
