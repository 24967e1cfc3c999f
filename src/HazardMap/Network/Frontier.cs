using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace HazardMap.Network;

/// <summary>The nodes a search has seen but not expanded, nearly cheapest first:
/// slots of equal width, and a heap for what lies far ahead.</summary>
/// <remarks>
/// Within a slot the order is any: the search puts a node in again when its cost falls, and an older entry is recognised as
/// stale when it comes out. So the slots save the sorting and change no answer (Dial 1969; Meyer and Sanders 2003, delta-stepping).
/// </remarks>
internal sealed class Frontier
{
    private const int Slots = 1024;
    private readonly double _width, _perWidth;
    private readonly int[] _first = new int[Slots];
    private readonly ulong[] _used = new ulong[Slots / 64];
    private readonly PriorityQueue<int, double> _far = new();
    private Entry[] _entries = new Entry[256];
    private int _count, _free = -1, _word;
    private double _begin, _end = double.NegativeInfinity;

    /// <param name="width">Of a slot: about what half an edge costs.</param>
    public Frontier(double width) => (_width, _perWidth) = (width, 1 / width);

    public void Clear()
    {
        for (var word = _word; word < _used.Length; word++) _used[word] = 0;
        _far.Clear();
        (_count, _free, _word, _end) = (0, -1, 0, double.NegativeInfinity);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Push(double cost, int node)
    {
        if (cost < _end) PushNear(cost, node);
        else _far.Enqueue(node, cost);
    }

    /// <summary>Takes one of the cheapest; false when there is none.</summary>
    public bool TryPop(out double cost, out int node)
    {
        do
        {
            for (; _word < _used.Length; _word++)
                if (_used[_word] != 0)
                {
                    PopNear(out cost, out node);
                    return true;
                }
        }
        while (MoveOn());
        (cost, node) = (0, -1);
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void PopNear(out double cost, out int node)
    {
        var bit = BitOperations.TrailingZeroCount(_used[_word]);
        ref var first = ref _first[64 * _word + bit];
        ref var entry = ref _entries[first];
        (cost, node) = (entry.Cost, entry.Node);
        var next = entry.Next;
        entry.Next = _free;
        _free = first;
        first = next;
        if (next < 0) _used[_word] &= ~(1UL << bit);
    }

    // Costs only rise, so nothing is put before the slot that is being emptied.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void PushNear(double cost, int node)
    {
        var slot = Math.Min((int)((cost - _begin) * _perWidth), Slots - 1);
        var at = _free;
        if (at >= 0) _free = _entries[at].Next;
        else
        {
            if (_count == _entries.Length) Array.Resize(ref _entries, 2 * _count);
            at = _count++;
        }
        ref var used = ref _used[slot >> 6];
        var bit = 1UL << slot;
        _entries[at] = new Entry { Cost = cost, Node = node, Next = (used & bit) != 0 ? _first[slot] : -1 };
        _first[slot] = at;
        used |= bit;
    }

    // All slots are empty: they begin anew at the cheapest of what lies ahead.
    private bool MoveOn()
    {
        if (!_far.TryPeek(out _, out var cheapest)) return false;
        (_begin, _end, _word) = (cheapest, cheapest + Slots * _width, 0);
        while (_far.TryPeek(out var node, out var cost) && (cost < _end || cost == cheapest))
        {
            _far.Dequeue();
            PushNear(cost, node);
        }
        return true;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Entry
    {
        public double Cost;
        public int Node, Next;
    }
}
