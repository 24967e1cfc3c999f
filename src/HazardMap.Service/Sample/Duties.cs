using HazardMap.Register;

namespace HazardMap.Service.Sample;

/// <summary>
/// Who answers for each water: the township's leader and a post of the village. For one in twelve the warden has
/// changed, so that "who answered for it on that day" has two answers.
/// </summary>
internal sealed class Duties(ulong seed, SampleId ids, Posts posts)
{
    private static readonly DateOnly Begin = new(2023, 3, 1);

    private readonly List<SampleResponsibility> _all = [];

    public List<SampleResponsibility> Assign(Countryside countryside, List<SampleHazard> hazards, List<SampleFacility> facilities)
    {
        var areas = countryside.Townships.Concat(countryside.Villages).Concat(countryside.Counties)
            .ToDictionary(area => area.Code, StringComparer.Ordinal);
        foreach (var hazard in hazards)
            AnswerFor(hazard, areas[hazard.DivisionCode]);
        foreach (var pool in facilities.Where(facility => facility.Kind == FacilityKind.SwimmingPool))
            Add(posts[areas[pool.DivisionCode], 'R'], pool.Code, null, pool.Id, ResponsibilityRole.Rescuer, pool.DivisionCode, Begin, null);
        return _all;
    }

    private void AnswerFor(SampleHazard hazard, Area village)
    {
        var random = new RandomStream(seed, hazard.Code + "/duties");
        Add(posts[village.Parent!, 'L'], hazard.Code, hazard.Id, null, ResponsibilityRole.Leader, village.Code, Begin, null);
        if (random.Chance(0.4))
        {
            Add(posts[village, 'O'], hazard.Code, hazard.Id, null, ResponsibilityRole.Owner, village.Code, Begin, null);
            return;
        }
        var since = random.Chance(1.0 / 7) ? Begin.AddDays(random.Whole(200, 900)) : Begin;
        if (since > Begin)
            Add(posts[village, 'F'], hazard.Code, hazard.Id, null, ResponsibilityRole.Warden, village.Code, Begin, since);
        Add(posts[village, 'W'], hazard.Code, hazard.Id, null, ResponsibilityRole.Warden, village.Code, since, null);
    }

    private void Add(SamplePost post, string code, Guid? hazard, Guid? facility, ResponsibilityRole role, string division,
        DateOnly from, DateOnly? to) =>
            _all.Add(new SampleResponsibility(ids.Next($"{code}/duty/{role}/{post.Post}"), post.Id, hazard, facility,
                role, division, from, to));
}
