using HazardMap.Geodesy;
using HazardMap.Risk.Trips;
using HazardMap.Tests.Geodesy;
using NetTopologySuite.Geometries;

namespace HazardMap.Tests.Risk.Trips;

/// <summary>A small made-up country of homes, facilities and waters, and the plain double loop that says where its children go.</summary>
internal sealed class TripWorld
{
    public static readonly TripRule Rule = Rules.Trips();
    public static readonly TripParameters Prior = TripParameters.Of(Rule);

    private static readonly TripAge[] Ages = [TripAge.Aged1To4, TripAge.Aged5To14];

    public static TripOrigin Home(double longitude, double latitude, double aged1To4 = 10, double aged5To14 = 30, double spread = 0,
        bool isTown = false) => new(Guid.NewGuid(),
            spread == 0 ? TripOriginKind.Building : TripOriginKind.Place, longitude, latitude, spread,
            isTown) { [Presence.Home1To4] = aged1To4, [Presence.Home5To14] = aged5To14 };

    public static TripWater Pond(double longitude, double latitude, double attraction = 0.8) =>
        new(Guid.NewGuid(), longitude, latitude, null, new(attraction, attraction));

    public static (List<TripOrigin> Origins, List<TripWater> Waters) Random(Random random, int origins = 60, int waters = 40)
    {
        double[] latitudes = [0, 23.4, 47, 60, -33, 89.99], spreads = [0, 90, 90, 317];
        (double Longitude, double Latitude) centre = (random.Next(3) == 0 ? 180 : random.NextDouble() * 360 - 180,
            latitudes[random.Next(latitudes.Length)]);
        (double Longitude, double Latitude) Somewhere(double metres) =>
            GeodesicTests.Nearby(random, centre.Longitude, centre.Latitude, metres);
        double Some(int most) => random.Next(3) == 0 ? 0 : random.NextDouble() * most;
        return ([.. Enumerable.Range(0, origins).Select(i =>
        {
            var (longitude, latitude) = Somewhere(6000);
            var isHome = random.Next(4) > 0;
            var origin = new TripOrigin(Guid.NewGuid(), isHome ? TripOriginKind.Place : TripOriginKind.Facility, longitude, latitude,
                isHome ? spreads[random.Next(spreads.Length)] : 0, random.Next(3) == 0);
            foreach (var presence in Presences.All.Where(p => p.IsOfHome() == isHome)) origin[presence] = Some(80);
            return origin;
        })], [.. Enumerable.Range(0, waters).Select(_ => Water(random, Somewhere))]);
    }

    /// <summary>X of each water and the pull of staying and all waters at each origin, by loops over everything.</summary>
    public static (PresenceNumbers[] Trips, Dictionary<(int Origin, TripAge Age), double> All) Loop(TripParameters p,
        IReadOnlyList<TripOrigin> origins, IReadOnlyList<TripWater> waters)
    {
        var all = new Dictionary<(int, TripAge), double>();
        var terms = new List<(int Water, int Origin, TripAge Age, double Pull)>();
        for (var b = 0; b < origins.Count; b++)
            foreach (var age in Ages)
            {
                all[(b, age)] = p.StayingAway[age];
                for (var w = 0; w < waters.Count; w++)
                    foreach (var (shape, attraction) in Parts(p, waters[w], age))
                    {
                        var d = Measure(origins[b], waters[w], shape);
                        if (d > p.CutoffMetres) continue;
                        var pull = attraction * Decay(p, age, d, origins[b].SpreadMetres);
                        all[(b, age)] += pull;
                        terms.Add((w, b, age, pull));
                    }
            }
        var trips = new PresenceNumbers[waters.Count];
        foreach (var (w, b, age, pull) in terms)
            foreach (var presence in Presences.All.Where(e => e.Age() == age))
                trips[w][presence] += origins[b][presence] * (origins[b].IsTown ? p.TownFactor : 1) * pull / all[(b, age)];
        return (trips, all);
    }

    public static double Decay(TripParameters p, TripAge age, double metres, double spread)
    {
        if (spread == 0) return Math.Exp(-metres / p.DecayMetres[age]);
        var sum = 0.0;
        foreach (var r in p.Spread.Radii.Select(r => r.Value * spread))
            for (var t = 0; t < 360; t += 45)
                sum += Math.Exp(-Math.Sqrt(metres * metres + r * r - 2 * metres * r * Math.Cos(t * Math.PI / 180)) / p.DecayMetres[age]);
        return sum / 24;
    }

    private static IEnumerable<(ShapeIndex? Shape, double Attraction)> Parts(TripParameters p, TripWater water, TripAge age)
    {
        if (water.Reaches is null) yield return (water.Shape, water.Attraction[age]);
        else
            foreach (var reach in water.Reaches)
                yield return (reach.Shape, water.Attraction[age] * (reach.ToMetres!.Value - reach.FromMetres!.Value) / p.ReachMetres);
    }

    private static double Measure(TripOrigin origin, TripWater water, ShapeIndex? shape) => shape is null
        ? Geodesic.Distance(origin.Longitude, origin.Latitude, water.Longitude, water.Latitude)
        : ShapeDistance.Metres(new SurfacePoint(origin.Longitude, origin.Latitude), shape, 50_000);

    private static TripWater Water(Random random, Func<double, (double Longitude, double Latitude)> somewhere)
    {
        var attraction = new PerAge<double>(random.Next(6) == 0 ? 0 : random.NextDouble(),
            random.Next(6) == 0 ? 0 : 2 * random.NextDouble());
        Coordinate At((double Longitude, double Latitude) p) => new(p.Longitude, p.Latitude);
        var (longitude, latitude) = somewhere(6000);
        Geometry shape = random.Next(4) switch
        {
            0 => GeoJson.Factory.CreateLineString([.. Enumerable.Range(0, random.Next(2, 6)).Select(_ => At(somewhere(5000)))]),
            1 when Math.Abs(latitude) < 85 && Math.Abs(longitude) < 179 => GeoJson.Factory.CreatePolygon([new(longitude, latitude),
                new(longitude + 0.004, latitude), new(longitude + 0.002, latitude + 0.003), new(longitude, latitude)]),
            _ => GeoJson.Factory.CreatePoint(new Coordinate(longitude, latitude)),
        };
        return TripWater.Of(Guid.NewGuid(), shape, attraction, Prior.ReachMetres);
    }
}
