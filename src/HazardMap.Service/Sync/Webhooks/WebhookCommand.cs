using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using HazardMap.Service.Accounts;
using HazardMap.Service.Commands;
using HazardMap.Service.Database;

[assembly: Command<HazardMap.Service.Sync.Webhooks.WebhookCommand>]

namespace HazardMap.Service.Sync.Webhooks;

/// <summary>
/// <c>webhook add URL --account NAME</c> tells a place elsewhere of what that account may read, and prints the secret that signs it;
/// <c>webhook list</c>, <c>webhook remove ID</c>.
/// </summary>
internal sealed class WebhookCommand : ICommand
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private const string Insert = """
        insert into account.webhooks (account_id, url, secret, entities)
        select id, $2, $3, $4 from account.accounts where user_name = $1 and disabled_at is null returning id
        """;

    private const string All = """
        select w.id, a.user_name, w.url, w.entities, w.created_at, w.delivered_at, w.failures, w.last_error, w.stopped_at
        from account.webhooks w join account.accounts a on a.id = w.account_id order by w.created_at, w.id
        """;

    public CommandGroup Group => CommandGroup.Accounts;

    public Command Build()
    {
        var webhook = new Command("webhook", "Places elsewhere that are told of changes / 事件推送（Webhook）");
        webhook.Add(Adding());
        webhook.Add(Listing());
        webhook.Add(Removing());
        return webhook;
    }

    private static Command Adding()
    {
        var data = DataOption.Create();
        var url = new Argument<string>("URL") { Description = "http or https" };
        var account = new Option<string>("--account") { Required = true, Description = "Whose rights hold / 按该账户的权限推送" };
        var entities = new Option<string[]>("--entity")
        {
            Description = "Only of these sets / 仅限这些实体集", AllowMultipleArgumentsPerToken = true,
        };
        var command = new Command("add", "Tell a place, and print its secret / 新增推送并显示密钥")
        {
            url, account, entities, data,
        };
        command.Does((parsed, stop) => AddAsync(parsed.GetValue(url)!, parsed.GetValue(account)!, parsed.GetValue(entities),
            parsed.GetValue(data)!, stop));
        return command;
    }

    private static Command Listing()
    {
        var data = DataOption.Create();
        var command = new Command("list", "Webhooks and how each is, as JSON / 推送列表（JSON）") { data };
        command.Does((parsed, stop) => ListAsync(parsed.GetValue(data)!, stop));
        return command;
    }

    private static Command Removing()
    {
        var data = DataOption.Create();
        var id = new Argument<Guid>("ID") { Description = "As `webhook list` tells it" };
        var command = new Command("remove", "Tell it no more / 删除推送") { id, data };
        command.Does((parsed, stop) => RemoveAsync(parsed.GetValue(id), parsed.GetValue(data)!, stop));
        return command;
    }

    private static async Task<int> AddAsync(string url, string account, string[]? entities, string data, CancellationToken stop)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || url.Length > 2000
            || address.UserInfo.Length > 0)
            throw new RefusalException("NotAnAddress", $"{url} is no http or https address, or has a password in it.",
                $"{url} 不是 http 或 https 地址，或其中含有密码。", "URL");
        await using var register = await RegisterSession.OpenAsync(data, ClusterRole.Superuser, stop);
        var secret = Secrets.Create();
        var id = await register.Database.ScalarAsync<Guid>(Insert, stop, account, url, secret,
            entities is { Length: > 0 } ? entities : null);
        if (id == Guid.Empty)
            throw new RefusalException("NoSuchAccount", $"There is no active account {account}.",
                $"没有可用账户 {account}。", "--account");
        Console.WriteLine(JsonSerializer.Serialize(new { id, url, account, secret }, Readable));
        return Exit.Done;
    }

    private static async Task<int> ListAsync(string data, CancellationToken stop)
    {
        await using var register = await RegisterSession.OpenAsync(data, ClusterRole.Superuser, stop);
        var hooks = await register.Database.RowsAsync(All, row => new
        {
            id = row.GetGuid(0), account = row.GetString(1), url = row.GetString(2),
            entities = row.IsDBNull(3) ? null : row.GetFieldValue<string[]>(3), createdAt = row.GetDateTime(4),
            deliveredAt = row.IsDBNull(5) ? (DateTime?)null : row.GetDateTime(5), failures = row.GetInt32(6), lastError = row.TextOrNull(7),
            stoppedAt = row.IsDBNull(8) ? (DateTime?)null : row.GetDateTime(8),
        }, stop);
        Console.WriteLine(JsonSerializer.Serialize(hooks, Readable));
        return Exit.Done;
    }

    private static async Task<int> RemoveAsync(Guid id, string data, CancellationToken stop)
    {
        await using var register = await RegisterSession.OpenAsync(data, ClusterRole.Superuser, stop);
        if (await register.Database.ExecuteAsync("delete from account.webhooks where id = $1", stop, id) == 0)
            throw new RefusalException("NoSuchWebhook", $"There is no webhook {id}.", $"没有推送 {id}。", "ID");
        return Exit.Done;
    }
}
