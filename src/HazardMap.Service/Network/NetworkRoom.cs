using HazardMap.Service.Accounts;
using HazardMap.Service.Hosting;

namespace HazardMap.Service.Network;

/// <summary>The road networks in memory, and what is known of them.</summary>
internal static class NetworkRoom
{
    public static void Add(House house)
    {
        house.Services.AddSingleton<RoadNetworks>();
        house.Routes(routes => routes.MapGet("/api/roads", async (RoadNetworks networks, CancellationToken stop) =>
            Results.Json(await RoadReport.ReadAsync(networks, stop))).OpenToWhole(Roles.Everybody));
    }
}
