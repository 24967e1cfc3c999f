using NetTopologySuite.Geometries;

namespace HazardMap.Service.Sample;

/// <summary>
/// Where townships and villages lie. A cloud of points that is denser along rivers is shared among the seats by a few
/// rounds of Lloyd's algorithm (Lloyd 1982): evenly spread, but not on a lattice.
/// </summary>
internal sealed class Settlements(ulong seed, Rivers rivers)
{
    private const int PointsPerSeat = 150;
    private const double RiverReachMetres = 4000;

    /// <summary>One seat for each part of the ground; the fixed ones come first and stay.</summary>
    public List<Coordinate> Place(Area ground, int seats, IReadOnlyList<Coordinate> fixedSeats, int rounds)
    {
        var random = new RandomStream(seed, ground.Code + "/settlements");
        var cloud = Cloud(ground, seats * PointsPerSeat, random);
        var metres = new Metres(ground.Ground.EnvelopeInternal.Centre.Y);
        List<Coordinate> placed = [.. fixedSeats];
        while (placed.Count < seats)
            if (random.Pick(cloud) is var at && placed.TrueForAll(other => metres.Distance(at, other) > 150))
                placed.Add(at);
        for (var round = 0; round < rounds; round++)
            Relax(cloud, placed, fixedSeats.Count, metres);
        return placed;
    }

    private List<Coordinate> Cloud(Area ground, int points, RandomStream random)
    {
        var box = ground.Ground.EnvelopeInternal;
        var cloud = new List<Coordinate>(points);
        while (cloud.Count < points)
        {
            var at = Metres.Round(new Coordinate(random.Between(box.MinX, box.MaxX), random.Between(box.MinY, box.MaxY)));
            if (ground.Contains(at) && random.Chance(Density(at)))
                cloud.Add(at);
        }
        return cloud;
    }

    /// <summary>Three times as dense beside a river as far from one.</summary>
    private double Density(Coordinate at) => 0.33 + 0.67 * Math.Exp(-rivers.Distance(at, RiverReachMetres) / 2000);

    private static void Relax(List<Coordinate> cloud, List<Coordinate> seats, int fixedSeats, Metres metres)
    {
        var sums = new (double X, double Y, int Count)[seats.Count];
        foreach (var at in cloud)
        {
            ref var sum = ref sums[Nearest(at, seats, metres)];
            sum = (sum.X + at.X, sum.Y + at.Y, sum.Count + 1);
        }
        for (var i = fixedSeats; i < seats.Count; i++)
            if (sums[i].Count > 0)
                seats[i] = Settle(cloud, new Coordinate(sums[i].X / sums[i].Count, sums[i].Y / sums[i].Count), seats, i, metres);
    }

    /// <summary>The mean of a bent piece of ground may lie outside it: settle on the point of the cloud nearest to it.</summary>
    private static Coordinate Settle(List<Coordinate> cloud, Coordinate mean, List<Coordinate> seats, int self, Metres metres)
    {
        var (best, nearest) = (seats[self], double.MaxValue);
        foreach (var at in cloud)
            if (metres.Distance(at, mean) is var distance && distance < nearest && IsFree(at, seats, self))
                (best, nearest) = (at, distance);
        return best;
    }

    private static bool IsFree(Coordinate at, List<Coordinate> seats, int self)
    {
        for (var i = 0; i < seats.Count; i++)
            if (i != self && seats[i].Equals2D(at))
                return false;
        return true;
    }

    private static int Nearest(Coordinate at, List<Coordinate> seats, Metres metres)
    {
        var (best, nearest) = (0, double.MaxValue);
        for (var i = 0; i < seats.Count; i++)
            if (metres.Distance(at, seats[i]) is var distance && distance < nearest)
                (best, nearest) = (i, distance);
        return best;
    }
}
