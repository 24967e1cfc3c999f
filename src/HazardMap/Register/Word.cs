namespace HazardMap.Register;

/// <summary>
/// What a member of an enumeration is called, told once: the member itself in C#, SQL, OData and exports, its Chinese and English
/// on every screen and in every report, what imports accept besides, and its symbol on the map.
/// </summary>
/// <param name="zh">In Chinese.</param>
/// <param name="en">In English.</param>
/// <param name="synonyms">Other words, in either language, that ledgers use for it; imports read them.</param>
[AttributeUsage(AttributeTargets.Field)]
public sealed class WordAttribute(string zh, string en, params string[] synonyms) : Attribute
{
    /// <summary>In Chinese.</summary>
    public string Zh => zh;

    /// <summary>In English.</summary>
    public string En => en;

    /// <summary>What imports accept besides.</summary>
    public IReadOnlyList<string> Synonyms => synonyms;

    /// <summary>At more length, in Chinese, where a legend has room.</summary>
    public string? LongZh { get; init; }

    /// <summary>The same in English.</summary>
    public string? LongEn { get; init; }

    /// <summary>Its symbol: an SVG path in a square of 24 units.</summary>
    public string? Symbol { get; init; }

    /// <summary>The symbol's colour, <c>#rrggbb</c>.</summary>
    public string? Colour { get; init; }

    /// <summary>The colour of text on a patch of that colour: at least 4.5:1.</summary>
    public string? Ink { get; init; }
}

/// <summary>A member of an enumeration with what it is called.</summary>
/// <param name="Member">The member's name.</param>
/// <param name="Told">What it is called.</param>
public sealed record Word(string Member, WordAttribute Told)
{
    /// <summary>In Chinese.</summary>
    public string Zh => Told.Zh;

    /// <summary>In English.</summary>
    public string En => Told.En;

    /// <summary>Everything that an import reads as this member.</summary>
    public IEnumerable<string> Accepted => [Member, Zh, En, .. Told.Synonyms];
}
