using System.Text.RegularExpressions;

namespace HazardMap.OData.Tests.Differential;

/// <summary>
/// A kind of difference that is understood. A question that can meet it says where (<see cref="Wording"/>). It explains a difference only
/// if the reference, asked the same in other words there, answers as we do; or refuses with this very reason;
/// or differs in just this value.
/// </summary>
/// <param name="Name">As in CONFORMANCE.md.</param>
/// <param name="Example">A question that meets it today.</param>
/// <param name="Refusal">What the reference says when it refuses.</param>
/// <param name="Reread">The reference's answer as it would be without the difference; unchanged where that is not what it is about.</param>
public sealed partial record ExplainedDifference(string Name, Question Example, Regex? Refusal = null,
    Func<Heard, Heard, Heard>? Reread = null)
{
    public const string Not = "`not` of what is null", NullOrder = "null in an order", KindOrder = "order of an enumeration",
        Has = "`has`", TimeOfDay = "a time of day compared", Substring = "`substring` in an expansion's filter",
        NoRows = "aggregate over no rows",
        MissingKey = "group by what a missing entity cannot lack", NoValues = "sum of nothing but nulls",
        ShortSum = "sum or average of an Edm.Int16",
        ComputedOrder = "order by a function of what is null", NextLinks = "next links in the order of what may be null",
        NestedNull = "null in the order of an expansion", MixedNumbers = "an Edm.Double beside an Edm.Decimal",
        Concat = "`concat` with null", Round = "`round` of an Edm.Double half way", DistinctKinds = "countdistinct of an enumeration";

    public static IReadOnlyList<ExplainedDifference> Kinds { get; } =
    [
        new(Not, Ask("Lighthouses", "$filter",
            Wording.Place(Not, "not (contains(Note,'fog'))", "(Note ne null and not contains(Note,'fog'))"))),
        new(NullOrder, Ask("Lighthouses", "$orderby",
            Order.By(new Value("Steps", "Steps"), descending: false, Subject.Lighthouses) + ",Id", ordered: true)),
        new(NestedNull, Ask("Lighthouses", "$expand", $"Keepers($select=Age,Id;$orderby={Wording.Place(NestedNull, "Age")},Id)"),
            Reread: InAnyNestedOrder),
        new(KindOrder, Ask("Lighthouses", "$orderby",
            Order.By(new Value("Kind", "Kind"), descending: true, Subject.Lighthouses) + ",Id", ordered: true)),
        new(Has, Ask("Lighthouses", "$filter", Wording.Place(Has, "Kind has 'Tower'", "Kind eq 'Tower'"))),
        new(TimeOfDay, Ask("Lighthouses", "$filter", $"OpensAt gt {Wording.Place(TimeOfDay, "12:30:00")}"), NotTranslated()),
        new(Substring, Ask("Lighthouses", "$expand", $"Keepers($filter={Wording.Place(Substring, "substring(Name,1)")} eq 'eeper 1')"),
            NotTranslated()),
        new(NoRows, Ask("Keepers", "$apply", Wording.Place(NoRows, "filter(Age gt 1000)/aggregate(Age with max as M)")),
            Reread: WithoutRows),
        new(MissingKey, Ask("Lighthouses", "$apply", Wording.Place(MissingKey, "groupby((Harbour/Code))")), NullNotAllowed()),
        new(NoValues, Ask("Keepers", "$apply",
            Wording.Place(NoValues, "filter(Age eq null)/groupby((Name),aggregate(Age with sum as Agesum))")), Reread: WithNullSums),
        new(ShortSum, Ask("Lighthouses", "$apply", Wording.Place(ShortSum, "aggregate(RangeNm with average as A)")), NoSum()),
        new(ComputedOrder, Ask("Lighthouses", "$orderby",
            Order.By(new Value("round(Height)", "Height"), descending: false, Subject.Lighthouses)), NoValue()),
        new(NextLinks, Ask("Lighthouses", "$orderby", Order.By(new Value("Steps", "Steps"), descending: false, Subject.Lighthouses,
            NextLinks), ordered: true) with { PageSize = 50 }),
        new(Concat, Ask("Lighthouses", "$filter",
            Condition.Comparison(Expressions.Joined("Note", "HarbourCode"), "eq", new Value("'fog'")).Plain)),
        new(Round, Ask("Lighthouses", "$filter", Expressions.Rounded("Height").Text + " eq 26")),
        new(DistinctKinds,
            Ask("Lighthouses", "$apply",
                Wording.Place(DistinctKinds, "groupby((Lit,Harbour/PartOf),aggregate(Kind with countdistinct as K))")),
            TextAsNumber()),
        new(MixedNumbers, Ask("Lighthouses", "$filter", Wording.Place(MixedNumbers, "Height eq Price")), DoubleAndDecimal()),
    ];

    private static Question Ask(string set, string option, string text, bool ordered = false) => new(set, option switch
    {
        "$apply" => [(option, text)],
        "$expand" => [(option, text), ("$select", "Name")],
        _ => [(option, text), ("$select", Subject.Of(set).Key)],
    }, ordered);

    private static Heard WithoutRows(Heard mine, Heard theirs) =>
        theirs is { Answered: true, Rows.Count: 0 } && mine.Rows is [var row] && NothingIn().IsMatch(row)
            ? theirs with { Rows = mine.Rows } : theirs;

    // The reference cannot be asked for null first there: its writer does not know such an $orderby.
    private static Heard InAnyNestedOrder(Heard mine, Heard theirs) =>
        mine.RowsInAnyNestedOrder.SequenceEqual(theirs.RowsInAnyNestedOrder, StringComparer.Ordinal)
            ? theirs with { Rows = mine.Rows } : theirs;

    private static Heard WithNullSums(Heard mine, Heard theirs)
    {
        var nulls = mine.Rows.SelectMany(x => NullSum().Matches(x)).Select(x => x.Groups["sum"].Value).ToHashSet(StringComparer.Ordinal);
        var same = mine.Rows.ToHashSet(StringComparer.Ordinal);
        return theirs with { Rows = [.. theirs.Rows.Select(x => same.Contains(x) ? x : ZeroSum().Replace(x, Null))] };

        string Null(Match sum) => nulls.Contains(sum.Groups["sum"].Value) ? sum.Groups["sum"].Value + ":null" : sum.Value;
    }

    [GeneratedRegex("could not be translated", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NotTranslated();

    [GeneratedRegex("has a null value, which is not allowed", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NullNotAllowed();

    [GeneratedRegex(@"Aggregation '(Sum|Average)' not supported for property .* of type 'System.Nullable`1\[System.Int16\]'",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NoSum();

    [GeneratedRegex("operand types '(Edm.Double' and 'Edm.Decimal|Edm.Decimal' and 'Edm.Double)' for operator",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DoubleAndDecimal();

    [GeneratedRegex("invalid input syntax for type integer: \"(Tower|Lightship|Beacon)\"", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex TextAsNumber();

    [GeneratedRegex("Nullable object must have a value", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NoValue();

    [GeneratedRegex(@"^\{(\w+:(null|0),?)+\}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NothingIn();

    [GeneratedRegex(@"(?<sum>\w+sum):null", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NullSum();

    [GeneratedRegex(@"(?<sum>\w+sum):0(?=[,}])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ZeroSum();
}
