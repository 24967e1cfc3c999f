using System.Runtime.InteropServices;
using HazardMap.Geodesy;

namespace HazardMap.Network;

/// <summary>A point of the network where a way to a water may leave it.</summary>
/// <param name="Edge">The edge.</param>
/// <param name="Fraction">How far along, 0 at the source, 1 at the target.</param>
/// <param name="BankMetres">Straight from there to the water.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct RoadExit(int Edge, double Fraction, double BankMetres);

/// <summary>Where ways to a water may leave the network: at every point of it within some metres of the water.</summary>
/// <param name="Water">The water, or one reach of it.</param>
/// <param name="WithinMetres">Nothing farther from it is a point to leave at; exactly at it is one.</param>
/// <param name="Points">Of all these points those that can be the best: see <see cref="ExitSearch"/>. By edge.</param>
public sealed record RoadExits(ShapeIndex Water, double WithinMetres, IReadOnlyList<RoadExit> Points)
{
    /// <summary>Straight from a point of the network to the water; infinity where it is no point to leave at.</summary>
    internal double BankMetresAt((double Longitude, double Latitude) point)
    {
        var metres = ShoreDistance.Metres(point.Longitude, point.Latitude, Water, WithinMetres);
        return metres <= WithinMetres ? metres : double.PositiveInfinity;
    }
}
