using System.CommandLine;
using System.Globalization;
using System.Text;
using HazardMap.Service.Commands;
using HazardMap.Service.Database;

[assembly: Command<HazardMap.Service.Accounts.UserCommand>]

namespace HazardMap.Service.Accounts;

/// <summary>
/// <c>user</c>: accounts at the console of the server: add, list, disable, enable, reset, import, a key for a program, a password. What
/// is secret is printed once on standard output, or read from standard input, so that it stands in no shell history and no process list.
/// </summary>
internal sealed class UserCommand : ICommand
{
    public CommandGroup Group => CommandGroup.Accounts;

    public Command Build() => new("user", "Accounts / 账户")
    {
        Adding(), Listing(), Importing(), Keying(),
        Named("disable", "End an account's log-ins and let it in no more / 停用账户", UserActions.DisableAsync),
        Named("enable", "Let a disabled account in again / 启用账户", UserActions.EnableAsync),
        Named("reset", "Print a new one-time code; password and second factor go / 重置密码与动态码，给出一次性代码",
            UserActions.ResetAsync),
        Named("password", "Set an account's password, read from standard input / 设置密码（标准输入）", SetPasswordAsync),
    };

    private static Command Adding()
    {
        var (name, data) = (Name(), DataOption.Create());
        var role = new Option<string>("--role") { Description = $"One of {RoleWords.En} / 角色", HelpName = "ROLE", Required = true };
        var area = Areas("Codes of the divisions that it may see and change; an administrator without one: everywhere / 辖区代码");
        var display = new Option<string?>("--display") { Description = "Name to show / 显示姓名", HelpName = "TEXT" };
        var command =
            new Command("add", "Make an account and print its one-time code / 新建账户，给出一次性代码") { name, role, area,
                display, data };
        command.Does((parsed, stop) => UserActions.AddAsync(
            new(parsed.GetValue(name)!, parsed.GetValue(display) ?? parsed.GetValue(name)!, parsed.GetValue(role)!,
                parsed.GetValue(area) ?? []), parsed.GetValue(data)!, stop));
        return command;
    }

    private static Command Listing()
    {
        var data = DataOption.Create();
        var command = new Command("list", "All accounts as JSON / 全部账户（JSON）") { data };
        command.Does((parsed, stop) => UserActions.ListAsync(parsed.GetValue(data)!, stop));
        return command;
    }

    private static Command Importing()
    {
        var data = DataOption.Create();
        var file = new Argument<string>("FILE")
        {
            Description = "csv or xlsx with Name, DisplayName, Role, Area / 用户名、姓名、角色、辖区",
        };
        var codes = new Option<string>("--codes")
        {
            Description = "New file for the one-time codes, for its owner alone / 一次性代码输出文件", HelpName = "FILE",
                Required = true,
        };
        var command = new Command("import", "Make the accounts of a sheet, all or none / 批量导入账户，全部或全不") { file,
            codes, data };
        command.Does((parsed, stop) => UserActions.ImportAsync(parsed.GetValue(file)!, parsed.GetValue(codes)!, parsed.GetValue(data)!,
            stop));
        return command;
    }

    private static Command Keying()
    {
        var (name, data) = (Name(), DataOption.Create());
        var area = new Option<string?>("--area")
        {
            Description = "Code of the division that the key is confined to; without it the account's own / 密钥辖区",
                HelpName = "CODE",
        };
        var what = new Option<string>("--name") { Description = "What it is for / 用途", HelpName = "TEXT", Required = true };
        var days = new Option<int>("--days")
        {
            Description = $"How long it works, 1 to {ApiKeys.MostDays} days / 有效天数", HelpName = "N", DefaultValueFactory = _ => 365,
        };
        days.Validators.Add(given =>
        {
            if (given.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out var number)
                && number is < 1 or > ApiKeys.MostDays)
                given.AddError($"--days must be between 1 and {ApiKeys.MostDays} / 天数须在 1 至 {ApiKeys.MostDays} 之间");
        });
        var command = new Command("key", "Print a new key for a program, once / 为程序签发密钥，仅显示一次") { name, area,
            what, days, data };
        command.Does((parsed, stop) => UserActions.KeyAsync(parsed.GetValue(name)!, parsed.GetValue(area), parsed.GetValue(what)!,
            parsed.GetValue(days), parsed.GetValue(data)!, stop));
        return command;
    }

    private static Command Named(string word, string does, Func<string, string, CancellationToken, Task<int>> act)
    {
        var (name, data) = (Name(), DataOption.Create());
        var command = new Command(word, does) { name, data };
        command.Does((parsed, stop) => act(parsed.GetValue(name)!, parsed.GetValue(data)!, stop));
        return command;
    }

    private static Argument<string> Name() => new("NAME") { Description = "The account, such as admin" };

    private static Option<string[]> Areas(string does) => new("--area")
    {
        Description = does, HelpName = "CODE", AllowMultipleArgumentsPerToken = true, Arity = ArgumentArity.OneOrMore,
    };

    private static async Task<int> SetPasswordAsync(string name, string data, CancellationToken stop)
    {
        var password = Console.IsInputRedirected ? await Console.In.ReadLineAsync(stop) ?? "" : ReadUnseen();
        PasswordRules.Check(password, name);
        await using var register = await RegisterSession.OpenAsync(data, ClusterRole.Superuser, stop);
        var (accounts, directory) = (new AccountStore(register.Database), ClusterDirectory.At(data));
        var isInFile = await TokenFile.OwnerAsync(accounts, directory, stop) == name;
        if (await accounts.SetPasswordAsync(name, Passwords.Hash(password), stop) is not { } ended) throw UserActions.Unknown(name);
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
