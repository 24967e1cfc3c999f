using HazardMap.Register;

namespace HazardMap.Risk;

/// <summary>What the risk rule asks of a hazard, besides where it is. Unknown values are null.</summary>
/// <param name="Kind">Kind of water.</param>
/// <param name="DepthMetres">Depth.</param>
/// <param name="Flow">How fast the water moves.</param>
/// <param name="Bank">How the bank falls.</param>
/// <param name="Access">Who can reach it.</param>
/// <param name="HasSign">Warning sign.</param>
/// <param name="HasRing">Life ring.</param>
/// <param name="HasRope">Rope.</param>
/// <param name="HasPole">Pole.</param>
/// <param name="HasCamera">Camera.</param>
/// <param name="Status">A closed hazard scores 0.</param>
/// <param name="Incidents">How many incidents the register knows of it.</param>
public readonly record struct HazardTraits(
    HazardKind Kind, double? DepthMetres, Flow? Flow, Bank? Bank, Access? Access,
    bool HasSign, bool HasRing, bool HasRope, bool HasPole, bool HasCamera, HazardStatus Status = HazardStatus.Active, int Incidents = 0);
