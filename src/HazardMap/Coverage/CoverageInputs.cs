using HazardMap.Register;

namespace HazardMap.Coverage;

/// <summary>People (or places) at one point who may be served.</summary>
/// <param name="Id">Key of the facility or division.</param>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name.</param>
/// <param name="DivisionCode">The division it belongs to.</param>
/// <param name="Longitude">Degrees.</param>
/// <param name="Latitude">Degrees.</param>
/// <param name="Demand">How many; points without demand are left out by the caller or count nothing.</param>
public sealed record DemandPoint(string Id, string Code, string Name, string DivisionCode, double Longitude, double Latitude, long Demand);

/// <summary>A division with its place in the hierarchy.</summary>
public sealed record CoverageDivision(string Code, string Name, DivisionLevel Level, string? ParentCode);

/// <summary>Demand, and how much of it has a supply within the threshold.</summary>
/// <param name="Demand">All.</param>
/// <param name="Covered">Within the threshold; exactly at it is in.</param>
public readonly record struct CoverageTotals(long Demand, long Covered)
{
    /// <summary>Covered / demand; null without demand.</summary>
    public double? Share => Demand == 0 ? null : (double)Covered / Demand;
}

/// <summary>Distance to the nearest supply: half, nine tenths, all of the demand has it at most this far. Metres.</summary>
public sealed record NearestQuantiles(double P50, double P90, double Max);

/// <summary>One division's coverage; its subdivisions are counted in.</summary>
/// <param name="Division">The division.</param>
/// <param name="Totals">Demand and what is covered of it.</param>
/// <param name="Nearest">Quantiles weighted by demand; null without demand or without any supply.</param>
public sealed record DivisionCoverage(CoverageDivision Division, CoverageTotals Totals, NearestQuantiles? Nearest);

/// <summary>A demand point that is not covered.</summary>
/// <param name="Point">The point.</param>
/// <param name="NearestMetres">How far its nearest supply is; null when there is none at all.</param>
public sealed record LeftOut(DemandPoint Point, double? NearestMetres);

/// <summary>Who is served and who is left out.</summary>
/// <param name="Totals">The whole register.</param>
/// <param name="Divisions">Every division, in the order given.</param>
/// <param name="LeftOut">Uncovered points, most people first, then the farthest.</param>
public sealed record CoverageResult(CoverageTotals Totals, IReadOnlyList<DivisionCoverage> Divisions, IReadOnlyList<LeftOut> LeftOut);
