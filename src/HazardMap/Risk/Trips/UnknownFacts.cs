using System.Globalization;
using HazardMap.Register;
using HazardMap.Risk.Rules;

namespace HazardMap.Risk.Trips;

/// <summary>What is taken for a fact that nobody has stated, for waters of a kind and an age.</summary>
/// <param name="Attraction">The mean of its multiplier of attraction.</param>
/// <param name="Deadliness">The mean of its multiplier of deadliness over visits: where a fact draws children and kills them, those who
/// come meet it more often than a water does.</param>
/// <param name="Sd">Standard deviation of the logarithm of both together: what measuring would take away.</param>
/// <param name="Known">Of how many waters of the register it is the mean; 0: the rule's own guess.</param>
public readonly record struct UnknownFact(double Attraction, double Deadliness, double Sd, int Known);

/// <summary>What is taken for every fact that nobody has stated: kept with the scale, so that no edit moves it.</summary>
/// <remarks>
/// Attraction times deadliness of an unknown water is the mean of that product over the known ones, so that measuring moves the sum of
/// many waters nowhere, and only narrows.
/// </remarks>
public sealed class UnknownFacts
{
    private static readonly int Kinds = Enum.GetValues<HazardKind>().Length, Facts = Enum.GetValues<WaterFact>().Length;
    private readonly UnknownFact[] _facts;

    internal UnknownFacts(UnknownFact[] facts) => _facts = facts.Length == Kinds * Facts * 2
        ? facts : throw new RefusalException("BadRiskScale", $"A scale has {Kinds * Facts * 2} means of unknown facts, not {facts.Length}.",
            $"标度应有 {Kinds * Facts * 2} 个未知项均值，而不是 {facts.Length} 个。", "unknown");

    /// <summary>The rule's own guesses: of a register that knows nothing.</summary>
    public static UnknownFacts Prior(TripRule rule) => new Counter(rule).Make();

    /// <summary>For a kind, a fact and an age.</summary>
    public UnknownFact Of(HazardKind kind, WaterFact fact, TripAge age) => _facts[Index(kind, fact, age)];

    internal UnknownFact[] All => _facts;

    internal FactorShare Share(string name, TripNumber prior, HazardKind kind, WaterFact fact, TripAge age, double mean)
    {
        var known = Of(kind, fact, age).Known;
        if (known == 0) return prior.Share(name, "unknown") with { Multiplier = mean };
        var (n, word) = (known.ToString("N0", CultureInfo.InvariantCulture), Words.Of(kind));
        return new FactorShare(name, "unknown", mean, $"Nobody has stated it: the mean over the {n} known waters of this kind ({word.En}) "
            + "of the register. Measuring it narrows the interval.", "low",
            $"未填报：取台账中 {n} 处已知同类水域（{word.Zh}）的均值。测量后区间会变窄。");
    }

    private static int Index(HazardKind kind, WaterFact fact, TripAge age) => (((int)kind * Facts) + (int)fact) * 2 + (int)age;

    /// <summary>Counts what is known: waters go by once.</summary>
    public sealed class Counter
    {
        private readonly TripRule _rule;
        private readonly Sums[] _sums = new Sums[Kinds * Facts * 2];

        /// <summary>For a rule.</summary>
        public Counter(TripRule rule) => _rule = rule;

        /// <summary>One water more; one that is filled tells nothing.</summary>
        public void Add(in TripTraits water)
        {
            if (water.IsFilled) return;
            for (var fact = (WaterFact)0; (int)fact < Facts; fact++)
                for (var age = TripAge.Aged1To4; age <= TripAge.Aged5To14; age++)
                {
                    if (_rule.Attraction[age].Known(fact, water) is not { } a) break;
                    var q = _rule.Deadliness[age].Known(fact, water) ?? 1;
                    var log = Math.Log(a * q);
                    ref var sum = ref _sums[Index(water.Hazard.Kind, fact, age)];
                    sum += new Sums(1, a, a * q, log, log * log);
                }
        }

        /// <summary>Those of another counter as well.</summary>
        public void Add(Counter other)
        {
            for (var i = 0; i < _sums.Length; i++) _sums[i] += other._sums[i];
        }

        /// <summary>The means; where fewer waters are known than the rule asks for, its own guess.</summary>
        public UnknownFacts Make()
        {
            var facts = new UnknownFact[_sums.Length];
            foreach (var kind in Enum.GetValues<HazardKind>())
                foreach (var fact in Enum.GetValues<WaterFact>())
                    foreach (var age in Enum.GetValues<TripAge>())
                        facts[Index(kind, fact, age)] = Make(_sums[Index(kind, fact, age)], fact, age);
            return new UnknownFacts(facts);
        }

        private UnknownFact Make(in Sums sum, WaterFact fact, TripAge age)
        {
            if (sum.Known >= _rule.LeastKnown.Value && sum.Known > 0)
            {
                var mean = sum.Log / sum.Known;
                var variance = Math.Max(0, sum.LogSquare / sum.Known - mean * mean);
                return new UnknownFact(sum.A / sum.Known, sum.Aq / sum.A, Math.Sqrt(variance), sum.Known);
            }
            var (a, q) = (_rule.Attraction[age].Unknown(fact)!, _rule.Deadliness[age].Unknown(fact));
            return new UnknownFact(a.Value, q?.Value ?? 1, Math.Sqrt(a.Sd * a.Sd + (q?.Sd * q?.Sd ?? 0)), 0);
        }

        // Attraction, attraction times deadliness, the logarithm of that and its square.
        private readonly record struct Sums(int Known, double A, double Aq, double Log, double LogSquare)
        {
            public static Sums operator +(in Sums a, in Sums b) =>
                new(a.Known + b.Known, a.A + b.A, a.Aq + b.Aq, a.Log + b.Log, a.LogSquare + b.LogSquare);
        }
    }
}
