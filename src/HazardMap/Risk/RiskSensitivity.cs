using HazardMap.Network;
using HazardMap.Register;
using HazardMap.Risk.Rules;

namespace HazardMap.Risk;

/// <summary>What happens when one number of a rule is another.</summary>
/// <param name="Value">The number instead.</param>
/// <param name="Worse">Waters whose level rises.</param>
/// <param name="Better">Waters whose level falls.</param>
/// <param name="Refused">Why it would be no rule; null when it is one.</param>
public sealed record ParameterSwing(double Value, int Worse, int Better, string? Refused = null);

/// <summary>How much one number of a rule decides.</summary>
/// <param name="Path">Its key.</param>
/// <param name="Value">The number.</param>
/// <param name="Flips">Waters whose level another value changes, both ways together.</param>
/// <param name="Lower">When it is less.</param>
/// <param name="Higher">When it is more.</param>
public sealed record ParameterSensitivity(string Path, double Value, int Flips, ParameterSwing Lower, ParameterSwing Higher);

/// <summary>Turns every number of a rule by some percent, one at a time, and counts the waters whose level it changes.</summary>
/// <remarks>
/// The pairs are found once, as far as the widest cut-off; only another distance needs finding anew: another length of reaches, another
/// way to the bank, and on foot another cut-off, which says how far roads are looked for. Month and hour do not enter: scores
/// are for their reference.
/// </remarks>
public sealed class RiskSensitivity
{
    private readonly ProximityRule _rule;
    private readonly HazardTraits[] _traits;
    private readonly RiskPair[][][] _pairs;
    private readonly RiskLevel[] _levels;
    private readonly double[] _exposures;
    private readonly double _share;
    private readonly Func<ProximityRule, double[]> _exposuresAnew;

    /// <summary>Finds the pairs.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="hazards">The waters, cut into reaches as a rule wants it.</param>
    /// <param name="facilities">Facilities with children.</param>
    /// <param name="roads">The walking network, where the rule measures on it.</param>
    /// <param name="percent">How much each number is turned.</param>
    /// <param name="stop">Gives up.</param>
    public RiskSensitivity(ProximityRule rule, Func<ProximityRule, IReadOnlyList<RiskHazard>> hazards,
        IReadOnlyList<RiskFacility> facilities,
        RoadNetwork? roads, double percent, CancellationToken stop = default)
    {
        if (!(percent is > 0 and < 100))
            throw new RefusalException("BadPercent", "The percentage must be between 0 and 100.", "百分比须在 0 与 100 之间。",
                "--sensitivity");
        (_rule, _share) = (rule, percent / 100);
        var waters = hazards(rule);
        var widest = new RiskScorer(rule.Distance.Mode == DistanceMode.Walk ? rule : Wider(rule), facilities, roads);
        _traits = [.. waters.Select(h => h.Traits)];
        _pairs = new RiskPair[waters.Count][][];
        Parallel.For(0, waters.Count, new ParallelOptions { CancellationToken = stop }, i => _pairs[i] = widest.PairsOf(waters[i]));
        _exposures = Exposures(rule);
        _levels = Levels(rule, _exposures);
        _exposuresAnew = other =>
        {
            var (cut, scorer) = (hazards(other), new RiskScorer(other, facilities, roads));
            var found = new double[cut.Count];
            Parallel.For(0, found.Length, new ParallelOptions { CancellationToken = stop },
                i => found[i] = scorer.PairsOf(cut[i]).Max(part => Sum(other, part)));
            return found;
        };
    }

    /// <summary>How many waters were looked at.</summary>
    public int Hazards => _traits.Length;

    /// <summary>Every number that can change a level, the most decisive first.</summary>
    public IReadOnlyList<ParameterSensitivity> Parameters() =>
        [.. _rule.Parameters.Where(p => !p.Path.StartsWith("season.", StringComparison.Ordinal)).Select(Of)
            .OrderByDescending(p => p.Flips).ThenBy(p => p.Path, StringComparer.Ordinal)];

    private ParameterSensitivity Of(RuleParameter parameter)
    {
        var (lower, higher) = (Swing(parameter, 1 - _share), Swing(parameter, 1 + _share));
        return new ParameterSensitivity(parameter.Path, parameter.Value,
            lower.Worse + lower.Better + higher.Worse + higher.Better, lower, higher);
    }

    private ParameterSwing Swing(RuleParameter parameter, double by)
    {
        var value = parameter.Value * by;
        ProximityRule other;
        try
        {
            other = _rule.With(parameter with { Value = value });
        }
        catch (RefusalException refusal)
        {
            return new ParameterSwing(value, 0, 0, refusal.Message);
        }
        var (worse, better) = (0, 0);
        var levels = Levels(other, ExposuresUnder(other, parameter.Path));
        for (var i = 0; i < levels.Length; i++)
        {
            if (levels[i] < _levels[i]) worse++;
            if (levels[i] > _levels[i]) better++;
        }
        return new ParameterSwing(value, worse, better);
    }

    private double[] ExposuresUnder(ProximityRule other, string path) =>
        path.StartsWith("distance.", StringComparison.Ordinal)
            || (path.StartsWith("cutoff.", StringComparison.Ordinal) && _rule.Distance.Mode == DistanceMode.Walk) ? _exposuresAnew(other)
        : path.StartsWith("decay.", StringComparison.Ordinal) || path.StartsWith("cutoff.", StringComparison.Ordinal) ? Exposures(other)
        : _exposures;

    private double[] Exposures(ProximityRule rule)
    {
        var found = new double[_pairs.Length];
        Parallel.For(0, found.Length, i => found[i] = _pairs[i].Max(part => Sum(rule, part)));
        return found;
    }

    private RiskLevel[] Levels(ProximityRule rule, double[] exposures)
    {
        var levels = new RiskLevel[exposures.Length];
        for (var i = 0; i < levels.Length; i++) levels[i] = rule.LevelOf(exposures[i] * rule.Multiplier(_traits[i]));
        return levels;
    }

    private static double Sum(ProximityRule rule, RiskPair[] pairs)
    {
        var sum = 0.0;
        foreach (var pair in pairs)
            if (pair.Metres <= rule.CutoffMetres) sum += rule.Exposure(pair.Under5, pair.Aged5To14, pair.Metres);
        return sum;
    }

    private ProximityRule Wider(ProximityRule rule) =>
        rule.With(
            rule.Parameters.Single(p => p.Path == "cutoff.metres") with { Value = Math.Min(50_000, rule.CutoffMetres * (1 + _share)) });
}
