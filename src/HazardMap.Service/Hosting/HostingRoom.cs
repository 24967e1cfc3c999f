using HazardMap.Service.Database;
using HazardMap.Service.Hosting.Tls;

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
        house.Worker<CertificateKeeper>();
        house.Routes(RootEndpoint.MapRoot);
        house.Routes(HealthEndpoints.MapHealth);
        house.Routes(MetricsEndpoint.MapMetrics);
    }
}
