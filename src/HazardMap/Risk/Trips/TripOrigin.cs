using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using HazardMap.Geodesy;

namespace HazardMap.Risk.Trips;

/// <summary>What a place is that children set out from. Of homes the first that a division has is the one that counts.</summary>
public enum TripOriginKind
{
    /// <summary>Residential buildings of a small cell.</summary>
    Building,

    /// <summary>A hamlet, village or single dwelling.</summary>
    Place,

    /// <summary>An open children's home, for want of anything better: where the children of its division live.</summary>
    ChildrensHome,

    /// <summary>The centre of a division, for want of anything better.</summary>
    Centre,

    /// <summary>A school, kindergarten or children's home with the children who are in it.</summary>
    Facility,
}

/// <summary>A place that children set out from: a home, with those who are away from it, or a facility, with those who are in it.</summary>
public struct TripOrigin
{
    private const int First5To14 = 4;
    private Slots _children;

    /// <summary>A place without children yet.</summary>
    /// <param name="key">Of the settlement or the facility; of a centre <see cref="CentreKey"/>.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="longitude">Degrees.</param>
    /// <param name="latitude">Degrees.</param>
    /// <param name="spreadMetres">How far around it the children are: one standard deviation; 0 for exactly there.</param>
    /// <param name="isTown">Whether its children make the trips of town children.</param>
    public TripOrigin(Guid key, TripOriginKind kind, double longitude, double latitude, double spreadMetres = 0, bool isTown = false) =>
        (Key, Kind, Longitude, Latitude, SpreadMetres, IsTown) = (key, kind, longitude, latitude, spreadMetres, isTown);

    /// <summary>Of the settlement or the facility.</summary>
    public Guid Key { get; }

    /// <summary>Degrees.</summary>
    public double Longitude { get; }

    /// <summary>Degrees.</summary>
    public double Latitude { get; }

    /// <summary>How far around it the children are: one standard deviation.</summary>
    public double SpreadMetres { get; }

    /// <summary>What it is.</summary>
    public TripOriginKind Kind { get; }

    /// <summary>Whether its children make the trips of town children.</summary>
    public bool IsTown { get; }

    /// <summary>Whether it is a home.</summary>
    public readonly bool IsHome => Kind != TripOriginKind.Facility;

    /// <summary>Whether there is any child.</summary>
    public readonly bool HasChildren
    {
        get
        {
            for (var i = 0; i < Slots.Count; i++)
                if (_children[i] != 0) return true;
            return false;
        }
    }

    /// <summary>Children of an entry. A home has only those of homes, a facility those of facilities.</summary>
    /// <exception cref="ArgumentException">Set where the place can have none.</exception>
    public double this[Presence presence]
    {
        readonly get => presence.IsOfHome() == IsHome ? _children[SlotOf(presence)] : 0;
        set
        {
            if (presence.IsOfHome() != IsHome)
                throw new ArgumentException($"A {Kind} has no {presence}.", nameof(presence));
            _children[SlotOf(presence)] = value;
        }
    }

    /// <summary>Children by entry.</summary>
    public readonly PresenceNumbers Children
    {
        get
        {
            var children = new PresenceNumbers();
            foreach (var presence in Presences.All) children[presence] = this[presence];
            return children;
        }
    }

    /// <summary>A key of a division's centre: its code, so that it is the same in every run.</summary>
    public static Guid CentreKey(string code)
    {
        Span<byte> key = stackalloc byte[16];
        key.Clear();
        if (code.Length <= key.Length)
            for (var i = 0; i < code.Length; i++) key[i] = (byte)code[i];
        else
            System.Security.Cryptography.SHA256.HashData(MemoryMarshal.AsBytes(code.AsSpan()))[..16].CopyTo(key);
        return new Guid(key, bigEndian: true);
    }

    /// <summary>Ten numbers in memory, four of one to four and six of five to fourteen; which entries they are is said by
    /// <see cref="PresenceAt"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ref readonly double Numbers(in TripOrigin origin) =>
        ref Unsafe.As<Slots, double>(ref Unsafe.AsRef(in origin._children));

    /// <summary>Which entry a number of <see cref="Numbers"/> is of; null where it is of none.</summary>
    internal static Presence? PresenceAt(bool isHome, int slot) => isHome
        ? (Presence)(slot < First5To14 ? slot : (int)Presence.Home5To14 + slot - First5To14)
        : slot < 2 ? Presence.Kindergarten1To4 + slot
        : slot is >= First5To14 and < First5To14 + 4 ? Presence.School5To14 + (slot - First5To14) : null;

    /// <summary>Refuses what no place can be.</summary>
    internal static void Check(in TripOrigin origin)
    {
        var target = $"{(origin.IsHome ? "Settlements" : "Facilities")}({origin.Key})";
        Soundness.CheckPosition(origin.Longitude, origin.Latitude, target + "/Location");
        var isSound = origin.SpreadMetres is >= 0 and <= 10_000;
        for (var i = 0; i < Slots.Count; i++) isSound &= origin._children[i] >= 0 && double.IsFinite(origin._children[i]);
        if (isSound) return;
        throw new RefusalException("NegativeCount",
            $"{target} has a number of children, or a spread of homes, that is negative or not a number.",
            $"{target} 的儿童人数或住户离散距离为负或不是数字。", target);
    }

    // Homes: 0..3 and 6..11; facilities: 4, 5 and 12..15. The ages begin at the same slot of both.
    private static int SlotOf(Presence presence) => presence switch
    {
        <= Presence.AwayAtPool1To4 => (int)presence,
        <= Presence.ChildrensHome1To4 => presence - Presence.Kindergarten1To4,
        <= Presence.AwayAtPool5To14 => presence - Presence.Home5To14 + First5To14,
        _ => presence - Presence.School5To14 + First5To14,
    };

    [InlineArray(Count)]
    private struct Slots
    {
        public const int Count = 10;
        private double _first;
    }
}
