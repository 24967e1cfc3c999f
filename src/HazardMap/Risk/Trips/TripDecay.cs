using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Lanes = System.Runtime.Intrinsics.Vector256<double>;

namespace HazardMap.Risk.Trips;

/// <summary>How the pull of a water falls with the distance (K): the mean of e to the power of -d'/L over where around a point the
/// children are.</summary>
/// <remarks>
/// 24 offsets of the point: three rings of eight bearings, from the water's. Seen from the water those to the left and right are
/// alike, so 15 count. In a lane nothing depends on what is in the others.
/// </remarks>
internal readonly struct TripDecay(double lengthMetres, (double Inner, double Middle, double Outer) radii)
{
    // Beyond so many lengths it is less than what a sum of pulls can hold, whatever the attraction: then it is nothing.
    private const double MostLengths = 36;

    private static readonly double HalfRoot = Math.Sqrt(0.5);

    private readonly double _inverse = 1 / lengthMetres;

    /// <summary>Whether a water pulls there at all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Reaches(double metres, double spreadMetres) => metres - radii.Outer * spreadMetres <= MostLengths * lengthMetres;

    /// <summary>At four places.</summary>
    /// <param name="metres">From the water to the point.</param>
    /// <param name="spread">Standard deviation of where the children are around it, in metres.</param>
    /// <param name="pull">From 0 to 1.</param>
    /// <param name="slope">Its derivative by the logarithm of the length.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Of(Lanes metres, Lanes spread, out Lanes pull, out Lanes slope)
    {
        var isPoint = Vector256.Equals(spread, Lanes.Zero);
        if (isPoint == Lanes.AllBitsSet)
        {
            AtPoint(metres, out pull, out slope);
            return;
        }
        OverRings(metres, spread, out pull, out slope);
        if (isPoint == Lanes.Zero) return;
        AtPoint(metres, out var pointPull, out var pointSlope);
        pull = Vector256.ConditionalSelect(isPoint, pointPull, pull);
        slope = Vector256.ConditionalSelect(isPoint, pointSlope, slope);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AtPoint(Lanes metres, out Lanes pull, out Lanes slope)
    {
        var lengths = metres * _inverse;
        pull = Exponential.Of(-lengths);
        slope = pull * lengths;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]   // a full run is over before the JIT would think of it
    private void OverRings(Lanes metres, Lanes spread, out Lanes pull, out Lanes slope)
    {
        (pull, slope) = (Lanes.Zero, Lanes.Zero);
        AddRing(metres, spread * radii.Inner, ref pull, ref slope);
        AddRing(metres, spread * radii.Middle, ref pull, ref slope);
        AddRing(metres, spread * radii.Outer, ref pull, ref slope);
        pull *= 1 / 24.0;
        slope *= 1 / 24.0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddRing(Lanes metres, Lanes radius, ref Lanes pull, ref Lanes slope)
    {
        Lanes squares = metres * metres + radius * radius, aside = metres * radius * (2 * HalfRoot);
        Lanes twicePull = Lanes.Zero, twiceSlope = Lanes.Zero;
        Add(Vector256.Abs(metres - radius), ref pull, ref slope);
        Add(metres + radius, ref pull, ref slope);
        Add(Vector256.Sqrt(Vector256.MaxNative(squares - aside, Lanes.Zero)), ref twicePull, ref twiceSlope);
        Add(Vector256.Sqrt(squares), ref twicePull, ref twiceSlope);
        Add(Vector256.Sqrt(squares + aside), ref twicePull, ref twiceSlope);
        pull += twicePull + twicePull;
        slope += twiceSlope + twiceSlope;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(Lanes metres, ref Lanes pull, ref Lanes slope)
    {
        var lengths = metres * _inverse;
        var power = Exponential.Of(-lengths);
        pull += power;
        slope += power * lengths;
    }
}
