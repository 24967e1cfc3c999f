using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NpgsqlTypes;

namespace HazardMap.OData;

/// <summary>
/// The place after a page's last row: the values of its ordering's keys, opaque to clients, tied to the ordering it was
/// made for.
/// </summary>
internal static class SkipToken
{
    /// <summary>What a token is tied to: the set and the ordering as sent.</summary>
    public static string Ordering(EntitySet set, IReadOnlyDictionary<string, string> texts) =>
        $"{set.Name}?{texts.GetValueOrDefault("orderby")?.Trim()}";

    /// <summary>The same token as an SQL expression of the keys' columns.</summary>
    public static string Sql(string ordering, IReadOnlyList<OrderKey> keys, Func<int, string> column)
    {
        var texts = keys.Select((key, i) => TextSql(column(i), key.Type)).Prepend($"'{Mark(ordering)}'");
        return $"translate(rtrim(encode(convert_to(json_build_array({string.Join(", ", texts)})::text, 'UTF8'), 'base64'), '='), "
            + "'+/' || chr(10), '-_')";
    }

    public static string Write(string ordering, IReadOnlyList<OrderKey> keys, IReadOnlyList<object?> values)
    {
        var texts = new List<string?> { Mark(ordering) };
        for (var i = 0; i < keys.Count; i++) texts.Add(values[i] is { } value ? Text(Temporal.Raw(value)) : null);
        return Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(texts));
    }

    /// <summary>The place of a page and, after a dot, what else its link remembers.</summary>
    public static (string? Place, string? Carried) Split(string? token)
    {
        var dot = token?.IndexOf('.', StringComparison.Ordinal) ?? -1;
        return dot < 0 ? (token, null) : (token![..dot], token[(dot + 1)..]);
    }

    public static List<object?> Read(string token, string ordering, IReadOnlyList<OrderKey> keys)
    {
        try
        {
            var texts = JsonSerializer.Deserialize<List<string?>>(Base64Url.DecodeFromChars(token))!;
            if (texts.Count != keys.Count + 1 || !string.Equals(texts[0], Mark(ordering), StringComparison.Ordinal))
                throw new FormatException();
            return [.. keys.Select((key, i) => texts[i + 1] is { } text ? Value(text, key.Type) : null)];
        }
        catch (Exception error)
            when (error is FormatException or JsonException or OverflowException or ArgumentException or NullReferenceException)
        {
            throw ODataRefusalException.Bad(
                "This $skiptoken does not belong to this request; follow @odata.nextLink as it is given.", "$skiptoken");
        }
    }

    private static string Mark(string ordering) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ordering)).AsSpan(0, 4));

    private static string Text(object value) => value switch
    {
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        float number => number.ToString("R", CultureInfo.InvariantCulture),
        NpgsqlInterval interval => Temporal.Length(interval).ToString(CultureInfo.InvariantCulture),
        byte[] bytes => Convert.ToBase64String(bytes),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string TextSql(string column, ODataType type) => type switch
    {
        ODataType.Date or ODataType.DateTimeOffset or ODataType.TimeOfDay or ODataType.Duration => Temporal.RawSql(column, type),
        ODataType.Binary => $"translate(encode({column}, 'base64'), chr(10), '')",
        _ => $"({column})::text",
    };

    private static object Value(string text, ODataType type)
    {
        var culture = CultureInfo.InvariantCulture;
        return type switch
        {
            ODataType.Boolean => bool.Parse(text),
            ODataType.Int16 => short.Parse(text, culture),
            ODataType.Int32 => int.Parse(text, culture),
            ODataType.Int64 => long.Parse(text, culture),
            ODataType.Single => float.Parse(text, culture),
            ODataType.Double => double.Parse(text, culture),
            ODataType.Decimal => decimal.Parse(text, culture),
            ODataType.Guid => Guid.Parse(text),
            ODataType.Date => int.Parse(text, culture),
            ODataType.DateTimeOffset or ODataType.TimeOfDay => long.Parse(text, culture),
            ODataType.Duration => Temporal.Interval(Int128.Parse(text, culture)),
            ODataType.Binary => Convert.FromBase64String(text),
            _ when text.Contains('\0', StringComparison.Ordinal) || !UriGuard.IsWellFormed(text) => throw new FormatException(),
            _ => text,
        };
    }
}
