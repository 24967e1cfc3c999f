namespace HazardMap.OData;

/// <summary>Which rows exist for a caller. A row outside is not forbidden: it is not there.</summary>
public abstract record Restriction
{
    private Restriction()
    {
    }

    /// <summary>All rows.</summary>
    public static Restriction Everything { get; } = new All();

    /// <summary>No rows: what an unset area must mean.</summary>
    public static Restriction Nothing { get; } = new None();

    /// <summary>Rows whose text property begins with a prefix. Without a prefix no area is set: no rows.</summary>
    /// <param name="property">Property in OData.</param>
    /// <param name="prefix">Prefix, taken literally.</param>
    public static Restriction StartsWith(string property, string? prefix) =>
        string.IsNullOrEmpty(prefix) ? Nothing : new Prefix(property, prefix);

    /// <summary>Rows whose property equals a value.</summary>
    /// <param name="property">Property in OData.</param>
    /// <param name="value">Value of the property's .NET type; null: no rows.</param>
    public static Restriction EqualTo(string property, object? value) => value is null ? Nothing : new Equal(property, value);

    /// <summary>Rows that satisfy at least one.</summary>
    /// <param name="restrictions">The alternatives; none: no rows.</param>
    public static Restriction Either(params Restriction[] restrictions) => new Or(restrictions);

    /// <summary>Rows that satisfy at least one; as plain as it can be said.</summary>
    /// <param name="restrictions">The alternatives; none: no rows.</param>
    public static Restriction AnyOf(IReadOnlyList<Restriction> restrictions)
    {
        var some = restrictions.Where(x => x != Nothing).ToArray();
        return some.Contains(Everything) ? Everything : some.Length switch { 0 => Nothing, 1 => some[0], _ => Either(some) };
    }

    /// <summary>Whether a row that is known, such as one of a log, exists for the caller.</summary>
    /// <param name="value">The value of a property of the row; null where it is not known.</param>
    public bool Admits(Func<string, object?> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return this switch
        {
            All => true,
            Prefix prefix => value(prefix.Property) is string text && text.StartsWith(prefix.Value, StringComparison.Ordinal),
            Equal equal => Equals(equal.Value, value(equal.Property)),
            Or either => either.Restrictions.Any(x => x.Admits(value)),
            _ => false,
        };
    }

    /// <summary>The beginnings that it allows, of whatever property.</summary>
    public IEnumerable<string> Prefixes() => this switch
    {
        Prefix prefix => [prefix.Value],
        Equal { Value: string text } => [text],
        Or either => either.Restrictions.SelectMany(x => x.Prefixes()),
        _ => [],
    };

    /// <summary>Names of the properties that it looks at.</summary>
    internal IEnumerable<string> Properties() => this switch
    {
        Prefix prefix => [prefix.Property],
        Equal equal => [equal.Property],
        Or either => either.Restrictions.SelectMany(x => x.Properties()),
        _ => [],
    };

    /// <summary>The restriction as text: the same text, the same rows.</summary>
    internal string Describe() => this switch
    {
        All => "all",
        Prefix prefix => $"{prefix.Property} like {prefix.Value}",
        Equal equal => $"{equal.Property} = {Convert.ToString(equal.Value, System.Globalization.CultureInfo.InvariantCulture)}",
        Or either => $"({string.Join(" or ", either.Restrictions.Select(x => x.Describe()))})",
        _ => "none",
    };

    internal sealed record All : Restriction;

    internal sealed record None : Restriction;

    internal sealed record Prefix(string Property, string Value) : Restriction;

    internal sealed record Equal(string Property, object Value) : Restriction;

    internal sealed record Or(IReadOnlyList<Restriction> Restrictions) : Restriction;
}
