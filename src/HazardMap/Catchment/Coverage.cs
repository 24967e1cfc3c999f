using HazardMap.Geodesy;

namespace HazardMap.Catchment;

/// <summary>Measures who has a supply within a straight, geodesic distance.</summary>
public static class Coverage
{
    /// <summary>Measures every demand point and sums up the hierarchy of divisions.</summary>
    /// <param name="demand">Demand points; those without demand count nothing.</param>
    /// <param name="supply">Longitude and latitude of every supply.</param>
    /// <param name="divisions">The divisions to report; parents by code.</param>
    /// <param name="withinMetres">The threshold; exactly at it is covered.</param>
    /// <exception cref="RefusalException">The threshold is not a positive distance, or a demand is negative.</exception>
    public static CoverageResult Measure(
        IReadOnlyList<DemandPoint> demand, IEnumerable<(double Longitude, double Latitude)> supply,
        IReadOnlyList<CoverageDivision> divisions, double withinMetres)
    {
        if (!(withinMetres is > 0 and <= 20_100_000))
            throw new RefusalException("BadThreshold", "within must be a distance in metres greater than 0.", "within 必须是大于 0 的米数。", "within");
        var tree = new SupplyTree(supply);
        var everywhere = new Tally();
        var tallies = divisions.ToDictionary(d => d.Code, _ => new Tally(), StringComparer.Ordinal);
        var parents = divisions.ToDictionary(d => d.Code, d => d.ParentCode, StringComparer.Ordinal);
        var leftOut = new List<LeftOut>();
        foreach (var point in demand)
        {
            Check(point);
            if (point.Demand == 0) continue;
            var metres = tree.NearestMetres(point.Longitude, point.Latitude);
            var covered = metres <= withinMetres;
            everywhere.Add(point.Demand, metres, covered);
            foreach (var code in Upwards(point.DivisionCode, parents)) tallies[code].Add(point.Demand, metres, covered);
            if (!covered) leftOut.Add(new LeftOut(point, metres));
        }
        leftOut.Sort(MostPeopleFirst);
        return new CoverageResult(everywhere.Totals, [.. divisions.Select(d => tallies[d.Code].Of(d))], leftOut);
    }

    // A division and everything above it. A parent that is missing, or a circle, ends the way.
    private static List<string> Upwards(string code, Dictionary<string, string?> parents)
    {
        var way = new List<string>(4);
        for (var at = code; at is not null && parents.TryGetValue(at, out var parent) && !way.Contains(at, StringComparer.Ordinal); at = parent)
            way.Add(at);
        return way;
    }

    private static int MostPeopleFirst(LeftOut a, LeftOut b) =>
        a.Point.Demand != b.Point.Demand ? b.Point.Demand.CompareTo(a.Point.Demand)
        : a.NearestMetres != b.NearestMetres ? (b.NearestMetres ?? 0).CompareTo(a.NearestMetres ?? 0)
        : string.CompareOrdinal(a.Point.Code, b.Point.Code);

    private static void Check(DemandPoint point)
    {
        Soundness.CheckPosition(point.Longitude, point.Latitude, point.Code);
        if (point.Demand < 0)
            throw new RefusalException("NegativeDemand", $"{point.Code} has a negative demand.", $"{point.Code} 的需求量为负。", point.Code);
    }

    private sealed class Tally
    {
        private readonly List<(double Metres, long Demand)> _distances = [];
        private long _demand, _covered;

        public CoverageTotals Totals => new(_demand, _covered);

        public void Add(long demand, double? metres, bool covered)
        {
            _demand += demand;
            if (covered) _covered += demand;
            if (metres is { } known) _distances.Add((known, demand));
        }

        public DivisionCoverage Of(CoverageDivision division)
        {
            _distances.Sort();
            return new DivisionCoverage(division, Totals, _distances.Count == 0 ? null : new NearestQuantiles(Quantile(0.5), Quantile(0.9), _distances[^1].Metres));
        }

        // The least distance within which this part of the demand has its supply.
        private double Quantile(double part)
        {
            double needed = part * _demand, sum = 0;
            foreach (var (metres, demand) in _distances)
                if ((sum += demand) >= needed) return metres;
            return _distances[^1].Metres;
        }
    }
}
