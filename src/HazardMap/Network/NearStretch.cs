using System.Runtime.InteropServices;

namespace HazardMap.Network;

/// <summary>A piece of a shore that a place is near: another may be nearer.</summary>
/// <param name="From">The number of the vertex where the piece begins; a point is a piece from itself to itself.</param>
/// <param name="To">The number of the vertex where it ends.</param>
/// <param name="Metres">How far it is from the place, in the plane they were compared in.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct NearShore(int From, int To, double Metres);

/// <summary>A stretch of an edge that is near a water.</summary>
/// <param name="Edge">The edge.</param>
/// <param name="From">Where it begins: the number of a segment, and a share of that.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Begin">What it is near at its beginning.</param>
/// <param name="End">What it is near at its end.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct NearStretch(int Edge, double From, double To, NearShore Begin, NearShore End) : IComparable<NearStretch>
{
    /// <summary>By edge, then by beginning.</summary>
    public int CompareTo(NearStretch other) => Edge != other.Edge ? Edge.CompareTo(other.Edge)
        : From != other.From ? From.CompareTo(other.From) : To != other.To ? To.CompareTo(other.To)
        : Begin.From != other.Begin.From ? Begin.From.CompareTo(other.Begin.From) : End.From.CompareTo(other.End.From);

    /// <summary>Both as one; null where they do not touch each other.</summary>
    public NearStretch? With(in NearStretch other)
    {
        if (Edge != other.Edge || other.From > To || From > other.To) return null;
        var isEarlier = other.From < From || (other.From == From && other.Begin.Metres < Begin.Metres);
        var isLater = other.To > To || (other.To == To && other.End.Metres < End.Metres);
        return new NearStretch(Edge, Math.Min(From, other.From), Math.Max(To, other.To), isEarlier ? other.Begin : Begin,
            isLater ? other.End : End);
    }
}
