using System.Runtime.InteropServices;
using HazardMap.Register;

namespace HazardMap.Service.Sample;

/// <summary>How many a facility is for, and how many are there now.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Counts(int? Capacity, int Under5, int Aged5To14, int Aged60Plus)
{
    public SchoolStages? Stages { get; init; }

    public int? Boarders { get; init; }

    public PoolSeason? Pool { get; init; }
}

/// <summary>Schools, and what stands at them: bathhouses at the boarding schools, counselling rooms.</summary>
internal sealed class Schools(ulong seed, Countryside countryside, SamplePlan plan, Facilities facilities)
{
    private readonly List<(Area Area, string Name, SchoolStages Stages, double Weight)> _planned = [];

    public void Place()
    {
        Plan();
        var boards = BoardingSchools();
        var pupils = Pupils(boards);
        var schools = _planned.Select((school, i) => facilities.Add(school.Area, FacilityKind.School, school.Name, 60, 650,
            _ => new Counts((pupils[i] * 11 / 10 + 9) / 10 * 10, 0, pupils[i], 0)
            {
                Stages = school.Stages, Boarders = boards.Contains(i) ? pupils[i] : 0,
            })).ToList();
        PlaceBathhouses(schools, boards, pupils);
        // The larger a school, the sooner it has a counselling room.
        foreach (var i in Enumerable.Range(0, schools.Count).OrderByDescending(i => pupils[i]).ThenBy(i => i)
            .Take(plan.CounsellingRooms).Order())
            facilities.Add(_planned[i].Area, FacilityKind.CounsellingRoom, $"{_planned[i].Name}心理辅导室", 10, 60,
                centre: schools[i].At.Coordinate);
    }

    private void Plan()
    {
        foreach (var county in countryside.Counties)
            _planned.Add((county, $"{county.Name}民族中学（示例）", SchoolStages.Junior, 9));
        foreach (var township in countryside.Townships)
        {
            _planned.Add((township, $"{township.Name}初级中学", SchoolStages.Junior, 4.5));
            _planned.Add((township, $"{township.Name}中心小学", SchoolStages.Primary, 3.5));
        }
        var villages = countryside.Villages.OrderByDescending(village => village.Children)
            .ThenBy(village => village.Code, StringComparer.Ordinal)
            .Take(plan.VillageSchools).OrderBy(village => village.Code, StringComparer.Ordinal);
        foreach (var village in villages)
            _planned.Add((village, $"{village.Parent!.Name}{village.ShortName}小学", SchoolStages.Primary,
                new RandomStream(seed, village.Code + "/school").Between(0.5, 1.3)));
    }

    /// <summary>Middle schools and townships' schools board; of the village schools those farthest from the town.</summary>
    private HashSet<int> BoardingSchools() =>
    [
        .. Enumerable.Range(0, _planned.Count).OrderByDescending(i => _planned[i].Area.Parts.Count > 0
            ? double.MaxValue
            : Metres.Between(_planned[i].Area.Seat, _planned[i].Area.Parent!.Seat)).ThenBy(i => i).Take(plan.Bathhouses),
    ];

    /// <summary>The boarding schools' pupils sum to the published number of boarders, all schools' to that of pupils.</summary>
    private int[] Pupils(HashSet<int> boards)
    {
        var pupils = new int[_planned.Count];
        foreach (var (isBoarding, total) in new[] { (true, plan.Boarders), (false, plan.Pupils - plan.Boarders) })
        {
            var schools = Enumerable.Range(0, _planned.Count).Where(i => boards.Contains(i) == isBoarding).ToList();
            var shares = Quota.ShareAtLeast(20, total, [.. schools.Select(i => _planned[i].Weight)]);
            for (var k = 0; k < schools.Count; k++)
                pupils[schools[k]] = shares[k];
        }
        return pupils;
    }

    private void PlaceBathhouses(List<SampleFacility> schools, HashSet<int> boards, int[] pupils)
    {
        var boarding = boards.Order().ToList();
        var places = Quota.ShareAtLeast(4, plan.BathhousePlaces, [.. boarding.Select(i => (double)pupils[i])]);
        for (var k = 0; k < boarding.Count; k++)
            facilities.Add(_planned[boarding[k]].Area, FacilityKind.Bathhouse, $"{_planned[boarding[k]].Name}浴室", 15, 70,
                Facilities.Capacity(places[k]), schools[boarding[k]].At.Coordinate);
    }
}
