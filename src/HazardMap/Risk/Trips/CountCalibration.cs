namespace HazardMap.Risk.Trips;

/// <summary>Children who were counted at a water while somebody watched it.</summary>
/// <param name="Expected">Unsupervised visits that the rule expects in that time.</param>
/// <param name="Seen">Children seen.</param>
/// <param name="InWater">Of them in the water; null: not counted.</param>
/// <param name="Hour">Of the day, 0 to 23.</param>
/// <param name="Elasticities">By number of the rule (its path): how the expectation changes with its logarithm.</param>
public sealed record VisitCount(double Expected, int Seen, int? InWater, int Hour, IReadOnlyDictionary<string, double> Elasticities);

/// <summary>What was counted in an hour of the day, beside what calibrated visits would be there.</summary>
/// <param name="Hour">0 to 23.</param>
/// <param name="Counts">How many watches.</param>
/// <param name="Seen">Children.</param>
/// <param name="Expected">Children, after calibration.</param>
/// <param name="Ratio">What this hour of the rule's day would be multiplied by, pulled back to 1 by its spread; 1 where nobody watched in
/// another.</param>
/// <param name="RatioSd">Standard deviation of its logarithm.</param>
public sealed record CountedHour(int Hour, int Counts, int Seen, double Expected, double Ratio, double RatioSd);

/// <summary>What counts at waters say of a rule.</summary>
/// <param name="Counts">How many watches.</param>
/// <param name="Nowhere">Of them, at waters and hours where the rule expects nobody: they can teach nothing.</param>
/// <param name="Seen">Children seen.</param>
/// <param name="InWaterShare">The share of them in the water, where that was counted; null: nowhere.</param>
/// <param name="Expected">Visits that the rule expects in the time watched.</param>
/// <param name="Overdispersion">How much more than chance counts scatter: their variance is m + m² times this; pulled to 1.</param>
/// <param name="LogLikelihoodBefore">Of the counts under the rule, constants left out.</param>
/// <param name="LogLikelihoodAfter">Of the counts after calibration.</param>
/// <param name="Numbers">What moved first, by what was learnt.</param>
/// <param name="Hours">Hours of the day that somebody watched in.</param>
public sealed record CountReport(int Counts, int Nowhere, int Seen, double? InWaterShare, double Expected, double Overdispersion,
    double LogLikelihoodBefore, double LogLikelihoodAfter, IReadOnlyList<CalibratedNumber> Numbers, IReadOnlyList<CountedHour> Hours);

/// <summary>
/// Negative binomial regression of children counted at waters on the visits that a rule expects there: of attraction, lengths of decay,
/// staying away, the town factor, how many visits a child makes, and the hours of the day. Each number is pulled back by its spread.
/// </summary>
/// <remarks>Visits of the rule are unsupervised ones; whoever counts sees the others as well, which the number of visits takes
/// up.</remarks>
public static class CountCalibration
{
    /// <summary>Spread of an hour's logarithm, where the rule states none of its own.</summary>
    public const double HourSd = 0.5;

    /// <summary>Calibrates; null where nothing was counted.</summary>
    /// <param name="rule">The rule, for numbers and their spreads.</param>
    /// <param name="counts">What was counted.</param>
    /// <param name="at">The variant of the rule that expectations and elasticities are of; null: the rule itself.</param>
    public static CountReport? Of(TripRule rule, IReadOnlyList<VisitCount> counts, TripRule? at = null)
    {
        if (counts.Count == 0) return null;
        var usable = counts.Where(c => c.Expected > 0).ToList();
        var moving = usable.SelectMany(c => c.Elasticities.Where(e => e.Value != 0).Select(e => e.Key)).ToHashSet(StringComparer.Ordinal);
        var free = rule.Numbers.Where(n => n.Sd > 0 && (moving.Contains(n.Path) || n.Path == rule.Visits.Path)).ToList();
        int[] watched = [.. usable.Select(c => c.Hour).Distinct().Order()];
        // One hour alone cannot be told from how many visits a child makes.
        int[] hours = watched.Length > 1 ? watched : [];
        double Sd(int hour) => rule.Times.HourShape[hour].Sd is > 0 and var stated ? stated : HourSd;
        double[] Row(VisitCount c) => [.. free.Select(n => n.Path == rule.Visits.Path ? 1 : c.Elasticities.GetValueOrDefault(n.Path)),
            .. hours.Select(h => h == c.Hour ? 1.0 : 0)];
        var rows = usable.ConvertAll(c => new PenalisedCount(c.Expected, c.Seen, Row(c)));
        var fit = new PenalisedFit(rows, [.. free.Select(n => n.Sd), .. hours.Select(Sd)],
            [.. free.Select(n => Calibrated.Moved(n, at)), .. hours.Select(_ => 0.0)]);
        var before = fit.LogLikelihood();
        fit.RunOverdispersed();
        var sds = fit.PosteriorSds();
        var numbers = free.Select((n, i) => CalibratedNumber.Of(n.Path, n.Value, n.Sd, Calibrated.Moved(n, at) + fit.Shift(i), sds[i]));
        var counted = usable.Where(c => c.InWater is not null).ToList();
        return new CountReport(counts.Count, counts.Count - usable.Count, counts.Sum(c => c.Seen),
            counted.Sum(c => c.Seen) is > 0 and var seen ? (double)counted.Sum(c => Math.Min(c.Seen, c.InWater!.Value)) / seen : null,
            counts.Sum(c => c.Expected), fit.Overdispersion, before, fit.LogLikelihood(),
            [.. numbers.OrderByDescending(n => n.LearntPercent).ThenBy(n => n.Path, StringComparer.Ordinal)],
            [.. watched.Select((hour, i) => Hour(hour, hours.Length > 0 ? free.Count + i : null))]);

        CountedHour Hour(int hour, int? at)
        {
            var here = Enumerable.Range(0, usable.Count).Where(i => usable[i].Hour == hour).ToList();
            var (ratio, sd) = at is { } number ? (Math.Exp(fit.Shift(number)), sds[number]) : (1, Sd(hour));
            return new CountedHour(hour, here.Count, here.Sum(i => usable[i].Seen), here.Sum(fit.Mean), ratio, sd);
        }
    }
}
