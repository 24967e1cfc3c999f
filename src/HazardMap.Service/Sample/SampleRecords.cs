using HazardMap.Register;
using NetTopologySuite.Geometries;

namespace HazardMap.Service.Sample;

/// <summary>A division of the sample: name and code real, the rest made up (a county's boundary is real too).</summary>
internal sealed record SampleDivision(
    string Code, string Name, DivisionLevel Level, string? ParentCode, MultiPolygon Boundary, Point Centre,
    int Population, int Children, int Elders, Residence? Residence, string Source);

/// <summary>The ledger entry of a made-up water.</summary>
internal sealed record SampleHazard(
    Guid Id, string Code, string Name, HazardKind Kind, Geometry Shape, string DivisionCode, WaterLedger Ledger);

/// <summary>What an inspector writes down about a water.</summary>
internal sealed record WaterLedger(
    double DepthMetres, Flow Flow, Bank Bank, Access Access, bool HasSign, bool HasRing, bool HasRope, bool HasPole,
    bool HasCamera, string OwnerUnit, HazardStatus Status, DateTime LastInspectedAt);

/// <summary>A made-up facility.</summary>
internal sealed record SampleFacility(
    Guid Id, string Code, string Name, FacilityKind Kind, Point At, string DivisionCode, int? Capacity,
    int Under5, int Aged5To14, int Aged60Plus, SchoolStages? Stages, int? Boarders, PoolSeason? Pool, FacilityStatus Status);

/// <summary>When a made-up pool is open, and how many it takes: places at once, filled so often a day.</summary>
internal sealed record PoolSeason(int Places, string OpenFrom, string OpenTo, int Turns);

/// <summary>A made-up hamlet of a village, and how many of its people live there.</summary>
internal sealed record SampleSettlement(Guid Id, string Code, string Name, Point At, string DivisionCode, int People);

/// <summary>A post, never a person: no name, no phone.</summary>
internal sealed record SamplePost(Guid Id, string Name, string Unit, string Post, DivisionLevel Level, string DivisionCode);

/// <summary>Who answers for a water or a facility, from when, until when.</summary>
internal sealed record SampleResponsibility(
    Guid Id, Guid PersonId, Guid? HazardId, Guid? FacilityId, ResponsibilityRole Role, string DivisionCode,
    DateOnly ValidFrom, DateOnly? ValidTo);

/// <summary>A made-up visit to a water.</summary>
internal sealed record SampleInspection(
    Guid Id, Guid HazardId, string DivisionCode, DateTime At, Guid InspectorId, InspectionResult Result,
    bool HasSign, bool HasRing, bool HasRope, bool HasPole, string? Notes, Point Position);

/// <summary>A made-up defect on its way from found to closed.</summary>
internal sealed record SampleRectification(
    Guid Id, Guid HazardId, string DivisionCode, DateTime FoundAt, string Description, DateOnly DueOn,
    RectificationState State, Guid? AssignedToId, Guid? DoneById, Guid? VerifiedById);

/// <summary>A made-up incident: age band and outcome, nobody's name.</summary>
internal sealed record SampleIncident(
    Guid Id, Guid HazardId, string DivisionCode, DateOnly OccurredOn, string AgeBand, string Outcome);
