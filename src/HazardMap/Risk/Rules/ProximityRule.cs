using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using HazardMap.Register;

namespace HazardMap.Risk.Rules;

/// <summary>Children of facilities weighted by distance, times factors of the water: decay lengths, multipliers and a season.</summary>
public sealed class ProximityRule : RiskRule
{
    private readonly RiskFactor[] _factors;
    private readonly string _json;

    internal ProximityRule(RuleText text, string json) : base(text, FingerprintOf(json))
    {
        _json = json;
        DecayUnder5Metres = text.Number("decay.under5", "metres", 1, 100_000);
        DecayAged5To14Metres = text.Number("decay.aged5To14", "metres", 1, 100_000);
        CutoffMetres = text.Number("cutoff", "metres", 1, 50_000);
        Distance = new RiskDistance(text.Member<DistanceMode>("distance", "mode"),
            text.NumberOrNull("distance", "reachMetres", 10, 50_000),
            text.Has("distance", "bankMetres") ? text.Number("distance", "bankMetres", 1, 5_000) : null);
        if (Distance is { Mode: not DistanceMode.Walk, BankMetres: not null })
            throw text.Refuse("distance.bankMetres", "is for the mode Walk only", "仅适用于 Walk（步行）方式");
        _factors =
        [
            RiskFactor.OfEnum<HazardKind>(text, "kind", (in h) => (int)h.Kind, canBeUnknown: false),
            RiskFactor.OfDepth(text),
            RiskFactor.OfEnum<Flow>(text, "flow", (in h) => (int?)h.Flow),
            RiskFactor.OfEnum<Bank>(text, "bank", (in h) => (int?)h.Bank),
            RiskFactor.OfEnum<Access>(text, "access", (in h) => (int?)h.Access),
            RiskFactor.OfPresence(text, "sign", (in h) => h.HasSign),
            RiskFactor.OfPresence(text, "ring", (in h) => h.HasRing),
            RiskFactor.OfPresence(text, "rope", (in h) => h.HasRope),
            RiskFactor.OfPresence(text, "pole", (in h) => h.HasPole),
            RiskFactor.OfPresence(text, "camera", (in h) => h.HasCamera),
        ];
        if (text.Has("factors", "incidents")) _factors = [.. _factors, RiskFactor.OfIncidents(text)];
        Season = new RiskSeason(text);
        RedAtLeast = text.Number("levels.red", "atLeast", 0, 1e12);
        OrangeAtLeast = text.Number("levels.orange", "atLeast", 0, 1e12);
        YellowAtLeast = text.Number("levels.yellow", "atLeast", 0, 1e12);
        CheckLevels(text, "atLeast");
        text.RefuseUnread();
        Parameters = text.Parameters;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<RuleParameter> Parameters { get; }

    /// <summary>How risk runs through the year and the day; scores themselves are for its reference.</summary>
    public RiskSeason Season { get; }

    /// <summary>Metres over which the exposure of a child under five falls to 1/e.</summary>
    public double DecayUnder5Metres { get; }

    /// <summary>Metres over which the exposure of a child aged five to fourteen falls to 1/e.</summary>
    public double DecayAged5To14Metres { get; }

    /// <inheritdoc/>
    public override ProximityRule With(RuleParameter changed) =>
        (ProximityRule)Parse(RuleEdit.Put(_json, changed), $"{Version} with {changed.Path}");

    /// <summary>What a facility's children at this distance count.</summary>
    public double Exposure(int under5, int aged5To14, double metres) =>
        Exposure(Vector256.Create((double)under5), Vector256.Create((double)aged5To14), Vector256.Create(metres))[0];

    /// <summary>The same of four facilities at once: the one place where the formula stands.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Vector256<double> Exposure(Vector256<double> under5, Vector256<double> aged5To14, Vector256<double> metres) =>
        under5 * Exponential.Of(-metres / Vector256.Create(DecayUnder5Metres))
            + aged5To14 * Exponential.Of(-metres / Vector256.Create(DecayAged5To14Metres));

    /// <summary>The product of all factors; 0 for a closed hazard and for one that was filled in.</summary>
    public double Multiplier(in HazardTraits hazard)
    {
        if (!hazard.Status.IsInForce()) return 0;
        var product = 1.0;
        foreach (var factor in _factors) product *= factor.Of(hazard);
        return product;
    }

    /// <summary>Every factor of a hazard as the explanation shows it; their product is <see cref="Multiplier"/>.</summary>
    public IReadOnlyList<FactorShare> Factors(in HazardTraits hazard)
    {
        var shares = new List<FactorShare>(_factors.Length + 1);
        foreach (var factor in _factors) shares.Add(factor.Share(hazard));
        if (hazard.Status == HazardStatus.Closed)
            shares.Add(new FactorShare("status", "Closed", 0, "A closed hazard scores 0.", "high", "已关闭的隐患得 0 分。"));
        if (hazard.Status == HazardStatus.Filled)
            shares.Add(new FactorShare("status", "Filled", 0, "A filled water scores 0.", "high", "已填埋的水域得 0 分。"));
        return shares;
    }
}
