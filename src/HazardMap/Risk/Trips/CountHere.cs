namespace HazardMap.Risk.Trips;

/// <summary>What would tell most of a water.</summary>
public enum Lesson
{
    /// <summary>Measuring what nobody has stated: depth, flow, bank, access.</summary>
    Measure,

    /// <summary>Counting who comes.</summary>
    Count,
}

/// <summary>A water as the ranking sees it.</summary>
/// <param name="Id">Its key.</param>
/// <param name="RiskScore">Expected deaths in 1,000 years.</param>
/// <param name="Variance">Of the logarithm of its score.</param>
public readonly record struct UncertainWater(Guid Id, double RiskScore, ScoreVariance Variance);

/// <summary>Where to measure or to count first.</summary>
/// <param name="Id">The water.</param>
/// <param name="What">What to do there.</param>
/// <param name="Fall">By how much the variance of its expected deaths falls, in deaths of 1,000 years squared.</param>
/// <param name="SigmaNow">Standard deviation of the logarithm of the score now.</param>
/// <param name="SigmaThen">And then.</param>
public sealed record LessonHere(Guid Id, Lesson What, double Fall, double SigmaNow, double SigmaThen)
{
    /// <summary>The waters where most would be learnt, the first first; those where nothing would be are left out.</summary>
    /// <remarks>The variance of a lognormal whose median is the score; a lesson takes away its own part of the logarithm's variance. A
    /// count is taken for a whole one: how many visits a year the water has.</remarks>
    /// <param name="waters">All waters.</param>
    /// <param name="count">How many to tell.</param>
    public static IReadOnlyList<LessonHere> Of(IEnumerable<UncertainWater> waters, int count) =>
        [.. waters.Select(Best).Where(l => l.Fall > 0).OrderByDescending(l => l.Fall).ThenBy(l => l.Id).Take(count)];

    private static LessonHere Best(UncertainWater water)
    {
        var total = water.Variance.Total;
        var (measure, counting) = (total - water.Variance.Facts, total - water.Variance.Visits);
        var (what, then) = measure <= counting ? (Lesson.Measure, measure) : (Lesson.Count, counting);
        return new LessonHere(water.Id, what, Variance(water.RiskScore, total) - Variance(water.RiskScore, then), Math.Sqrt(total),
            Math.Sqrt(then));
    }

    private static double Variance(double score, double logVariance) => score * score * Math.Exp(logVariance) * (Math.Exp(logVariance) - 1);
}
