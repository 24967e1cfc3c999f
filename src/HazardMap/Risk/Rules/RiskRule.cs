using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using System.Text;
using HazardMap.Register;

namespace HazardMap.Risk.Rules;

/// <summary>A version of the risk rule: decay lengths, cut-off, multipliers and levels, each with its source.</summary>
/// <remarks>Only <see cref="Parse"/> makes one, so a rule in hand is complete and its levels are in order.</remarks>
public sealed class RiskRule
{
    private readonly RiskFactor[] _factors;
    private readonly string _json;

    private RiskRule(string json, string name)
    {
        var text = new RuleText(json, name);
        _json = json;
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)));
        Version = text.Version();
        Title = text.Bilingual("title");
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
        if (!(RedAtLeast > OrangeAtLeast))
            throw text.Refuse("levels.red.atLeast", "must be greater than levels.orange.atLeast", "须大于 levels.orange.atLeast");
        if (!(OrangeAtLeast > YellowAtLeast))
            throw text.Refuse("levels.orange.atLeast", "must be greater than levels.yellow.atLeast", "须大于 levels.yellow.atLeast");
        if (!(YellowAtLeast > 0)) throw text.Refuse("levels.yellow.atLeast", "must be greater than 0", "须大于 0");
        text.RefuseUnread();
        Parameters = text.Parameters;
    }

    /// <summary>The name that a scored row carries, such as <c>2026-1</c>.</summary>
    public string Version { get; }

    /// <summary>What the rule is, in a line.</summary>
    public BilingualText Title { get; }

    /// <summary>SHA-256 of the file's text.</summary>
    public string Fingerprint { get; }

    /// <summary>Every number of the file: what a sensitivity analysis turns.</summary>
    public IReadOnlyList<RuleParameter> Parameters { get; }

    /// <summary>How risk runs through the year and the day; scores themselves are for its reference.</summary>
    public RiskSeason Season { get; }

    /// <summary>Metres over which the exposure of a child under five falls to 1/e.</summary>
    public double DecayUnder5Metres { get; }

    /// <summary>Metres over which the exposure of a child aged five to fourteen falls to 1/e.</summary>
    public double DecayAged5To14Metres { get; }

    /// <summary>Farther facilities do not count; exactly at it they do.</summary>
    public double CutoffMetres { get; }

    /// <summary>How far a child is from a water.</summary>
    public RiskDistance Distance { get; }

    /// <summary>The least score that is red, orange, yellow.</summary>
    public double RedAtLeast { get; }

    /// <inheritdoc cref="RedAtLeast"/>
    public double OrangeAtLeast { get; }

    /// <inheritdoc cref="RedAtLeast"/>
    public double YellowAtLeast { get; }

    /// <summary>Reads a rule file strictly.</summary>
    /// <param name="json">The text of the file.</param>
    /// <param name="name">The file's name, for refusals.</param>
    /// <exception cref="RefusalException">A key is missing, unknown, or its number makes no sense; the target is the key.</exception>
    public static RiskRule Parse(string json, string name = "rule") => new(json, name);

    /// <summary>The same rule with one number of <see cref="Parameters"/> changed: what a sensitivity analysis asks.</summary>
    /// <exception cref="RefusalException">With that number it would be no rule.</exception>
    public RiskRule With(RuleParameter changed) => Parse(RuleEdit.Put(_json, changed), $"{Version} with {changed.Path}");

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

    /// <summary>The level of a score. A closed hazard scores 0 and so is blue.</summary>
    public RiskLevel LevelOf(double score) =>
        score >= RedAtLeast ? RiskLevel.Red
        : score >= OrangeAtLeast ? RiskLevel.Orange
        : score >= YellowAtLeast ? RiskLevel.Yellow
        : RiskLevel.Blue;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"risk rule {Version}");
}

/// <summary>One factor in an explanation: what the hazard's value is and what it does.</summary>
/// <param name="Name">kind, depth, flow, bank, access, sign, ring, rope, pole, camera, incidents;
/// month and hour when a time is asked for.</param>
/// <param name="Value">The hazard's own value; <c>unknown</c> when it has none.</param>
/// <param name="Multiplier">What the score is multiplied by.</param>
/// <param name="Source">Where the number comes from, in English.</param>
/// <param name="Sureness">low, medium or high.</param>
/// <param name="SourceZh">Where the number comes from, in Chinese.</param>
public sealed record FactorShare(string Name, string Value, double Multiplier, string Source, string Sureness, string SourceZh);
