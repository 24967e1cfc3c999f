using HazardMap.Service.Database;

namespace HazardMap.Service.Accounts;

/// <summary>How a one-time login link is told: who holds one is the administrator, so it is shown to a person and kept in no log.</summary>
internal static class LoginLink
{
    /// <summary>Whether the standard output is systemd's journal.</summary>
    public static bool GoesToTheJournal =>
        Environment.GetEnvironmentVariable("JOURNAL_STREAM")?.Split(':') is [_, var node]
        && new FileInfo("/proc/self/fd/1").LinkTarget == $"socket:[{node}]";

    /// <summary>What <c>up</c> says on stderr: the link on a terminal, elsewhere the command that prints one.</summary>
    /// <param name="address">Where the service serves.</param>
    /// <param name="directory">Its data directory.</param>
    /// <param name="code">Makes a code that logs the administrator in once.</param>
    public static async Task<string> NoticeAsync(string address, ClusterDirectory directory, Func<Task<string>> code) =>
        Console.IsErrorRedirected
            ? $"login / 登录: `./hazardmap login --data {directory.Root}` prints a one-time link; it is shown on a terminal only"
                + " / 打印一次性登录链接，仅在终端中显示"
            : $"login (once, within a day) / 一次性登录链接（24 小时内有效）: {address}/login?code={await code()}";
}
