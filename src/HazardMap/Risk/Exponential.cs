using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Lanes = System.Runtime.Intrinsics.Vector256<double>;

namespace HazardMap.Risk;

/// <summary>e to the power of x, four at once, for x that is not positive.</summary>
/// <remarks>
/// The reduction and the polynomial of fdlibm (e_exp.c): right to less than one unit in the last place. Only sums, products
/// and one quotient, in a fixed order, so that a score is the same bits on every machine and whoever shares the four.
/// </remarks>
internal static class Exponential
{
    private const double Ln2High = 6.93147180369123816490e-01, Ln2Low = 1.90821492927058770002e-10, InverseLn2 = 1.44269504088896338700;
    private const double P1 = 1.66666666666666019037e-01, P2 = -2.77777777770155933842e-03, P3 = 6.61375632143793436117e-05,
        P4 = -1.65339022054652515390e-06, P5 = 4.13813679705723846039e-08;

    // Adding it leaves the nearest integer in the lowest bits.
    private const double Rounding = 6755399441055744;   // 1.5 * 2^52

    // Beyond it the power is below the smallest normal number; 3e-308 is nothing as well.
    private const double Least = -708;

    /// <summary>e to the power of each.</summary>
    /// <param name="x">At most 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes Of(Lanes x)
    {
        x = Vector256.MaxNative(x, Vector256.Create(Least));
        var rounded = x * InverseLn2 + Vector256.Create(Rounding);
        var twos = rounded - Vector256.Create(Rounding);
        Lanes high = x - twos * Ln2High, low = twos * Ln2Low;
        var rest = high - low;
        var square = rest * rest;
        var c = rest - square * (Vector256.Create(P1)
            + square * (Vector256.Create(P2) + square * (Vector256.Create(P3) + square * (Vector256.Create(P4) + square * P5))));
        var power = Lanes.One - (low - rest * c / (Vector256.Create(2.0) - c) - high);
        return (power.AsInt64() + (rounded.AsInt64() << 52)).AsDouble();   // times 2 to the power of the integer
    }
}
