using HazardMap.Service.Hosting;

namespace HazardMap.Service.Audit;

/// <summary>The audit: what must stay known, chained so that nothing of it goes or changes unseen.</summary>
internal static class AuditRoom
{
    public static void Add(House house) => AuditEntries.Describe(house.Model);
}
