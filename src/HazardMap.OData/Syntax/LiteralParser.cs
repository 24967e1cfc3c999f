using System.Globalization;
using System.Text.RegularExpressions;

namespace HazardMap.OData;

/// <summary>Reads one primitive literal in the form of a URL; null when what comes next is none.</summary>
internal static partial class LiteralParser
{
    public static Expression.Literal? Try(Cursor cursor, ODataOptions options)
    {
        if (cursor.Next == '\'') return new Expression.Literal(Text(cursor.Quoted()), ODataType.String);
        if (char.IsAsciiDigit(cursor.Next) || cursor.Next is '-' or '+') return Measured(cursor) ?? throw cursor.Unexpected("a value");
        if (char.IsAsciiHexDigit(cursor.Next) && At(GuidForm(), cursor) is { } guid)
            return new Expression.Literal(Guid.Parse(guid), ODataType.Guid);
        return Word(cursor) ?? Prefixed(cursor, options);
    }

    /// <summary>A text that was written without quotes, such as a key that is a path segment, as a value of a type;
    /// null: it is none.</summary>
    public static object? Plain(string text, ODataType type, ODataOptions options)
    {
        if (type is ODataType.String or ODataType.Enum) return Text(text);
        var cursor = new Cursor(text, "the key");
        try
        {
            var literal = Try(cursor, options);
            return cursor.AtEnd && literal is { Value: { } value } ? Literals.Convert(value, literal.Type, type) : null;
        }
        catch (ODataRefusalException)
        {
            return null;
        }
    }

    private static Expression.Literal? Word(Cursor cursor)
    {
        var start = cursor.Place;
        Expression.Literal? literal = cursor.TryName() switch
        {
            "null" => new(null, ODataType.String),
            "true" => new(true, ODataType.Boolean),
            "false" => new(false, ODataType.Boolean),
            "INF" => new(double.PositiveInfinity, ODataType.Double),
            "NaN" => new(double.NaN, ODataType.Double),
            _ => null,
        };
        if (literal is null || cursor.Next is '/' or '(' or '.' or '\'')
        {
            cursor.Place = start;
            return null;
        }
        return literal;
    }

    /// <summary>Everything that begins with a digit or a sign.</summary>
    private static Expression.Literal? Measured(Cursor cursor)
    {
        if (cursor.Next is '-' && cursor.After(1) == 'I' && At(MinusInfinity(), cursor) is not null)
            return new(double.NegativeInfinity, ODataType.Double);
        if (At(GuidForm(), cursor) is { } guid) return new(Guid.Parse(guid), ODataType.Guid);
        if (At(MomentForm(), cursor) is { } moment) return new(Moment(moment, cursor), ODataType.DateTimeOffset);
        if (At(DateForm(), cursor) is { } date) return new(Date(date, cursor), ODataType.Date);
        if (At(TimeForm(), cursor) is { } time) return new(Time(time, cursor), ODataType.TimeOfDay);
        return At(NumberForm(), cursor) is { } number ? Number(number, cursor) : null;
    }

    private static Expression.Literal Number(string text, Cursor cursor)
    {
        var culture = CultureInfo.InvariantCulture;
        var plain = text.TrimEnd('f', 'F', 'd', 'D', 'm', 'M', 'l', 'L');
        var isWhole = plain.AsSpan().IndexOfAny('.', 'e', 'E') < 0;
        if (isWhole && int.TryParse(plain, NumberStyles.AllowLeadingSign, culture, out var small)) return new(small, ODataType.Int32);
        if (isWhole && long.TryParse(plain, NumberStyles.AllowLeadingSign, culture, out var large)) return new(large, ODataType.Int64);
        if (plain.AsSpan().IndexOfAny('e', 'E') < 0 && decimal.TryParse(plain, NumberStyles.Float, culture, out var exact))
            return new(exact, ODataType.Decimal);
        if (double.TryParse(plain, NumberStyles.Float, culture, out var floating) && double.IsFinite(floating))
            return new(floating, ODataType.Double);
        throw ODataRefusalException.Bad($"{text} is not a number that can be kept.", cursor.Option);
    }

    /// <summary><c>duration'...'</c>, <c>binary'...'</c>, <c>geography'...'</c>, <c>Namespace.Enumeration'Member'</c>.</summary>
    private static Expression.Literal? Prefixed(Cursor cursor, ODataOptions options)
    {
        var start = cursor.Place;
        if (cursor.TryName(qualified: true) is not { } prefix || cursor.Next != '\'')
        {
            cursor.Place = start;
            return null;
        }
        var text = cursor.Quoted();
        return prefix.ToLowerInvariant() switch
        {
            "duration" => new(Duration(text), ODataType.Duration),
            "binary" => new(Binary(text), ODataType.Binary),
            "geography" => new(WellKnownText.Read(text, options.MaxPositions), ODataType.Geography),
            "geometry" => throw ODataRefusalException.Bad("Shapes are geography, not geometry: write geography'SRID=4326;...'."),
            "guid" when Guid.TryParse(text, out var guid) => new(guid, ODataType.Guid),
            "datetimeoffset" => new(Moment(text, cursor), ODataType.DateTimeOffset),
            _ when prefix.Contains('.', StringComparison.Ordinal) => new(Text(text), ODataType.Enum) { EnumName = prefix },
            _ => throw ODataRefusalException.Bad($"{prefix}'...' is not a literal of OData.", cursor.Option),
        };
    }

    public static TimeSpan Duration(string text)
    {
        try
        {
            if (text.Length > 0 && text.AsSpan().IndexOfAny('Y', 'y') < 0) return System.Xml.XmlConvert.ToTimeSpan(text);
        }
        catch (Exception error) when (error is FormatException or OverflowException)
        {
            // Said below.
        }
        throw ODataRefusalException.Bad($"'{text}' is not a duration such as duration'P1DT2H30M'.");
    }

    public static byte[] Binary(string text)
    {
        var plain = text.Replace('-', '+').Replace('_', '/').TrimEnd('=');
        try
        {
            return Convert.FromBase64String(plain.PadRight((plain.Length + 3) / 4 * 4, '='));
        }
        catch (FormatException)
        {
            throw ODataRefusalException.Bad($"'{text}' is not base64url.");
        }
    }

    private static string Text(string text) => UriGuard.IsWellFormed(text) && !text.Contains('\0', StringComparison.Ordinal)
        ? text
        : throw ODataRefusalException.Bad("A literal contains a character that is not text.");

    /// <summary>A plus sign that was not encoded arrives as a space.</summary>
    private static DateTimeOffset Moment(string text, Cursor cursor) =>
        Temporal.Moment(text.Replace(' ', '+')) ?? throw NotThere(text, ODataType.DateTimeOffset, cursor);

    private static DateOnly Date(string text, Cursor cursor) => Temporal.Date(text) ?? throw NotThere(text, ODataType.Date, cursor);

    private static TimeOnly Time(string text, Cursor cursor) =>
        Temporal.TimeOfDay(text) ?? throw NotThere(text, ODataType.TimeOfDay, cursor);

    private static ODataRefusalException NotThere(string text, ODataType type, Cursor cursor) =>
        ODataRefusalException.Bad($"{text} is no value of Edm.{type} ({Temporal.RangeOf(type)}).", cursor.Option);

    /// <summary>A form that ends where a word ends.</summary>
    private static string? At(Regex form, Cursor cursor)
    {
        var start = cursor.Place;
        var match = form.Match(cursor.Text[start..Math.Min(cursor.Text.Length, start + 400)]);
        if (!match.Success || Cursor.IsNamePart(cursor.After(match.Length))) return null;
        cursor.Place += match.Length;
        return match.Value;
    }

    [GeneratedRegex(@"^-INF", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MinusInfinity();

    [GeneratedRegex(@"^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex GuidForm();

    // Years of any length and sign, so that one outside the calendar is refused as that.
    [GeneratedRegex(@"^-?\d{4,9}-\d\d-\d\d[Tt]\d\d:\d\d(:\d\d(\.\d{1,12})?)?([Zz]|[+\- ]\d\d:\d\d)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MomentForm();

    [GeneratedRegex(@"^-?\d{4,9}-\d\d-\d\d", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DateForm();

    [GeneratedRegex(@"^\d\d:\d\d(:\d\d(\.\d{1,12})?)?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex TimeForm();

    [GeneratedRegex(@"^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?[fFdDmMlL]?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex NumberForm();
}
