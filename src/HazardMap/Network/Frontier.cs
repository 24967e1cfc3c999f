using System.Runtime.InteropServices;

namespace HazardMap.Network;

/// <summary>The nodes a search has seen but not settled, cheapest first: a 4-ary heap that never looks an entry up again.</summary>
/// <remarks>A node whose cost falls is put in again; its older entry is recognised as stale when it comes out.</remarks>
internal sealed class Frontier
{
    private Entry[] _heap = new Entry[256];

    public int Count { get; private set; }

    public Entry this[int at] => _heap[at];

    public void Clear() => Count = 0;

    public void Push(double cost, int node, int label)
    {
        if (Count == _heap.Length) Array.Resize(ref _heap, 2 * Count);
        var heap = _heap;
        var entry = new Entry(cost, node, label);
        var at = Count++;
        while (at > 0)
        {
            var parent = (at - 1) >> 2;
            if (!entry.IsBefore(heap[parent])) break;
            heap[at] = heap[parent];
            at = parent;
        }
        heap[at] = entry;
    }

    public Entry Pop()
    {
        var heap = _heap;
        var top = heap[0];
        var count = --Count;
        var entry = heap[count];
        var at = 0;
        while (true)
        {
            var first = (at << 2) + 1;
            if (first >= count) break;
            var least = LeastOf(heap, first, Math.Min(first + 4, count));
            if (!heap[least].IsBefore(entry)) break;
            heap[at] = heap[least];
            at = least;
        }
        heap[at] = entry;
        return top;
    }

    private static int LeastOf(Entry[] heap, int first, int end)
    {
        var least = first;
        for (var i = first + 1; i < end; i++)
            if (heap[i].IsBefore(heap[least])) least = i;
        return least;
    }

    /// <summary>A node, its cost, and which start it was reached from.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal readonly struct Entry(double cost, int node, int label)
    {
        public readonly double Cost = cost;
        public readonly int Node = node, Label = label;

        /// <summary>By cost; at equal cost the earlier start wins, so that ties have one answer.</summary>
        public bool IsBefore(in Entry other) => Cost < other.Cost || (Cost == other.Cost && Label < other.Label);
    }
}
