using HazardMap.Service.Hosting;

namespace HazardMap.Service.Ways;

/// <summary>Ways to school and the waters beside them, kept current by a worker.</summary>
internal static class WaysRoom
{
    public static void Add(House house)
    {
        WayModel.Describe(house.Model);
        house.Worker<WayQueueWorker>();
    }
}
