using HazardMap.Risk.Rules;

namespace HazardMap.Risk.Trips;

/// <summary>What becomes of the ranking when something else is assumed.</summary>
/// <param name="Name">A key word.</param>
/// <param name="What">What is assumed, in a sentence; null where it is a number.</param>
/// <param name="TopKept">The share of the waters at the top that stay there, 0 to 1.</param>
/// <param name="Worse">Waters whose level rises.</param>
/// <param name="Better">Waters whose level falls.</param>
/// <param name="Red">Waters that would be red.</param>
/// <param name="Refused">Why it would be no rule; null when it is one.</param>
public sealed record RankingChange(string Name, BilingualText? What, double TopKept, int Worse, int Better, int Red,
    string? Refused = null);

/// <summary>How much one number of a rule of trips decides.</summary>
/// <param name="Path">Its key.</param>
/// <param name="Value">The number.</param>
/// <param name="Flips">Waters whose level another value changes, both ways together.</param>
/// <param name="TopKept">The lesser of the shares of the waters at the top that stay there.</param>
/// <param name="Lower">When it is less.</param>
/// <param name="Higher">When it is more.</param>
public sealed record NumberSensitivity(string Path, double Value, int Flips, double TopKept, RankingChange Lower, RankingChange Higher);

/// <summary>
/// What decides the ranking of a register's waters: whole assumptions of a rule of trips are exchanged, then each of its numbers is
/// turned by some percent. Every variant makes its own scale, so deaths are shared out anew and only their places change.
/// </summary>
public sealed class TripSensitivity
{
    private const double EightyPercent = 1.2816;
    private readonly TripStudy _study;
    private readonly TripRule _rule;
    private readonly double _share;
    private readonly CancellationToken _stop;
    private readonly StudyOutcome _base;
    private readonly int[] _top;

    /// <summary>Scores the register by the rule itself.</summary>
    /// <param name="study">The register.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="percent">How much each number is turned.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="RefusalException">The percentage is none, or nobody comes to any water.</exception>
    public TripSensitivity(TripStudy study, TripRule rule, double percent, CancellationToken stop = default)
    {
        if (!(percent is > 0 and < 100))
            throw new RefusalException("BadPercent", "The percentage must be between 0 and 100.", "百分比须在 0 与 100 之间。",
                "--sensitivity");
        (_study, _rule, _share, _stop) = (study, rule, percent / 100, stop);
        _base = study.Score(rule, stop: stop);
        var red = _base.Scores.Count(s => s.RiskScore >= rule.RedAtLeast);
        // Without red waters it is the upper tenth of those that anybody comes to.
        _top = Ranked(_base.Scores, red > 0 ? red : (_base.Scores.Count(s => s.RiskScore > 0) + 9) / 10);
    }

    /// <summary>By the rule itself.</summary>
    public StudyOutcome Base => _base;

    /// <summary>How many waters the top is: as many as are red.</summary>
    public int Top => _top.Length;

    /// <summary>Whole assumptions, one at a time, in the order of the rule's explanation.</summary>
    public IReadOnlyList<RankingChange> Assumptions() =>
    [
        Try("decayShort", "Children go less far: lengths of decay at the low end of their 80%",
            "儿童走得更近：衰减长度取其 80% 区间的低端", AtEnd(_rule.Decay, -1)),
        Try("decayLong", "Children go farther: lengths of decay at the high end of their 80%",
            "儿童走得更远：衰减长度取其 80% 区间的高端", AtEnd(_rule.Decay, 1)),
        Try("stayingAwayLittle", "Staying away weighs less: kappa at the low end of its 80%, waters compete more",
            "“不去水边”的权重较小：kappa 取其 80% 区间的低端，水域间竞争更强", AtEnd(_rule.StayingAway, -1)),
        Try("stayingAwayMuch", "Staying away weighs more: kappa at the high end of its 80%",
            "“不去水边”的权重较大：kappa 取其 80% 区间的高端", AtEnd(_rule.StayingAway, 1)),
        Try("noCompetition", "Waters do not compete: each draws as if it were alone", "水域之间无竞争：各水域如同独立吸引",
            Both(_rule.StayingAway).Select(n => (n.Path, n.Value * 1000))),
        Try("nobodyFreeAtSchool", "No pupil and no boarder is ever free to go to water", "在校和寄宿学生从不自由前往水边",
            AtSchool().Select(n => (n.Path, 0.0))),
        Try("manyFreeAtSchool", "Four times as many pupils and boarders are free", "在校和寄宿学生自由外出的比例为四倍",
            AtSchool().Select(n => (n.Path, n.Value * 4))),
        Try("deadlinessFlat", "Every visit is equally deadly (q = 1)", "每次到访同样致命（q = 1）", Flat("deadliness.")
            .Append((_rule.RescueAtLeast.Path, 1))),
        Try("townAsCountry", "Town children make as many trips as those of the country (town factor 1)",
            "城镇儿童与农村儿童出行相同（城镇系数 1）", [(_rule.Town.Path, 1.0)]),
        Try("townLow", "Town children make fewer: the town factor at the low end of its 80%",
            "城镇儿童出行更少：城镇系数取其 80% 区间的低端", [AtEnd(_rule.Town, -1)]),
        Try("attractionFlat", "Every water is equally inviting (A = 1)", "每处水域吸引力相同（A = 1）", Flat("attraction.")),
        Try("centresOnly", "Of homes only the centres of divisions are known",
            "只知道行政区划的中心点，不知道居民点", [], onlyCentres: true),
    ];

    /// <summary>Every number, the most decisive first.</summary>
    /// <param name="passed">Hears how many have been tried.</param>
    public IReadOnlyList<NumberSensitivity> Numbers(Action<int>? passed = null)
    {
        var found = new List<NumberSensitivity>();
        // Times of floods and releases, and what is drawn of the interval, are in no score.
        foreach (var number in _rule.Numbers.Where(n => n.Value != 0))
        {
            RankingChange Turned(double by) => Try(number.Path, null, [(number.Path, number.Value * by)]);
            var (lower, higher) = (Turned(1 - _share), Turned(1 + _share));
            found.Add(new NumberSensitivity(number.Path, number.Value, lower.Worse + lower.Better + higher.Worse + higher.Better,
                Math.Min(lower.TopKept, higher.TopKept), lower, higher));
            passed?.Invoke(found.Count);
        }
        return [.. found.OrderBy(n => n.TopKept).ThenByDescending(n => n.Flips).ThenBy(n => n.Path, StringComparer.Ordinal)];
    }

    // The end of a range may lie outside what a rule may say: then it is as far as it may.
    private RankingChange Try(string name, string what, string whatZh, IEnumerable<(string Path, double Value)> changed,
        bool onlyCentres = false)
    {
        var numbers = _rule.Numbers.ToDictionary(n => n.Path, StringComparer.Ordinal);
        return Try(name, new BilingualText(what, whatZh),
            changed.Select(c => (c.Path, Math.Clamp(c.Value, numbers[c.Path].Least, numbers[c.Path].Most))), onlyCentres);
    }

    private RankingChange Try(string name, BilingualText? what, IEnumerable<(string Path, double Value)> changed, bool onlyCentres = false)
    {
        _stop.ThrowIfCancellationRequested();
        try
        {
            var rule = _rule.WithAll(changed.ToDictionary(c => c.Path, c => c.Value, StringComparer.Ordinal));
            return Compare(name, what, _study.Score(rule, onlyCentres, _stop));
        }
        catch (RefusalException refusal)
        {
            return new RankingChange(name, what, 1, 0, 0, 0, refusal.Message);
        }
    }

    private RankingChange Compare(string name, BilingualText? what, StudyOutcome other)
    {
        var (worse, better) = (0, 0);
        for (var i = 0; i < other.Scores.Length; i++)
        {
            if (other.Scores[i].Level < _base.Scores[i].Level) worse++;
            if (other.Scores[i].Level > _base.Scores[i].Level) better++;
        }
        var kept = _top.Length == 0 ? 1 : (double)Ranked(other.Scores, _top.Length).Intersect(_top).Count() / _top.Length;
        return new RankingChange(name, what, kept, worse, better, other.Scores.Count(s => s.RiskScore >= other.Rule.RedAtLeast));
    }

    // Of equal scores the first waters: the same ones each time.
    private static int[] Ranked(TripScore[] scores, int count) =>
        [.. Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i].RiskScore).ThenBy(i => i).Take(count)];

    private static IEnumerable<TripNumber> Both(PerAge<TripNumber> numbers) => [numbers.Aged1To4, numbers.Aged5To14];

    private static IEnumerable<(string, double)> AtEnd(PerAge<TripNumber> numbers, int side) => Both(numbers).Select(n => AtEnd(n, side));

    private static (string, double) AtEnd(TripNumber number, int side) =>
        (number.Path, number.Value * Math.Exp(side * EightyPercent * number.Sd));

    private IEnumerable<TripNumber> AtSchool() =>
        _rule.Times.Free.Where(f => f.Base is TripBase.School or TripBase.Boarding).Select(f => f.Share);

    // A bound of a band is no multiplier.
    private IEnumerable<(string, double)> Flat(string table) => _rule.Numbers
        .Where(n => n.Path.StartsWith(table, StringComparison.Ordinal) && n.Path.EndsWith(".value", StringComparison.Ordinal))
        .Select(n => (n.Path, 1.0));
}
