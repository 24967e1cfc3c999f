using HazardMap.Register;

namespace HazardMap.Risk.Trips;

/// <summary>From a water's trips to its numbers: dot products and a closed form of the interval. For any number of threads.</summary>
public sealed class TripScores
{
    private static readonly TripAge[] Ages = Enum.GetValues<TripAge>();
    private readonly TripRule _rule;
    private readonly TripScale _scale;
    private readonly UnknownFacts _unknown;
    private readonly double[][] _means;
    private readonly double[] _visitsBase = new double[2], _deadlinessBase = new double[2];
    private readonly double[] _logBounds;

    /// <summary>For a rule and a scale.</summary>
    public TripScores(TripRule rule, TripScale scale)
    {
        (_rule, _scale, _unknown) = (rule, scale, scale.UnknownFacts());
        _logBounds = [Math.Log(rule.RedAtLeast), Math.Log(rule.OrangeAtLeast), Math.Log(rule.YellowAtLeast)];
        _means = Array.ConvertAll(Ages, age => rule.Numbers.Select(n => scale.Elasticities.GetValueOrDefault(n.Path)[age]).ToArray());
        var apart = rule.Times.Free.Select(f => f.Share.Index).Append(rule.Town.Index).ToHashSet();
        foreach (var age in Ages)
            foreach (var number in rule.Numbers)
            {
                if (apart.Contains(number.Index)) continue;
                var isDeadliness = number.Path.StartsWith("deadliness.", StringComparison.Ordinal)
                    || number.Index == rule.RescueAtLeast.Index
                    || number.Index == rule.NoticeDeadliness.Index;
                var part = Square(number.Sd * _means[(int)age][number.Index]);
                if (isDeadliness) _deadlinessBase[(int)age] += part;
                else _visitsBase[(int)age] += part;
            }
    }

    /// <summary>The rule.</summary>
    public TripRule Rule => _rule;

    /// <summary>The scale.</summary>
    public TripScale Scale => _scale;

    /// <summary>The numbers of a water, or of one of its reaches.</summary>
    /// <param name="trips">Trips by entry (X).</param>
    /// <param name="slopes">How a year's visits change; their own sums need not be of the same weights, only near them.</param>
    /// <param name="water">Its facts.</param>
    /// <param name="own">Its own record; null: the county does not say since when its record is complete.</param>
    /// <param name="weights">Of its area's calendar.</param>
    public TripScore Of(in PresenceNumbers trips, in PerAge<TripSlope> slopes, in TripTraits water, OwnRecord? own, TripWeights weights)
    {
        var deaths = new PerAge<double>(Deaths(trips, water, weights.Year, TripAge.Aged1To4), Deaths(trips, water, weights.Year,
            TripAge.Aged5To14));
        var expected = deaths.Aged1To4 + deaths.Aged5To14;
        var alpha = _rule.OwnRecordWeight.Value;
        var factor = own is { } record ? (alpha + record.Events) / (alpha + expected * record.Years) : 1;
        var score = 1000 * expected * factor;
        var (deadliness, visits) = (Deadliness(water), Visits(trips, weights.Holiday));
        if (!(score > 0))
            return new TripScore(0, deaths, factor, visits, deadliness, ClassOf(deadliness), default, 0, 0, RiskLevel.Blue, 1, null);
        var variance = Variance(trips, slopes, water, weights, deaths, expected) with { Itself = Itself(own) };
        var sigma = Math.Sqrt(variance.Total);
        var level = _rule.LevelOf(score);
        var (held, other) = Held(Math.Log(score), sigma, level);
        var by = Math.Exp(_rule.IntervalSigmas.Value * sigma);
        return new TripScore(score, deaths, factor, visits, deadliness, ClassOf(deadliness), variance, score / by, score * by, level,
            held, other);
    }

    /// <summary>Unsupervised child visits under weights of a day or an hour.</summary>
    public double Visits(in PresenceNumbers trips, in PresenceNumbers weights) =>
        _scale.Visits * (Math.Max(0, trips.Dot(weights, TripAge.Aged1To4)) + Math.Max(0, trips.Dot(weights, TripAge.Aged5To14)));

    /// <summary>Expected deaths of an age under weights of a year, a day or an hour.</summary>
    public double Deaths(in PresenceNumbers trips, in TripTraits water, in PresenceNumbers weights, TripAge age) =>
        _scale.DeathsPerVisit[age] * _rule.Deadliness[age].Of(water, _unknown) * _scale.Visits * Math.Max(0, trips.Dot(weights, age));

    /// <summary>How a water's deaths move with the logarithm of each number that is not sure, by its path, less what the scale takes up:
    /// what calibration asks.</summary>
    public Dictionary<string, double> Elasticities(in PresenceNumbers trips, in PerAge<TripSlope> slopes, in TripTraits water,
        TripWeights weights)
    {
        var sums = new double[_rule.Numbers.Count];
        var deaths = new PerAge<double>(
            Deaths(trips, water, weights.Year, TripAge.Aged1To4), Deaths(trips, water, weights.Year, TripAge.Aged5To14));
        var expected = deaths.Aged1To4 + deaths.Aged5To14;
        Span<NumberUse> uses = stackalloc NumberUse[TripFactors.MostUses];
        foreach (var age in Ages)
        {
            if (!(deaths[age] > 0)) continue;
            var (share, slope) = (deaths[age] / expected, slopes[age].Elasticities);
            for (var i = 0; i < sums.Length; i++) sums[i] -= share * _means[(int)age][i];
            sums[_rule.Decay[age].Index] += share * slope.ByDecay;
            sums[_rule.StayingAway[age].Index] += share * slope.ByStayingAway;
            sums[_rule.Town.Index] += share * slope.ByTown;
            foreach (var use in uses[.._rule.Attraction[age].Uses(water, uses)]) sums[use.Index] += share * use.Power * slope.ByAttraction;
            foreach (var use in uses[.._rule.Deadliness[age].Uses(water, uses)]) sums[use.Index] += share * use.Power;
            foreach (var (number, by) in weights.ShareSlopes) sums[number] += share * trips.Dot(by, age) / trips.Dot(weights.Year, age);
        }
        return _rule.Numbers.Where(n => n.Sd > 0 && sums[n.Index] != 0)
            .ToDictionary(n => n.Path, n => sums[n.Index], StringComparer.Ordinal);
    }

    /// <summary>How visits of some hours move with the logarithm of each number that decides who comes and is not sure, by its path: what
    /// counts at a water can tell. The scale takes up none of it.</summary>
    /// <param name="slopes">Of those hours.</param>
    /// <param name="water">The water.</param>
    public Dictionary<string, double> VisitElasticities(in PerAge<TripSlope> slopes, in TripTraits water)
    {
        var sums = new double[_rule.Numbers.Count];
        var visits = Math.Max(0, slopes.Aged1To4.Visits) + Math.Max(0, slopes.Aged5To14.Visits);
        Span<NumberUse> uses = stackalloc NumberUse[TripFactors.MostUses];
        foreach (var age in Ages)
        {
            if (!(slopes[age].Visits > 0)) continue;
            var (share, slope) = (slopes[age].Visits / visits, slopes[age].Elasticities);
            sums[_rule.Decay[age].Index] += share * slope.ByDecay;
            sums[_rule.StayingAway[age].Index] += share * slope.ByStayingAway;
            sums[_rule.Town.Index] += share * slope.ByTown;
            foreach (var use in uses[.._rule.Attraction[age].Uses(water, uses)]) sums[use.Index] += share * use.Power * slope.ByAttraction;
        }
        return _rule.Numbers.Where(n => n.Sd > 0 && sums[n.Index] != 0)
            .ToDictionary(n => n.Path, n => sums[n.Index], StringComparer.Ordinal);
    }

    /// <summary>Deaths a visit, relative to the register's mean: each age by its share of deaths.</summary>
    public double Deadliness(in TripTraits water)
    {
        var sum = 0.0;
        foreach (var age in Ages)
            sum += _scale.DeathShare[age] * _rule.Deadliness[age].Of(water, _unknown) / _scale.MeanDeadliness[age];
        return sum;
    }

    /// <summary>The class of a deadliness.</summary>
    public DeadlinessClass ClassOf(double deadliness) => (DeadlinessClass)_rule.Classes.Count(c => deadliness >= c.Value);

    // Whoever drowned here says as much of this water as nobody's guess does: the less remains unknown.
    private double Itself(OwnRecord? own)
    {
        var guess = Square(_rule.WaterItself.Sd);
        return own is { Years: > 0 } record ? Math.Min(guess, 1 / (_rule.OwnRecordWeight.Value + record.Events)) : guess;
    }

    // The delta method: of each number the elasticity of this water's deaths, less the register's mean where the scale takes it up,
    // times its spread. What both ages have in common is added before it is squared. Left out: what the numbers of other waters do to the
    // competition, and how a scale would rake anew.
    private ScoreVariance Variance(in PresenceNumbers trips, in PerAge<TripSlope> slopes, in TripTraits water, TripWeights weights,
        in PerAge<double> deaths, double expected)
    {
        var (visits, deadliness, rate, town) = (0.0, 0.0, Square(_scale.CommonRateSd), 0.0);
        foreach (var age in Ages)
        {
            var share = deaths[age] / expected;
            if (!(share > 0)) continue;
            var own = Own(slopes[age].Elasticities, water, age);
            visits += Square(share) * Math.Max(0, _visitsBase[(int)age] + own.Visits);
            deadliness += Square(share) * Math.Max(0, _deadlinessBase[(int)age] + own.Deadliness);
            rate += Square(share * _scale.RateSd[age]);
            town += share * (slopes[age].Elasticities.ByTown - _means[(int)age][_rule.Town.Index]);
        }
        visits += Square(town * _rule.Town.Sd);
        foreach (var (number, slope) in weights.ShareSlopes)
        {
            var sum = 0.0;
            foreach (var age in Ages)
                if (trips.Dot(weights.Year, age) is > 0 and var year)
                    sum += deaths[age] / expected * (trips.Dot(slope, age) / year - _means[(int)age][number]);
            visits += Square(sum * _rule.Numbers[number].Sd);
        }
        return new ScoreVariance(Facts(water, deaths, expected), visits, deadliness, rate, 0);
    }

    // What the numbers that this water has in it add to the variance of a water that has none of them.
    private (double Visits, double Deadliness) Own(in TripSlope slope, in TripTraits water, TripAge age)
    {
        Span<NumberUse> uses = stackalloc NumberUse[TripFactors.MostUses];
        var visits = More(_rule.Decay[age].Index, slope.ByDecay, age) + More(_rule.StayingAway[age].Index, slope.ByStayingAway, age);
        foreach (var use in uses[.._rule.Attraction[age].Uses(water, uses)]) visits += More(use.Index, use.Power * slope.ByAttraction, age);
        var deadliness = 0.0;
        foreach (var use in uses[.._rule.Deadliness[age].Uses(water, uses)]) deadliness += More(use.Index, use.Power, age);
        return (visits, deadliness);
    }

    private double More(int number, double elasticity, TripAge age)
    {
        var mean = _means[(int)age][number];
        return Square(_rule.Numbers[number].Sd) * (Square(elasticity - mean) - Square(mean));
    }

    private double Facts(in TripTraits water, in PerAge<double> deaths, double expected)
    {
        var sum = 0.0;
        for (var fact = WaterFact.Depth; fact <= WaterFact.Access; fact++)
        {
            var sd = 0.0;
            foreach (var age in Ages)
                if (_rule.Attraction[age].Known(fact, water) is null)
                    sd += deaths[age] / expected * _unknown.Of(water.Hazard.Kind, fact, age).Sd;
            sum += Square(sd);
        }
        return sum;
    }

    private (double Held, RiskLevel? Other) Held(double logScore, double sigma, RiskLevel level)
    {
        if (!(sigma > 0)) return (1, null);
        Span<double> probabilities = stackalloc double[4];
        for (var l = 0; l < 4; l++)
        {
            var from = l == 3 ? double.NegativeInfinity : (_logBounds[l] - logScore) / sigma;
            var to = l == 0 ? double.PositiveInfinity : (_logBounds[l - 1] - logScore) / sigma;
            probabilities[l] = NormalDistribution.Between(from, to);
        }
        var held = probabilities[(int)level];
        if (held >= _rule.HeldAtLeast.Value) return (held, null);
        var other = -1;
        for (var l = 0; l < 4; l++)
            if (l != (int)level && (other < 0 || probabilities[l] > probabilities[other])) other = l;
        return (held, (RiskLevel)other);
    }

    private static double Square(double x) => x * x;
}
