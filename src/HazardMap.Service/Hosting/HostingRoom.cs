using HazardMap.Service.Database;

namespace HazardMap.Service.Hosting;

/// <summary>What tells how the service is.</summary>
internal static class HostingRoom
{
    public static void Add(House house)
    {
        house.Services.AddSingleton<Metrics>().AddSingleton<Readiness>();
        house.Worker<ReplacedServerReporter>();
        house.Worker<FullDiskReporter>();
        house.Worker<OverlongReads>();
        house.Routes(HealthEndpoints.MapHealth);
        house.Routes(MetricsEndpoint.MapMetrics);
    }
}
