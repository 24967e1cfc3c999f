using System.Runtime.InteropServices;

namespace HazardMap.Coverage;

/// <summary>What serves people: a facility with its capacity.</summary>
/// <param name="Id">Key of the facility.</param>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name.</param>
/// <param name="DivisionCode">The division it stands in.</param>
/// <param name="Longitude">Degrees.</param>
/// <param name="Latitude">Degrees.</param>
/// <param name="Capacity">Places; null: nobody knows, which counts as none where capacity is measured.</param>
public sealed record CoverageSupply(string Id, string Code, string Name, string DivisionCode, double Longitude,
    double Latitude, double? Capacity);

/// <summary>The supply that a demand point is nearest to.</summary>
/// <param name="Supply">Which; -1: there is no way to any.</param>
/// <param name="Cost">What the way costs; infinity without one.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct NearestWay(int Supply, double Cost)
{
    /// <summary>No way to any.</summary>
    public static NearestWay None => new(-1, double.PositiveInfinity);
}

/// <summary>The ways from demand to supply that coverage is measured by, whatever they were measured along.</summary>
/// <param name="Within">All pairs within the threshold, once each.</param>
/// <param name="Nearest">The nearest supply of each demand point, beyond the threshold too.</param>
/// <param name="DemandOffNetwork">Demand points too far from every road.</param>
/// <param name="SupplyOffNetwork">Supplies too far from every road.</param>
public sealed record CoverageWays(
    IReadOnlyList<AccessCost> Within, IReadOnlyList<NearestWay> Nearest, IReadOnlyList<int> DemandOffNetwork,
    IReadOnlyList<int> SupplyOffNetwork);
