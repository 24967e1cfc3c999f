namespace HazardMap.Coverage;

/// <summary>How coverage is measured.</summary>
/// <param name="Bands">Rising limits; the last is the threshold. A cost of exactly a limit is inside it.</param>
/// <param name="StepWeights">What each band weighs in the stepped and the three-step method.</param>
/// <param name="Beta">Of the Gaussian decay exp(-cost² / beta).</param>
public sealed record CoverageMeasures(IReadOnlyList<double> Bands, IReadOnlyList<double> StepWeights, double Beta)
{
    /// <summary>The farthest that is near enough.</summary>
    public double Threshold => Bands[^1];

    /// <summary>Weights and decay of their own, or the Gaussian that gives the published 1, 0.68,
    /// 0.22 for three equal bands (Luo and Qi 2009).</summary>
    /// <exception cref="RefusalException">The bands do not rise, or the weights do not fit.</exception>
    public static CoverageMeasures Of(IReadOnlyList<double> bands, IReadOnlyList<double>? weights = null, double? beta = null)
    {
        if (bands.Count is 0 or > 10 || bands.Any(b => !(b > 0 && b <= 20_100_000))
            || bands.Zip(bands.Skip(1)).Any(b => b.First >= b.Second))
            throw new RefusalException("BadBands", "bands must be one to ten rising limits greater than 0.",
                "分级阈值须为 1 至 10 个递增的正数。", "bands");
        var decay = beta ?? 0.291 * bands[^1] * bands[^1];
        if (!(decay > 0 && double.IsFinite(decay)))
            throw new RefusalException("BadDecay", "beta must be a number greater than 0.", "beta 必须是正数。", "beta");
        weights ??= [.. bands.Select((_, i) => i == 0 ? 1 : Math.Exp(-bands[i - 1] * bands[i - 1] / decay))];
        if (weights.Count != bands.Count || weights.Any(w => !(w is >= 0 and <= 1)) || weights.All(w => w == 0))
            throw new RefusalException("BadWeights", "weights must be one for each band, from 0 to 1, not all 0.",
                "每个分级须有一个 0 到 1 的权重，且不全为 0。", "weights");
        return new CoverageMeasures(bands, weights, decay);
    }
}

/// <summary>The four floating catchment measures: capacity for each person.</summary>
/// <param name="TwoStep">2SFCA.</param>
/// <param name="Stepped">E2SFCA with a weight for each band.</param>
/// <param name="Gaussian">E2SFCA with a Gaussian decay.</param>
/// <param name="ThreeStep">3SFCA with a weight for each band.</param>
public sealed record FloatingCatchments(double TwoStep, double Stepped, double Gaussian, double ThreeStep);

/// <summary>One demand point.</summary>
/// <param name="Point">The point.</param>
/// <param name="Nearest">Its nearest supply, if there is a way to any.</param>
/// <param name="Band">The first band that the nearest supply is in; null: not covered.</param>
/// <param name="Choices">Supplies within the threshold.</param>
/// <param name="Access">Capacity for each person here.</param>
/// <param name="IsOffNetwork">Too far from every road.</param>
public sealed record PointCoverage(DemandPoint Point, NearestWay Nearest, int? Band, int Choices,
    FloatingCatchments Access, bool IsOffNetwork);

/// <summary>One supply: who may come.</summary>
/// <param name="Supply">The supply.</param>
/// <param name="Within">Demand within each band, the lower bands included.</param>
/// <param name="Points">Demand points within each band.</param>
/// <param name="Ratios">Capacity for each person who may come, by the four methods; null where nobody may.</param>
/// <param name="IsOffNetwork">Too far from every road.</param>
public sealed record SupplyCoverage(CoverageSupply Supply, IReadOnlyList<long> Within, IReadOnlyList<int> Points,
    IReadOnlyList<double?> Ratios, bool IsOffNetwork);

/// <summary>One division, its subdivisions counted in.</summary>
/// <param name="Division">The division; null: everything.</param>
/// <param name="Demand">People (or places).</param>
/// <param name="Points">Demand points.</param>
/// <param name="Within">Demand covered within each band.</param>
/// <param name="Nearest">Costs to the nearest supply, weighted by demand; null when no point here has a way to any.</param>
/// <param name="Supplies">Supplies that stand here.</param>
/// <param name="Capacity">Their capacity.</param>
/// <param name="Access">Capacity for each person, by the four methods, weighted by demand; null without demand, and of everything
/// together, where the mean is the capacity that is reached / demand by construction.</param>
public sealed record PlaceCoverage(
    CoverageDivision? Division, long Demand, int Points, IReadOnlyList<long> Within, NearestQuantiles? Nearest, int Supplies,
    double Capacity, FloatingCatchments? Access)
{
    /// <summary>Demand covered within the threshold.</summary>
    public long Covered => Within[^1];

    /// <summary>Covered / demand; null without demand.</summary>
    public double? Share => Demand == 0 ? null : (double)Covered / Demand;

    /// <summary>Capacity here / demand here: providers to population; null without demand.</summary>
    public double? ProviderRatio => Demand == 0 ? null : Capacity / Demand;
}

/// <summary>Who is served, who is left out, and is there enough room.</summary>
/// <param name="Everywhere">The whole register.</param>
/// <param name="Divisions">Every division, in the order given.</param>
/// <param name="Points">Every demand point that has demand, in the order given.</param>
/// <param name="Supplies">Every supply, in the order given.</param>
public sealed record CoverageMeasurement(
    PlaceCoverage Everywhere, IReadOnlyList<PlaceCoverage> Divisions, IReadOnlyList<PointCoverage> Points,
    IReadOnlyList<SupplyCoverage> Supplies)
{
    /// <summary>Points that are not covered: most people first, then the farthest.</summary>
    public IEnumerable<PointCoverage> LeftOut => Points.Where(p => p.Band is null)
        .OrderByDescending(p => p.Point.Demand).ThenByDescending(p => double.IsFinite(p.Nearest.Cost) ? p.Nearest.Cost : 0)
        .ThenBy(p => p.Point.Code, StringComparer.Ordinal);

    /// <summary>The part of it that is of one division: its people and what stands there; its totals are those of its row.</summary>
    /// <remarks>Whoever is near enough serves, also from beyond the border, and serves those beyond it too.</remarks>
    /// <exception cref="RefusalException">No such division was measured.</exception>
    public CoverageMeasurement In(string code)
    {
        var place = Divisions.FirstOrDefault(d => d.Division!.Code == code)
            ?? throw UnknownDivision(code);
        var within = DivisionTallies.Within(code, [.. Divisions.Select(d => d.Division!)]);
        return new CoverageMeasurement(place with { Division = null }, [.. Divisions.Where(d => within.Contains(d.Division!.Code))],
            [.. Points.Where(p => within.Contains(p.Point.DivisionCode))],
            [.. Supplies.Where(s => within.Contains(s.Supply.DivisionCode))]);
    }

    /// <summary>What is said of a division that is not in force.</summary>
    public static RefusalException UnknownDivision(string code) => new("UnknownDivision",
        $"There is no division '{code}' in force.", $"没有现行的行政区划 '{code}'。", "division");

    /// <summary>Measures.</summary>
    /// <param name="measures">Bands and decays.</param>
    /// <param name="demand">Points; those without demand count nothing.</param>
    /// <param name="supply">What serves.</param>
    /// <param name="divisions">The divisions to report; parents by code.</param>
    /// <param name="ways">From demand to supply, within the threshold.</param>
    /// <exception cref="RefusalException">A demand is negative.</exception>
    public static CoverageMeasurement Of(
        CoverageMeasures measures, IReadOnlyList<DemandPoint> demand, IReadOnlyList<CoverageSupply> supply,
        IReadOnlyList<CoverageDivision> divisions, CoverageWays ways)
    {
        foreach (var point in demand)
            if (point.Demand < 0)
                throw new RefusalException("NegativeDemand", $"{point.Code} has a negative demand.", $"{point.Code} 的需求量为负。",
                    point.Code);
        var access = Access(measures, demand, supply, ways);
        var points = PointsOf(measures, demand, ways, access);
        var (everywhere, places) = DivisionTallies.Of(measures.Bands.Count, points, supply, divisions);
        return new CoverageMeasurement(everywhere, places, points, SuppliesOf(measures, demand, supply, ways, access));
    }

    private static Accessibility[] Access(CoverageMeasures measures, IReadOnlyList<DemandPoint> demand,
        IReadOnlyList<CoverageSupply> supply, CoverageWays ways)
    {
        double[] capacities = [.. supply.Select(s => s.Capacity ?? 0)], people = [.. demand.Select(d => (double)d.Demand)];
        var steps = new Decay.Steps(measures.Bands, measures.StepWeights);
        Accessibility Measure(AccessMethod method, Decay decay) =>
            Accessibility.Of(new(method, measures.Threshold, decay, capacities, people, ways.Within));
        return
        [
            Measure(AccessMethod.TwoStep, new Decay.None()), Measure(AccessMethod.TwoStep, steps),
            Measure(AccessMethod.TwoStep, new Decay.Gaussian(measures.Beta)), Measure(AccessMethod.ThreeStep, steps),
        ];
    }

    private static List<PointCoverage> PointsOf(CoverageMeasures measures, IReadOnlyList<DemandPoint> demand,
        CoverageWays ways, Accessibility[] access)
    {
        var choices = new int[demand.Count];
        foreach (var way in ways.Within) choices[way.Demand]++;
        var off = ways.DemandOffNetwork.ToHashSet();
        var points = new List<PointCoverage>(demand.Count);
        for (var i = 0; i < demand.Count; i++)
        {
            if (demand[i].Demand == 0) continue;
            var catchments = new FloatingCatchments(access[0].OfDemand[i], access[1].OfDemand[i],
                access[2].OfDemand[i], access[3].OfDemand[i]);
            points.Add(new PointCoverage(demand[i], ways.Nearest[i], BandOf(measures.Bands, ways.Nearest[i].Cost), choices[i],
                catchments, off.Contains(i)));
        }
        return points;
    }

    private static SupplyCoverage[] SuppliesOf(CoverageMeasures measures, IReadOnlyList<DemandPoint> demand,
        IReadOnlyList<CoverageSupply> supply, CoverageWays ways, Accessibility[] access)
    {
        var bands = measures.Bands.Count;
        var (within, points, off) = (new long[supply.Count, bands], new int[supply.Count, bands], ways.SupplyOffNetwork.ToHashSet());
        foreach (var way in ways.Within)
            if (demand[way.Demand].Demand > 0)
                for (var band = BandOf(measures.Bands, way.Cost) ?? bands; band < bands; band++)
                {
                    within[way.Supply, band] += demand[way.Demand].Demand;
                    points[way.Supply, band]++;
                }
        return [.. supply.Select((s, i) => new SupplyCoverage(s, [.. Enumerable.Range(0, bands).Select(b => within[i, b])],
            [.. Enumerable.Range(0, bands).Select(b => points[i, b])], [.. access.Select(a => a.Ratios[i])], off.Contains(i)))];
    }

    private static int? BandOf(IReadOnlyList<double> bands, double cost)
    {
        for (var band = 0; band < bands.Count; band++)
            if (cost <= bands[band]) return band;
        return null;
    }
}
