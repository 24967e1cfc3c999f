using System.Text.Json;
using System.Xml;

namespace HazardMap.OData;

/// <summary>Whether a value in a body is the one that the entity is shown with, in whatever way the client writes it.</summary>
internal static class SameValues
{
    public static bool Are(Property property, JsonElement shown, JsonElement sent, ODataRequest request)
    {
        if (shown.ValueKind == JsonValueKind.Null || sent.ValueKind == JsonValueKind.Null) return shown.ValueKind == sent.ValueKind;
        try
        {
            return JsonElement.DeepEquals(shown, sent) || AreEqual(property, shown, sent, request);
        }
        // What cannot be read as a value of the type is no such value; who reads it next says why.
        catch (Exception error) when (error is FormatException or OverflowException or InvalidOperationException or ArgumentException
            or ODataRefusalException)
        {
            return false;
        }
    }

    private static bool AreEqual(Property property, JsonElement shown, JsonElement sent, ODataRequest request) => property.Type switch
    {
        ODataType.Int16 or ODataType.Int32 or ODataType.Int64 or ODataType.Decimal => JsonValues.Number(shown) == JsonValues.Number(sent),
        ODataType.Single => shown.GetSingle() == sent.GetSingle(),
        ODataType.Double => shown.GetDouble() == sent.GetDouble(),
        ODataType.Guid => shown.GetGuid() == sent.GetGuid(),
        ODataType.Binary => JsonValues.Bytes(shown).AsSpan().SequenceEqual(JsonValues.Bytes(sent)),
        ODataType.DateTimeOffset => AreTimes(property, JsonValues.Time(shown.GetString()!).Ticks, sent,
            JsonValues.Time(sent.GetString()!).Ticks),
        ODataType.TimeOfDay => AreTimes(property, JsonValues.TimeOfDay(shown).Ticks, sent, JsonValues.TimeOfDay(sent).Ticks),
        ODataType.Duration => XmlConvert.ToTimeSpan(shown.GetString()!) == XmlConvert.ToTimeSpan(sent.GetString()!),
        ODataType.Enum => property.EnumType!.Find(shown.GetString()!) is { } member && property.EnumType.Find(sent.GetString()!) == member,
        _ when property.Type.IsGeography() => Shape(property, shown, request).AsSpan().SequenceEqual(Shape(property, sent, request)),
        _ => false,
    };

    private static byte[] Shape(Property property, JsonElement json, ODataRequest request) =>
        GeoJsonReader.Read(property, json, request.Options.MaxPositions, request.Http.RequestAborted);

    /// <summary>
    /// A client whose clock knows milliseconds has lost the rest of what it read. Where nothing could be written anyway that is the
    /// same time; a time that can be written is the one that is sent.
    /// </summary>
    private static bool AreTimes(Property property, long shown, JsonElement sent, long ticks)
    {
        if (property.Writable) return shown == ticks;
        var text = sent.GetString()!;
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var digits = dot < 0 ? 0 : text[(dot + 1)..].TakeWhile(char.IsAsciiDigit).Count();
        var unit = (long)Math.Pow(10, Math.Max(0, 7 - digits));
        return shown - shown % unit == ticks;
    }
}
