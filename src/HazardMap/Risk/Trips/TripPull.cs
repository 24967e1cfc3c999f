using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Lanes = System.Runtime.Intrinsics.Vector256<double>;

namespace HazardMap.Risk.Trips;

/// <summary>What all waters together pull at a place, and how that changes with the length over which a pull falls.</summary>
/// <remarks>
/// Whole numbers of 2^-44, so that the sum is the same bits in whatever order waters came, and when one of them is taken away
/// again. A term is rounded once: an error of at most 3e-14 each. A place may have half a million waters of attraction 1 at its door.
/// </remarks>
public struct TripPull
{
    private long _sum1To4, _slope1To4, _sum5To14, _slope5To14;

    /// <summary>The greatest attraction of one place to go to; a rule's are about 1.</summary>
    public const double GreatestAttraction = 100;

    private const double Unit = 1.0 / (1L << 44), PerUnit = 1L << 44;

    // Adding it leaves the nearest integer in the lowest bits, of numbers below 2^51.
    private const double Rounding = 6755399441055744;   // 1.5 * 2^52

    /// <summary>From what was kept of another run.</summary>
    public TripPull(long sum1To4, long slope1To4, long sum5To14, long slope5To14) =>
        (_sum1To4, _slope1To4, _sum5To14, _slope5To14) = (sum1To4, slope1To4, sum5To14, slope5To14);

    /// <summary>As whole numbers, to be kept: for one to four years, its slope, for five to fourteen, its slope.</summary>
    public readonly (long Sum1To4, long Slope1To4, long Sum5To14, long Slope5To14) Whole =>
        (_sum1To4, _slope1To4, _sum5To14, _slope5To14);

    /// <summary>The sum of A K of an age over the waters within the cut-off.</summary>
    public readonly double Sum(TripAge age) => (age == TripAge.Aged1To4 ? _sum1To4 : _sum5To14) * Unit;

    /// <summary>Its derivative by the logarithm of the length.</summary>
    public readonly double Slope(TripAge age) => (age == TripAge.Aged1To4 ? _slope1To4 : _slope5To14) * Unit;

    /// <summary>Four terms as whole numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<long> WholeOf(Lanes terms)
    {
        var rounding = Vector256.Create(Rounding);
        return (terms * PerUnit + rounding).AsInt64() - rounding.AsInt64();
    }

    /// <summary>Adds a term of an age, from any thread; false when the sum is out of bounds then.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool Add(ref TripPull pull, TripAge age, long sum, long slope)
    {
        if (age == TripAge.Aged1To4)
        {
            if (slope != 0) Interlocked.Add(ref pull._slope1To4, slope);
            return sum == 0 || Interlocked.Add(ref pull._sum1To4, sum) >= 0;
        }
        if (slope != 0) Interlocked.Add(ref pull._slope5To14, slope);
        return sum == 0 || Interlocked.Add(ref pull._sum5To14, sum) >= 0;
    }
}
