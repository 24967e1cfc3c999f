namespace HazardMap.OData.Tests.Differential;

/// <summary>Makes random questions with <c>$apply</c>.</summary>
public sealed class Aggregations(Random random)
{
    private readonly Conditions _conditions = new(random);

    public Question Next(Subject subject)
    {
        var filter = random.Next(2) == 0 ? $"filter({_conditions.About(subject, 1).Plain})/" : "";
        var (groups, values) = (Groups(subject), Values(subject));
        var step = groups.Count == 0 ? Wording.Place(ExplainedDifference.NoRows, values)
            : random.Next(5) == 0 ? $"groupby(({string.Join(',', groups)}))"
            : $"groupby(({string.Join(',', groups)}),{values})";
        var after = groups.Count > 0 && step.Contains("$count as N", StringComparison.Ordinal) && random.Next(3) == 0
            ? $"/filter(N gt {random.Next(6)})" : "";
        return new Question(subject.Set, [("$apply", filter + step + after)], Ordered: false);
    }

    private List<string> Groups(Subject subject)
    {
        var own = subject.All.Except(subject.Doubles, StringComparer.Ordinal);
        var related = subject.One.SelectMany(x => Subject.Of(x.Set) is var to ? to.Texts.Select(t => Related(x.Name, t, to)) : []);
        return [.. own.Concat(related).OrderBy(_ => random.Next()).Take(random.Next(3))];
    }

    private static string Related(string navigation, string property, Subject to) =>
        to.NeverNull.Contains(property, StringComparer.Ordinal)
            ? Wording.Place(ExplainedDifference.MissingKey, $"{navigation}/{property}") : $"{navigation}/{property}";

    private string Values(Subject subject)
    {
        var choices = new List<string> { "$count as N" };
        choices.AddRange(subject.Wholes.Concat(subject.Decimals)
            .SelectMany(x => new[] { "min", "max" }.Select(f => $"{x} with {f} as {x}{f}")));
        choices.AddRange(subject.Wholes.Concat(subject.Decimals)
            .Select(x => Short(x, Wording.Place(ExplainedDifference.NoValues, $"{x} with sum as {x}sum"))));
        choices.AddRange(subject.Wholes.Concat(subject.Decimals).Select(x => Short(x, $"{x} with average as {x}average")));
        choices.AddRange(subject.Doubles.SelectMany(x => new[] { "min", "max" }.Select(f => $"{x} with {f} as {x}{f}")));
        choices.AddRange(subject.All.Except(subject.Kinds, StringComparer.Ordinal).Select(x => $"{x} with countdistinct as {x}distinct"));
        choices.AddRange(subject.Kinds.Select(x => Wording.Place(ExplainedDifference.DistinctKinds,
            $"{x} with countdistinct as {x}distinct")));
        choices.AddRange(subject.Dates.Concat(subject.Moments).Concat(subject.Texts)
            .SelectMany(x => new[] { "min", "max" }.Select(f => $"{x} with {f} as {x}{f}")));
        static string Short(string property, string text) =>
            property == "RangeNm" ? Wording.Place(ExplainedDifference.ShortSum, text) : text;
        return $"aggregate({string.Join(',', choices.OrderBy(_ => random.Next()).Take(random.Next(1, 4)))})";
    }
}
