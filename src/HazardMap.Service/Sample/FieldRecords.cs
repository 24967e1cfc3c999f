using HazardMap.Register;
using NetTopologySuite.Geometries;

namespace HazardMap.Service.Sample;

/// <summary>A few visits, defects and incidents, so that every table of the register has something to show.</summary>
internal sealed class FieldRecords(ulong seed, SampleId ids, Posts posts, Countryside countryside)
{
    private static readonly string[] Defects =
        ["警示牌破损，字迹不清", "救生圈缺失", "救生绳老化", "岸边护栏松动", "水边便道坍塌",
            "儿童可直接到达水边，未设围挡", "竹竿被挪作他用"];

    private readonly Dictionary<string, Area> _villages = countryside.Villages.ToDictionary(village => village.Code,
        StringComparer.Ordinal);

    public List<SampleInspection> Inspections { get; } = [];

    public List<SampleRectification> Rectifications { get; } = [];

    public List<SampleIncident> Incidents { get; } = [];

    public void Fill(List<SampleHazard> hazards, SamplePlan plan)
    {
        foreach (var hazard in hazards)
        {
            var random = new RandomStream(seed, hazard.Code + "/field");
            var township = _villages[hazard.DivisionCode].Parent!;
            if (random.Chance(0.08))
                Inspect(hazard, posts[township, 'I'], random);
            if (hazard.Ledger.Status == HazardStatus.Rectifying)
                Rectify(hazard, random, random.Pick(Open));
            else if (random.Chance(0.01))
                Rectify(hazard, random, RectificationState.Closed);
        }
        Recall(hazards, plan);
    }

    private static readonly RectificationState[] Open =
        [RectificationState.Found, RectificationState.Assigned, RectificationState.Assigned, RectificationState.Done,
            RectificationState.Reopened];

    /// <summary>The last visit is the ledger's; one or two came before it.</summary>
    private void Inspect(SampleHazard hazard, SamplePost inspector, RandomStream random)
    {
        var visits = random.Whole(1, 3);
        for (var i = visits - 1; i >= 0; i--)
        {
            var at = hazard.Ledger.LastInspectedAt.AddDays(-14 * i);
            var defects = i > 0 ? random.Chance(0.2) : hazard.Ledger.Status == HazardStatus.Rectifying;
            Inspections.Add(new SampleInspection(ids.Next($"{hazard.Code}/visit/{i}"), hazard.Id, hazard.DivisionCode, at, inspector.Id,
                defects ? InspectionResult.Defects : InspectionResult.Safe, hazard.Ledger.HasSign, hazard.Ledger.HasRing,
                hazard.Ledger.HasRope, hazard.Ledger.HasPole, defects ? random.Pick(Defects) : null, Beside(hazard, random)));
        }
    }

    /// <summary>Where the inspector stood: some metres from a vertex, as phones measure.</summary>
    private static Point Beside(SampleHazard hazard, RandomStream random)
    {
        var bank = hazard.Shape.Coordinate;
        return SampleFrame.Geometries.CreatePoint(new Metres(bank.Y).Offset(bank, 5 * random.Normal(), 5 * random.Normal()));
    }

    private void Rectify(SampleHazard hazard, RandomStream random, RectificationState state)
    {
        var village = _villages[hazard.DivisionCode];
        var found = hazard.Ledger.LastInspectedAt.AddDays(state == RectificationState.Closed ? -60 : 0);
        var isDone = state is RectificationState.Done or RectificationState.Closed or RectificationState.Reopened;
        Rectifications.Add(new SampleRectification(ids.Next(hazard.Code + "/defect"), hazard.Id, hazard.DivisionCode,
            found, random.Pick(Defects),
            DateOnly.FromDateTime(found).AddDays(random.Pick<int>([7, 15, 30])), state,
            state == RectificationState.Found ? null : posts[village, 'O'].Id,
            isDone ? posts[village, 'O'].Id : null,
            state == RectificationState.Closed ? posts[village.Parent!, 'L'].Id : null));
    }

    /// <summary>Made up in the published proportions: down 73.9% in 2022 and by half in 2023.</summary>
    private void Recall(List<SampleHazard> hazards, SamplePlan plan)
    {
        var random = new RandomStream(seed, plan.Code + "/incidents");
        foreach (var (year, count) in new[] { (2021, 46), (2022, 12), (2023, 6) })
            for (var i = 0; i < count; i++)
            {
                var hazard = random.Pick(hazards);
                // June to September, as surveillance has it.
                var day = new DateOnly(year, 1, 1).AddDays(random.Chance(0.7) ? random.Whole(151, 272) : random.Whole(0, 364));
                Incidents.Add(new SampleIncident(ids.Next($"{plan.Code}/incident/{year}/{i}"), hazard.Id, hazard.DivisionCode, day,
                    random.Pick(Ages), random.Pick(Outcomes)));
            }
    }

    private static readonly (string, double)[] Ages = [("Under5", 0.2), ("Aged5To14", 0.55), ("Aged15To59", 0.15), ("Aged60Plus", 0.1)];

    private static readonly (string, double)[] Outcomes = [("Rescued", 0.6), ("Injured", 0.15), ("Died", 0.25)];
}
