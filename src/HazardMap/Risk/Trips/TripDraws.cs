namespace HazardMap.Risk.Trips;

/// <summary>Rules drawn from the spreads of a rule's numbers: what if every guess were another as good.</summary>
public static class TripDraws
{
    /// <summary>The n-th rule of a seed: the same one in every run.</summary>
    /// <remarks>Numbers are lognormal around their own; one that would leave what the file may say stays at its end.</remarks>
    /// <param name="rule">The rule.</param>
    /// <param name="seed">Any number.</param>
    /// <param name="n">Which one.</param>
    /// <param name="isHeld">Which numbers stay as they are; null: none.</param>
    /// <exception cref="RefusalException">The numbers drawn make no rule together.</exception>
    public static TripRule Draw(TripRule rule, int seed, int n, Func<TripNumber, bool>? isHeld = null)
    {
        var random = new SeededNormal(((ulong)(uint)seed << 32) | (uint)n);
        var drawn = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var number in rule.Numbers)
        {
            if (!(number.Sd > 0 && number.Least < number.Most)) continue;
            var value = Math.Clamp(number.Value * Math.Exp(number.Sd * random.Next()), number.Least, number.Most);
            if (isHeld?.Invoke(number) != true) drawn[number.Path] = value;
        }
        return rule.WithAll(drawn);
    }

    /// <summary>A standard normal number of a draw and a water; of what is meant by it says a salt.</summary>
    internal static double Normal(int seed, int n, Guid water, ulong salt)
    {
        Span<byte> key = stackalloc byte[16];
        water.TryWriteBytes(key);
        var hash = BitConverter.ToUInt64(key) * 0x9E3779B97F4A7C15 ^ BitConverter.ToUInt64(key[8..]);
        return new SeededNormal(hash ^ (salt * 0xD1B54A32D192ED03) ^ (((ulong)(uint)seed << 32) | (uint)n)).Next();
    }

    /// <summary>What the water itself, which nobody knows, multiplies its deaths by in that draw.</summary>
    public static double WaterItself(TripRule rule, int seed, int n, Guid water) =>
        Math.Exp(rule.WaterItself.Sd * Normal(seed, n, water, salt: 0));

    // SplitMix64 and Box-Muller: the same numbers whatever the platform's own generator becomes.
    private struct SeededNormal(ulong state)
    {
        private ulong _state = state;

        public double Next()
        {
            var (u, v) = (1 - Unit(), Unit());
            return Math.Sqrt(-2 * Math.Log(u)) * Math.Cos(2 * Math.PI * v);
        }

        private double Unit()
        {
            var z = _state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
        }
    }
}
