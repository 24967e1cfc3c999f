using HazardMap.Coverage;

namespace HazardMap.Tests.Coverage;

/// <summary>Small random worlds of supply and demand, the same for the same seed.</summary>
internal static class AccessibilityWorlds
{
    public static AccessibilityInputs Random(int seed, AccessMethod method, double threshold, Decay decay)
    {
        var random = new Random(seed);
        double[] capacities = [.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => random.Next(4) == 0 ? 0.0 : random.Next(1, 500))];
        double[] populations = [.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => random.Next(4) == 0 ? 0.0 : random.Next(1, 900))];
        var costs = from s in Enumerable.Range(0, capacities.Length)
                    from d in Enumerable.Range(0, populations.Length)
                    where random.Next(3) > 0
                    select new AccessCost(s, d, random.Next(1, 60));
        return new(method, threshold, decay, capacities, populations, [.. costs]);
    }

    public static readonly Decay[] Decays =
    [
        new Decay.None(), new Decay.Power(1), new Decay.Power(1.5), new Decay.Gaussian(86.9),
        new Decay.Steps([10, 20, 30], [1, 0.68, 0.22]),
    ];
}
