using System.Runtime.InteropServices;

namespace HazardMap.Network;

/// <summary>A point of the network: where a door or a bank meets the roads.</summary>
/// <param name="Edge">The edge it lies on.</param>
/// <param name="Fraction">How far along, 0 at the source, 1 at the target.</param>
/// <param name="AccessMetres">Straight from the door to here: part of every way, never counted as nothing.</param>
/// <param name="Longitude">Of the point on the network.</param>
/// <param name="Latitude">Of the point on the network.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct RoadPlace(int Edge, double Fraction, double AccessMetres = 0, double Longitude = 0, double Latitude = 0)
{
    /// <summary>The ends of the edge that can be driven or walked to from here, and what that costs.</summary>
    internal Ends Leaving(RoadGraph graph)
    {
        var (cost, reverse) = graph.CostsOf(Edge);
        return EndsOf(graph, toSource: Part(reverse, Fraction), toTarget: Part(cost, 1 - Fraction));
    }

    /// <summary>The ends of the edge from which here can be come to, and what that costs.</summary>
    internal Ends Arriving(RoadGraph graph)
    {
        var (cost, reverse) = graph.CostsOf(Edge);
        return EndsOf(graph, toSource: Part(cost, Fraction), toTarget: Part(reverse, 1 - Fraction));
    }

    /// <summary>From here to a place on the same edge without leaving it; infinity when that way round is not allowed.</summary>
    internal double Along(RoadGraph graph, in RoadPlace to)
    {
        var (cost, reverse) = graph.CostsOf(Edge);
        if (to.Fraction == Fraction) return 0;
        return to.Fraction > Fraction ? Part(cost, to.Fraction - Fraction) : Part(reverse, Fraction - to.Fraction);
    }

    private static double Part(double cost, double share) => cost < 0 ? double.PositiveInfinity : cost * share;

    // A place at a junction is the junction, whatever the edge allows.
    private Ends EndsOf(RoadGraph graph, double toSource, double toTarget) => new(
        graph.SourceOf(Edge), Fraction <= 0 ? 0 : toSource,
        graph.TargetOf(Edge), Fraction >= 1 ? 0 : toTarget);

    /// <summary>Both ends of an edge with a cost each; infinity where there is no way.</summary>
    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct Ends(int Source, double SourceCost, int Target, double TargetCost);
}
