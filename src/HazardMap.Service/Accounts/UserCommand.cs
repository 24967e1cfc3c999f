using System.CommandLine;
using System.Text;
using HazardMap.Service.Commands;
using HazardMap.Service.Database;

[assembly: Command<HazardMap.Service.Accounts.UserCommand>]

namespace HazardMap.Service.Accounts;

/// <summary>
/// <c>user password NAME</c>: sets the password that the log-in form takes, and ends what the account was logged in by. It is read from
/// standard input, so that it stands in no shell history and no process list.
/// </summary>
internal sealed class UserCommand : ICommand
{
    private const int Shortest = 10, Longest = 200;

    public CommandGroup Group => CommandGroup.Accounts;

    public Command Build()
    {
        var name = new Argument<string>("NAME") { Description = "The account, such as admin" };
        var data = DataOption.Create();
        var password =
            new Command("password", "Set an account's password, read from standard input / 设置密码（标准输入）") { name, data };
        password.Does((parsed, stop) => SetPasswordAsync(parsed.GetValue(name)!, parsed.GetValue(data)!, stop));
        return new Command("user", "Accounts / 账户") { password };
    }

    private static async Task<int> SetPasswordAsync(string name, string data, CancellationToken stop)
    {
        var password = Console.IsInputRedirected ? await Console.In.ReadLineAsync(stop) ?? "" : ReadUnseen();
        if (password.Length is < Shortest or > Longest)
            throw new RefusalException("BadPassword", $"A password has {Shortest} to {Longest} characters.",
                $"密码长度须为 {Shortest} 至 {Longest} 个字符。", "password");
        await using var register = await RegisterSession.OpenAsync(data, ClusterRole.Superuser, stop);
        var (accounts, directory) = (new AccountStore(register.Database), ClusterDirectory.At(data));
        var isInFile = await TokenFile.OwnerAsync(accounts, directory, stop) == name;
        if (await accounts.SetPasswordAsync(name, Passwords.Hash(password), stop) is not { } ended)
            throw new RefusalException("UnknownUser", $"There is no account '{name}'.", $"没有账户 '{name}'。", "NAME");
        await Console.Error.WriteLineAsync(
            $"{name}: the password is set; sessions and tokens that ended: {ended} / "
            + $"密码已设置，已结束的会话与令牌：{ended}");
        if (isInFile) await TokenFile.RenewAsync(accounts, directory, name, stop);
        return Exit.Done;
    }

    private static string ReadUnseen()
    {
        Console.Error.Write("password / 密码: ");
        var typed = new StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace) typed.Length = Math.Max(0, typed.Length - 1);
            else typed.Append(key.KeyChar);
        }
        Console.Error.WriteLine();
        return typed.ToString();
    }
}
