namespace HazardMap.Risk.Trips;

/// <summary>What draws say of a water.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Score">By the rule itself, with the interval of the delta method.</param>
/// <param name="Low">Of the draws: as many lie below as the rule's interval leaves out on one side.</param>
/// <param name="Median">Of the draws.</param>
/// <param name="High">The upper end.</param>
/// <param name="RedShare">How often the water is red, 0 to 1.</param>
/// <param name="LevelShare">How often it has the level that it has.</param>
/// <param name="InsideShare">How many of the draws lie within the interval of the delta method.</param>
public sealed record DrawnRisk(Guid Id, TripScore Score, double Low, double Median, double High, double RedShare, double LevelShare,
    double InsideShare);

/// <summary>A register under many rules as good as the one it has.</summary>
/// <param name="Draws">How many were drawn.</param>
/// <param name="Refused">How many made no rule or no scale, and were passed over.</param>
/// <param name="Nominal">What share of draws an interval should hold: 0.8 by the published rule.</param>
/// <param name="Inside">What share of all draws of all waters that anybody comes to the delta method's intervals hold.</param>
/// <param name="Tolerance">How far a water's own share may be from that for the two to agree.</param>
/// <param name="Agree">The share of waters where they do.</param>
/// <param name="Red">How many waters are red in a draw: low end, median, high end.</param>
/// <param name="Waters">Every water that anybody comes to, in the order of the study.</param>
public sealed record DrawnRisks(int Draws, int Refused, double Nominal, double Inside, double Tolerance, double Agree,
    (int Low, int Median, int High) Red, IReadOnlyList<DrawnRisk> Waters)
{
    /// <summary>The most that may be asked for.</summary>
    public const int MostDraws = 1000;

    private const double LeastTolerance = 0.06;
    private const long MostNumbers = 200_000_000;
    private const ulong Unknowns = 1, Rates = 2;

    /// <summary>Draws.</summary>
    /// <remarks>Each draw makes its own scale and has its own competition, which the delta method leaves out. What is unknown of a water,
    /// its missing facts and itself, is drawn with the spread that the interval has of it; with an own record so are the rates.</remarks>
    /// <param name="study">The register.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="seed">The same seed gives the same draws.</param>
    /// <param name="draws">How many.</param>
    /// <param name="passed">Hears how many have been drawn.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="RefusalException">The number is out of bounds, or nobody comes to any water.</exception>
    public static DrawnRisks Of(TripStudy study, TripRule rule, int seed, int draws, Action<int>? passed = null,
        CancellationToken stop = default)
    {
        if (draws is < 1 or > MostDraws)
            throw new RefusalException("BadCount", $"--draws must be from 1 to {MostDraws}.", $"--draws 须为 1 至 {MostDraws}。",
                "--draws");
        var basis = study.Score(rule, stop: stop);
        int[] visited = [.. Enumerable.Range(0, basis.Scores.Length).Where(i => basis.Scores[i].RiskScore > 0)];
        if (visited.LongLength * draws > MostNumbers)
            throw new RefusalException("TooManyDraws", $"{draws} draws of {visited.Length} waters do not fit into memory: at most "
                + $"{MostNumbers / visited.Length} draws here.",
                $"{visited.Length} 处水域抽样 {draws} 次超出内存："
                    + $"此处最多 {MostNumbers / visited.Length} 次。", "--draws");
        var found = Array.ConvertAll(visited, _ => new float[draws]);
        var (red, done) = (new List<int>(), 0);
        var rates = rule.Rates;
        bool IsRate(TripNumber number) => number.Path == rates.LedgerShare.Path || number.Path == rates.Per100000.Aged1To4.Path
            || number.Path == rates.Per100000.Aged5To14.Path;
        for (var n = 0; n < draws; n++)
        {
            stop.ThrowIfCancellationRequested();
            TripScore[] scores;
            try
            {
                // A record of its own has taken the place of the nation's rates, with a spread of its own.
                scores = study.Score(TripDraws.Draw(rule, seed, n, basis.Scale.OwnDeaths is null ? null : IsRate), stop: stop).Scores;
            }
            catch (RefusalException)
            {
                continue;
            }
            var level = basis.Scale.OwnDeaths is null ? 1
                : Math.Exp(basis.Scale.CommonRateSd * TripDraws.Normal(seed, n, Guid.Empty, Rates));
            for (var v = 0; v < visited.Length; v++)
            {
                var (water, variance) = (study.Waters[visited[v]].Id, basis.Scores[visited[v]].Variance);
                found[v][done] = (float)(scores[visited[v]].RiskScore * level
                    * Math.Exp(Math.Sqrt(variance.Itself) * TripDraws.Normal(seed, n, water, 0)
                        + Math.Sqrt(variance.Facts) * TripDraws.Normal(seed, n, water, Unknowns)));
            }
            red.Add(found.Count(f => f[done] >= rule.RedAtLeast));
            passed?.Invoke(++done);
        }
        if (done == 0)
            throw new RefusalException("NoDraws", "None of the draws made a rule and a scale: look at the spreads in the rule file.",
                "所有抽样都未能构成规则与标度：请检查规则文件中的 sd。", "--draws");
        return Told(rule, study, basis, visited, found, done, draws - done, red);
    }

    private static DrawnRisks Told(TripRule rule, TripStudy study, StudyOutcome basis, int[] visited, float[][] found, int done,
        int refused, List<int> red)
    {
        var nominal = NormalDistribution.Between(-rule.IntervalSigmas.Value, rule.IntervalSigmas.Value);
        // Two standard deviations of what chance alone makes of so few draws.
        var tolerance = Math.Max(LeastTolerance, 2 * Math.Sqrt(nominal * (1 - nominal) / done));
        var waters = new DrawnRisk[visited.Length];
        Parallel.For(0, waters.Length, v =>
        {
            var score = basis.Scores[visited[v]];
            var drawn = found[v].AsSpan(0, done);
            drawn.Sort();
            var (inside, reds, levels) = (0, 0, 0);
            foreach (var x in drawn)
            {
                if (x >= score.RiskLow && x <= score.RiskHigh) inside++;
                if (x >= rule.RedAtLeast) reds++;
                if (rule.LevelOf(x) == score.Level) levels++;
            }
            waters[v] = new DrawnRisk(study.Waters[visited[v]].Id, score, At(drawn, (1 - nominal) / 2), At(drawn, 0.5),
                At(drawn, (1 + nominal) / 2), (double)reds / done, (double)levels / done, (double)inside / done);
        });
        red.Sort();
        int Of(double share) => red[(int)Math.Round(share * (red.Count - 1))];
        return new DrawnRisks(done, refused, nominal, waters.Length == 0 ? 1 : waters.Average(w => w.InsideShare), tolerance,
            waters.Length == 0 ? 1 : waters.Count(w => Math.Abs(w.InsideShare - nominal) <= tolerance) / (double)waters.Length,
            (Of((1 - nominal) / 2), Of(0.5), Of((1 + nominal) / 2)), waters);
    }

    private static double At(ReadOnlySpan<float> sorted, double share)
    {
        var at = share * (sorted.Length - 1);
        var below = (int)Math.Floor(at);
        return below + 1 < sorted.Length ? sorted[below] + (at - below) * (sorted[below + 1] - sorted[below]) : sorted[below];
    }
}
