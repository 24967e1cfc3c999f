using System.Globalization;
using System.Text.Json;
using System.Xml;

namespace HazardMap.OData;

/// <summary>JSON values as database values of a property; the wrong type is 400, a value out of the property's range 422.</summary>
internal static class JsonValues
{
    public static object? Read(Property property, JsonElement json, ODataRequest request)
    {
        if (json.ValueKind == JsonValueKind.Null)
        {
            if (property.Nullable) return null;
            throw Rule(property, $"{property.Name} cannot be null.");
        }
        var value = property.Type.IsGeography()
            ? GeoJsonReader.Read(property, json, request.Options.MaxPositions, request.Http.RequestAborted) : Primitive(property, json);
        CheckRange(property, value);
        return value;
    }

    private static object Primitive(Property property, JsonElement json)
    {
        try
        {
            return Parse(property, json) ?? throw Wrong(property, json);
        }
        catch (Exception error) when (error is FormatException or OverflowException or InvalidOperationException or ArgumentException)
        {
            throw Wrong(property, json);
        }
    }

    private static object? Parse(Property property, JsonElement json) => property.Type switch
    {
        ODataType.Boolean => json.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null },
        ODataType.Int16 => checked((short)Whole(json)),
        ODataType.Int32 => checked((int)Whole(json)),
        ODataType.Int64 => json.ValueKind == JsonValueKind.String
            ? long.Parse(json.GetString()!, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : Whole(json),
        ODataType.Single => json.GetSingle() is var single && float.IsFinite(single) ? single : null,
        ODataType.Double => json.GetDouble() is var number && double.IsFinite(number) ? number : null,
        ODataType.Decimal => Number(json),
        ODataType.Guid => json.GetGuid(),
        ODataType.Date => Temporal.Date(Text(json)),
        ODataType.DateTimeOffset => Time(Text(json)),
        ODataType.TimeOfDay => TimeOfDay(json),
        ODataType.Duration => XmlConvert.ToTimeSpan(json.GetString()!),
        ODataType.Binary => Bytes(json),
        ODataType.Enum => property.EnumType!.Find(Text(json)),
        _ => Text(json),
    };

    /// <summary>JSON does not tell whole numbers from others: 1.0 is 1.</summary>
    private static long Whole(JsonElement json)
    {
        if (json.TryGetInt64(out var number)) return number;
        return json.GetDecimal() is var exact && decimal.IsInteger(exact) ? decimal.ToInt64(exact) : throw new FormatException();
    }

    /// <summary>A number, or a text of one, as clients write them whose own numbers are less exact.</summary>
    internal static decimal Number(JsonElement json) => json.ValueKind == JsonValueKind.String
        ? decimal.Parse(json.GetString()!, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture)
        : json.GetDecimal();

    internal static TimeOnly TimeOfDay(JsonElement json) => Temporal.TimeOfDay(Text(json)) ?? throw new FormatException();

    internal static byte[] Bytes(JsonElement json) => System.Buffers.Text.Base64Url.DecodeFromChars(json.GetString()!);

    private static string Text(JsonElement json)
    {
        var text = json.GetString() ?? throw new FormatException();
        return text.Contains('\0', StringComparison.Ordinal) ? throw new FormatException() : text;
    }

    /// <summary>A point in time says its offset; a local time of nowhere is refused.</summary>
    internal static DateTime Time(string text) => Temporal.Moment(text)?.UtcDateTime ?? throw new FormatException();

    private static void CheckRange(Property property, object value)
    {
        if (value is string text && property.MaxLength is { } length && Property.CharactersOf(text) > length)
            throw Rule(property, $"{property.Name} may have {length} characters.");
        if (value is string words && !TextForms.Has(words, property.Form)) throw WrongForm(property);
        if (property.Minimum is not { } minimum || property.Maximum is not { } maximum) return;
        var number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
        if (number < minimum || number > maximum)
            throw Rule(property, $"{property.Name} must lie between {minimum} and {maximum}.");
    }

    private static ODataRefusalException WrongForm(Property property)
    {
        var (english, chinese) = TextForms.Wanted(property.Form);
        var (orNull, orNullZh) = property.Nullable ? ("; leave it null for none", "；没有内容时请留空（null）") : ("", "");
        return new ODataRefusalException(422, "RuleBroken", RefusalText.FromString($"{property.Name} {english}{orNull}."), property.Name)
        {
            Details = [new("zh", $"{property.Called}{chinese}{orNullZh}。")],
        };
    }

    private static ODataRefusalException Rule(Property property, RefusalText message) => new(422, "RuleBroken", message, property.Name);

    private static ODataRefusalException Wrong(Property property, JsonElement json)
    {
        RefusalText wanted = $"Edm.{property.Type}";
        if (property.EnumType is { } type) wanted = $"one of {string.Join(", ", type.Members)}";
        else if (Temporal.RangeOf(property.Type) is { } range) wanted = $"Edm.{property.Type} ({range})";
        var text = json.GetRawText();
        return ODataRefusalException.Bad($"{property.Name} must be {wanted}, not {(text.Length > 60 ? text[..60] + "..." : text)}.",
            property.Name, "WrongType");
    }
}
