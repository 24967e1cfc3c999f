using HazardMap.Register;
using HazardMap.Risk.Rules;

namespace HazardMap.Risk.Trips;

/// <summary>A product of a water's own facts for one age: what draws children to it, or how deadly a visit is.</summary>
public abstract class TripFactors
{
    internal const double Least = 1e-6, Most = 100;   // never 0: a spread is of the logarithm

    // Kind, four facts, fence's upkeep, sign and closed, or three things to save with.
    internal const int MostUses = 10;

    private readonly TripNumber[] _kinds;
    private readonly TripFactor[] _facts;

    private protected TripFactors(TripNumbers ask, string path, TripFactor[] facts, TripAge age, bool isAttraction)
    {
        (Age, IsAttraction, _facts) = (age, isAttraction, facts);
        _kinds = Array.ConvertAll(Enum.GetNames<HazardKind>(), kind => ask.Number($"{path}.kind.{kind}", Least, Most));
    }

    /// <summary>The age that it is of.</summary>
    public TripAge Age { get; }

    private bool IsAttraction { get; }

    /// <summary>The product; 0 for a water that is filled.</summary>
    /// <param name="water">The water.</param>
    /// <param name="unknown">What is taken for facts that nobody has stated.</param>
    public double Of(in TripTraits water, UnknownFacts unknown)
    {
        if (water.IsFilled) return 0;
        var product = _kinds[(int)water.Hazard.Kind].Value * Other(water);
        foreach (var factor in _facts)
            product *= factor.Known(water.Hazard) is { } number ? Power(number, water) : Mean(factor, water, unknown);
        return product;
    }

    /// <summary>Every factor with its source; their product is <see cref="Of"/>.</summary>
    public IReadOnlyList<FactorShare> Shares(in TripTraits water, UnknownFacts unknown)
    {
        if (water.IsFilled)
            return [new FactorShare("status", "Filled", 0, "A filled water is no longer there.", "high",
                "已填埋的水域不复存在。")];
        var shares = new List<FactorShare> { _kinds[(int)water.Hazard.Kind].Share("kind", water.Hazard.Kind.ToString()) };
        foreach (var factor in _facts)
        {
            var name = factor.Fact.ToString().ToLowerInvariant();
            shares.Add(factor.Known(water.Hazard) is { } number
                ? number.Share(name, factor.Describe(water.Hazard)) with { Multiplier = Power(number, water) }
                : unknown.Share(name, factor.Unknown, water.Hazard.Kind, factor.Fact, Age, Mean(factor, water, unknown)));
        }
        AddOther(shares, water);
        return shares;
    }

    /// <summary>What of a fact is known of a water, as a multiplier; null: nobody has stated it.</summary>
    internal double? Known(WaterFact fact, in TripTraits water)
    {
        foreach (var factor in _facts)
            if (factor.Fact == fact) return factor.Known(water.Hazard) is { } number ? Power(number, water) : null;
        return null;
    }

    /// <summary>What the rule takes for a fact; null where the product does not ask for it.</summary>
    internal TripNumber? Unknown(WaterFact fact) => Array.Find(_facts, f => f.Fact == fact)?.Unknown;

    /// <summary>The numbers of the rule that are in the product.</summary>
    internal int Uses(in TripTraits water, Span<NumberUse> into)
    {
        var count = 0;
        into[count++] = new NumberUse(_kinds[(int)water.Hazard.Kind].Index, 1);
        foreach (var factor in _facts)
            if (factor.Known(water.Hazard) is { } number) into[count++] = new NumberUse(number.Index, PowerOf(number, water));
        return AddOther(into, count, water);
    }

    /// <summary>To what power a fact's number is taken.</summary>
    private protected virtual double PowerOf(TripNumber number, in TripTraits water) => 1;

    private protected abstract double Other(in TripTraits water);

    private protected abstract void AddOther(List<FactorShare> shares, in TripTraits water);

    private protected abstract int AddOther(Span<NumberUse> into, int count, in TripTraits water);

    private double Power(TripNumber number, in TripTraits water) =>
        PowerOf(number, water) is var power && power == 1 ? number.Value : Math.Pow(number.Value, power);

    private double Mean(TripFactor factor, in TripTraits water, UnknownFacts unknown)
    {
        var mean = unknown.Of(water.Hazard.Kind, factor.Fact, Age);
        return IsAttraction ? mean.Attraction : mean.Deadliness;
    }
}

/// <summary>How much a water draws children of an age (A).</summary>
public sealed class TripAttraction : TripFactors
{
    private readonly TripNumber _sign, _closed, _notice, _fenced;
    private readonly FenceUpkeep _fence;

    internal TripAttraction(TripNumbers ask, string path, TripAge age, FenceUpkeep fence, TripNumber notice) : base(ask, path,
        [
            TripFactor.OfDepth(ask, $"{path}.depth"),
            TripFactor.OfEnum<Flow>(ask, $"{path}.flow", WaterFact.Flow, (in h) => (int?)h.Flow),
            TripFactor.OfEnum<Bank>(ask, $"{path}.bank", WaterFact.Bank, (in h) => (int?)h.Bank),
            TripFactor.OfEnum<Access>(ask, $"{path}.access", WaterFact.Access, (in h) => (int?)h.Access),
        ], age, isAttraction: true)
    {
        _sign = ask.Number($"{path}.sign", Least, Most);
        _closed = ask.Number($"{path}.closed", Least, Most);
        _fenced = ask.Asked.Single(n => n.Path == $"{path}.access.{Access.Fenced}.value");
        (_fence, _notice) = (fence, notice);
    }

    private protected override double PowerOf(TripNumber number, in TripTraits water) =>
        number.Index == _fenced.Index && !IsLookedAfter(water) ? _fence.KeptOtherwise.Value : 1;

    private protected override double Other(in TripTraits water) =>
        (water.Hazard.HasSign is true ? _sign.Value : 1) * (water.Hazard.Status == HazardStatus.Closed ? _closed.Value : 1)
            * (water.HasNotice ? _notice.Value : 1);

    private protected override void AddOther(List<FactorShare> shares, in TripTraits water)
    {
        if (water.Hazard.HasSign is true) shares.Add(_sign.Share("sign", "present"));
        if (water.Hazard.Status == HazardStatus.Closed) shares.Add(_closed.Share("status", "Closed"));
        if (water.HasNotice) shares.Add(_notice.Share("notice", "present"));
        if (water.Hazard.Access == Access.Fenced && !IsLookedAfter(water))   // told, and already in the fence's own factor
            shares.Add(_fence.KeptOtherwise.Share("fenceUpkeep",
                water.DaysSinceInspection is { } days ? $"{days} d" : "never") with { Multiplier = 1 });
    }

    private protected override int AddOther(Span<NumberUse> into, int count, in TripTraits water)
    {
        if (water.Hazard.HasSign is true) into[count++] = new NumberUse(_sign.Index, 1);
        if (water.Hazard.Status == HazardStatus.Closed) into[count++] = new NumberUse(_closed.Index, 1);
        if (water.HasNotice) into[count++] = new NumberUse(_notice.Index, 1);
        if (water.Hazard.Access == Access.Fenced && !IsLookedAfter(water))
            into[count++] = new NumberUse(_fence.KeptOtherwise.Index, _fence.KeptOtherwise.Value * Math.Log(_fenced.Value));
        return count;
    }

    private bool IsLookedAfter(in TripTraits water) => water.DaysSinceInspection <= _fence.InspectedWithinDays.Value;
}

/// <summary>How deadly a visit of a child of an age is (q), before it is compared with the register's mean.</summary>
public sealed class TripDeadliness : TripFactors
{
    private readonly TripNumber _ring, _rope, _pole, _atLeast, _notice;

    internal TripDeadliness(TripNumbers ask, string path, TripAge age, TripNumber atLeast, TripNumber notice) : base(ask, path,
        [
            TripFactor.OfDepth(ask, $"{path}.depth"),
            TripFactor.OfEnum<Flow>(ask, $"{path}.flow", WaterFact.Flow, (in h) => (int?)h.Flow),
            TripFactor.OfEnum<Bank>(ask, $"{path}.bank", WaterFact.Bank, (in h) => (int?)h.Bank),
        ], age, isAttraction: false)
    {
        _ring = ask.Number($"{path}.ring", Least, Most);
        _rope = ask.Number($"{path}.rope", Least, Most);
        _pole = ask.Number($"{path}.pole", Least, Most);
        (_atLeast, _notice) = (atLeast, notice);
    }

    private protected override double Other(in TripTraits water) =>
        Math.Max(_atLeast.Value, Things(water)) * (water.HasNotice ? _notice.Value : 1);

    private protected override void AddOther(List<FactorShare> shares, in TripTraits water)
    {
        if (Things(water) < _atLeast.Value) shares.Add(_atLeast.Share("rescue", "ring, rope, pole"));
        else
        {
            if (water.Hazard.HasRing is true) shares.Add(_ring.Share("ring", "present"));
            if (water.Hazard.HasRope is true) shares.Add(_rope.Share("rope", "present"));
            if (water.Hazard.HasPole is true) shares.Add(_pole.Share("pole", "present"));
        }
        if (water.HasNotice) shares.Add(_notice.Share("notice", "present"));
    }

    private protected override int AddOther(Span<NumberUse> into, int count, in TripTraits water)
    {
        if (Things(water) < _atLeast.Value) into[count++] = new NumberUse(_atLeast.Index, 1);
        else
        {
            if (water.Hazard.HasRing is true) into[count++] = new NumberUse(_ring.Index, 1);
            if (water.Hazard.HasRope is true) into[count++] = new NumberUse(_rope.Index, 1);
            if (water.Hazard.HasPole is true) into[count++] = new NumberUse(_pole.Index, 1);
        }
        if (water.HasNotice) into[count++] = new NumberUse(_notice.Index, 1);
        return count;
    }

    private double Things(in TripTraits water) =>
        (water.Hazard.HasRing is true ? _ring.Value : 1) * (water.Hazard.HasRope is true ? _rope.Value : 1)
            * (water.Hazard.HasPole is true ? _pole.Value : 1);
}
