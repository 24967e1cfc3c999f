// The members are the contract's words and say themselves what they mean.
#pragma warning disable CS1591

namespace HazardMap.Register;

/// <summary>Level of an administrative division: prefecture, county, township, village.</summary>
public enum DivisionLevel { Prefecture, County, Township, Village }

/// <summary>Kind of a hazardous water as ledgers name it.</summary>
public enum HazardKind { River, Stream, Lake, Reservoir, Pond, Canal, Well, Pit, Weir, Other }

/// <summary>How fast the water moves.</summary>
public enum Flow { Still, Slow, Fast }

/// <summary>How the bank falls to the water.</summary>
public enum Bank { Gentle, Steep, Sheer }

/// <summary>Who can reach the water.</summary>
public enum Access { Open, Restricted, Fenced }

/// <summary>Whether a hazard is in force, being put right, or closed. A closed hazard scores 0.</summary>
public enum HazardStatus { Active, Rectifying, Closed }

/// <summary>Risk grades, worst first (红 橙 黄 蓝).</summary>
public enum RiskLevel { Red, Orange, Yellow, Blue }

/// <summary>Kind of a facility: where children and elders are, or where they are served.</summary>
public enum FacilityKind
{
    School, Kindergarten, ChildrensHome, SwimmingPool, CareHome,
    Canteen, Bathhouse, CounsellingRoom, SocialWorkStation, ProtectionCentre,
}

/// <summary>Whether a facility is in use. Only open ones serve anyone; children counted at any of them are there now and are exposed.</summary>
public enum FacilityStatus { Open, Closed, Planned }

/// <summary>What a person answers for.</summary>
public enum ResponsibilityRole { Leader, Owner, Warden, Inspector, Rescuer }

/// <summary>What an inspection found.</summary>
public enum InspectionResult { Safe, Defects }

/// <summary>State of a rectification (隐患整改): a closed loop, verified by another person than the one who did it.</summary>
public enum RectificationState { Found, Assigned, Done, Verified, Closed, Reopened }

/// <summary>Age of a victim, in the bands that published statistics use.</summary>
public enum AgeBand { Under5, Aged5To14, Aged15To59, Aged60Plus }

/// <summary>How an incident ended.</summary>
public enum IncidentOutcome { Rescued, Injured, Died }
