using HazardMap.Register;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Distance;

namespace HazardMap.Service.Sample;

/// <summary>
/// Places the hazardous waters: on real rivers and around villages, each inside its county, its location inside its
/// village, 30 m from every other and off every facility.
/// </summary>
internal sealed class Waters(ulong seed, Countryside countryside, SampleId ids, Occupancy occupancy)
{
    private const int Attempts = 600;

    public List<SampleHazard> Place(SamplePlan plan)
    {
        var quotas = WaterQuotas.Share(countryside, plan, seed);
        var hazards = new List<SampleHazard>(plan.Waters);
        foreach (var village in countryside.Villages)
            PlaceInVillage(village, quotas[village], hazards);
        return hazards;
    }

    private void PlaceInVillage(Area village, (int OnRivers, int Around) quota, List<SampleHazard> hazards)
    {
        var kinds = new RandomStream(seed, village.Code + "/kinds");
        var names = new WaterNames(village);
        var serials = new Dictionary<char, int>();
        for (var i = 0; i < quota.OnRivers + quota.Around; i++)
        {
            var kind = kinds.Pick(i < quota.OnRivers ? WaterKind.OnRivers : WaterKind.NearVillages);
            // A bank without room left: a pond of the same village instead.
            hazards.Add(Make(village, kind, names, serials) ?? Make(village, WaterKind.OfVillages[0], names, serials)
                ?? throw new InvalidOperationException($"no room for a {kind.Kind} in {village.Code} {village.Name}"));
        }
    }

    private SampleHazard? Make(Area village, WaterKind kind, WaterNames names, Dictionary<char, int> serials)
    {
        var serial = serials.GetValueOrDefault(kind.Letter) + 1;
        var code = $"{village.Code}{kind.Letter}{serial:000}";
        var random = new RandomStream(seed, code);
        if (Find(village, kind, random) is not { } shape)
            return null;
        serials[kind.Letter] = serial;
        occupancy.Take(shape.Cover);
        return new SampleHazard(ids.Next(code), code, names.Next(kind, random), kind.Kind, shape.Geometry, village.Code,
            Ledgers.Fill(village, kind, random));
    }

    private WaterShape? Find(Area village, WaterKind kind, RandomStream random)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
            if (Propose(village, kind, random, attempt) is { } shape && Fits(shape, village, kind))
                return shape;
        return null;
    }

    private WaterShape? Propose(Area village, WaterKind kind, RandomStream random, int attempt)
    {
        if (kind.IsOnRiver)
            return RiverBank.Propose(countryside.Rivers, village, kind, random);
        var anchor = village.Hamlets.Count > 0 && random.Chance(0.45) ? random.Pick(village.Hamlets) : village.Seat;
        // When it is crowded, look further away.
        var distance = random.LogNormal(kind.MedianMetres * (1 + attempt / 100.0), 0.6);
        var angle = random.Between(0, 2 * Math.PI);
        var at = new Metres(anchor.Y).Offset(anchor, distance * Math.Cos(angle), distance * Math.Sin(angle));
        return IsByVillage(at, village) && village.Contains(at) ? Shape(kind.Kind, at, random) : null;
    }

    private static WaterShape Shape(HazardKind kind, Coordinate at, RandomStream random) => kind switch
    {
        HazardKind.Pond when random.Chance(0.75) => WaterShapes.Pond(at, Math.Clamp(random.LogNormal(15, 0.5), 5, 48), random),
        HazardKind.Lake => WaterShapes.Pond(at, Math.Clamp(random.LogNormal(110, 0.4), 60, 240), random),
        HazardKind.Reservoir => WaterShapes.Reservoir(at, Math.Clamp(random.LogNormal(95, 0.4), 45, 240), random),
        HazardKind.Pit => WaterShapes.Pit(at, Math.Clamp(random.LogNormal(18, 0.4), 8, 50), random),
        HazardKind.Canal => WaterShapes.Channel(at, Math.Clamp(random.LogNormal(150, 0.5), 60, 450), 0.16, random),
        HazardKind.Stream => WaterShapes.Channel(at, Math.Clamp(random.LogNormal(180, 0.5), 80, 500), 0.45, random),
        _ => WaterShapes.Point(at),
    };

    private bool Fits(WaterShape shape, Area village, WaterKind kind)
    {
        if (!occupancy.IsFree(shape.Cover) || !shape.Geometry.IsValid || (shape.Geometry is LineString && !shape.Geometry.IsSimple))
            return false;
        var location = LocationOf(shape.Geometry);
        return village.Contains(location)
            && (kind.IsOnRiver ? RiverBank.IsOn(countryside.Rivers, location) : IsByVillage(location, village))
            && village.Parent!.Parent!.Covers(shape.Geometry);
    }

    private static bool IsByVillage(Coordinate at, Area village) => Metres.Between(village.Seat, at) is > 55 and < 1490;

    /// <summary>As the database places it: the point of the shape nearest to the shape's centroid.</summary>
    private static Coordinate LocationOf(Geometry shape) =>
        shape is Point point ? point.Coordinate : DistanceOp.NearestPoints(shape, shape.Centroid)[0];
}
