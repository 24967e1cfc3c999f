using HazardMap.Service.Field.Sets;
using HazardMap.Service.Hosting;
using HazardMap.Service.Register.Sets;

namespace HazardMap.Service.Field;

/// <summary>The field: inspections, what is overdue, defects on their way from found to closed, and who is told of them.</summary>
internal static class FieldRoom
{
    public static void Add(House house)
    {
        Inspections.Describe(house.Model);
        Overdue.Describe(house.Model);
        Rectifications.Describe(house.Model);
        RectificationSteps.Describe(house.Model);
        Notifications.Describe(house.Model);
        house.Model.Extend(Hazards.Set, AllAsBefore.Describe);
        house.Worker<ClimbWorker>();
    }
}
