namespace HazardMap.OData.Tests.Differential;

/// <summary>A question to both: its text as <see cref="Wording"/>, and what of the answer is determined.</summary>
/// <param name="Path">What comes before the question mark.</param>
/// <param name="Options">Name and text of each option.</param>
/// <param name="Ordered">Whether the standard and the question settle the order of the rows.</param>
/// <param name="PageSize">More than 0: read to the end through next links, pages of that size.</param>
public sealed record Question(string Path, IReadOnlyList<(string Name, string Text)> Options, bool Ordered, int PageSize = 0)
{
    public IReadOnlySet<string> Kinds => Wording.Kinds(string.Concat(Options.Select(x => x.Text)));

    public string Url(IReadOnlySet<string> careful) =>
        Path + string.Concat(
            Options.Select((x, i) => $"{(i == 0 ? '?' : '&')}{x.Name}={Uri.EscapeDataString(Wording.Say(x.Text, careful))}"));

    public override string ToString() =>
        Uri.UnescapeDataString(Url(new HashSet<string>())) + (PageSize > 0 ? $" in pages of {PageSize}" : "");
}

/// <summary>Makes random questions. The same seed asks the same.</summary>
public sealed class Questions(Random random)
{
    private readonly Conditions _conditions = new(random);
    private readonly Expressions _expressions = new(random);
    private readonly Aggregations _aggregations = new(random);

    public Question Next()
    {
        var subject = Subject.Of(Pick(["Lighthouses", "Lighthouses", "Lighthouses", "Harbours", "Keepers"]));
        return random.Next(10) switch
        {
            0 => new Question(subject.Set + "/$count", [("$filter", _conditions.About(subject, 2).Plain)], Ordered: true),
            1 or 2 => _aggregations.Next(subject),
            3 => Walk(subject),
            _ => List(subject),
        };
    }

    private Question List(Subject subject)
    {
        var options = new List<(string, string)>();
        if (Chance(0.7)) options.Add(("$filter", _conditions.About(subject, random.Next(3)).Plain));
        var keys = Chance(0.6) ? Keys(subject) : [];
        var cut = Chance(0.5);
        if (cut || Chance(0.5)) keys.Add(subject.Key);
        if (keys.Count > 0) options.Add(("$orderby", string.Join(',', keys)));
        if (cut) options.Add(("$top", random.Next(0, 60).ToString(System.Globalization.CultureInfo.InvariantCulture)));
        if (cut && Chance(0.5)) options.Add(("$skip", random.Next(0, 80).ToString(System.Globalization.CultureInfo.InvariantCulture)));
        if (Chance(0.4)) options.Add(("$count", "true"));
        options.Add(("$select", Select(subject)));
        if (subject.One.Length > 0 && Chance(0.35)) options.Add(("$expand", Expand(subject, 2)));
        return new Question(subject.Set, options, Ordered: keys.Contains(subject.Key, StringComparer.Ordinal));
    }

    private Question Walk(Subject subject)
    {
        List<(string, string)> options = Chance(0.4) ? [("$filter", _conditions.About(subject, 1).Plain)] : [];
        if (Chance(0.7))
            options.Add(("$orderby", Order.By(Property(Pick(subject.All)), Chance(0.4), subject, ExplainedDifference.NextLinks)));
        options.Add(("$select", Select(subject)));
        return new Question(subject.Set, options, Ordered: true, PageSize: Pick([7, 50, 200]));
    }

    private List<string> Keys(Subject subject) =>
        [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => _expressions.Sortable(subject))
            .DistinctBy(x => x.Text, StringComparer.Ordinal)
            .Where(x => x.Text != subject.Key).Select(x => By(subject, x))];

    private string By(Subject subject, Value key) => Order.By(key, Chance(0.4), subject);

    private string Select(Subject subject) =>
        string.Join(',', subject.All.Where(_ => Chance(0.4)).Append(subject.Key).Distinct(StringComparer.Ordinal));

    private string Expand(Subject subject, int depth)
    {
        var (name, set, many) =
            Pick([.. subject.Many.Select(x => (x.Name, x.Set, true)), .. subject.One.Select(x => (x.Name, x.Set, false))]);
        var related = Subject.Of(set);
        var options = new List<string> { "$select=" + Select(related) };
        if (many && Chance(0.4)) options.Add("$filter=" + _conditions.About(related, 1, expanded: true).Plain);
        var key = Chance(0.4) ? Pick(related.All) : related.Key;
        var differs = key != related.Key
            && (!related.NeverNull.Contains(key, StringComparer.Ordinal) || related.Kinds.Contains(key, StringComparer.Ordinal));
        if (many) options.Add($"$orderby={Nested(key, differs)}{(key == related.Key ? "" : "," + related.Key)}");
        if (many && !differs && Chance(0.4)) options.Add("$top=" + Pick(["1", "2", "5"]));
        if (many && !differs && Chance(0.2)) options.Add("$skip=1");
        if (many && Chance(0.3)) options.Add("$count=true");
        if (depth > 1 && Chance(0.3)) options.Add("$expand=" + Expand(related, depth - 1));
        return $"{name}({string.Join(';', options)})";
    }

    private string Nested(string key, bool differs)
    {
        var order = Chance(0.4) ? key + " desc" : key;
        return differs ? Wording.Place(ExplainedDifference.NestedNull, order) : order;
    }

    private static Value Property(string name) => new(name, name);

    private bool Chance(double share) => random.NextDouble() < share;

    private T Pick<T>(T[] choices) => choices[random.Next(choices.Length)];
}
