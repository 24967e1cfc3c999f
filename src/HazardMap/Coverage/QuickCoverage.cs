namespace HazardMap.Coverage;

/// <summary>The short question: who has a supply within one straight, geodesic distance.</summary>
public static class QuickCoverage
{
    /// <summary>Measures every demand point and sums up the hierarchy of divisions.</summary>
    /// <param name="demand">Demand points; those without demand count nothing.</param>
    /// <param name="supply">Longitude and latitude of every supply.</param>
    /// <param name="divisions">The divisions to report; parents by code.</param>
    /// <param name="withinMetres">The threshold; exactly at it is covered.</param>
    /// <param name="division">Only of this division and what is below it; everything when null. Supplies beyond its border serve.</param>
    /// <exception cref="RefusalException">The threshold is not a positive distance, a demand is negative, or there is no such division.
    /// </exception>
    public static CoverageResult Measure(
        IReadOnlyList<DemandPoint> demand, IEnumerable<(double Longitude, double Latitude)> supply,
        IReadOnlyList<CoverageDivision> divisions, double withinMetres, string? division = null)
    {
        if (!(withinMetres is > 0 and <= 20_100_000))
            throw new RefusalException("BadThreshold", "within must be a distance in metres greater than 0.",
                "within 必须是大于 0 的米数。", "within");
        CoverageSupply[] places = [.. supply.Select((s, i) => new CoverageSupply($"{i}", "supply", "", "", s.Longitude, s.Latitude, null))];
        var ways = StraightWays.Of(demand, places, 0); // the nearest is enough
        var measured = CoverageMeasurement.Of(CoverageMeasures.Of([withinMetres]), demand, places, divisions, ways);
        if (division is not null) measured = measured.In(division);
        return new CoverageResult(Totals(measured.Everywhere),
            [.. measured.Divisions.Select(d => new DivisionCoverage(d.Division!, Totals(d), d.Nearest))],
            [.. measured.LeftOut.Select(p => new LeftOut(p.Point, double.IsFinite(p.Nearest.Cost) ? p.Nearest.Cost : null))]);
    }

    private static CoverageTotals Totals(PlaceCoverage place) => new(place.Demand, place.Covered);
}
