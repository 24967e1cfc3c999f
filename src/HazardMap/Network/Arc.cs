using System.Runtime.InteropServices;

namespace HazardMap.Network;

/// <summary>An edge as one of its two ends sees it: what leaving along it costs and where it leads.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct Arc(int head, int edge, bool isReverse, double leaving)
{
    /// <summary>Size of one arc with the cost of arriving along it, which stands apart.</summary>
    public const int Bytes = 24;

    /// <summary>Cost from here to the head; negative: not allowed.</summary>
    public readonly double Out = leaving;

    /// <summary>The other end.</summary>
    public readonly int Head = head;

    private readonly int _edgeAndSide = (edge << 1) | (isReverse ? 1 : 0);

    /// <summary>The edge.</summary>
    public int Edge => _edgeAndSide >> 1;

    /// <summary>Whether this end is the edge's target.</summary>
    public bool IsReverse => (_edgeAndSide & 1) != 0;
}
