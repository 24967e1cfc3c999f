using System.Globalization;

namespace HazardMap.OData;

/// <summary>Literals as values the database driver takes.</summary>
internal static class Literals
{
    public static Operand Of(Expression.Literal literal) => Operand.Literal(literal.Value is null ? null : Value(literal), literal.Type);

    /// <summary>The value as a parameter: points in time in UTC.</summary>
    public static object Value(Expression.Literal literal) => literal.Value is DateTimeOffset moment ? moment.UtcDateTime : literal.Value!;

    /// <summary>
    /// A text literal beside something of another type is what its text says, where OData allows it: a member of an
    /// enumeration, a duration without its prefix.
    /// </summary>
    public static Operand Beside(Operand literal, Operand other)
    {
        if (!literal.IsLiteral || literal.Value is not string text) return literal;
        if (other.EnumType is { } type) return Member(text, type);
        return other.Type == ODataType.Duration ? Operand.Literal(LiteralParser.Duration(text), ODataType.Duration) : literal;
    }

    /// <summary>A text as a member of an enumeration.</summary>
    public static Operand Member(string text, EnumType type)
    {
        var member = type.Find(text)
            ?? throw ODataRefusalException.Bad($"{type.Name} has no member {text}; it has {string.Join(", ", type.Members)}.", type.Name);
        return Operand.Literal(member, ODataType.Enum) with { EnumType = type };
    }

    public static object Convert(object value, ODataType from, ODataType to)
    {
        if (from == to) return value is DateTimeOffset moment ? moment.UtcDateTime : value;
        try
        {
            return to switch
            {
                ODataType.Int16 => System.Convert.ToInt16(Whole(value), CultureInfo.InvariantCulture),
                ODataType.Int32 => System.Convert.ToInt32(Whole(value), CultureInfo.InvariantCulture),
                ODataType.Int64 => System.Convert.ToInt64(Whole(value), CultureInfo.InvariantCulture),
                ODataType.Single => System.Convert.ToSingle(value, CultureInfo.InvariantCulture),
                ODataType.Double => System.Convert.ToDouble(value, CultureInfo.InvariantCulture),
                ODataType.Decimal => System.Convert.ToDecimal(value, CultureInfo.InvariantCulture),
                ODataType.DateTimeOffset when value is DateOnly date => date.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc),
                ODataType.String or ODataType.Enum when value is string => value,
                _ when from.IsGeography() && to.IsGeography() => value,
                _ => throw ODataRefusalException.Bad($"{from} cannot become {to}."),
            };
        }
        catch (Exception error) when (error is OverflowException or FormatException or InvalidCastException)
        {
            throw ODataRefusalException.Bad($"{System.Convert.ToString(value, CultureInfo.InvariantCulture)} is not a value of {to}.");
        }
    }

    /// <summary>A number with a fraction is not an integer, and is not silently rounded to one.</summary>
    private static object Whole(object value) => value switch
    {
        decimal exact when exact != decimal.Truncate(exact) => throw new FormatException(),
        double floating when floating != Math.Truncate(floating) => throw new FormatException(),
        bool or string => throw new FormatException(),
        _ => value,
    };
}
