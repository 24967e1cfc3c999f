namespace HazardMap.OData;

/// <summary>Says what may be done with a property.</summary>
public sealed class PropertyBuilder
{
    private readonly Property _property;

    internal PropertyBuilder(Property property) => _property = property;

    /// <summary>Never null. Orderings over it need no NULLS clause, so they can use a plain index.</summary>
    public PropertyBuilder Required()
    {
        _property.Nullable = false;
        return this;
    }

    /// <summary>A client may change it.</summary>
    public PropertyBuilder Writable()
    {
        _property.Writable = true;
        return this;
    }

    /// <summary>A client may set it when it creates the entity, and not change it later.</summary>
    public PropertyBuilder Creatable()
    {
        _property.Creatable = true;
        return this;
    }

    /// <summary>What to do instead of changing it, as the end of a sentence; the refusal says it.</summary>
    /// <param name="english">In English, such as <c>POST a new one</c>.</param>
    /// <param name="chinese">In Chinese.</param>
    public PropertyBuilder Instead(string english, string chinese)
    {
        _property.Instead = (english, chinese);
        return this;
    }

    /// <summary>The database derives it from other properties: a PUT that leaves it out does not return it to its default.</summary>
    public PropertyBuilder Derived()
    {
        _property.IsDerived = true;
        return this;
    }

    /// <summary>May not appear in filters, orderings, aggregations.</summary>
    public PropertyBuilder NotFilterable()
    {
        _property.Filterable = false;
        return this;
    }

    /// <summary>Personal data: the host decides per request who may read it.</summary>
    public PropertyBuilder Personal()
    {
        _property.Personal = true;
        return this;
    }

    /// <summary><c>$search</c> looks into it.</summary>
    public PropertyBuilder Searchable()
    {
        _property.Searchable = true;
        return this;
    }

    /// <summary>Longest text accepted.</summary>
    /// <param name="length">Number of characters.</param>
    public PropertyBuilder MaxLength(int length)
    {
        _property.MaxLength = length;
        return this;
    }

    /// <summary>A text of as many lines as wanted, with something to be seen in it.</summary>
    public PropertyBuilder Prose() => Form(TextForm.Prose);

    /// <summary>A text of one line, with something to be seen in it.</summary>
    public PropertyBuilder Line() => Form(TextForm.Line);

    /// <summary>A text of one word, such as a code.</summary>
    public PropertyBuilder Word() => Form(TextForm.Word);

    private PropertyBuilder Form(TextForm form)
    {
        _property.Form = form;
        return this;
    }

    /// <summary>Range of numbers accepted.</summary>
    /// <param name="minimum">Smallest.</param>
    /// <param name="maximum">Largest.</param>
    public PropertyBuilder Range(double minimum, double maximum)
    {
        (_property.Minimum, _property.Maximum) = (minimum, maximum);
        return this;
    }

    /// <summary>What it becomes when a client that creates the entity leaves it out; the table must have the same default.</summary>
    /// <param name="value">As OData writes it, such as <c>false</c>.</param>
    public PropertyBuilder Default(string value)
    {
        _property.Default = value;
        return this;
    }

    /// <summary>The short name that forms and tables show. It is the description too, unless there is more to say.</summary>
    /// <param name="english">In English.</param>
    /// <param name="chinese">In Chinese.</param>
    public PropertyBuilder Label(string english, string chinese)
    {
        _property.Label = (english, chinese);
        _property.Description ??= english;
        _property.DescriptionZh ??= chinese;
        return this;
    }

    /// <summary>Keeps what the host notes of the property for itself, such as where it stands in its own files.</summary>
    /// <param name="note">Found again by its type.</param>
    public PropertyBuilder With<T>(T note) where T : class
    {
        _property.Keep(note);
        return this;
    }

    /// <summary>Description for <c>$metadata</c>.</summary>
    /// <param name="english">In English.</param>
    /// <param name="chinese">In Chinese.</param>
    public PropertyBuilder Description(string english, string? chinese = null)
    {
        (_property.Description, _property.DescriptionZh) = (english, chinese ?? _property.DescriptionZh);
        return this;
    }

    /// <summary>Unit of measure for <c>$metadata</c>.</summary>
    /// <param name="unit">Such as <c>m</c>.</param>
    public PropertyBuilder Unit(string unit)
    {
        _property.Unit = unit;
        return this;
    }
}
