namespace HazardMap.Risk.Trips;

/// <summary>Bounds of levels that are made for what can be patrolled.</summary>
/// <param name="RedAtLeast">The least score that would be red.</param>
/// <param name="OrangeAtLeast">The least that would be orange.</param>
/// <param name="YellowAtLeast">The least that would be yellow.</param>
/// <param name="Red">Waters that would be red.</param>
/// <param name="Orange">Waters that would be orange.</param>
/// <param name="Yellow">Waters that would be yellow.</param>
/// <param name="Asked">How many were to be red or orange.</param>
public sealed record FittedLevels(double RedAtLeast, double OrangeAtLeast, double YellowAtLeast, int Red, int Orange, int Yellow, int Asked)
{
    /// <summary>Bounds so that at most so many waters are red or orange; red and yellow keep the rule's proportion to orange.</summary>
    /// <remarks>Waters of one score stay together: where they would make too many, all of them are left out.</remarks>
    /// <param name="rule">The rule.</param>
    /// <param name="scores">Of all waters.</param>
    /// <param name="waters">How many can be patrolled.</param>
    /// <exception cref="RefusalException">No water scores above 0, or the number is below 1.</exception>
    public static FittedLevels Of(TripRule rule, IReadOnlyCollection<double> scores, int waters)
    {
        if (waters < 1)
            throw new RefusalException("BadCount", "--fit-levels must be 1 or more waters.",
                "--fit-levels 须为不小于 1 的水域数。", "--fit-levels");
        double[] sorted = [.. scores.Where(s => s > 0).OrderDescending()];
        if (sorted.Length == 0)
            throw new RefusalException("NoScores", "No water scores above 0: there is nothing to fit levels to. Score the register first.",
                "没有分值大于 0 的水域，无法拟合等级。请先评分。", "--fit-levels");
        var orange = Bound(sorted, Math.Min(waters, sorted.Length));
        var (red, yellow) = (orange * rule.RedAtLeast / rule.OrangeAtLeast, orange * rule.YellowAtLeast / rule.OrangeAtLeast);
        int From(double bound) => sorted.Count(s => s >= bound);
        return new FittedLevels(red, orange, yellow, From(red), From(orange) - From(red), From(yellow) - From(orange), waters);
    }

    // Three digits read well, and are taken where they part the waters in the same place.
    private static double Bound(double[] sorted, int count)
    {
        while (count > 0 && count < sorted.Length && sorted[count] == sorted[count - 1]) count--;
        if (count == 0) return Math.BitIncrement(sorted[0]);
        var (least, below) = (sorted[count - 1], count < sorted.Length ? sorted[count] : 0);
        for (var digits = 1; digits <= 6; digits++)
        {
            var unit = Math.Pow(10, Math.Floor(Math.Log10(least)) - digits + 1);
            var rounded = Math.Floor(least / unit) * unit;
            if (rounded > below && rounded <= least) return rounded;
        }
        return least;
    }
}
