using System.Globalization;

namespace HazardMap.Proximity;

/// <summary>One table of multipliers, keyed by a value of the hazard.</summary>
internal sealed class RiskFactor
{
    private readonly string _name;
    private readonly Func<HazardTraits, int> _choose;
    private readonly Func<HazardTraits, string> _describe;
    private readonly RuleNumber[] _numbers;

    private RiskFactor(string name, RuleNumber[] numbers, Func<HazardTraits, int> choose, Func<HazardTraits, string> describe)
    {
        (_name, _numbers, _choose, _describe) = (name, numbers, choose, describe);
    }

    public RuleNumber Of(in HazardTraits hazard) => _numbers[_choose(hazard)];

    public FactorShare Share(in HazardTraits hazard)
    {
        var number = Of(hazard);
        return new FactorShare(_name, _describe(hazard), number.Multiplier, number.Source.En, number.Sureness, number.Source.Zh);
    }

    /// <summary>One number a member, and one for unknown unless the property is never null. Members count from 0.</summary>
    public static RiskFactor OfEnum<T>(RuleText text, string name, Func<HazardTraits, int?> value, bool canBeUnknown = true) where T : struct, Enum
    {
        string[] keys = canBeUnknown ? [.. Enum.GetNames<T>(), "unknown"] : Enum.GetNames<T>();
        var numbers = Array.ConvertAll(keys, key => text.Multiplier($"factors.{name}", key));
        int Choose(HazardTraits hazard) => value(hazard) ?? keys.Length - 1;
        return new RiskFactor(name, numbers, Choose, h => keys[Choose(h)]);
    }

    /// <summary>A thing that is there or is not.</summary>
    public static RiskFactor OfPresence(RuleText text, string name, Func<HazardTraits, bool> value)
    {
        RuleNumber[] numbers = [text.Multiplier($"factors.{name}", "absent"), text.Multiplier($"factors.{name}", "present")];
        return new RiskFactor(name, numbers, h => value(h) ? 1 : 0, h => value(h) ? "present" : "absent");
    }

    /// <summary>Bands of depth: the first whose bound is greater holds.</summary>
    public static RiskFactor OfDepth(RuleText text)
    {
        var bands = text.Bands("factors.depth.bands", "belowMetres", 12_000);
        RuleNumber[] numbers = [.. bands.Select(b => b.Number), text.Multiplier("factors.depth", "unknown")];
        var bounds = bands.Select(b => b.Below).ToArray();
        return new RiskFactor("depth", numbers,
            h => h.DepthMetres is { } depth ? Array.FindIndex(bounds, bound => depth < bound) : bounds.Length,
            h => h.DepthMetres is { } depth ? depth.ToString("0.###", CultureInfo.InvariantCulture) + " m" : "unknown");
    }

    /// <summary>Bands of the number of incidents that the register knows of this water.</summary>
    public static RiskFactor OfIncidents(RuleText text)
    {
        var bands = text.Bands("factors.incidents.bands", "below", 1_000_000);
        var bounds = bands.Select(b => b.Below).ToArray();
        return new RiskFactor("incidents", [.. bands.Select(b => b.Number)],
            h => Array.FindIndex(bounds, bound => h.Incidents < bound), h => h.Incidents.ToString(CultureInfo.InvariantCulture));
    }
}
