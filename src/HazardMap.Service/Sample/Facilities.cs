using HazardMap.Register;
using NetTopologySuite.Geometries;

namespace HazardMap.Service.Sample;

/// <summary>Makes up the facilities of a prefecture, kind after kind, each total exact.</summary>
internal sealed class Facilities(ulong seed, Countryside countryside, SamplePlan plan, SampleId ids, Occupancy occupancy)
{
    private readonly List<SampleFacility> _made = [];
    private readonly Dictionary<string, int> _serials = new(StringComparer.Ordinal);

    public List<SampleFacility> Place()
    {
        var townships = countryside.Townships.ToList();
        PlacePools(townships);
        new Schools(seed, countryside, plan, this).Place();
        PlaceChildrensHomes(townships);
        PlaceKindergartens();
        PlaceForElders(townships);
        foreach (var township in townships)
            Add(township, FacilityKind.SocialWorkStation, $"{township.Name}社会工作服务站", 30, 350);
        foreach (var county in countryside.Counties)
            Add(county, FacilityKind.ProtectionCentre, $"{county.Name}未成年人救助保护中心", 200, 900,
                random => new Counts(random.Whole(20, 50), random.Whole(0, 4), random.Whole(3, 18), 0));
        return _made;
    }

    /// <summary>Adds one near the seat of its area; its stream belongs to its code.</summary>
    public SampleFacility Add(Area area, FacilityKind kind, string name, double from, double to, Func<RandomStream, Counts>? count = null,
        Coordinate? centre = null)
    {
        var prefix = area.Code + Letters(kind);
        var serial = _serials[prefix] = _serials.GetValueOrDefault(prefix) + 1;
        var code = $"{prefix}{serial:00}";
        var random = new RandomStream(seed, code);
        var at = Site(area, centre ?? area.Seat, from, to, random);
        var counts = count?.Invoke(random) ?? default;
        var status = kind == FacilityKind.Canteen && plan.CanteensArePlanned ? FacilityStatus.Planned : FacilityStatus.Open;
        _made.Add(new SampleFacility(ids.Next(code), code, name, kind, SampleFrame.Geometries.CreatePoint(at), area.Code,
            counts.Capacity, counts.Under5, counts.Aged5To14, counts.Aged60Plus, counts.Stages, counts.Boarders, counts.Pool, status));
        return _made[^1];
    }

    private void PlacePools(List<Area> townships)
    {
        var served = Quota.Share(plan.Pupils, [.. townships.Select(township => (double)township.Children)]);
        for (var i = 0; i < townships.Count; i++)
            Add(townships[i], FacilityKind.SwimmingPool, $"{townships[i].Name}游泳池", 110, 390,
                random => new Counts(served[i], 0, 0, 0) { Pool = Season(random) });
    }

    /// <summary>Small outdoor pools: a summer's season, several turns a day.</summary>
    private static PoolSeason Season(RandomStream random) => new(
        random.Whole(4, 12) * 10, random.Pick(Openings), random.Pick(Closings), random.Whole(3, 6));

    private static readonly string[] Openings = ["05-15", "06-01", "06-15"], Closings = ["09-15", "09-30"];

    /// <summary>Five for each village, and one more in the villages of the largest townships until the total is met.</summary>
    private void PlaceChildrensHomes(List<Area> townships)
    {
        var villages = townships.SelectMany(township => township.Parts).ToList();
        var more = townships.OrderByDescending(township => township.Population).SelectMany(township => township.Parts)
            .Take(plan.ChildrensHomes - 5 * villages.Count).ToHashSet();
        foreach (var village in villages)
            for (var i = 1; i <= (more.Contains(village) ? 6 : 5); i++)
                AddChildrensHome(village, i);
    }

    /// <summary>The first at the village committee, the others in its natural villages.</summary>
    private void AddChildrensHome(Area village, int number)
    {
        var hamlet = number == 1 || village.Hamlets.Count == 0 ? village.Seat : village.Hamlets[(number - 2) % village.Hamlets.Count];
        Add(village, FacilityKind.ChildrensHome, $"{village.Parent!.Name} {village.ShortName} 儿童之家{number}号活动点", 20, 160,
            random => new Counts(random.Whole(4, 10) * 5, random.Whole(0, 7), random.Whole(2, 24), 0), hamlet);
    }

    private void PlaceKindergartens()
    {
        var villages = countryside.Villages.ToList();
        var shares = Quota.Share(plan.Kindergartens, [.. villages.Select(village => Math.Pow(village.Children, 1.3))]);
        for (var i = 0; i < villages.Count; i++)
            for (var number = 1; number <= shares[i]; number++)
                Add(villages[i], FacilityKind.Kindergarten,
                    $"{villages[i].Parent!.Name} {villages[i].ShortName}{Number(number, shares[i])}幼儿园", 60, 600,
                    random => random.Whole(35, 150) is var under5 ? new Counts(under5 + 10, under5, random.Whole(5, 40), 0) : default);
    }

    private void PlaceForElders(List<Area> townships)
    {
        PlaceByElders(FacilityKind.CareHome, plan.CareHomes, "敬老院", townships,
            random => random.Whole(3, 12) * 10 is var beds ? new Counts(beds, 0, 0, random.Whole(beds / 3, beds)) : default);
        PlaceByElders(FacilityKind.Canteen, plan.Canteens, "老年食堂", townships,
            random => random.Whole(4, 12) * 10 is var seats
                ? new Counts(seats, 0, 0, plan.CanteensArePlanned ? 0 : random.Whole(seats / 2, seats)) : default);
    }

    /// <summary>At least one in every county; then where the elders are, the largest townships of a county first.</summary>
    private void PlaceByElders(FacilityKind kind, int total, string title, List<Area> townships, Func<RandomStream, Counts> count)
    {
        var perCounty = Quota.ShareAtLeast(1, total, [.. countryside.Counties.Select(county => (double)county.Elders)]);
        for (var i = 0; i < perCounty.Length; i++)
        {
            var towns = townships.Where(township => township.Parent == countryside.Counties[i])
                .OrderByDescending(township => township.Elders).ToList();
            for (var k = 0; k < perCounty[i]; k++)
                Add(towns[k % towns.Count], kind, $"{towns[k % towns.Count].Name}{(k < towns.Count ? "" : "第二")}{title}", 150, 900,
                    count);
        }
    }

    public static Func<RandomStream, Counts> Capacity(int capacity) => _ => new Counts(capacity, 0, 0, 0);

    public static string Number(int number, int of) => of == 1 ? "" : $"第{"一二三四五六七八九"[Math.Min(number, 9) - 1]}";

    private Coordinate Site(Area area, Coordinate centre, double from, double to, RandomStream random)
    {
        var metres = new Metres(centre.Y);
        for (var attempt = 0; attempt < 2000; attempt++)
        {
            var (distance, angle) = (random.Between(from, to), random.Between(0, 2 * Math.PI));
            var at = metres.Offset(centre, distance * Math.Cos(angle), distance * Math.Sin(angle));
            IReadOnlyList<Disc> ground = [new Disc(at, 12)];
            if (!area.Contains(at) || !occupancy.IsFree(ground, attempt < 1000 ? 10 : 0))
                continue;
            occupancy.Take(ground);
            return at;
        }
        throw new InvalidOperationException($"no room for a facility in {area.Code} {area.Name}");
    }

    private static string Letters(FacilityKind kind) => kind switch
    {
        FacilityKind.School => "SC",
        FacilityKind.Kindergarten => "KG",
        FacilityKind.ChildrensHome => "CH",
        FacilityKind.SwimmingPool => "SP",
        FacilityKind.CareHome => "CA",
        FacilityKind.Canteen => "CT",
        FacilityKind.Bathhouse => "BH",
        FacilityKind.CounsellingRoom => "CR",
        FacilityKind.SocialWorkStation => "SW",
        _ => "PC",
    };
}
