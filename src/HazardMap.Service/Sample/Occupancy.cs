using System.Runtime.InteropServices;
using NetTopologySuite.Geometries;

namespace HazardMap.Service.Sample;

/// <summary>A disc on the ground. Discs that cover a shape keep others off it.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Disc(Coordinate Centre, double Radius);

/// <summary>
/// What stands where already. Every shape is covered by discs, and discs of different shapes stay 30 m apart: so do the
/// shapes. (31 m here: rounding to six decimals moves a vertex by up to 8 cm.)
/// </summary>
internal sealed class Occupancy
{
    private const double ApartMetres = 31;
    private const double CellDegrees = 0.0025;

    private readonly Dictionary<(int X, int Y), List<Disc>> _cells = [];

    public bool IsFree(IReadOnlyList<Disc> shape, double apartMetres = ApartMetres)
    {
        foreach (var disc in shape)
            if (!IsFree(disc, apartMetres))
                return false;
        return true;
    }

    public void Take(IReadOnlyList<Disc> shape)
    {
        foreach (var disc in shape)
            foreach (var cell in CellsAround(disc.Centre, disc.Radius))
                if (_cells.TryGetValue(cell, out var there))
                    there.Add(disc);
                else
                    _cells.Add(cell, [disc]);
    }

    private bool IsFree(Disc disc, double apartMetres)
    {
        var metres = new Metres(disc.Centre.Y);
        foreach (var cell in CellsAround(disc.Centre, disc.Radius + apartMetres))
            if (_cells.TryGetValue(cell, out var there))
                foreach (var other in there)
                    if (metres.Distance(disc.Centre, other.Centre) < disc.Radius + other.Radius + apartMetres)
                        return false;
        return true;
    }

    private static IEnumerable<(int X, int Y)> CellsAround(Coordinate at, double radius)
    {
        var metres = new Metres(at.Y);
        var (east, north) = (metres.EastDegrees(radius), metres.NorthDegrees(radius));
        for (var x = Cell(at.X - east); x <= Cell(at.X + east); x++)
            for (var y = Cell(at.Y - north); y <= Cell(at.Y + north); y++)
                yield return (x, y);
    }

    private static int Cell(double degrees) => (int)Math.Floor(degrees / CellDegrees);
}
