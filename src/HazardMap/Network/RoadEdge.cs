using System.Runtime.InteropServices;

namespace HazardMap.Network;

/// <summary>A stretch of road between two junctions, in pgRouting's terms.</summary>
/// <param name="Id">Any number; told back where an edge is named.</param>
/// <param name="Source">Junction where it begins: any 64-bit number.</param>
/// <param name="Target">Junction where it ends.</param>
/// <param name="Cost">From source to target (metres, seconds ...); negative: that direction does not exist.</param>
/// <param name="ReverseCost">From target to source; negative: that direction does not exist.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct RoadEdge(long Id, long Source, long Target, double Cost, double ReverseCost);
