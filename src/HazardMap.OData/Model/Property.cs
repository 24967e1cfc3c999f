using System.Text;
using System.Text.Json;

namespace HazardMap.OData;

/// <summary>A structural property: one column with its type and what may be done with it.</summary>
public sealed class Property
{
    internal Property(string name, string column, ODataType type, EnumType? enumType)
    {
        Name = name;
        Column = column;
        Type = type;
        EnumType = enumType;
        JsonName = JsonEncodedText.Encode(name);
        QuotedColumn = Identifier.Quote(column);
    }

    /// <summary>Name in OData.</summary>
    public string Name { get; }

    /// <summary>Column of the view that is read and, where writable, of the table that is written.</summary>
    public string Column { get; }

    /// <summary>Type in OData.</summary>
    public ODataType Type { get; }

    /// <summary>The enumeration when <see cref="Type"/> is <see cref="ODataType.Enum"/>.</summary>
    public EnumType? EnumType { get; }

    /// <summary>Whether null can occur.</summary>
    public bool Nullable { get; internal set; } = true;

    /// <summary>Whether a client may change it.</summary>
    public bool Writable { get; internal set; }

    /// <summary>Whether a client may set it when it creates the entity, and only then.</summary>
    public bool Creatable { get; internal set; }

    /// <summary>What to do instead of changing it, as the end of a sentence.</summary>
    public (string English, string Chinese)? Instead { get; internal set; }

    /// <summary>Whether the database derives it from others when a client leaves it out.</summary>
    public bool IsDerived { get; internal set; }

    /// <summary>Whether it may appear in filters, orderings and aggregations. A masked property must not: a filter is an oracle.</summary>
    public bool Filterable { get; internal set; } = true;

    /// <summary>Whether it holds personal data; the host decides per request who may read it.</summary>
    public bool Personal { get; internal set; }

    /// <summary>Whether <c>$search</c> looks into it.</summary>
    public bool Searchable { get; internal set; }

    /// <summary>Longest text accepted, in <see cref="CharactersOf">characters</see>.</summary>
    public int? MaxLength { get; internal set; }

    /// <summary>What a text accepted is made of.</summary>
    public TextForm Form { get; internal set; }

    /// <summary>Smallest number accepted.</summary>
    public double? Minimum { get; internal set; }

    /// <summary>Largest number accepted.</summary>
    public double? Maximum { get; internal set; }

    /// <summary>What it is when a client that creates the entity leaves it out, as OData writes it; the database knows the same.</summary>
    public string? Default { get; internal set; }

    /// <summary>Whether it is a shape on the earth.</summary>
    public bool IsShape => Type.IsGeography();

    /// <summary>Whether a page can be ordered by it.</summary>
    public bool IsSortable => Filterable && !IsShape;

    /// <summary>Whether a client that creates the entity may set it.</summary>
    public bool IsInsertable => Writable || Creatable;

    /// <summary>Description for <c>$metadata</c>.</summary>
    public string? Description { get; internal set; }

    /// <summary>Description in Chinese for <c>$metadata</c>.</summary>
    public string? DescriptionZh { get; internal set; }

    /// <summary>Short name for forms and tables, in English and Chinese.</summary>
    public (string English, string Chinese)? Label { get; internal set; }

    /// <summary>Unit of measure for <c>$metadata</c>.</summary>
    public string? Unit { get; internal set; }

    /// <summary>
    /// Characters of a text as PostgreSQL counts them: one beyond the first plane (a rare Chinese character, an emoji) is one,
    /// though .NET keeps it as two halves.
    /// </summary>
    public static int CharactersOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length - text.Count(char.IsLowSurrogate);
    }

    /// <summary>What the host has noted of the property for itself, by type; the library does not look at it.</summary>
    /// <typeparam name="T">The note's type.</typeparam>
    public T? Note<T>() where T : class => _notes.GetValueOrDefault(typeof(T)) as T;

    internal void Keep<T>(T note) where T : class => _notes[typeof(T)] = note;

    private readonly Dictionary<Type, object> _notes = [];

    /// <summary>What a refusal in Chinese calls it.</summary>
    internal string Called => Label is var (_, chinese) ? $"{chinese}（{Name}）" : Name;

    internal JsonEncodedText JsonName { get; }

    internal string QuotedColumn { get; }
}

/// <summary>Names of database objects, quoted so that a model can use any of them.</summary>
internal static class Identifier
{
    public static string Quote(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    public static string QuotePath(string path) => string.Join('.', path.Split('.').Select(Quote));

    /// <summary>PascalCase to snake_case: an underscore before every capital that follows a small letter or a digit.</summary>
    public static string SnakeCase(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]) && !char.IsUpper(name[i - 1])) text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }
        return text.ToString();
    }
}
