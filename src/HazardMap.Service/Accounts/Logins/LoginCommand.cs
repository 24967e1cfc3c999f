using System.CommandLine;
using HazardMap.Service.Commands;
using HazardMap.Service.Database;
using HazardMap.Service.Hosting;

[assembly: Command<HazardMap.Service.Accounts.LoginCommand>]

namespace HazardMap.Service.Accounts;

/// <summary><c>login</c>: a fresh one-time link for the service that <c>up</c> runs, when the first was used or lost.</summary>
internal sealed class LoginCommand : ICommand
{
    public CommandGroup Group => CommandGroup.Accounts;

    public Command Build()
    {
        var data = DataOption.Create();
        var command =
            new Command("login", "Print a fresh one-time login link of the running service / 新的一次性登录链接") { data };
        command.Does((parsed, stop) => PrintAsync(parsed.GetValue(data)!, stop));
        return command;
    }

    private static async Task<int> PrintAsync(string data, CancellationToken stop)
    {
        var directory = ClusterDirectory.At(data);
        var served = UpNotice.Served(directory);
        if (LoginLink.GoesToTheJournal) throw new RefusalException("NotIntoTheJournal",
            "The standard output is the system's journal, where the link would stay for others to use. Run the command in a terminal.",
            "标准输出是系统日志，登录链接会留存在其中。请在终端中运行该命令。");
        await using var register = await RegisterSession.OpenAsync(data, ClusterRole.Superuser, stop);
        Console.WriteLine($"{served.ForPeople}/login?code={await new AccountStore(register.Database).CreateLoginCodeAsync(stop)}");
        return Exit.Done;
    }
}
