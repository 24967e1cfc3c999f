using HazardMap.Service.Hosting;
using HazardMap.Service.Sync.Events;
using HazardMap.Service.Sync.Late;
using HazardMap.Service.Sync.Webhooks;

namespace HazardMap.Service.Sync;

/// <summary>What devices without a network send later, what became of it, and who is told of changes.</summary>
internal static class SyncRoom
{
    public static void Add(House house)
    {
        Conflicts.Describe(house.Model);
        house.Services.AddSingleton<EventFeed>().AddHostedService(services => services.GetRequiredService<EventFeed>());
        house.Services.AddSingleton<WebhookSender>();
        house.Worker<WebhookWorker>();
        house.Routes(Receipts.Map);
        house.Routes(EventEndpoints.Map);
    }
}
