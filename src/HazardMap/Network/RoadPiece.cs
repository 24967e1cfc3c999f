using System.Runtime.InteropServices;
using HazardMap.Geodesy;

namespace HazardMap.Network;

/// <summary>Up to eight consecutive segments of an edge.</summary>
/// <param name="Edge">The edge.</param>
/// <param name="First">Its first segment here.</param>
/// <param name="Count">How many segments.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct RoadPiece(int Edge, int First, int Count)
{
    private const int MostSegments = 8;

    /// <summary>All pieces of all edges; neighbours in space mostly stand near each other.</summary>
    public static RoadPiece[] InMortonOrder(RoadShapes shapes)
    {
        var pieces = new List<RoadPiece>(shapes.Count);
        var codes = new List<ulong>(shapes.Count);
        for (var edge = 0; edge < shapes.Count; edge++)
        {
            var vertices = shapes.Of(edge);
            for (var first = 0; first + 1 < vertices.Length; first += MostSegments)
            {
                var count = Math.Min(MostSegments, vertices.Length - 1 - first);
                pieces.Add(new RoadPiece(edge, first, count));
                var (longitude, latitude) = vertices[first + count / 2];
                codes.Add(MortonCode(SurfacePoint.NormalOf(longitude, latitude)));
            }
        }
        var (keys, ordered) = (codes.ToArray(), pieces.ToArray());
        Array.Sort(keys, ordered);
        return ordered;
    }

    /// <summary>A box that holds the piece.</summary>
    public SpaceBox Box(RoadShapes shapes)
    {
        var vertices = shapes.Of(Edge).Slice(First, Count + 1);
        Span<Vector> positions = stackalloc Vector[MostSegments + 1];
        for (var i = 0; i < vertices.Length; i++)
            positions[i] = SurfacePoint.PositionOf(SurfacePoint.NormalOf(vertices[i].Longitude, vertices[i].Latitude));
        return SpaceBox.AroundArcs(positions[..vertices.Length]);
    }

    private static ulong MortonCode(in Vector normal) =>
        Spread(normal.X) | (Spread(normal.Y) << 1) | (Spread(normal.Z) << 2);

    // 21 bits with two zeros between each: about 6 m on the globe.
    private static ulong Spread(double coordinate)
    {
        var bits = (ulong)Math.Clamp((coordinate + 1) * (1 << 20), 0, (1 << 21) - 1);
        bits = (bits | (bits << 32)) & 0x1F00000000FFFF;
        bits = (bits | (bits << 16)) & 0x1F0000FF0000FF;
        bits = (bits | (bits << 8)) & 0x100F00F00F00F00F;
        bits = (bits | (bits << 4)) & 0x10C30C30C30C30C3;
        return (bits | (bits << 2)) & 0x1249249249249249;
    }
}
