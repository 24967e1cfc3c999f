using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace HazardMap.Risk.Trips;

/// <summary>Running sums of one part of a water: of five kinds, for the ten numbers of homes and the ten of facilities.</summary>
/// <remarks>Each number is a sum of its own, one origin after the other in grid order.</remarks>
internal sealed class TripAccumulators
{
    private const int Kinds = 5, Slots = 10, Stride = 12, First5To14 = 4;
    // Where the sum of each entry of a kind stands.
    private static readonly int[] Places = PlacesOf();

    private readonly double[] _sums = new double[2 * Kinds * Stride];

    /// <summary>Begins a part.</summary>
    public void Clear() => Array.Clear(_sums);

    /// <summary>Adds the children of one age of some origins.</summary>
    /// <param name="age">The age.</param>
    /// <param name="terms">Who may come.</param>
    /// <param name="from">The first of them.</param>
    /// <param name="to">Behind the last.</param>
    /// <param name="origins">All origins.</param>
    /// <param name="townFactor">What trips of town children count.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]   // a full run is over before the JIT would think of it
    public void Add(TripAge age, TripTerms terms, int from, int to, TripOrigin[] origins, double townFactor)
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(_sums);
        ReadOnlySpan<int> places = terms.Origins;
        ReadOnlySpan<double> shares = terms.Share, owns = terms.Own, byDecays = terms.ByDecay, byStayingAways = terms.ByStayingAway;
        for (var i = from; i < to; i++)
        {
            ref readonly var origin = ref origins[places[i]];
            ref var sums = ref Unsafe.Add(ref first, origin.IsHome ? 0 : Kinds * Stride);
            ref readonly var children = ref TripOrigin.Numbers(origin);
            var factor = origin.IsTown ? townFactor : 1;
            double share = shares[i] * factor, byDecay = byDecays[i] * factor, byStayingAway = byStayingAways[i] * factor,
                own = share * owns[i], town = origin.IsTown ? share : 0;
            if (age == TripAge.Aged1To4)
            {
                var four = Vector256.LoadUnsafe(in children);
                Add(ref sums, four, share);
                Add(ref Unsafe.Add(ref sums, Stride), four, byDecay);
                Add(ref Unsafe.Add(ref sums, 2 * Stride), four, byStayingAway);
                Add(ref Unsafe.Add(ref sums, 3 * Stride), four, own);
                if (town != 0) Add(ref Unsafe.Add(ref sums, 4 * Stride), four, town);
            }
            else
            {
                var four = Vector256.LoadUnsafe(in children, First5To14);
                var two = Vector128.LoadUnsafe(in children, First5To14 + 4);
                Add(ref sums, four, two, share);
                Add(ref Unsafe.Add(ref sums, Stride), four, two, byDecay);
                Add(ref Unsafe.Add(ref sums, 2 * Stride), four, two, byStayingAway);
                Add(ref Unsafe.Add(ref sums, 3 * Stride), four, two, own);
                if (town != 0) Add(ref Unsafe.Add(ref sums, 4 * Stride), four, two, town);
            }
        }
    }

    /// <summary>What was added since the part began.</summary>
    public TripSums Take() => new(Take(0), Take(1), Take(2), Take(3), Take(4));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]   // a full run is over before the JIT would think of it
    private PresenceNumbers Take(int kind)
    {
        var numbers = new PresenceNumbers();
        var all = numbers.All;
        for (var i = 0; i < all.Length; i++) all[i] = _sums[Places[i] + kind * Stride];
        return numbers;
    }

    private static int[] PlacesOf()
    {
        var places = new int[Presences.Count];
        for (var slot = 0; slot < Slots; slot++)
        {
            if (TripOrigin.PresenceAt(true, slot) is { } home) places[(int)home] = slot;
            if (TripOrigin.PresenceAt(false, slot) is { } facility) places[(int)facility] = Kinds * Stride + slot;
        }
        return places;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref double sums, Vector256<double> children, double factor) =>
        (Vector256.LoadUnsafe(ref sums) + children * factor).StoreUnsafe(ref sums);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref double sums, Vector256<double> four, Vector128<double> two, double factor)
    {
        Add(ref Unsafe.Add(ref sums, First5To14), four, factor);
        ref var last = ref Unsafe.Add(ref sums, First5To14 + 4);
        (Vector128.LoadUnsafe(ref last) + two * factor).StoreUnsafe(ref last);
    }
}
