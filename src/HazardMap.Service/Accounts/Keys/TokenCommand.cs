using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using HazardMap.Service.Commands;
using HazardMap.Service.Database;

[assembly: Command<HazardMap.Service.Accounts.TokenCommand>]

namespace HazardMap.Service.Accounts;

/// <summary>
/// <c>token</c>: what logs somebody in now (sessions and access tokens) as JSON, each under the beginning of its hash;
/// <c>token revoke ID...</c> ends some of them, <c>token new NAME</c> issues one for a program.
/// </summary>
internal sealed partial class TokenCommand : ICommand
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public CommandGroup Group => CommandGroup.Accounts;

    public Command Build()
    {
        var token = Listing("token", "Sessions and access tokens / 会话与访问令牌");
        token.Add(Listing("list", "Who is logged in, by session or access token, as JSON / 有效会话与访问令牌（JSON）"));
        token.Add(Revoking());
        token.Add(Issuing());
        return token;
    }

    private static Command Listing(string name, string does)
    {
        var data = DataOption.Create();
        var command = new Command(name, does) { data };
        command.Does((parsed, stop) => ListAsync(parsed.GetValue(data)!, stop));
        return command;
    }

    private static Command Revoking()
    {
        var data = DataOption.Create();
        var ids = new Argument<string[]>("ID") { Arity = ArgumentArity.OneOrMore, Description = "As `token list` tells it" };
        var command = new Command("revoke", "End sessions or access tokens at once / 立即作废会话或令牌") { ids, data };
        command.Does((parsed, stop) => RevokeAsync(parsed.GetValue(ids)!, parsed.GetValue(data)!, stop));
        return command;
    }

    private static Command Issuing()
    {
        var data = DataOption.Create();
        var name = new Argument<string>("NAME") { Description = "The account, such as admin" };
        var command =
            new Command("new", "Print a new access token for a program, valid for a year / 新的访问令牌（一年）") { name, data };
        command.Does((parsed, stop) => IssueAsync(parsed.GetValue(name)!, parsed.GetValue(data)!, stop));
        return command;
    }

    private static async Task<int> ListAsync(string data, CancellationToken stop)
    {
        await using var register = await RegisterSession.OpenAsync(data, ClusterRole.Superuser, stop);
        var inFile = TokenFile.Read(ClusterDirectory.At(data)) is { } token ? AccountStore.IdOf(token) : null;
        var tokens = (await new AccountStore(register.Database).TokensAsync(stop)).Select(
            t => new { t.Id, t.Account, t.Kind, t.CreatedAt, t.ExpiresAt, InAdministratorsFile = t.Id == inFile });
        Console.WriteLine(JsonSerializer.Serialize(tokens, Readable));
        return Exit.Done;
    }

    private static async Task<int> RevokeAsync(string[] ids, string data, CancellationToken stop)
    {
        foreach (var id in ids.Where(id => !Id().IsMatch(id)))
            throw new RefusalException("BadTokenId",
                $"'{id}' is not a token's id: give 8 or more of the digits that `token list` tells.",
                $"“{id}”不是令牌编号：请给出 `token list` 所列编号的至少 8 位。", "ID");
        await using var register = await RegisterSession.OpenAsync(data, ClusterRole.Superuser, stop);
        var (accounts, directory) = (new AccountStore(register.Database), ClusterDirectory.At(data));
        var owner = await TokenFile.OwnerAsync(accounts, directory, stop);
        var unknown = new List<string>();
        foreach (var id in ids)
        {
            var ended = await accounts.RevokeByIdAsync(id, stop);
            if (ended.Count == 0) unknown.Add(id);
            foreach (var name in ended) await Console.Error.WriteLineAsync($"{id}: ended, of {name} / 已作废，属于 {name}");
        }
        if (owner is not null && await TokenFile.OwnerAsync(accounts, directory, stop) is null)
            await TokenFile.RenewAsync(accounts, directory, owner, stop);
        if (unknown.Count > 0)
        {
            var told = string.Join(", ", unknown);
            throw new RefusalException("UnknownToken", $"No token that still works begins with: {told}. `token list` tells them.",
                $"没有以下编号的有效令牌：{told}。请用 `token list` 查看。", "ID");
        }
        return Exit.Done;
    }

    private static async Task<int> IssueAsync(string name, string data, CancellationToken stop)
    {
        await using var register = await RegisterSession.OpenAsync(data, ClusterRole.Superuser, stop);
        Console.WriteLine(await new AccountStore(register.Database).IssueTokenAsync(name, stop)
            ?? throw new RefusalException("UnknownUser", $"There is no active account '{name}'.",
                $"没有可用账户 '{name}'。", "NAME"));
        return Exit.Done;
    }

    [GeneratedRegex("^[0-9a-f]{8,64}$", RegexOptions.None, 1000)]
    private static partial Regex Id();
}
