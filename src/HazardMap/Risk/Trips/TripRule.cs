using System.Globalization;
using HazardMap.Risk.Rules;

namespace HazardMap.Risk.Trips;

/// <summary>Expected deaths of children by the trips that they make to waters: who comes, and how deadly each visit is.</summary>
/// <remarks>
/// Every number has a spread (<see cref="TripNumber.Sd"/>). Distances are in metres, shares in 1, rates a year and 100,000 children.
/// </remarks>
public sealed class TripRule : RiskRule
{
    private readonly TripNumbers _numbers;

    internal TripRule(RuleText text, string fingerprint) : this(new TripNumbers(text), fingerprint) => text.RefuseUnread();

    private TripRule(TripNumbers ask, string fingerprint) : base(ask.Text, fingerprint)
    {
        _numbers = ask;
        ChildrenOfPopulation = ask.Number("children.ofPopulation", 0, 1);
        ChildrenOfAge = ask.PerAge("children", 0, 1);
        if (ChildrenOfAge.Aged1To4.Value + ChildrenOfAge.Aged5To14.Value > 1)
            throw ask.Refuse("children.aged5To14.value", "and children.aged1To4.value are shares of the same children: together at most 1",
                "与 children.aged1To4.value 为同一群儿童的比例：合计不得超过 1");
        Spread = new SettlementSpread(ask);
        Town = ask.Number("homes.town", 0, 10);
        Catchments = new TripCatchments(ask);
        Decay = ask.PerAge("decay", 1, 100_000);
        StayingAway = ask.PerAge("stayingAway", 1e-6, 1e6);
        var cutoff = ask.Number("cutoff", 1, 50_000);
        CutoffMetres = cutoff.Value;
        Distance = ReadDistance(ask);
        Visits = ask.Number("visits", 1e-6, 10);
        Fence = new FenceUpkeep(ask);
        RescueAtLeast = ask.Number("rescueAtLeast", 1e-6, 1);
        LeastKnown = ask.Number("unknown.leastKnown", 1, 1e6);
        NoticeAttraction = ask.Number("notice.attraction", 1e-6, 100);
        NoticeDeadliness = ask.Number("notice.deadliness", 1e-6, 100);
        Attraction = new(new TripAttraction(ask, "attraction.aged1To4", TripAge.Aged1To4, Fence, NoticeAttraction),
            new TripAttraction(ask, "attraction.aged5To14", TripAge.Aged5To14, Fence, NoticeAttraction));
        Deadliness = new(new TripDeadliness(ask, "deadliness.aged1To4", TripAge.Aged1To4, RescueAtLeast, NoticeDeadliness),
            new TripDeadliness(ask, "deadliness.aged5To14", TripAge.Aged5To14, RescueAtLeast, NoticeDeadliness));
        Times = new TripTimes(ask);
        Rates = new DeathRates(ask);
        OwnRecordWeight = ask.Number("ownRecord.weight", 1e-3, 1e6);
        WaterItself = ask.Number("waterItself", 1, 1);
        Classes = [.. ((string[])["II", "III", "IV"]).Select(name => ask.Number($"classes.{name}", 1e-9, 1e6))];
        for (var i = 1; i < Classes.Count; i++)
            if (!(Classes[i].Value > Classes[i - 1].Value))
                throw ask.Refuse(Classes[i].Path, $"must be greater than {Classes[i - 1].Path}", $"须大于 {Classes[i - 1].Path}");
        RedAtLeast = ask.Number("levels.red", 0, 1e12).Value;
        OrangeAtLeast = ask.Number("levels.orange", 0, 1e12).Value;
        YellowAtLeast = ask.Number("levels.yellow", 0, 1e12).Value;
        CheckLevels(ask.Text, "value");
        HeldAtLeast = ask.Number("levels.heldAtLeast", 0, 1);
        IntervalSigmas = ask.Number("levels.intervalSigmas", 0.01, 10);
        Numbers = ask.Asked;
        Parameters = [.. Numbers.Select(n => n.Parameter)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RuleParameter> Parameters { get; }

    /// <summary>Every number with its spread and its source, in the order of the file's questions.</summary>
    public IReadOnlyList<TripNumber> Numbers { get; }

    /// <summary>Children (0 to 14) among a population of which only the total is known.</summary>
    public TripNumber ChildrenOfPopulation { get; }

    /// <summary>Share of an age among children, where a division does not state its own.</summary>
    public PerAge<TripNumber> ChildrenOfAge { get; }

    /// <summary>How far children live around the point that stands for them.</summary>
    public SettlementSpread Spread { get; }

    /// <summary>What trips of town children count against those of the country.</summary>
    public TripNumber Town { get; }

    /// <summary>Who of the children at home belongs to which school, kindergarten, children's home, pool.</summary>
    public TripCatchments Catchments { get; }

    /// <summary>Metres over which a water's pull falls to 1/e (L).</summary>
    public PerAge<TripNumber> Decay { get; }

    /// <summary>The pull of not going to any water (kappa), in units of a plain water at the door.</summary>
    public PerAge<TripNumber> StayingAway { get; }

    /// <summary>Unsupervised visits that a child makes on a holiday of August when nothing but waters pulls (rho).</summary>
    public TripNumber Visits { get; }

    /// <summary>How much a water draws children (A).</summary>
    public PerAge<TripAttraction> Attraction { get; }

    /// <summary>How deadly a visit is (q).</summary>
    public PerAge<TripDeadliness> Deadliness { get; }

    /// <summary>What a fence is worth that nobody looks at.</summary>
    public FenceUpkeep Fence { get; }

    /// <summary>Ring, rope and pole together lower deadliness at most to this.</summary>
    public TripNumber RescueAtLeast { get; }

    /// <summary>Of fewer known waters of a kind no mean is taken: the rule's own <c>unknown</c> holds.</summary>
    public TripNumber LeastKnown { get; }

    /// <summary>What attraction is multiplied by while a flood or a release is announced.</summary>
    public TripNumber NoticeAttraction { get; }

    /// <summary>What deadliness is multiplied by then.</summary>
    public TripNumber NoticeDeadliness { get; }

    /// <summary>When children are where, free and unsupervised; the run of the year and of the day.</summary>
    public TripTimes Times { get; }

    /// <summary>How many die a year, nationwide.</summary>
    public DeathRates Rates { get; }

    /// <summary>What the expectation weighs against a water's own record (alpha).</summary>
    public TripNumber OwnRecordWeight { get; }

    /// <summary>What nobody knows of a water: 1, with a spread.</summary>
    public TripNumber WaterItself { get; }

    /// <summary>The least deadliness that is of class II, III, IV; below it is I.</summary>
    public IReadOnlyList<TripNumber> Classes { get; }

    /// <summary>A level of less probability is told together with its neighbour.</summary>
    public TripNumber HeldAtLeast { get; }

    /// <summary>How many standard deviations of the logarithm the interval reaches to either side: 1.2816 for 80%.</summary>
    public TripNumber IntervalSigmas { get; }

    /// <inheritdoc/>
    public override TripRule With(RuleParameter changed) =>
        WithAll(new Dictionary<string, double>(StringComparer.Ordinal) { [changed.Path] = changed.Value });

    /// <summary>The same rule with many numbers changed, by their paths: what draws ask. Reads no text.</summary>
    /// <exception cref="RefusalException">With these numbers it would be no rule, or a path is none of its numbers.</exception>
    public TripRule WithAll(IReadOnlyDictionary<string, double> changed) => new(_numbers.With(changed), FingerprintOf(Fingerprint
        + string.Concat(changed.OrderBy(c => c.Key, StringComparer.Ordinal)
            .Select(c => string.Create(CultureInfo.InvariantCulture, $"\n{c.Key}={c.Value:R}")))));

    private static RiskDistance ReadDistance(TripNumbers ask)
    {
        var (mode, hasBank) = ask.Structure("distance", text =>
        {
            text.CheckOriginOf("distance");
            return (text.Member<DistanceMode>("distance", "mode"), text.Has("distance", "bankMetres"));
        });
        if (mode != DistanceMode.Walk && hasBank)
            throw ask.Refuse("distance.bankMetres", "is for the mode Walk only", "仅适用于 Walk（步行）方式");
        return new RiskDistance(mode, ask.Number("distance.reachMetres", 10, 50_000).Value,
            hasBank ? ask.Number("distance.bankMetres", 1, 5_000).Value : null);
    }
}
