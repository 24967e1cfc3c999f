using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HazardMap.Register;
using HazardMap.Risk.Trips;

namespace HazardMap.Risk.Rules;

/// <summary>A version of how risk is computed: what every rule has, whatever its model; each number with its source.</summary>
/// <remarks>Only <see cref="Parse"/> makes one, so a rule in hand is complete and its levels are in order.</remarks>
public abstract class RiskRule
{
    private protected RiskRule(RuleText text, string fingerprint) =>
        (Version, Title, Fingerprint) = (text.Version(), text.Bilingual("title"), fingerprint);

    /// <summary>The name that a scored row carries, such as <c>2026-1</c>.</summary>
    public string Version { get; }

    /// <summary>What the rule is, in a line.</summary>
    public BilingualText Title { get; }

    /// <summary>SHA-256 of the file's text.</summary>
    public string Fingerprint { get; }

    /// <summary>Every number of the file: what a sensitivity analysis turns.</summary>
    public abstract IReadOnlyList<RuleParameter> Parameters { get; }

    /// <summary>Farther children do not count; exactly at it they do.</summary>
    public double CutoffMetres { get; private protected init; }

    /// <summary>How far a child is from a water.</summary>
    public RiskDistance Distance { get; private protected init; } = null!;

    /// <summary>The least score that is red, orange, yellow.</summary>
    public double RedAtLeast { get; private protected init; }

    /// <inheritdoc cref="RedAtLeast"/>
    public double OrangeAtLeast { get; private protected init; }

    /// <inheritdoc cref="RedAtLeast"/>
    public double YellowAtLeast { get; private protected init; }

    /// <summary>Reads a rule file strictly; its <c>model</c> says which formula its numbers are of.</summary>
    /// <param name="json">The text of the file.</param>
    /// <param name="name">The file's name, for refusals.</param>
    /// <exception cref="RefusalException">A key is missing, unknown, or its number makes no sense; the target is the key.</exception>
    public static RiskRule Parse(string json, string name = "rule")
    {
        var text = new RuleText(json, name);
        return text.HasModel("Trips") ? new TripRule(text, FingerprintOf(json)) : new ProximityRule(text, json);
    }

    /// <summary>The same rule with one number of <see cref="Parameters"/> changed: what a sensitivity analysis asks.</summary>
    /// <exception cref="RefusalException">With that number it would be no rule.</exception>
    public abstract RiskRule With(RuleParameter changed);

    /// <summary>The level of a score. A closed hazard scores 0 and so is blue.</summary>
    public RiskLevel LevelOf(double score) =>
        score >= RedAtLeast ? RiskLevel.Red
        : score >= OrangeAtLeast ? RiskLevel.Orange
        : score >= YellowAtLeast ? RiskLevel.Yellow
        : RiskLevel.Blue;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"risk rule {Version}");

    private protected static string FingerprintOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    // The key that a number of a level stands under differs between models; that levels are in order does not.
    private protected void CheckLevels(RuleText text, string key)
    {
        if (!(RedAtLeast > OrangeAtLeast))
            throw text.Refuse($"levels.red.{key}", $"must be greater than levels.orange.{key}", $"须大于 levels.orange.{key}");
        if (!(OrangeAtLeast > YellowAtLeast))
            throw text.Refuse($"levels.orange.{key}", $"must be greater than levels.yellow.{key}", $"须大于 levels.yellow.{key}");
        if (!(YellowAtLeast > 0)) throw text.Refuse($"levels.yellow.{key}", "must be greater than 0", "须大于 0");
    }
}
