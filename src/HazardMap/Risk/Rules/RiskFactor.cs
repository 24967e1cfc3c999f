using HazardMap.Register;
using System.Globalization;

namespace HazardMap.Risk.Rules;

/// <summary>Something of a hazard; its traits are not copied for each factor of each hazard.</summary>
internal delegate T OfHazard<out T>(in HazardTraits hazard);

/// <summary>One table of multipliers, keyed by a value of the hazard.</summary>
internal sealed class RiskFactor
{
    private readonly string _name;
    private readonly OfHazard<int> _choose;
    private readonly OfHazard<string> _describe;
    private readonly RuleNumber[] _numbers;
    private readonly double[] _multipliers;

    private RiskFactor(string name, RuleNumber[] numbers, OfHazard<int> choose, OfHazard<string> describe)
    {
        (_name, _numbers, _choose, _describe) = (name, numbers, choose, describe);
        _multipliers = Array.ConvertAll(numbers, n => n.Multiplier);
    }

    public double Of(in HazardTraits hazard) => _multipliers[_choose(hazard)];

    public FactorShare Share(in HazardTraits hazard)
    {
        var number = _numbers[_choose(hazard)];
        return new FactorShare(_name, _describe(hazard), number.Multiplier, number.Source.En, number.Sureness, number.Source.Zh);
    }

    /// <summary>One number a member, and one for unknown unless the property is never null. Members count from 0.</summary>
    public static RiskFactor OfEnum<T>(RuleText text, string name, OfHazard<int?> value, bool canBeUnknown = true) where T : struct, Enum
    {
        string[] keys = canBeUnknown ? [.. Enum.GetNames<T>(), "unknown"] : Enum.GetNames<T>();
        var numbers = Array.ConvertAll(keys, key => text.Multiplier($"factors.{name}", key));
        int Choose(in HazardTraits hazard) => value(hazard) ?? keys.Length - 1;
        return new RiskFactor(name, numbers, Choose, (in h) => keys[Choose(h)]);
    }

    /// <summary>A thing that is there or is not.</summary>
    public static RiskFactor OfPresence(RuleText text, string name, OfHazard<bool?> value)
    {
        RuleNumber[] numbers = [text.Multiplier($"factors.{name}", "absent"), text.Multiplier($"factors.{name}", "present")];
        return new RiskFactor(name, numbers, (in h) => value(h) is true ? 1 : 0,
            (in h) => value(h) switch { true => "present", false => "absent", null => "unknown" });
    }

    /// <summary>Bands of depth: the first whose bound is greater holds.</summary>
    public static RiskFactor OfDepth(RuleText text)
    {
        var bands = text.Bands("factors.depth.bands", "belowMetres", 12_000);
        RuleNumber[] numbers = [.. bands.Select(b => b.Number), text.Multiplier("factors.depth", "unknown")];
        var bounds = bands.Select(b => b.Below).ToArray();
        return new RiskFactor("depth", numbers,
            (in h) => h.DepthMetres is { } depth ? Band(bounds, depth) : bounds.Length,
            (in h) => h.DepthMetres is { } depth ? depth.ToString("0.###", CultureInfo.InvariantCulture) + " m" : "unknown");
    }

    /// <summary>Bands of the number of incidents that the register knows of this water.</summary>
    public static RiskFactor OfIncidents(RuleText text)
    {
        var bands = text.Bands("factors.incidents.bands", "below", 1_000_000);
        var bounds = bands.Select(b => b.Below).ToArray();
        return new RiskFactor("incidents", [.. bands.Select(b => b.Number)],
            (in h) => Band(bounds, h.Incidents), (in h) => h.Incidents.ToString(CultureInfo.InvariantCulture));
    }

    // The first whose bound is greater; beyond the others the last.
    private static int Band(double[] bounds, double value)
    {
        var band = 0;
        while (band < bounds.Length - 1 && !(value < bounds[band])) band++;
        return band;
    }
}
