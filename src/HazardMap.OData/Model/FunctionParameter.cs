namespace HazardMap.OData;

/// <summary>A parameter of a bound function or action; every one may be left out.</summary>
/// <param name="Name">Name in OData.</param>
/// <param name="Type">Type in OData.</param>
/// <param name="EnumType">The enumeration, where the type is one.</param>
public sealed record FunctionParameter(string Name, ODataType Type, EnumType? EnumType = null)
{
    private Type? Enumeration { get; init; }

    /// <summary>A parameter that takes a value of a CLR type; an enum is the model's enumeration of its name.</summary>
    /// <typeparam name="T">A boolean, number, text, Guid, date, point in time, or an enum.</typeparam>
    /// <param name="name">Name in OData.</param>
    /// <exception cref="InvalidOperationException">OData has no such type.</exception>
    public static FunctionParameter Of<T>(string name) => new(name,
        ClrTypes.ODataTypeOf(typeof(T))
            ?? throw new InvalidOperationException($"Parameter {name} is a {typeof(T)}, which is no type of OData."))
    {
        Enumeration = typeof(T).IsEnum ? typeof(T) : null,
    };

    /// <summary>A parameter that takes a member of an enumeration.</summary>
    /// <param name="name">Name in OData.</param>
    /// <param name="type">The enumeration.</param>
    public static FunctionParameter Of(string name, EnumType type) => new(name, ODataType.Enum, type);

    internal FunctionParameter In(ODataModelBuilder model) => Enumeration is { } type ? this with { EnumType = model.Enum(type) } : this;
}
