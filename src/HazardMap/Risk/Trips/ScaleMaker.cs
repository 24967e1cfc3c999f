using HazardMap.Risk.Rules;

namespace HazardMap.Risk.Trips;

/// <summary>Makes a scale of sums over a register: every water goes by once, with the trips that a pass under
/// <see cref="TripScale.Provisional"/> found.</summary>
/// <remarks>Not for threads; give waters in a fixed order and the scale is the same bits.</remarks>
public sealed class ScaleMaker
{
    private const int MostRounds = 10_000;
    private const double Enough = 1e-14;
    private static readonly TripAge[] Ages = Enum.GetValues<TripAge>();

    private readonly TripRule _rule;
    private readonly UnknownFacts _unknown;
    private readonly Dictionary<DayCounts, (PresenceNumbers Deadly, PresenceNumbers Trips)> _sums = new(ReferenceEqualityComparer.Instance);
    private readonly double[][] _elasticities;
    private readonly double[] _weights = new double[2];

    /// <summary>For a rule and what is taken for unknown facts.</summary>
    public ScaleMaker(TripRule rule, UnknownFacts unknown)
    {
        (_rule, _unknown) = (rule, unknown);
        _elasticities = [new double[rule.Numbers.Count], new double[rule.Numbers.Count]];
    }

    /// <summary>One water more.</summary>
    /// <param name="water">Its facts.</param>
    /// <param name="trips">Its trips by entry (X), reaches together.</param>
    /// <param name="slopes">How they change.</param>
    /// <param name="days">The calendar of its area: the same object for all waters of the area.</param>
    public void Add(in TripTraits water, in PresenceNumbers trips, in PerAge<TripSlope> slopes, DayCounts days)
    {
        var sums = _sums.GetValueOrDefault(days);
        Span<NumberUse> uses = stackalloc NumberUse[TripFactors.MostUses];
        foreach (var age in Ages)
        {
            var q = _rule.Deadliness[age].Of(water, _unknown);
            foreach (var entry in Presences.All)
                if (entry.Age() == age)
                    (sums.Deadly[entry], sums.Trips[entry]) = (sums.Deadly[entry] + q * trips[entry], sums.Trips[entry] + trips[entry]);
            var weight = q * Math.Max(0, slopes[age].Visits);
            if (!(weight > 0)) continue;
            _weights[(int)age] += weight;
            var slope = slopes[age].Elasticities;
            var means = _elasticities[(int)age];
            means[_rule.Decay[age].Index] += weight * slope.ByDecay;
            means[_rule.StayingAway[age].Index] += weight * slope.ByStayingAway;
            means[_rule.Town.Index] += weight * slope.ByTown;
            foreach (var use in uses[.._rule.Attraction[age].Uses(water, uses)])
                means[use.Index] += weight * use.Power * slope.ByAttraction;
            foreach (var use in uses[.._rule.Deadliness[age].Uses(water, uses)]) means[use.Index] += weight * use.Power;
        }
        _sums[days] = sums;
    }

    /// <summary>The scale.</summary>
    /// <param name="children">Children of the register, by age.</param>
    /// <param name="day">Today. Any day will do: a scale is of a year.</param>
    /// <param name="own">The county's own deaths, where its record is complete.</param>
    /// <exception cref="RefusalException"><c>ScaleNeedsChildren</c>: nobody comes to any water; <c>ScaleCannotRake</c>: nobody does in the
    /// peak month or in the afternoon, or only then.</exception>
    public TripScale Make(PerAge<double> children, DateOnly day, OwnDeaths? own = null)
    {
        var expected = DeathsExpected.Of(_rule.Rates, children, own);
        var rhythm = Rake(expected.PerYear);
        var (deadly, trips) = (new double[2], new double[2]);
        foreach (var (days, sums) in _sums)
        {
            var year = new TripWeights(_rule.Times, rhythm, days).Year;
            foreach (var age in Ages)
            {
                deadly[(int)age] += sums.Deadly.Dot(year, age);
                trips[(int)age] += sums.Trips.Dot(year, age);
            }
        }
        var notes = new List<BilingualText>();
        var c = DeathsPerVisit(expected.PerYear, deadly, notes);
        return TripScale.Provisional(_rule, _unknown, day) with
        {
            Year = _sums.Keys.Select(d => d.Year).DefaultIfEmpty(day.Year).Max(), DeathsPerVisit = c, Months = rhythm.Months,
            Hours = rhythm.Hours, Children = children, DeathsPerYear = expected.PerYear,
            MeanDeadliness = new(Mean(deadly[0], trips[0]), Mean(deadly[1], trips[1])), RateSd = expected.Sd,
            CommonRateSd = expected.CommonSd,
            Elasticities = Elasticities(rhythm, deadly), OwnDeaths = own, Notes = notes,
        };
    }

    private static double Mean(double deadly, double trips) => trips > 0 && deadly > 0 ? deadly / trips : 1;

    private PerAge<double> DeathsPerVisit(PerAge<double> deaths, double[] deadly, List<BilingualText> notes)
    {
        double? Of(TripAge age) => deadly[(int)age] > 0 && deaths[age] > 0 ? deaths[age] / (_rule.Visits.Value * deadly[(int)age]) : null;
        var (young, old) = (Of(TripAge.Aged1To4), Of(TripAge.Aged5To14));
        if (young is null && old is null) throw NoChildren();
        foreach (var age in Ages)
            if ((age == TripAge.Aged1To4 ? young : old) is null)
                notes.Add(new BilingualText($"No child {Name(age)} comes to any water: a visit of theirs counts as deadly as "
                    + "one of the other age.",
                    $"没有 {NameZh(age)} 儿童到访任何水域：其每次到访按另一年龄段的致死程度计。"));
        return new PerAge<double>(young ?? old!.Value, old ?? young!.Value);
    }

    // Two margins: the peak month's share of the year's deaths, and the afternoon's of the day's. Deaths of each age are given, so its
    // visits count as shares of its own year.
    private TripRhythm Rake(PerAge<double> deaths)
    {
        var times = _rule.Times;
        var start = TripRhythm.Of(times);
        double[] months = [.. start.Months], hours = [.. start.Hours];
        var plain = Array.ConvertAll(Ages, Plain);
        if (!Array.Exists(Ages, age => deaths[age] > 0 && Total(plain[(int)age], months, hours) > 0)) throw NoChildren();
        for (var round = 0; round < MostRounds; round++)
        {
            var month = Share(plain, deaths, months, hours, (m, _) => m == times.PeakMonth - 1);
            var byMonth = Odds(times.PeakMonthShare, month);
            months[times.PeakMonth - 1] *= byMonth;
            var afternoon = Share(plain, deaths, months, hours, (_, h) => h >= times.Afternoon.From && h < times.Afternoon.To);
            var byHour = Odds(times.AfternoonShare, afternoon);
            for (var h = times.Afternoon.From; h < times.Afternoon.To; h++) hours[h] *= byHour;
            if (Math.Abs(byMonth - 1) < Enough && Math.Abs(byHour - 1) < Enough) break;
            if (!double.IsFinite(months[times.PeakMonth - 1] + hours[times.Afternoon.From])) throw CannotRake(times.AfternoonShare.Path);
        }
        return TripRhythm.Normal(times, months, hours);
    }

    // Deadly visits of an age by month and hour, before the rhythm.
    private double[] Plain(TripAge age)
    {
        var plain = new double[TripTimes.Months * TripTimes.Hours];
        foreach (var (days, sums) in _sums)
            for (var month = 0; month < TripTimes.Months; month++)
                foreach (var kind in Enum.GetValues<DayKind>())
                    for (var hour = 0; hour < TripTimes.Hours; hour++)
                        foreach (var entry in Presences.All)
                            if (entry.Age() == age)
                                plain[month * TripTimes.Hours + hour] +=
                                    days[month + 1, kind] * sums.Deadly[entry] * _rule.Times.Of(entry, kind, hour);
        return plain;
    }

    private static double Total(double[] plain, double[] months, double[] hours)
    {
        var sum = 0.0;
        for (var m = 0; m < months.Length; m++)
            for (var h = 0; h < hours.Length; h++) sum += plain[m * hours.Length + h] * months[m] * hours[h];
        return sum;
    }

    private static double Share(double[][] plain, PerAge<double> deaths, double[] months, double[] hours, Func<int, int, bool> isIn)
    {
        var (inside, all) = (0.0, 0.0);
        foreach (var age in Ages)
        {
            var (part, total) = (0.0, 0.0);
            for (var m = 0; m < months.Length; m++)
                for (var h = 0; h < hours.Length; h++)
                {
                    var visits = plain[(int)age][m * hours.Length + h] * months[m] * hours[h];
                    total += visits;
                    if (isIn(m, h)) part += visits;
                }
            if (!(total > 0)) continue;
            inside += deaths[age] * part / total;
            all += deaths[age];
        }
        return inside / all;
    }

    private static double Odds(TripNumber asked, double is_)
    {
        if (!(is_ > 1e-12 && is_ < 1 - 1e-12)) throw CannotRake(asked.Path);
        return asked.Value / (1 - asked.Value) / (is_ / (1 - is_));
    }

    private Dictionary<string, PerAge<double>> Elasticities(TripRhythm rhythm, double[] deadly)
    {
        var means = new Dictionary<string, PerAge<double>>(StringComparer.Ordinal);
        double Of(int age, int number) => _weights[age] > 0 ? _elasticities[age][number] / _weights[age] : 0;
        foreach (var number in _rule.Numbers)
            if (number.Sd > 0 && new PerAge<double>(Of(0, number.Index), Of(1, number.Index)) is var mean && mean != default)
                means[number.Path] = mean;
        foreach (var (days, sums) in _sums)
            foreach (var (number, slope) in new TripWeights(_rule.Times, rhythm, days).ShareSlopes)
            {
                double Part(TripAge age) => deadly[(int)age] > 0 ? sums.Deadly.Dot(slope, age) / deadly[(int)age] : 0;
                var path = _rule.Numbers[number].Path;
                var before = means.GetValueOrDefault(path);
                means[path] = new(before.Aged1To4 + Part(TripAge.Aged1To4), before.Aged5To14 + Part(TripAge.Aged5To14));
            }
        return means;
    }

    private static string Name(TripAge age) => age == TripAge.Aged1To4 ? "aged 1 to 4" : "aged 5 to 14";

    private static string NameZh(TripAge age) => age == TripAge.Aged1To4 ? "1–4 岁" : "5–14 岁";

    private static RefusalException NoChildren() => new("ScaleNeedsChildren",
        "No scale can be made: no child comes to any water. Give divisions their Children or Population, and settlements or centres, and "
            + "waters within the cut-off of them; then risk --scale.",
        "无法制作标度：没有儿童到访任何水域。请填报行政区划的儿童数或人口、"
            + "居民点或中心点，并确认影响范围内有水域，再执行 risk --scale。",
        "children");

    private static RefusalException CannotRake(string path) => new("ScaleCannotRake",
        $"No scale can be made: {path} asks for a share of deaths, but the register's children come only then or never then. Look at the "
            + "calendar and at unsupervised in the rule.",
        $"无法制作标度：{path} 规定了死亡占比，但台账中的儿童只在该时段或从不在该时段到访。"
            + "请检查校历和规则中的 unsupervised。", path);
}
