using NetTopologySuite.Geometries;

namespace HazardMap.Service.Sample;

/// <summary>
/// Bends the straight borders between neighbouring cells as ridges and brooks bend real ones (midpoint displacement).
/// A border is bent by what its ends say, so that both neighbours bend it alike; where bending would make a cell cross
/// itself or lose its seat, the borders of that cell are bent less.
/// </summary>
internal sealed class Borders(ulong seed)
{
    private const double StepMetres = 350, Roughness = 0.17, MostMetres = 900;

    private readonly Dictionary<(Coordinate, Coordinate), double> _strengths = [];

    public Polygon[] Bend(IReadOnlyList<Coordinate[]> rings, IReadOnlyList<Coordinate> seats)
    {
        var cells = rings.Select(Bend).ToArray();
        var wrong = Enumerable.Range(0, cells.Length).Where(i => !IsSound(cells[i], seats[i])).ToList();
        for (var round = 0; wrong.Count > 0; round++)
        {
            var touched = wrong.SelectMany(i => Sides(rings[i])).Select(side => Key(side.From, side.To)).ToHashSet();
            foreach (var side in touched)
                _strengths[side] = round < 3 ? Strength(side) / 2 : 0;
            var again = Enumerable.Range(0, cells.Length)
                .Where(i => Sides(rings[i]).Any(side => touched.Contains(Key(side.From, side.To)))).ToList();
            foreach (var i in again)
                cells[i] = Bend(rings[i]);
            wrong = [.. again.Where(i => !IsSound(cells[i], seats[i]))];
            if (round > 20)
                throw new InvalidOperationException("a straight cell is not sound");
        }
        return cells;
    }

    private static bool IsSound(Polygon cell, Coordinate seat) => cell.IsValid && cell.Contains(SampleFrame.Geometries.CreatePoint(seat));

    private Polygon Bend(Coordinate[] ring)
    {
        var bent = new List<Coordinate>();
        foreach (var (from, to) in Sides(ring))
        {
            var (low, high) = Key(from, to);
            var between = new List<Coordinate>();
            Split(low, high, Strength((low, high)), between);
            if (!low.Equals2D(from))
                between.Reverse();
            bent.Add(from);
            bent.AddRange(between);
        }
        bent.Add(ring[0]);
        return SampleFrame.Geometries.CreatePolygon(CoordinateArrays.RemoveRepeatedPoints([.. bent]));
    }

    /// <summary>Adds the points after <paramref name="from"/> and before <paramref name="to"/>.</summary>
    private void Split(Coordinate from, Coordinate to, double strength, List<Coordinate> line)
    {
        var metres = new Metres((from.Y + to.Y) / 2);
        var length = metres.Distance(from, to);
        if (length < StepMetres || strength == 0)
            return;
        var (east, north) = metres.Vector(from, to);
        var random = new RandomStream(seed, SampleDigest.Text(from) + SampleDigest.Text(to));
        var aside = Math.Clamp(random.Between(-1, 1) * Roughness * length, -MostMetres, MostMetres) * strength / length;
        var middle = metres.Offset(from, east / 2 - north * aside, north / 2 + east * aside);
        Split(from, middle, strength, line);
        line.Add(middle);
        Split(middle, to, strength, line);
    }

    private double Strength((Coordinate, Coordinate) side) => _strengths.GetValueOrDefault(side, 1);

    private static IEnumerable<(Coordinate From, Coordinate To)> Sides(Coordinate[] ring) => ring.Zip(ring.Skip(1));

    private static (Coordinate, Coordinate) Key(Coordinate from, Coordinate to) => from.CompareTo(to) < 0 ? (from, to) : (to, from);
}
