namespace HazardMap.OData.Tests.Differential;

/// <summary>Makes random values about a subject: properties, related ones, operators and functions on them.</summary>
public sealed class Expressions(Random random)
{
    public Value Number(Subject subject, string prefix)
    {
        var choices = new List<Value>();
        choices.AddRange(subject.Numbers.Select(x => Of("{0}", prefix + x)));
        choices.AddRange(subject.One.SelectMany(x => Subject.Of(x.Set).Numbers.Select(n => Of("{0}", $"{prefix}{x.Name}/{n}"))));
        if (prefix.Length == 0) choices.AddRange(subject.Many.Select(x => new Value(x.Name + "/$count")));
        choices.AddRange(subject.Texts.SelectMany(
            x => new[] { Of("length({0})", prefix + x), Of($"indexof({{0}},'{Pick(["t", "1", "r"])}')", prefix + x) }));
        choices.AddRange(subject.Dates.Select(x => Of($"{Pick(["year", "month", "day"])}({{0}})", prefix + x)));
        choices.AddRange(subject.Moments.Select(
            x => Of($"{Pick(["year", "month", "day", "hour", "minute", "second"])}({{0}})", prefix + x)));
        choices.AddRange(subject.Times.Select(x => Of($"{Pick(["hour", "minute", "second"])}({{0}})", prefix + x)));
        choices.AddRange(subject.Decimals.Concat(subject.Doubles).Select(x => Of($"{Pick(["floor", "ceiling"])}({{0}})", prefix + x)));
        choices.AddRange([.. subject.Decimals.Select(x => Of("round({0})", prefix + x)),
            .. subject.Doubles.Select(x => Rounded(prefix + x))]);
        foreach (var form in new[] { "{0} div 7", "{0} mod 7", "{0} add 3", "({0} sub 10)", "-{0}" })
            choices.AddRange(subject.Wholes.Select(x => Of(form, prefix + x)));
        foreach (var form in new[] { "{0} div 4", "{0} mul 1.5" }) choices.AddRange(subject.Doubles.Select(x => Of(form, prefix + x)));
        choices.AddRange(subject.Doubles.Select(x => Of("{0} add {1}", prefix + x, prefix + Pick(subject.Wholes))));
        foreach (var form in new[] { "{0} mul 2", "{0} mod 7", "{0} div 4" })
            choices.AddRange(subject.Decimals.Select(x => Of(form, prefix + x)));
        return Pick(choices);
    }

    public Value Text(Subject subject, string prefix, bool expanded = false)
    {
        var one = prefix + Pick(subject.Texts);
        return random.Next(10) switch
        {
            0 => Of("tolower({0})", one),
            1 => Of("toupper({0})", one),
            2 => Of("trim({0})", one),
            3 => Substring(one, $"{random.Next(8)}", expanded),
            4 => Substring(one, $"{random.Next(4)},{random.Next(6)}", expanded),
            5 => Joined(one, prefix + Pick(subject.Texts)),
            6 when subject.One.Length > 0 && Pick(subject.One) is var related =>
                Of("{0}", $"{prefix}{related.Name}/{Pick(Subject.Of(related.Set).Texts)}"),
            _ => Of("{0}", one),
        };
    }

    /// <summary>Anything that rows can be sorted by.</summary>
    public Value Sortable(Subject subject) => random.Next(6) switch
    {
        0 => Number(subject, ""),
        1 when Text(subject, "") is { IsJoined: false } text => text,
        _ => Of("{0}", Pick(subject.All)),
    };

    /// <summary>Two texts together; to the reference null is no text.</summary>
    public static Value Joined(string one, string other) => Of("concat({0},{1})", one, other) with { IsJoined = true };

    /// <summary>The standard rounds a half away from zero, PostgreSQL a double to the even number.</summary>
    public static Value Rounded(string property) =>
        new(Wording.Place(ExplainedDifference.Round, $"round({property})", $"floor({property} add 0.5)"), property);

    private static Value Substring(string text, string from, bool expanded) =>
        new(expanded ? Wording.Place(ExplainedDifference.Substring, $"substring({text},{from})") : $"substring({text},{from})", text);

    private static Value Of(string form, params string[] properties) =>
        new(string.Format(System.Globalization.CultureInfo.InvariantCulture, form, properties), properties);

    private T Pick<T>(IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];
}
