using System.Globalization;
using HazardMap.Register;
using HazardMap.Risk.Rules;

namespace HazardMap.Risk.Trips;

/// <summary>A number of the rule that a water's product has in it, and to what power.</summary>
internal readonly record struct NumberUse(int Index, double Power);

/// <summary>One table of multipliers of a fact that may be unknown; what holds then is its last number.</summary>
internal sealed class TripFactor
{
    private readonly OfHazard<int> _choose;
    private readonly OfHazard<string> _describe;
    private readonly TripNumber[] _numbers;

    private TripFactor(WaterFact fact, TripNumber[] numbers, OfHazard<int> choose, OfHazard<string> describe) =>
        (Fact, _numbers, _choose, _describe) = (fact, numbers, choose, describe);

    public WaterFact Fact { get; }

    /// <summary>What the rule takes where too few waters of the kind are known.</summary>
    public TripNumber Unknown => _numbers[^1];

    /// <summary>What holds of a water; null where nobody has stated it.</summary>
    public TripNumber? Known(in HazardTraits hazard) => _choose(hazard) is var i && i < _numbers.Length - 1 ? _numbers[i] : null;

    public string Describe(in HazardTraits hazard) => _describe(hazard);

    public static TripFactor OfEnum<T>(TripNumbers ask, string path, WaterFact fact, OfHazard<int?> value) where T : struct, Enum
    {
        string[] keys = [.. Enum.GetNames<T>(), "unknown"];
        var numbers = Array.ConvertAll(keys, key => ask.Number($"{path}.{key}", TripFactors.Least, TripFactors.Most));
        int Choose(in HazardTraits hazard) => value(hazard) ?? keys.Length - 1;
        return new TripFactor(fact, numbers, Choose, (in h) => keys[Choose(h)]);
    }

    public static TripFactor OfDepth(TripNumbers ask, string path)
    {
        var bands = ask.Bands($"{path}.bands", "belowMetres", 12_000, TripFactors.Least, TripFactors.Most);
        TripNumber[] numbers = [.. bands.Select(b => b.Number), ask.Number($"{path}.unknown", TripFactors.Least, TripFactors.Most)];
        var bounds = Array.ConvertAll(bands, b => b.Below.Value);
        return new TripFactor(WaterFact.Depth, numbers, (in h) =>
        {
            if (h.DepthMetres is not { } depth) return bounds.Length;
            var band = 0;
            while (band < bounds.Length - 1 && !(depth < bounds[band])) band++;
            return band;
        }, (in h) => h.DepthMetres is { } depth ? depth.ToString("0.###", CultureInfo.InvariantCulture) + " m" : "unknown");
    }
}
