namespace HazardMap.Coverage;

/// <summary>What being so far away weighs: 1 is as good as next door, 0 is out of reach.</summary>
public abstract record Decay
{
    private Decay() { }

    /// <summary>The weight of a cost; finite and not negative, or infinite where a power has no value.</summary>
    public abstract double Weight(double cost);

    /// <summary>Everything inside the threshold weighs the same.</summary>
    public sealed record None : Decay
    {
        /// <inheritdoc/>
        public override double Weight(double cost) => 1;
    }

    /// <summary>Cost to the power of minus the exponent: the gravity model. Infinite at a cost of 0.</summary>
    public sealed record Power(double Exponent) : Decay
    {
        /// <inheritdoc/>
        public override double Weight(double cost) => Math.Pow(cost, -Exponent);
    }

    /// <summary>exp(-cost² / beta).</summary>
    public sealed record Gaussian(double Beta) : Decay
    {
        /// <inheritdoc/>
        public override double Weight(double cost) => Math.Exp(-cost * cost / Beta);
    }

    /// <summary>The weight of the first limit that the cost does not exceed; 0 beyond the last.</summary>
    public sealed record Steps(IReadOnlyList<double> Limits, IReadOnlyList<double> Weights) : Decay
    {
        /// <inheritdoc/>
        public override double Weight(double cost)
        {
            for (var i = 0; i < Limits.Count; i++)
                if (cost <= Limits[i]) return Weights[i];
            return 0;
        }
    }
}
