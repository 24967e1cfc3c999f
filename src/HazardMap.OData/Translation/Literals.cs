using System.Globalization;
using Microsoft.OData;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;
using Microsoft.Spatial;

namespace HazardMap.OData;

/// <summary>Literals of URLs as values the database driver takes.</summary>
internal static class Literals
{
    public static Operand Of(ConstantNode node, ODataOptions options)
    {
        object? value = node.Value is ODataNullValue ? null : node.Value;
        if (value is null) return Operand.Literal(value: null, node.TypeReference is { } type && type.IsPrimitive() ? ODataTypes.Of(type) : ODataType.String);
        return value switch
        {
            bool => Operand.Literal(value, ODataType.Boolean),
            byte or sbyte or short => Operand.Literal(System.Convert.ToInt16(value, CultureInfo.InvariantCulture), ODataType.Int16),
            int => Operand.Literal(value, ODataType.Int32),
            long => Operand.Literal(value, ODataType.Int64),
            float single => Operand.Literal(Exact(node, single), ODataType.Double),
            double => Operand.Literal(value, ODataType.Double),
            decimal => Operand.Literal(value, ODataType.Decimal),
            string text => Operand.Literal(Text(text), ODataType.String),
            Guid => Operand.Literal(value, ODataType.Guid),
            byte[] => Operand.Literal(value, ODataType.Binary),
            DateTimeOffset time => Operand.Literal(time.UtcDateTime, ODataType.DateTimeOffset),
            Date date => Operand.Literal(new DateOnly(date.Year, date.Month, date.Day), ODataType.Date),
            TimeOfDay time => Operand.Literal(new TimeOnly(time.Ticks), ODataType.TimeOfDay),
            TimeSpan => Operand.Literal(value, ODataType.Duration),
            ODataEnumValue member => Operand.Literal(Text(member.Value), ODataType.Enum),
            Geography shape => Operand.Literal(SpatialLiteral.ToEwkb(shape, options.MaxPositions), ODataType.Geography),
            Geometry => throw ODataRefusalException.Bad("Shapes are geography, not geometry: write geography'SRID=4326;...'."),
            _ => throw ODataRefusalException.Bad($"A literal of type {value.GetType().Name} cannot be used here."),
        };
    }

    /// <summary>The parser reads 2.1 as a single when that seems to do; what was written is what is meant.</summary>
    private static double Exact(ConstantNode node, float single) =>
        double.TryParse(node.LiteralText?.TrimEnd('f', 'F'), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : single;

    private static string Text(string text) => UriGuard.IsWellFormed(text) && !text.Contains('\0', StringComparison.Ordinal)
        ? text
        : throw ODataRefusalException.Bad("A literal contains a character that is not text.");

    /// <summary>A text or enum literal beside an enumeration must be one of its members.</summary>
    public static Operand AsEnum(Operand literal, EnumType? type)
    {
        if (type is null || !literal.IsLiteral || literal.Value is not string text) return literal;
        var member = type.Find(text)
            ?? throw ODataRefusalException.Bad($"{type.Name} has no member {text}; it has {string.Join(", ", type.Members)}.", type.Name);
        return Operand.Literal(member, ODataType.Enum) with { EnumType = type };
    }

    public static object Convert(object value, ODataType from, ODataType to)
    {
        if (from == to) return value;
        try
        {
            return to switch
            {
                ODataType.Int16 => System.Convert.ToInt16(value, CultureInfo.InvariantCulture),
                ODataType.Int32 => System.Convert.ToInt32(value, CultureInfo.InvariantCulture),
                ODataType.Int64 => System.Convert.ToInt64(value, CultureInfo.InvariantCulture),
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
}
