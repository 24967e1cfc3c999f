using HazardMap.Register;
using System.Diagnostics;
using HazardMap.Geodesy;
using HazardMap.Risk;
using HazardMap.Risk.Rules;
using HazardMap.Service.Database;
using HazardMap.Service.Risk;
using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;
using Npgsql;

namespace HazardMap.Benchmarks;

/// <summary>The same scores with NetTopologySuite alone: its index, and its distances in a plane of metres around each water.</summary>
/// <remarks>Shapes are read and put into their planes beforehand, as ours are indexed beforehand.
/// The plane is right to some 1e-5 at 3 km: a pair in 100,000 is on the other side of the cut-off.</remarks>
internal sealed class NtsPeer
{
    private readonly record struct Water(Geometry Shape, Coordinate Centre, double MetresEast, double MetresNorth, HazardTraits Traits);

    private readonly Water[] _waters;
    private readonly List<RiskFacility> _facilities;
    private readonly ProximityRule _rule;

    public NtsPeer(IReadOnlyList<HazardRow> rows, List<RiskFacility> facilities, ProximityRule rule)
    {
        (_facilities, _rule, _waters) = (facilities, rule, new Water[rows.Count]);
        Parallel.For(0, rows.Count, i => _waters[i] = Of(rows[i]));
    }

    public long Pairs()
    {
        var tree = new STRtree<int>();
        for (var i = 0; i < _facilities.Count; i++)
            tree.Insert(new Envelope(new Coordinate(_facilities[i].Longitude, _facilities[i].Latitude)), i);
        tree.Build();
        long total = 0;
        Parallel.ForEach(_waters, () => 0L, (water, _, pairs) => pairs + Score(water, tree), pairs => Interlocked.Add(ref total, pairs));
        return total;
    }

    private long Score(Water water, STRtree<int> tree)
    {
        var (pairs, sum) = (0L, 0.0);
        var box = water.Shape.EnvelopeInternal.Copy();
        box.ExpandBy(_rule.CutoffMetres);
        var degrees = new Envelope(
            water.Centre.X + box.MinX / water.MetresEast, water.Centre.X + box.MaxX / water.MetresEast,
            water.Centre.Y + box.MinY / water.MetresNorth, water.Centre.Y + box.MaxY / water.MetresNorth);
        foreach (var i in tree.Query(degrees))
        {
            var facility = _facilities[i];
            var metres = water.Shape.Distance(Ewkb.Factory.CreatePoint(new Coordinate(
                (facility.Longitude - water.Centre.X) * water.MetresEast, (facility.Latitude - water.Centre.Y) * water.MetresNorth)));
            if (!(metres <= _rule.CutoffMetres)) continue;
            sum += _rule.Exposure(facility.Under5, facility.Aged5To14, metres);
            pairs++;
        }
        GC.KeepAlive(sum * _rule.Multiplier(water.Traits));
        return pairs;
    }

    private static Water Of(HazardRow row)
    {
        var shape = Ewkb.Read(row.Shape.ToArray());
        var centre = shape.EnvelopeInternal.Centre;
        var sine = Math.Sin(centre.Y * Math.PI / 180);
        var east = Ellipsoid.Wgs84.PrimeVerticalRadius(sine) * Math.Cos(centre.Y * Math.PI / 180) * Math.PI / 180;
        var north = Ellipsoid.Wgs84.MeridianRadius(sine) * Math.PI / 180;
        shape.Apply(new ToMetres(centre, east, north));
        return new Water(shape, centre, east, north, row.Traits);
    }

    private sealed class ToMetres(Coordinate centre, double east, double north) : ICoordinateSequenceFilter
    {
        public bool Done => false;

        public bool GeometryChanged => true;

        public void Filter(CoordinateSequence positions, int i)
        {
            positions.SetX(i, (positions.GetX(i) - centre.X) * east);
            positions.SetY(i, (positions.GetY(i) - centre.Y) * north);
        }
    }
}

/// <summary>The same scores with NetTopologySuite's index instead of the grid, and our own distances.</summary>
internal static class StrTreePeer
{
    public static long Pairs(List<RiskHazard> hazards, List<RiskFacility> facilities, ProximityRule rule)
    {
        var tree = new STRtree<int>();
        var points = facilities.ConvertAll(f => new SurfacePoint(f.Longitude, f.Latitude)).ToArray();
        for (var i = 0; i < facilities.Count; i++)
            tree.Insert(new Envelope(new Coordinate(facilities[i].Longitude, facilities[i].Latitude)), i);
        tree.Build();
        long total = 0;
        Parallel.ForEach(hazards, () => 0L, (hazard, _, pairs) => pairs + Score(hazard, tree, points, facilities, rule),
            pairs => Interlocked.Add(ref total, pairs));
        return total;
    }

    private static long Score(RiskHazard hazard, STRtree<int> tree, SurfacePoint[] points, List<RiskFacility> facilities,
        ProximityRule rule)
    {
        long pairs = 0;
        var sum = 0.0;
        var at = SurfacePoint.PositionOf(SurfacePoint.NormalOf(hazard.Longitude, hazard.Latitude));
        foreach (var i in tree.Query(Box(hazard, rule.CutoffMetres)))
        {
            var metres = hazard.Shape is { } shape ? ShapeDistance.Metres(points[i], shape, rule.CutoffMetres) : points[i].DistanceTo(at);
            if (!(metres <= rule.CutoffMetres)) continue;
            sum += rule.Exposure(facilities[i].Under5, facilities[i].Aged5To14, metres);
            pairs++;
        }
        GC.KeepAlive(sum * rule.Multiplier(hazard.Traits));
        return pairs;
    }

    private static Envelope Box(RiskHazard hazard, double metres)
    {
        var (longitude, latitude, angle) = hazard.Shape is { } shape
            ? (shape.Bounds.Longitude, shape.Bounds.Latitude, shape.Bounds.Angle) : (hazard.Longitude, hazard.Latitude, 0.0);
        var degrees = (angle + metres / SurfacePoint.SmallestRadius) * 180 / Math.PI;
        var wide = degrees / Math.Cos((Math.Abs(latitude) + degrees) * Math.PI / 180);
        return new Envelope(longitude - wide, longitude + wide, latitude - degrees, latitude + degrees);
    }
}

/// <summary>The same scores in one set-based statement.</summary>
internal static class PostGisPeer
{
    private const string Sql = """
        select sum(pairs), sum(exposure) from (
          select h.id, count(*) as pairs, sum(f.under5 * exp(-d / 79) + f.aged_5_to_14 * exp(-d / 517)) as exposure
          from register.hazards h
          join register.facilities f on (f.under5 > 0 or f.aged_5_to_14 > 0) and st_dwithin(h.shape, f.location, 3000)
          cross join lateral (select st_distance(h.shape, f.location) as d) x
          group by h.id) scores
        """;

    public static async Task<(double Seconds, long Pairs)> PairsAsync(NpgsqlConnection connection, CancellationToken stop, int repeats = 2)
    {
        var best = (Seconds: double.PositiveInfinity, Pairs: 0L);
        for (var i = 0; i < repeats; i++)
        {
            var watch = Stopwatch.StartNew();
            await using var command = connection.Command(Sql);
            await using var reader = await command.ExecuteReaderAsync(stop);
            await reader.ReadAsync(stop);
            if (watch.Elapsed.TotalSeconds < best.Seconds) best = (watch.Elapsed.TotalSeconds, (long)reader.GetDecimal(0));
        }
        return best;
    }
}
