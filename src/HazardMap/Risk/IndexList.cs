using System.Runtime.CompilerServices;

namespace HazardMap.Risk;

/// <summary>Places in grid order, found for one hazard after the other in the same memory.</summary>
internal sealed class IndexList
{
    private int[] _items = new int[64];

    /// <summary>How many.</summary>
    public int Count { get; private set; }

    /// <summary>One of them.</summary>
    public int this[int i] => _items[i];

    /// <summary>Adds one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int item)
    {
        if (Count == _items.Length) Array.Resize(ref _items, 2 * Count);
        _items[Count++] = item;
    }

    /// <summary>Forgets all.</summary>
    public void Clear() => Count = 0;

    /// <summary>Four from here; where there are fewer the last one again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PlaceGrid.Four FourFrom(int i)
    {
        var last = Count - 1;
        return new(_items[i], _items[Math.Min(i + 1, last)], _items[Math.Min(i + 2, last)], _items[Math.Min(i + 3, last)]);
    }

    /// <summary>Sorts, and keeps each once.</summary>
    public void SortDistinct()
    {
        var items = _items.AsSpan(0, Count);
        items.Sort();
        var kept = 0;
        foreach (var item in items)
            if (kept == 0 || items[kept - 1] != item) items[kept++] = item;
        Count = kept;
    }
}
