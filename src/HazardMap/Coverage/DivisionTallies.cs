namespace HazardMap.Coverage;

/// <summary>Sums points and supplies up the hierarchy of divisions.</summary>
internal sealed class DivisionTallies
{
    private readonly List<(double Cost, long Demand)> _costs = [];
    private readonly long[] _within;
    private readonly double[] _access = new double[4];
    private long _demand;
    private int _points, _supplies;
    private double _capacity;

    private DivisionTallies(int bands) => _within = new long[bands];

    /// <summary>Everything, and every division with its subdivisions.</summary>
    public static (PlaceCoverage Everywhere, IReadOnlyList<PlaceCoverage> Divisions) Of(
        int bands, IReadOnlyList<PointCoverage> points, IReadOnlyList<CoverageSupply> supply, IReadOnlyList<CoverageDivision> divisions)
    {
        var everywhere = new DivisionTallies(bands);
        var tallies = divisions.ToDictionary(d => d.Code, _ => new DivisionTallies(bands), StringComparer.Ordinal);
        var parents = divisions.ToDictionary(d => d.Code, d => d.ParentCode, StringComparer.Ordinal);
        foreach (var point in points)
        {
            everywhere.Add(point);
            foreach (var code in Upwards(point.Point.DivisionCode, parents)) tallies[code].Add(point);
        }
        foreach (var s in supply)
        {
            everywhere.Add(s);
            foreach (var code in Upwards(s.DivisionCode, parents)) tallies[code].Add(s);
        }
        return (everywhere.Result(null), [.. divisions.Select(d => tallies[d.Code].Result(d))]);
    }

    /// <summary>The codes of a division and of everything below it.</summary>
    public static HashSet<string> Within(string code, IReadOnlyList<CoverageDivision> divisions)
    {
        var parents = divisions.ToDictionary(d => d.Code, d => d.ParentCode, StringComparer.Ordinal);
        return divisions.Select(d => d.Code).Where(c => Upwards(c, parents).Contains(code, StringComparer.Ordinal))
            .ToHashSet(StringComparer.Ordinal);
    }

    // A division and everything above it. A parent that is missing, or a circle, ends the way.
    private static List<string> Upwards(string code, Dictionary<string, string?> parents)
    {
        var way = new List<string>(4);
        for (var at = code; at is not null && parents.TryGetValue(at, out var parent)
            && !way.Contains(at, StringComparer.Ordinal); at = parent)
            way.Add(at);
        return way;
    }

    private void Add(PointCoverage point)
    {
        var demand = point.Point.Demand;
        _demand += demand;
        _points++;
        for (var band = point.Band ?? _within.Length; band < _within.Length; band++) _within[band] += demand;
        if (double.IsFinite(point.Nearest.Cost)) _costs.Add((point.Nearest.Cost, demand));
        double[] access = [point.Access.TwoStep, point.Access.Stepped, point.Access.Gaussian, point.Access.ThreeStep];
        for (var i = 0; i < access.Length; i++) _access[i] += demand * access[i];
    }

    private void Add(CoverageSupply supply)
    {
        _supplies++;
        _capacity += supply.Capacity ?? 0;
    }

    private PlaceCoverage Result(CoverageDivision? division)
    {
        _costs.Sort();
        var nearest = _costs.Count == 0 ? null : new NearestQuantiles(Quantile(0.5), Quantile(0.9), _costs[^1].Cost);
        // Of everything it would be capacity / demand wherever the supplies stand: every place that anybody reaches is shared out.
        var access = _demand == 0 || division is null
            ? null : new FloatingCatchments(_access[0] / _demand, _access[1] / _demand, _access[2] / _demand, _access[3] / _demand);
        return new PlaceCoverage(division, _demand, _points, _within, nearest, _supplies, _capacity, access);
    }

    // The least cost within which this part of the demand has its supply; of those who have a way to any.
    private double Quantile(double part)
    {
        double needed = part * _costs.Sum(c => (double)c.Demand), sum = 0;
        foreach (var (cost, demand) in _costs)
            if ((sum += demand) >= needed) return cost;
        return _costs[^1].Cost;
    }
}
