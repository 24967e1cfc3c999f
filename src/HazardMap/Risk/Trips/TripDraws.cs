namespace HazardMap.Risk.Trips;

/// <summary>Rules drawn from the spreads of a rule's numbers: what if every guess were another as good.</summary>
public static class TripDraws
{
    /// <summary>The n-th rule of a seed: the same one in every run.</summary>
    /// <remarks>Numbers are lognormal around their own; one that would leave what the file may say stays at its end.</remarks>
    public static TripRule Draw(TripRule rule, int seed, int n)
    {
        var random = new SeededNormal(((ulong)(uint)seed << 32) | (uint)n);
        var drawn = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var number in rule.Numbers)
            if (number.Sd > 0 && number.Least < number.Most)
                drawn[number.Path] = Math.Clamp(number.Value * Math.Exp(number.Sd * random.Next()), number.Least, number.Most);
        return rule.WithAll(drawn);
    }

    /// <summary>What the water itself, which nobody knows, multiplies its deaths by in that draw.</summary>
    public static double WaterItself(TripRule rule, int seed, int n, Guid water)
    {
        Span<byte> key = stackalloc byte[16];
        water.TryWriteBytes(key);
        var hash = BitConverter.ToUInt64(key) * 0x9E3779B97F4A7C15 ^ BitConverter.ToUInt64(key[8..]);
        return Math.Exp(rule.WaterItself.Sd * new SeededNormal(hash ^ (((ulong)(uint)seed << 32) | (uint)n)).Next());
    }

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
