using HazardMap.Service.Field.Sets;
using HazardMap.Service.Hosting;
using HazardMap.Service.Photos;
using HazardMap.Service.Register.Sets;

namespace HazardMap.Service.History;

/// <summary>What the register was: any set as of a moment (<c>$asof</c>), and a field set back to what it was.</summary>
internal static class HistoryRoom
{
    // Each view has a function of a moment beside it: geodata/views/views_as_of.sql.
    private static readonly (string Set, string Function)[] Known =
    [
        (Divisions.Set, "odata.divisions_as_of"), (Hazards.Set, "odata.hazards_as_of"), (Facilities.Set, "odata.facilities_as_of"),
        (Settlements.Set, "odata.settlements_as_of"), (People.Set, "odata.people_as_of"),
        (Responsibilities.Set, "odata.responsibilities_as_of"), (Inspections.Set, "odata.inspections_as_of"),
        (PhotoSet.Set, "odata.photos_as_of"), (Rectifications.Set, "odata.rectifications_as_of"),
        (Incidents.Set, "odata.incidents_as_of"), ("RiskLevelChanges", "odata.risk_level_changes_as_of"),
    ];

    public static void Add(House house)
    {
        house.Routes(WaterAuthors.Map);
        foreach (var (set, function) in Known) house.Model.Extend(set, described => described.HistoryFrom(function));
        foreach (var set in new[] { Hazards.Set, Facilities.Set, Settlements.Set }) house.Model.Extend(set, Reverts.Describe);
    }
}
