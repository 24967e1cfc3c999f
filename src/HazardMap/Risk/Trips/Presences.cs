using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace HazardMap.Risk.Trips;

/// <summary>What the entries of <see cref="Presence"/> have in common.</summary>
public static class Presences
{
    /// <summary>How many there are.</summary>
    public const int Count = 16;

    /// <summary>The first entry of five to fourteen; all before it are of one to four.</summary>
    private const Presence FirstAged5To14 = Presence.Home5To14;

    /// <summary>All, in order.</summary>
    public static IReadOnlyList<Presence> All { get; } = Enum.GetValues<Presence>();

    /// <summary>The age of an entry.</summary>
    public static TripAge Age(this Presence presence) =>
        presence < FirstAged5To14 ? TripAge.Aged1To4 : TripAge.Aged5To14;

    /// <summary>Whether the children of an entry stand at a home, theirs; else they stand at a facility.</summary>
    public static bool IsOfHome(this Presence presence) =>
        presence is <= Presence.AwayAtPool1To4 or (>= Presence.Home5To14 and <= Presence.AwayAtPool5To14);

    /// <summary>Whether children of an entry are missing at home in its hours.</summary>
    public static bool IsAway(this Presence presence) =>
        presence.IsOfHome() && presence is not (Presence.Home1To4 or Presence.Home5To14);

    /// <summary>The entry of all children of an age who live at a home.</summary>
    public static Presence Home(this TripAge age) => age == TripAge.Aged1To4 ? Presence.Home1To4 : Presence.Home5To14;
}

/// <summary>A number for each entry of <see cref="Presence"/>: children, trips, or weights of hours.</summary>
public struct PresenceNumbers
{
    private Numbers _numbers;

    /// <summary>The number of an entry.</summary>
    public double this[Presence presence]
    {
        readonly get => _numbers[(int)presence];
        set => _numbers[(int)presence] = value;
    }

    /// <summary>In the order of <see cref="Presence"/>, to be written.</summary>
    [UnscopedRef]
    internal Span<double> All => _numbers;

    /// <summary>The sum of the products with other numbers, entry by entry in order: trips by weights of hours give visits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]   // a full run is over before the JIT would think of it
    public readonly double Dot(in PresenceNumbers other)
    {
        ReadOnlySpan<double> ours = _numbers, theirs = other._numbers;
        var sum = 0.0;
        for (var i = 0; i < ours.Length; i++) sum += ours[i] * theirs[i];
        return sum;
    }

    /// <summary>The same of one age.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]   // a full run is over before the JIT would think of it
    public readonly double Dot(in PresenceNumbers other, TripAge age)
    {
        var (from, to) = age == TripAge.Aged1To4 ? (0, (int)Presence.Home5To14) : ((int)Presence.Home5To14, Presences.Count);
        ReadOnlySpan<double> ours = _numbers, theirs = other._numbers;
        var sum = 0.0;
        for (var i = from; i < to; i++) sum += ours[i] * theirs[i];
        return sum;
    }

    /// <summary>Adds other numbers, entry by entry.</summary>
    public void Add(in PresenceNumbers other)
    {
        for (var i = 0; i < Presences.Count; i++) _numbers[i] += other._numbers[i];
    }

    /// <summary>These numbers less others.</summary>
    public readonly PresenceNumbers Less(in PresenceNumbers other)
    {
        var less = this;
        for (var i = 0; i < Presences.Count; i++) less._numbers[i] -= other._numbers[i];
        return less;
    }

    /// <summary>In the order of <see cref="Presence"/>.</summary>
    public readonly double[] ToArray()
    {
        var numbers = new double[Presences.Count];
        for (var i = 0; i < numbers.Length; i++) numbers[i] = _numbers[i];
        return numbers;
    }

    /// <summary>From as many numbers in the order of <see cref="Presence"/>.</summary>
    public static PresenceNumbers Of(ReadOnlySpan<double> numbers)
    {
        if (numbers.Length != Presences.Count)
            throw new ArgumentException($"There must be {Presences.Count} numbers.", nameof(numbers));
        var made = new PresenceNumbers();
        for (var i = 0; i < numbers.Length; i++) made._numbers[i] = numbers[i];
        return made;
    }

    [InlineArray(Presences.Count)]
    private struct Numbers
    {
        private double _first;
    }
}
