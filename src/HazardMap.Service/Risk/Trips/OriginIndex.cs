using HazardMap.Risk.Trips;

namespace HazardMap.Service.Risk.Trips;

/// <summary>Finds a place that children set out from by its key: some ten bytes a place, for a nation has millions.</summary>
internal sealed class OriginIndex
{
    private readonly ReadOnlyMemory<TripOrigin> _origins;
    private readonly int[] _slots;   // the number of a place, and one more; 0: none

    /// <summary>Of places with different keys.</summary>
    public OriginIndex(ReadOnlyMemory<TripOrigin> origins)
    {
        _origins = origins;
        var size = 4;
        while (size < 2L * origins.Length && size < 1 << 30) size *= 2;
        _slots = new int[size];
        for (var i = 0; i < origins.Length; i++)
        {
            var slot = SlotOf(origins.Span[i].Kind, origins.Span[i].Key);
            while (_slots[slot] != 0) slot = (slot + 1) & (size - 1);
            _slots[slot] = i + 1;
        }
    }

    /// <summary>The number of a place; -1: it is not among them.</summary>
    public int Of(TripOriginKind kind, Guid key)
    {
        var origins = _origins.Span;
        for (var slot = SlotOf(kind, key); _slots[slot] is var i and > 0; slot = (slot + 1) & (_slots.Length - 1))
            if (origins[i - 1].Key == key && origins[i - 1].Kind == kind) return i - 1;
        return -1;
    }

    private int SlotOf(TripOriginKind kind, Guid key) => HashCode.Combine(kind, key) & (_slots.Length - 1);
}
