using System.Globalization;

namespace HazardMap.OData.Tests.Differential;

/// <summary>Makes random conditions about a subject.</summary>
public sealed class Conditions(Random random)
{
    private static readonly string[] Comparisons = ["gt", "ge", "lt", "le", "eq", "ne"];
    private static readonly string[] Words =
        ["", "fog", "Fog horn", "雾号", "a%b_c\\d", "o'clock", "%", "_", "Light 1", "light", "t", "H00", "C1", "ß", "😀", " ",
            "Keeper 2", "Harbour 3"];

    private readonly Expressions _expressions = new(random);

    /// <summary>A condition; <paramref name="prefix"/> stands before each property: <c>k/</c> inside of a lambda.</summary>
    public Condition About(Subject subject, int depth, string prefix = "", bool expanded = false)
    {
        if (depth > 0 && random.Next(3) > 0)
        {
            var a = About(subject, depth - 1, prefix, expanded);
            return random.Next(5) switch
            {
                0 or 1 => a & About(subject, depth - 1, prefix, expanded),
                2 or 3 => a | About(subject, depth - 1, prefix, expanded),
                _ => !a,
            };
        }
        return random.Next(10) switch
        {
            0 or 1 or 2 => Number(subject, prefix),
            3 or 4 => Text(subject, prefix, expanded),
            5 => Null(subject, prefix),
            6 => Time(subject, prefix),
            7 when subject.Many.Length > 0 && prefix.Length == 0 => Members(subject),
            8 when subject.Kinds.Length > 0 => Kind(prefix),
            9 when subject.Booleans.Length > 0 => Boolean(prefix + "Lit"),
            _ => Number(subject, prefix),
        };
    }

    private Condition Number(Subject subject, string prefix)
    {
        var number = _expressions.Number(subject, prefix);
        switch (random.Next(8))
        {
            case 0:
                var list = $"({number.Text}) in ({random.Next(100)},{random.Next(3)},{random.Next(300)})";
                return Condition.Always(list, $"not ({list})");
            case 1:
                var other = _expressions.Number(subject, prefix);
                return Condition.Comparison(number, Pick(Comparisons),
                    other with { Text = Wording.Place(ExplainedDifference.MixedNumbers, other.Text) });
            case 2: return Condition.Comparison(new Value(Literal()), Pick(Comparisons), number);
            default: return Condition.Comparison(number, Pick(Comparisons), new Value(Literal()));
        }
    }

    private string Literal() => random.Next(4) switch
    {
        0 => random.Next(-30, 50).ToString(CultureInfo.InvariantCulture),
        1 => random.Next(0, 3000).ToString(CultureInfo.InvariantCulture),
        2 => (random.Next(0, 2000) / 10m).ToString(CultureInfo.InvariantCulture),
        _ => random.Next(0, 300).ToString(CultureInfo.InvariantCulture),
    };

    private Condition Text(Subject subject, string prefix, bool expanded)
    {
        var text = _expressions.Text(subject, prefix, expanded);
        var word = $"'{Pick(Words).Replace("'", "''", StringComparison.Ordinal)}'";
        switch (random.Next(7))
        {
            case 0: return Condition.Comparison(text, "eq", new Value(word));
            case 1: return Condition.Comparison(text, "ne", new Value(word));
            case 2: return Condition.Function($"contains({text.Text},{word})", text);
            case 3: return Condition.Function($"startswith({text.Text},{word})", text);
            case 4: return Condition.Function($"endswith({text.Text},{word})", text);
            case 5:
                return Condition.Member(text, $"({word},'fog','Light 7')");
            default: return Condition.Comparison(text, Pick(Comparisons[..4]), new Value(word));
        }
    }

    private Condition Null(Subject subject, string prefix) =>
        Condition.Comparison(new Value(prefix + Pick(subject.All)), Pick(["eq", "ne"]), new Value("null"));

    private Condition Time(Subject subject, string prefix)
    {
        var day = new DateOnly(1850, 1, 1).AddDays(random.Next(60_000)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var moment = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(random.Next(100_000_000))
            .ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        (string Property, string Literal)[] choices =
        [
            .. subject.Dates.Select(x => (x, day)), .. subject.Moments.Select(x => (x, moment)),
            .. subject.Times.Select(x => (x, Wording.Place(ExplainedDifference.TimeOfDay, "12:30:00"))),
            .. subject.Spans.Select(x => (x, "duration'PT10H'")),
        ];
        if (choices.Length == 0) return Number(subject, prefix);
        var (property, literal) = Pick(choices);
        return Condition.Comparison(new Value(prefix + property, prefix + property), Pick(Comparisons), new Value(literal));
    }

    private Condition Boolean(string property) => random.Next(4) switch
    {
        0 => new(property, property, $"{property} eq false", $"{property} ne true", $"{property} ne false"),
        1 => Condition.Comparison(new Value(property), "eq", new Value("true")),
        2 => Condition.Comparison(new Value(property), "ne", new Value("true")),
        _ => Condition.Always($"{property} in (true,false)", $"{property} eq null"),
    };

    private Condition Kind(string prefix)
    {
        var (kind, order) = (prefix + "Kind", ExplainedDifference.KindOrder);
        return random.Next(7) switch
        {
            0 => Condition.Comparison(new Value(kind), "eq", new Value("'Tower'")),
            1 => Condition.Comparison(new Value(kind), "ne", new Value("'Beacon'")),
            2 => Condition.Always($"{kind} in ('Beacon','Tower')", $"{kind} eq 'Lightship'"),
            3 => Condition.Comparison(new Value(kind), "eq", new Value("Coast.LighthouseKind'Lightship'")),
            4 => Condition.Always(Wording.Place(order, $"{kind} lt 'Beacon'", $"{kind} ne 'Beacon'"), $"{kind} eq 'Beacon'"),
            5 => Condition.Always(Wording.Place(order, $"{kind} ge 'Lightship'", $"{kind} ne 'Tower'"), $"{kind} eq 'Tower'"),
            _ =>
                Condition.Always(Wording.Place(ExplainedDifference.Has, $"{kind} has 'Tower'", $"{kind} eq 'Tower'"), $"{kind} ne 'Tower'"),
        };
    }

    private Condition Members(Subject subject)
    {
        var (name, set) = Pick(subject.Many);
        var condition = About(Subject.Of(set), 1, "k/");
        return random.Next(3) switch
        {
            0 => Condition.Always($"{name}/any(k:{condition.Plain})", $"not {name}/any(k:{condition.True})"),
            1 => Condition.Always($"{name}/all(k:{condition.Plain})", $"{name}/any(k:{condition.NotTrue})"),
            _ => Condition.Always($"{name}/any()", $"not {name}/any()"),
        };
    }

    private T Pick<T>(T[] choices) => choices[random.Next(choices.Length)];
}
