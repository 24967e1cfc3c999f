using HazardMap.Register;

namespace HazardMap.Risk.Rules;

/// <summary>How a distance between a facility and a water was measured, and how a rule asks for it.</summary>
public enum DistanceMode
{
    /// <summary>Geodesic, to the nearest point of the shape.</summary>
    [Word("直线", "Straight")] Straight,

    /// <summary>From the door to the walking network, along it, and from there to the shape; straight where there is no path.</summary>
    [Word("步行", "On foot")] Walk,
}

/// <summary>What a rule understands by the distance of a child from a water.</summary>
/// <param name="Mode">Straight or along paths.</param>
/// <param name="ReachMetres">Long shapes are scored per reach of this length and take their worst; null: a water is one thing.</param>
/// <param name="BankMetres">On foot: a way leaves the network at the best of its points within so many metres of the shape, and
/// where none is so near distances stay straight; null: at the point that is nearest to the shape.</param>
public sealed record RiskDistance(DistanceMode Mode, double? ReachMetres, double? BankMetres = null);
