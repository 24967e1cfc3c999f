using System.Runtime.InteropServices;

namespace HazardMap.Network;

/// <summary>A piece of a shore by the numbers of its two vertices; a point is one from itself to itself.</summary>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct ShorePiece(int From, int To);

/// <summary>A stretch of an edge that is near a water.</summary>
/// <param name="Edge">The edge.</param>
/// <param name="From">Where it begins: the number of a segment, and a share of that.</param>
/// <param name="To">Where it ends.</param>
/// <param name="FromShore">What it is near at its beginning.</param>
/// <param name="ToShore">What it is near at its end.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct NearStretch(int Edge, double From, double To, ShorePiece FromShore, ShorePiece ToShore)
    : IComparable<NearStretch>
{
    /// <summary>By edge, then by beginning.</summary>
    public int CompareTo(NearStretch other) => Edge != other.Edge ? Edge.CompareTo(other.Edge)
        : From != other.From ? From.CompareTo(other.From) : To != other.To ? To.CompareTo(other.To)
        : FromShore.From != other.FromShore.From ? FromShore.From.CompareTo(other.FromShore.From)
        : ToShore.From.CompareTo(other.ToShore.From);

    /// <summary>Both as one; null where they do not touch each other.</summary>
    public NearStretch? With(in NearStretch other)
    {
        if (Edge != other.Edge || other.From > To || From > other.To) return null;
        var (begins, ends) = (other.From < From ? other : this, other.To > To ? other : this);
        return new NearStretch(Edge, begins.From, ends.To, begins.FromShore, ends.ToShore);
    }
}
