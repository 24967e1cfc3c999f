namespace HazardMap.OData.Tests.Differential;

/// <summary>
/// A condition in the standard's logic of three values, and how to ask for each of its outcomes in a logic of two: the reference stack
/// turns <c>not</c> into C#'s, for which what is not true is false.
/// </summary>
/// <param name="Plain">As anybody would write it.</param>
/// <param name="True">True where it is true.</param>
/// <param name="False">True where it is false, not where it is null.</param>
/// <param name="NotTrue">True where it is false or null.</param>
/// <param name="NotFalse">True where it is true or null.</param>
public sealed record Condition(string Plain, string True, string False, string NotTrue, string NotFalse)
{
    /// <summary>A comparison that null makes false.</summary>
    public static Condition Comparison(Value left, string operation, Value right)
    {
        var text = $"{left.Text} {operation} {right.Text}";
        var opposite = operation switch { "gt" => "le", "ge" => "lt", "lt" => "ge", "le" => "gt", "eq" => "ne", _ => "eq" };
        var not = $"{left.Text} {opposite} {right.Text}";
        var answer = Always(text, operation is "eq" or "ne" ? not : Or(left.Null, right.Null, not));
        return left.IsJoined ? answer.WithNullOf(left, nullPasses: operation == "ne") : answer;
    }

    /// <summary>Membership, which null does not have.</summary>
    public static Condition Member(Value value, string list)
    {
        var answer = Always($"{value.Text} in {list}", $"not ({value.Text} in {list})");
        return value.IsJoined ? answer.WithNullOf(value, nullPasses: false) : answer;
    }

    /// <summary>A function that null makes null.</summary>
    public static Condition Function(string text, params Value[] arguments)
    {
        var isNull = Or([.. arguments.Select(x => x.Null)]);
        if (isNull.Length == 0) return Always(text, $"not {text}");
        var isThere = string.Join(" and ", arguments.Select(x => x.NotNull).Where(x => x.Length > 0));
        var answer = new Condition(text, text, $"({isThere} and not {text})", Or(isNull, $"not {text}"), Or(isNull, text));
        return arguments.FirstOrDefault(x => x.IsJoined) is { } joined
            ? answer.WithNullOf(joined, nullPasses: false) with { NotFalse = answer.NotFalse, False = answer.False }
            : answer;
    }

    // Where the reference makes a text of null, whether the condition is true must be asked beside it.
    private Condition WithNullOf(Value value, bool nullPasses)
    {
        var isTrue = nullPasses ? $"({value.Null} or {True})" : $"(({value.NotNull}) and {True})";
        var isNot = nullPasses ? $"(({value.NotNull}) and {NotTrue})" : $"({value.Null} or {NotTrue})";
        return new(Wording.Place(ExplainedDifference.Concat, Plain, isTrue), isTrue, isNot, isNot, isTrue);
    }

    /// <summary>A condition that is never null.</summary>
    public static Condition Always(string text, string not) => new(text, text, not, not, text);

    public static Condition operator &(Condition a, Condition b) => new(
        $"({a.Plain} and {b.Plain})", $"({a.True} and {b.True})", $"({a.False} or {b.False})",
        $"({a.NotTrue} or {b.NotTrue})", $"({a.NotFalse} and {b.NotFalse})");

    public static Condition operator |(Condition a, Condition b) => new(
        $"({a.Plain} or {b.Plain})", $"({a.True} or {b.True})", $"({a.False} and {b.False})",
        $"({a.NotTrue} and {b.NotTrue})", $"({a.NotFalse} or {b.NotFalse})");

    public static Condition operator !(Condition a) =>
        new(Wording.Place(ExplainedDifference.Not, $"not ({a.Plain})", $"({a.False})"), a.False, a.True, a.NotFalse, a.NotTrue);

    private static string Or(params string[] parts) => parts.Where(x => x.Length > 0).ToArray() switch
    {
        [] => "",
        [var one] => one,
        var several => $"({string.Join(" or ", several)})",
    };
}

/// <summary>A value, and the properties that make it null when they are.</summary>
public sealed record Value(string Text, params string[] Properties)
{
    /// <summary>Texts joined to one.</summary>
    public bool IsJoined { get; init; }

    public string Null => string.Join(" or ", Properties.Distinct(StringComparer.Ordinal).Select(x => $"{x} eq null"));

    public string NotNull => string.Join(" and ", Properties.Distinct(StringComparer.Ordinal).Select(x => $"{x} ne null"));
}
