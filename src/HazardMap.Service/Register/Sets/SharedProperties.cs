using HazardMap.OData;
using Edm = HazardMap.OData.ODataType;

namespace HazardMap.Service.Register.Sets;

/// <summary>Properties that several sets have, told once.</summary>
internal static class SharedProperties
{
    /// <summary>The key.</summary>
    public static void Identifier(this EntitySetBuilder set) =>
        set.Key("Id", Edm.Guid).Creatable().Label("Identifier", "标识").Description("Time-ordered identifier; a client may make its own");

    /// <summary>The hazard it hangs on, whose division is its own.</summary>
    public static void OfHazard(this EntitySetBuilder set)
    {
        set.Property("HazardId", Edm.Guid).Required().Creatable().Label("Hazard", Hazards.Zh);
        set.Property("DivisionCode", Edm.String).Required().Label("Division", Divisions.Zh + "代码")
            .Description("Division, the hazard's");
    }

    /// <summary>The hazard or the facility it hangs on, whose division is its own.</summary>
    public static void OfHazardOrFacility(this EntitySetBuilder set)
    {
        set.Property("HazardId", Edm.Guid).Creatable().Label("Hazard", Hazards.Zh).Description("Hazard; either this or FacilityId");
        set.Property("FacilityId", Edm.Guid).Creatable().Label("Facility", "设施").Description("Facility; either this or HazardId");
        set.Property("DivisionCode", Edm.String).Required().Label("Division", Divisions.Zh + "代码")
            .Description("Division, the hazard's or the facility's");
    }

    /// <summary>Where a record comes from and when it changed.</summary>
    public static void Provenance(this EntitySetBuilder set)
    {
        set.Property("IsSynthetic", Edm.Boolean).Required().LedgerSampleMark().Label("Sample data", "示例数据")
            .Description("Sample data, not real");
        set.Property("Source", Edm.String).Required().Label("Source", "来源").Description("Where the record comes from");
        set.Property("CreatedAt", Edm.DateTimeOffset).Required().Label("Created", "创建时间");
        set.Property("UpdatedAt", Edm.DateTimeOffset).Required().Label("Updated", "更新时间");
        set.Version("Version").Label("Version", "版本").Description("Counts the changes");
    }
}
