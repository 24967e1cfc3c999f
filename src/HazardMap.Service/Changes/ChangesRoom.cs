using HazardMap.Service.Hosting;

namespace HazardMap.Service.Changes;

/// <summary>What announces changes: the stream for open maps, and the log by which no tile is served stale.</summary>
internal static class ChangesRoom
{
    public static void Add(House house)
    {
        house.Services.AddSingleton<ChangeFeed>().AddHostedService(services => services.GetRequiredService<ChangeFeed>());
        house.Worker<ChangeLogSweeper>();
        house.Routes(ChangeEndpoints.MapChanges);
    }
}
