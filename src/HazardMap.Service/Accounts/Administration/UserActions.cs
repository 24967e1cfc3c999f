using System.Text.Encodings.Web;
using System.Text.Json;
using HazardMap.Service.Commands;
using HazardMap.Service.Database;

namespace HazardMap.Service.Accounts;

/// <summary>What the words of <c>user</c> do: opens the register, acts, tells.</summary>
internal static class UserActions
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static async Task<int> AddAsync(NewAccount account, string data, CancellationToken stop)
    {
        await using var register = await RegisterSession.OpenAsync(data, ClusterRole.Superuser, stop);
        var made = await AccountDesk.AddAsync(register.Database, account, stop);
        await TellCodeAsync(made.Account.Name, made.OneTimeCode, made.ValidUntil);
        return Exit.Done;
    }

    public static async Task<int> ListAsync(string data, CancellationToken stop)
    {
        await using var register = await RegisterSession.OpenAsync(data, ClusterRole.Question, stop);
        Console.WriteLine(JsonSerializer.Serialize(await AccountDesk.ListAsync(register.Database, stop), Readable));
        return Exit.Done;
    }

    public static async Task<int> ImportAsync(string file, string codes, string data, CancellationToken stop)
    {
        await using var register = await RegisterSession.OpenAsync(data, ClusterRole.Superuser, stop);
        var count = await AccountImport.RunAsync(register.Database, file, codes, stop);
        Console.WriteLine(JsonSerializer.Serialize(new { accounts = count, codes = Path.GetFullPath(codes) }, Readable));
        return Exit.Done;
    }

    public static async Task<int> KeyAsync(string name, string? area, string what, int days, string data, CancellationToken stop)
    {
        await using var register = await RegisterSession.OpenAsync(data, ClusterRole.Superuser, stop);
        var (key, expires) = await AccountDesk.IssueKeyAsync(register.Database, name, area, what, days, stop);
        Console.WriteLine(key);
        await Console.Error.WriteLineAsync($"{name}: a key until {expires:yyyy-MM-dd}; it is not shown again / "
            + $"有效期至 {expires:yyyy-MM-dd}，不再显示");
        return Exit.Done;
    }

    public static Task<int> DisableAsync(string name, string data, CancellationToken stop) => EndingAsync(name, data, async database =>
    {
        var ended = await AccountDesk.DisableAsync(database, name, stop);
        await Console.Error.WriteLineAsync($"{name}: disabled; log-ins that ended: {ended} / 已停用，已结束的登录：{ended}");
    }, renews: false, stop);

    public static async Task<int> EnableAsync(string name, string data, CancellationToken stop)
    {
        await using var register = await RegisterSession.OpenAsync(data, ClusterRole.Superuser, stop);
        await AccountDesk.EnableAsync(register.Database, name, stop);
        await Console.Error.WriteLineAsync($"{name}: enabled / 已启用");
        return Exit.Done;
    }

    public static Task<int> ResetAsync(string name, string data, CancellationToken stop) => EndingAsync(name, data, async database =>
    {
        var (code, until) = await AccountDesk.ResetAsync(database, name, stop);
        await TellCodeAsync(name, code, until);
    }, renews: true, stop);

    /// <summary>There is no account of that name.</summary>
    public static RefusalException Unknown(string name) =>
        new("UnknownUser", $"There is no account '{name}'.", $"没有账户 '{name}'。", "NAME");

    // Whose token lies in the data directory for programs on the server gets a new one.
    private static async Task<int> EndingAsync(
        string name, string data, Func<Npgsql.NpgsqlDataSource, Task> act, bool renews, CancellationToken stop)
    {
        await using var register = await RegisterSession.OpenAsync(data, ClusterRole.Superuser, stop);
        var (accounts, directory) = (new AccountStore(register.Database), ClusterDirectory.At(data));
        var isInFile = await TokenFile.OwnerAsync(accounts, directory, stop) == name;
        await act(register.Database);
        if (isInFile && renews) await TokenFile.RenewAsync(accounts, directory, name, stop);
        return Exit.Done;
    }

    private static async Task TellCodeAsync(string name, string code, DateTimeOffset until)
    {
        Console.WriteLine(code);
        await Console.Error.WriteLineAsync($"{name}: this code sets the password at the first log-in, once, until {until:yyyy-MM-dd} / "
            + $"首次登录时凭此代码设置密码，仅一次，有效期至 {until:yyyy-MM-dd}");
    }
}
