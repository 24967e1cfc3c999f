using System.Globalization;

namespace HazardMap.Coverage;

/// <summary>How much of the supply there is for each person at each demand point.</summary>
/// <remarks>
/// Supply is conserved: the sum of population x accessibility is the capacity of every supply point that anyone reaches.
/// Never NaN: who reaches nothing has 0 and is listed; a supply point that nobody reaches has no ratio.
/// </remarks>
public sealed class Accessibility
{
    private Accessibility(double[] ofDemand, double?[] ratios, int[] unreached) =>
        (OfDemand, Ratios, Unreached) = (ofDemand, ratios, unreached);

    /// <summary>Of each demand point: capacity for each person.</summary>
    public IReadOnlyList<double> OfDemand { get; }

    /// <summary>Of each supply point: capacity for each person who may come; <see langword="null"/> where nobody may.</summary>
    public IReadOnlyList<double?> Ratios { get; }

    /// <summary>Demand points that reach no supply point, in order.</summary>
    public IReadOnlyList<int> Unreached { get; }

    /// <summary>Computes the measure.</summary>
    /// <exception cref="RefusalException">A cost has no finite weight, or the numbers are too far apart to divide.</exception>
    public static Accessibility Of(AccessibilityInputs inputs)
    {
        var weights = Weights(inputs);
        var ratios = RatiosOf(inputs, weights);
        var ofDemand = new double[inputs.Populations.Count];
        var reaches = new bool[ofDemand.Length];
        for (var i = 0; i < weights.Length; i++)
        {
            if (weights[i] == 0) continue;
            var (supply, demand, _) = inputs.Costs[i];
            reaches[demand] = true;
            ofDemand[demand] += (ratios[supply] ?? 0) * weights[i];   // Luo and Wang 2003, step 2
        }
        for (var i = 0; i < ofDemand.Length; i++) CheckFinite(ofDemand[i], "demand", i);
        return new Accessibility(ofDemand, ratios, [.. Enumerable.Range(0, reaches.Length).Where(i => !reaches[i])]);
    }

    // Luo and Wang 2003, step 1.
    private static double?[] RatiosOf(AccessibilityInputs inputs, double[] weights)
    {
        var comers = new double[inputs.Capacities.Count];
        for (var i = 0; i < weights.Length; i++)
            comers[inputs.Costs[i].Supply] += inputs.Populations[inputs.Costs[i].Demand] * weights[i];
        var ratios = new double?[comers.Length];
        for (var i = 0; i < ratios.Length; i++)
        {
            if (comers[i] == 0) continue;
            CheckFinite(comers[i], "supply", i);
            ratios[i] = inputs.Capacities[i] / comers[i];
            CheckFinite(ratios[i]!.Value, "supply", i);
        }
        return ratios;
    }

    // What each cost weighs: 0 beyond the threshold, and times the share of choice in the three-step method.
    private static double[] Weights(AccessibilityInputs inputs)
    {
        var weights = new double[inputs.Costs.Count];
        for (var i = 0; i < weights.Length; i++) weights[i] = WeightOf(inputs, i);
        if (inputs.Method == AccessMethod.ThreeStep) Choose(inputs, weights);
        for (var i = 0; i < weights.Length; i++)
            if (inputs.Costs[i].Cost > inputs.Threshold) weights[i] = 0;
        return weights;
    }

    // Wan, Zou and Sternberg 2012, eq. 4; over all supply listed for the demand point, beyond the threshold too, as published.
    private static void Choose(AccessibilityInputs inputs, double[] weights)
    {
        var sums = new double[inputs.Populations.Count];
        for (var i = 0; i < weights.Length; i++) sums[inputs.Costs[i].Demand] += weights[i];
        for (var i = 0; i < sums.Length; i++) CheckFinite(sums[i], "demand", i);
        for (var i = 0; i < weights.Length; i++)
            if (weights[i] > 0) weights[i] *= weights[i] / sums[inputs.Costs[i].Demand];
    }

    private static double WeightOf(AccessibilityInputs inputs, int i)
    {
        var cost = inputs.Costs[i].Cost;
        var weight = inputs.Decay.Weight(cost);
        if (double.IsFinite(weight)) return weight;
        var place = string.Create(CultureInfo.InvariantCulture, $"costs[{i}].cost");
        throw new RefusalException("NoWeight",
            string.Create(CultureInfo.InvariantCulture,
                $"{place}: a cost of {cost} has no finite weight under this decay; give the least cost that is true, above 0."),
            $"{place}：在该衰减函数下，此成本没有有限权重；请给出大于 0 的真实最小成本。", place);
    }

    private static void CheckFinite(double value, string list, int index)
    {
        if (double.IsFinite(value)) return;
        var target = string.Create(CultureInfo.InvariantCulture, $"{list}[{index}]");
        throw new RefusalException("ResultOutOfRange",
            $"{target}: the capacities, populations and weights are too far apart to be divided.",
            $"{target}：容量、人口与权重相差过大，无法相除。", target);
    }
}
