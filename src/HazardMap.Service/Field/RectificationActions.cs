using HazardMap.OData;
using HazardMap.Service.Database;

namespace HazardMap.Service.Field;

/// <summary>
/// The steps of a defect as bound actions. Each writes what it is told and the state it leads to; whether it may, the database decides
/// (<c>register.settle_rectification</c>), for everybody who writes.
/// </summary>
internal static class RectificationActions
{
    private const string Note = "Note", Person = "PersonId";

    /// <summary>The parameter that says who, by either of two names.</summary>
    private sealed record Step(string Name, string State, string? PersonIs, params FunctionParameter[] Takes);

    private static readonly Step[] Steps =
    [
        new("Assign", "Assigned", "AssignedToId", FunctionParameter.Of<Guid>("AssignedToId"), FunctionParameter.Of<DateOnly>("DueOn"),
            FunctionParameter.Of<string>("UnitName")),
        new("Complete", "Done", "DoneById", FunctionParameter.Of<Guid>("DoneById"), FunctionParameter.Of<double>("Cost"),
            FunctionParameter.Of<Guid>("AfterPhotoId")),
        new("Verify", "Verified", "VerifiedById", FunctionParameter.Of<Guid>("VerifiedById")),
        new("Close", "Closed", null),
        new("Reopen", "Reopened", null, FunctionParameter.Of<DateOnly>("DueOn")),
    ];

    /// <summary>Adds them to the set.</summary>
    public static void Describe(EntitySetBuilder set)
    {
        foreach (var step in Steps)
        {
            FunctionParameter[] person = step.PersonIs is null ? [] : [FunctionParameter.Of<Guid>(Person)];
            set.Change(step.Name, (call, stop) => TakeAsync(call, step, stop),
                [.. step.Takes, .. person, FunctionParameter.Of<string>(Note)]);
        }
    }

    private static async Task TakeAsync(ChangeCall call, Step step, CancellationToken stop)
    {
        var values = call.Arguments.Where(x => x.Key is not (Note or Person) && x.Value is not null)
            .ToDictionary(x => x.Key, x => x.Value, StringComparer.Ordinal);
        if (step.PersonIs is { } who && !values.ContainsKey(who) && call.Arguments.GetValueOrDefault(Person) is { } person)
            values[who] = person;
        values["State"] = step.State;
        await call.Connection.ExecuteAsync(
            "select set_config('hazardmap.step', $1, true), set_config('hazardmap.note', $2, true)", stop,
            step.Name, call.Arguments.GetValueOrDefault(Note) as string ?? "");
        await call.UpdateAsync(values, stop);
    }
}
