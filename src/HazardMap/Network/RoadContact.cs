using System.Runtime.InteropServices;

namespace HazardMap.Network;

/// <summary>A stretch of an edge, or one point of it when both ends are the same.</summary>
/// <param name="Edge">The edge.</param>
/// <param name="From">Where it begins, as a share of the edge's length: 0 at the source.</param>
/// <param name="To">Where it ends, 1 at the target; not less than <paramref name="From"/>.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct RoadStretch(int Edge, double From, double To)
{
    internal RoadPlace Start => new(Edge, From);

    internal RoadPlace End => new(Edge, To);

    /// <summary>The ends of the edge that can be walked to from the stretch, each from the nearest point of it.</summary>
    internal RoadPlace.Ends Leaving(RoadGraph graph) => Joined(Start.Leaving(graph), End.Leaving(graph));

    /// <summary>The ends of the edge from which the stretch can be come to.</summary>
    internal RoadPlace.Ends Arriving(RoadGraph graph) => Joined(Start.Arriving(graph), End.Arriving(graph));

    /// <summary>To a stretch of the same edge without leaving it: nothing where they meet.</summary>
    internal double Along(RoadGraph graph, in RoadStretch to) =>
        To < to.From ? End.Along(graph, to.Start) : From > to.To ? Start.Along(graph, to.End) : 0;

    private static RoadPlace.Ends Joined(in RoadPlace.Ends start, in RoadPlace.Ends end) =>
        new(start.Source, start.SourceCost, end.Target, end.TargetCost);
}

/// <summary>Where a door or a water comes nearest to the network: all places that are equally near, to a millimetre.</summary>
/// <param name="AccessMetres">Straight from there to the door or the bank: part of every way, never counted as nothing.</param>
/// <param name="Stretches">The places, by edge: points, and the stretches that run through a water (bridges, jetties).</param>
public sealed record RoadContact(double AccessMetres, IReadOnlyList<RoadStretch> Stretches);
