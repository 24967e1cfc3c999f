namespace HazardMap.Service.Sample;

/// <summary>
/// A stream of random numbers that belongs to one record: xoshiro256** (Blackman and Vigna 2021) seeded by SplitMix64
/// from a hash of (seed, id). Adding or removing a record never moves another.
/// </summary>
/// <remarks>System.Random is not used: its sequence is an implementation detail of the runtime.</remarks>
internal sealed class RandomStream
{
    private ulong _a, _b, _c, _d;

    public RandomStream(ulong seed, string id)
    {
        var state = Hash(seed, id);
        _a = SplitMix(ref state);
        _b = SplitMix(ref state);
        _c = SplitMix(ref state);
        _d = SplitMix(ref state);
    }

    /// <summary>FNV-1a over the UTF-16 units of the id, begun at the seed and mixed: the same on every platform.</summary>
    public static ulong Hash(ulong seed, string id)
    {
        var hash = 14695981039346656037UL ^ seed;
        foreach (var unit in id)
            hash = (hash ^ unit) * 1099511628211UL;
        return SplitMix(ref hash);
    }

    public ulong NextBits()
    {
        var result = ulong.RotateLeft(_b * 5, 7) * 9;
        var shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = ulong.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>Uniform in [0, 1): 53 bits, exact in IEEE arithmetic.</summary>
    public double Unit() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    public double Between(double from, double to) => from + (to - from) * Unit();

    /// <summary>A whole number from <paramref name="from"/> to <paramref name="to"/>, both included.</summary>
    public int Whole(int from, int to) => from + (int)(((UInt128)NextBits() * (ulong)(to - from + 1)) >> 64);

    public bool Chance(double probability) => Unit() < probability;

    /// <summary>Close to a standard normal: the sum of twelve uniforms less six needs no logarithm, so no last bit differs.</summary>
    public double Normal()
    {
        var sum = -6.0;
        for (var i = 0; i < 12; i++)
            sum += Unit();
        return sum;
    }

    public double LogNormal(double median, double sigma) => median * Math.Exp(sigma * Normal());

    public T Pick<T>(IReadOnlyList<T> from) => from[Whole(0, from.Count - 1)];

    /// <summary>Picks by weights that sum to one; the last takes what rounding leaves.</summary>
    public T Pick<T>(IReadOnlyList<(T Item, double Weight)> from)
    {
        var left = Unit();
        foreach (var (item, weight) in from)
            if ((left -= weight) < 0)
                return item;
        return from[^1].Item;
    }

    private static ulong SplitMix(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
