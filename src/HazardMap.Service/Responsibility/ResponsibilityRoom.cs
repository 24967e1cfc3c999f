using HazardMap.OData;
using HazardMap.Service.Hosting;
using HazardMap.Service.Register.Sets;

namespace HazardMap.Service.Responsibility;

/// <summary>Who answers for what: sites handed over, and where nobody does.</summary>
internal static class ResponsibilityRoom
{
    public static void Add(House house)
    {
        house.Model.Extend(People.Set, set => set.Action("HandOver", HandOver.RunAsync));
        house.Model.Extend(Divisions.Set, set => set.Function("Duties", DutyReports.OfAsync,
            FunctionParameter.Of<DateOnly>("on"), FunctionParameter.Of<int>("most")));
    }
}
