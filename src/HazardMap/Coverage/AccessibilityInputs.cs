namespace HazardMap.Coverage;

/// <summary>How far a demand point and a supply point are apart; both by their place in their list.</summary>
/// <param name="Supply">Which supply point.</param>
/// <param name="Demand">Which demand point.</param>
/// <param name="Cost">Minutes, metres: whatever the threshold is in.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Sequential)]
public readonly record struct AccessCost(int Supply, int Demand, double Cost);

/// <summary>The floating catchment methods.</summary>
public enum AccessMethod
{
    /// <summary>Luo and Wang (2003), doi:10.1068/b29120; with a decay Luo and Qi (2009), doi:10.1016/j.healthplace.2009.06.002.</summary>
    TwoStep,

    /// <summary>Wan, Zou and Sternberg (2012), doi:10.1080/13658816.2011.624987: demand chooses among what it can reach.</summary>
    ThreeStep,
}

/// <summary>What accessibility is computed from.</summary>
/// <param name="Method">The method.</param>
/// <param name="Threshold">The catchment; a cost of exactly this is inside. Infinity: none.</param>
/// <param name="Decay">What a cost inside the threshold weighs.</param>
/// <param name="Capacities">Of each supply point; finite, not negative.</param>
/// <param name="Populations">Of each demand point; finite, not negative.</param>
/// <param name="Costs">At most one for each pair; a pair without one is out of reach.</param>
public sealed record AccessibilityInputs(
    AccessMethod Method,
    double Threshold,
    Decay Decay,
    IReadOnlyList<double> Capacities,
    IReadOnlyList<double> Populations,
    IReadOnlyList<AccessCost> Costs);
