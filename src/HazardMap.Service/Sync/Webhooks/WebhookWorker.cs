using System.Text.Json.Nodes;
using HazardMap.OData;
using HazardMap.Service.Accounts;
using HazardMap.Service.Runs;
using HazardMap.Service.Sync.Events;
using Npgsql;

namespace HazardMap.Service.Sync.Webhooks;

/// <summary>
/// Tells each webhook what it has not been told, at least once and in order; the place of an event tells one from another.
/// </summary>
internal sealed class WebhookWorker(
    NpgsqlDataSource database, EventFeed feed, ODataModel model, WebhookSender sender, ILogger<WebhookWorker> log)
    : QueueWorker(log)
{
    private readonly EventRights _rights = new(model);

    protected override async Task CatchUpAsync(CancellationToken stop)
    {
        var hooks = await WebhookStore.ClaimAsync(database, stop);
        await Task.WhenAll(hooks.Select(hook => TellAsync(hook, stop)));
    }

    private async Task TellAsync(Webhook hook, CancellationToken stop)
    {
        var place = hook.Place;
        if (!await feed.Log.ReachesAsync(place, stop))
        {
            // What lies between is forgotten, or lies before a restore; a new one begins with now.
            var now = await feed.Log.LastAsync(stop);
            var isNew = place.Era == 0;
            await SettleAsync(hook, now, isNew ? [] : [new JsonObject { ["operation"] = "reset", ["place"] = now.ToString() }], stop);
            return;
        }
        var events = await feed.Log.AfterAsync(place, stop);
        if (events.Count == 0)
        {
            // Nothing of what has a place is an event.
            await WebhookStore.DeliveredAsync(database, hook.Id, await feed.Log.LastAsync(stop), wasSent: false, stop);
            return;
        }
        var rights = new Rights(hook.Account);
        var told = new JsonArray();
        foreach (var happened in events.Where(x => hook.Entities is null || hook.Entities.Contains(x.Entity, StringComparer.Ordinal)))
        {
            if (_rights.Tell(happened, rights) is not { } known) continue;
            var json = JsonNode.Parse(known.Json())!.AsObject();
            json["place"] = happened.Place.ToString();
            told.Add(json);
        }
        await SettleAsync(hook, events[^1].Place, told, stop);
    }

    private async Task SettleAsync(Webhook hook, EventPlace place, JsonArray told, CancellationToken stop)
    {
        var failure = told.Count == 0 ? null : await sender.SendAsync(hook, place.ToString(), told, stop);
        if (failure is null) await WebhookStore.DeliveredAsync(database, hook.Id, place, told.Count > 0, stop);
        else await WebhookStore.FailedAsync(database, hook.Id, failure, stop);
    }
}
