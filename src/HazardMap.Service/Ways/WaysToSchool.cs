using HazardMap.OData;
using HazardMap.Register;
using HazardMap.Service.Accounts;

namespace HazardMap.Service.Ways;

/// <summary>Whether there are ways to tell of, and if not why.</summary>
internal enum WaysState
{
    /// <summary>There are, if anybody walks to this school.</summary>
    [Word("已计算", "Computed")] Computed,

    /// <summary>Nobody has asked for them yet: <c>./hazardmap ways</c>.</summary>
    [Word("尚未计算", "Never computed")] NeverComputed,

    /// <summary>No walking roads are loaded.</summary>
    [Word("未导入道路", "No roads")] NoRoads,

    /// <summary>It is no school or kindergarten, or it is not open.</summary>
    [Word("不是学校", "Not a school")] NotASchool,
}

/// <summary>What <c>WayToSchoolHazards</c> answers.</summary>
/// <param name="State">Whether there are ways; without them most of the rest is null.</param>
/// <param name="WithinMetres">What counts as near a way.</param>
/// <param name="FarthestMetres">Nobody is taken to walk farther.</param>
/// <param name="ComputedAt">When all ways were computed.</param>
/// <param name="RoadsChangedSince">Whether the roads have changed since then.</param>
/// <param name="CaughtUpAt">When every change had been followed.</param>
/// <param name="ChangesWaiting">Changes that have not been followed yet.</param>
/// <param name="OldestChangeSeconds">How long the oldest of them has waited.</param>
/// <param name="Ways">Ways to this school, the most children first.</param>
/// <param name="Hazards">Waters beside them, the most child-minutes first.</param>
internal sealed record WaysToSchool(
    WaysState State, double WithinMetres, double? FarthestMetres, DateTime? ComputedAt, bool? RoadsChangedSince,
    DateTime? CaughtUpAt, long? ChangesWaiting, double? OldestChangeSeconds,
    IReadOnlyList<WayToSchool> Ways, IReadOnlyList<WayHazard> Hazards)
{
    /// <summary>Waters, homes and settlements that it names by identifier; divisions it names by code.</summary>
    internal IEnumerable<Guid> Named => Hazards.Select(h => h.HazardId)
        .Concat(Ways.Where(w => Guid.TryParse(w.Origin, out _)).Select(w => Guid.Parse(w.Origin)));

    /// <summary>The same without the names of what its reader may not see; every number stays.</summary>
    internal WaysToSchool SeenBy(Sight sight) => this with
    {
        Ways = [.. Ways.Select(w => IsSeen(sight, w.Origin) ? w : w with { Origin = "", OriginName = Sight.Elsewhere })],
        Hazards = [.. Hazards.Select(h => sight.Has(h.HazardId) ? h : h with { HazardId = Guid.Empty, Code = "", Name = Sight.Elsewhere })],
    };

    private static bool IsSeen(Sight sight, string origin) =>
        Guid.TryParse(origin, out var id) ? sight.Has(id) : sight.Territory.Has(origin);
}

/// <summary>A way on foot: from where children set out to the door, along the network, and in at the gate.</summary>
[TypeName("SchoolWay")]
internal sealed record WayToSchool(
    string OriginKind, string Origin, string OriginName, double Children, double DoorMetres, double PathMetres, double GateMetres);

/// <summary>A water beside ways to a school: how many ways pass it, how near, how far along it, and with how many children.</summary>
internal sealed record WayHazard(
    int Rank, Guid HazardId, string Code, string Name, HazardKind Kind, RiskLevel? Level, int Ways,
    double NearestMetres, double Metres, double Children, double ChildMinutes);
