namespace HazardMap.Risk.Trips;

/// <summary>A water as calibration sees it.</summary>
/// <param name="Expected">Deaths that the rule expects in all its years of record together.</param>
/// <param name="Events">Events of children that were recorded in them.</param>
/// <param name="Elasticities">By number of the rule (its path): how the expectation changes with its logarithm, less the register's mean;
/// the level is not among them.</param>
public sealed record CalibrationWater(double Expected, int Events, IReadOnlyDictionary<string, double> Elasticities);

/// <summary>What calibration made of one number.</summary>
/// <param name="Path">Its key; <see cref="TripCalibration.Level"/> is the level of all.</param>
/// <param name="Prior">Before; of the level 1.</param>
/// <param name="PriorSd">Standard deviation of its logarithm before.</param>
/// <param name="Posterior">After.</param>
/// <param name="PosteriorSd">After.</param>
/// <param name="LearntPercent">How much of the variance the data took away: 0 where they say nothing.</param>
/// <param name="IsFree">Whether the data were enough to let it move.</param>
public sealed record CalibratedNumber(string Path, double Prior, double PriorSd, double Posterior, double PosteriorSd,
    double LearntPercent, bool IsFree)
{
    internal static CalibratedNumber Of(string path, double value, double sd, double shift, double posteriorSd) => new(path, value, sd,
        value * Math.Exp(shift), posteriorSd, sd > 0 ? Math.Clamp(100 * (1 - posteriorSd * posteriorSd / (sd * sd)), 0, 100) : 0,
        IsFree: true);
}

/// <summary>What a register's own events say of a rule.</summary>
/// <param name="Waters">How many were looked at.</param>
/// <param name="Events">Of children.</param>
/// <param name="Expected">Deaths that the rule expects.</param>
/// <param name="LogLikelihoodBefore">Of the events under the rule, constants left out.</param>
/// <param name="LogLikelihoodAfter">Of the events after calibration.</param>
/// <param name="Numbers">What moved first, by what was learnt.</param>
public sealed record CalibrationReport(int Waters, int Events, double Expected, double LogLikelihoodBefore, double LogLikelihoodAfter,
    IReadOnlyList<CalibratedNumber> Numbers);

/// <summary>
/// Penalised Poisson regression of events: the logarithm of a water's expectation moves with the logarithms of the rule's numbers, each
/// of which is pulled back to where it was by its own spread. So a number moves as far as the data carry it and no farther.
/// </summary>
public static class TripCalibration
{
    /// <summary>The level of all waters, as a path.</summary>
    public const string Level = "level";

    /// <summary>With fewer events only the level and the town factor may move.</summary>
    public const int EnoughEvents = 50;

    /// <summary>Calibrates.</summary>
    /// <param name="rule">The rule, for numbers and their spreads.</param>
    /// <param name="levelSd">Standard deviation of the logarithm of the level: that of the rates.</param>
    /// <param name="waters">All waters of the area whose record is complete, those without events as well.</param>
    /// <param name="at">The variant of the rule that expectations and elasticities are of; null: the rule itself.</param>
    /// <exception cref="RefusalException"><c>CalibrationNeedsExpectation</c>: the rule expects nothing, or events happened where it expects
    /// nothing at all.</exception>
    public static CalibrationReport Of(TripRule rule, double levelSd, IReadOnlyList<CalibrationWater> waters, TripRule? at = null)
    {
        var events = waters.Sum(w => w.Events);
        var expected = waters.Sum(w => w.Expected);
        if (!(expected > 0 && double.IsFinite(expected)))
            throw new RefusalException("CalibrationNeedsExpectation",
                "There is nothing to calibrate: the rule expects no deaths at these waters. Score the register first, and give "
                    + "the year since which incidents are complete.",
                "无可校准：规则对这些水域的期望死亡数为零。请先评分，"
                    + "并填报事件记录完整的起始年份。", "incidents_complete_since");
        var town = rule.Town.Path;
        var moving = waters.SelectMany(w => w.Elasticities.Where(e => e.Value != 0).Select(e => e.Key)).Append(town)
            .ToHashSet(StringComparer.Ordinal);
        var all = rule.Numbers.Where(n => n.Sd > 0 && moving.Contains(n.Path)).ToList();
        var free = events >= EnoughEvents ? all : [.. all.Where(n => n.Path == town)];
        var fit = new PenalisedFit([.. waters.Select(w => new PenalisedCount(w.Expected, w.Events,
            [1, .. free.Select(n => w.Elasticities.GetValueOrDefault(n.Path))]))], [levelSd, .. free.Select(n => n.Sd)],
            [0, .. free.Select(n => Calibrated.Moved(n, at))]);
        var before = fit.LogLikelihood();
        fit.Run();
        var sds = fit.PosteriorSds();
        var numbers = new List<CalibratedNumber> { CalibratedNumber.Of(Level, 1, levelSd, fit.Shift(0), sds[0]) };
        numbers.AddRange(free.Select((n, i) => CalibratedNumber.Of(n.Path, n.Value, n.Sd,
            Calibrated.Moved(n, at) + fit.Shift(i + 1), sds[i + 1])));
        numbers.AddRange(all.Except(free).Select(n => new CalibratedNumber(n.Path, n.Value, n.Sd, n.Value, n.Sd, 0, IsFree: false)));
        return new CalibrationReport(waters.Count, events, expected, before, fit.LogLikelihood(),
            [.. numbers.OrderByDescending(n => n.LearntPercent).ThenBy(n => n.Path, StringComparer.Ordinal)]);
    }
}

/// <summary>Calibration goes step by step: what is expected is not linear in the numbers, so it is asked again where a step has
/// led.</summary>
public static class Calibrated
{
    /// <summary>After so many steps numbers have come to rest, or the data do not tell where they should.</summary>
    public const int MostSteps = 6;

    private const double AtRest = 0.01;

    /// <summary>The rule with the numbers that a step has led to, within what a file may say.</summary>
    public static TripRule Step(TripRule rule, IEnumerable<CalibratedNumber> numbers)
    {
        var known = rule.Numbers.ToDictionary(n => n.Path, StringComparer.Ordinal);
        return rule.WithAll(numbers.Where(n => n.IsFree && known.ContainsKey(n.Path)).ToDictionary(n => n.Path,
            n => Math.Clamp(n.Posterior, known[n.Path].Least, known[n.Path].Most), StringComparer.Ordinal));
    }

    /// <summary>Whether two variants are the same to a hundredth.</summary>
    public static bool IsAtRest(TripRule before, TripRule after) =>
        before.Numbers.Zip(after.Numbers, (a, b) => a.Value == b.Value || Math.Abs(Math.Log(b.Value / a.Value)) < AtRest).All(same => same);

    /// <summary>How far the logarithm of a number is already from its own.</summary>
    internal static double Moved(TripNumber number, TripRule? at) => at is null || number.Value == 0 ? 0
        : Math.Log(at.Numbers[number.Index].Value / number.Value);
}
