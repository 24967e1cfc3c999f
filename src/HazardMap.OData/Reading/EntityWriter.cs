using System.Globalization;
using System.Text.Json;
using Npgsql;

namespace HazardMap.OData;

/// <summary>Writes the current row as an entity.</summary>
internal sealed class EntityWriter(ODataRequest request, RowShape shape, bool asReference = false)
{
    private static readonly JsonEncodedText ETagName = JsonEncodedText.Encode("@odata.etag");
    private static readonly JsonEncodedText IdName = JsonEncodedText.Encode("@odata.id");
    private readonly string _metadata = request.Preferences.Metadata;
    private readonly bool _keyIsShown = shape.Selection.Properties.Contains(shape.Set.Key);
    private readonly JsonEncodedText[] _expansionNames = [.. shape.Selection.Expansions.Select(x => JsonEncodedText.Encode(x.MemberName))];

    public void WriteMembers(Utf8JsonWriter json, NpgsqlDataReader row)
    {
        if (asReference)
        {
            json.WriteString(IdName, EntityUrl(row));
            return;
        }
        if (_metadata != "none") WriteAnnotations(json, row);
        var properties = shape.Selection.Properties;
        for (var i = 0; i < properties.Count; i++)
        {
            var property = properties[i];
            if (_metadata == "full" && TypeNames.Of(property.Type, property.EnumType, request.Model) is { } type)
                json.WriteString(property.Name + "@odata.type", type);
            json.WritePropertyName(property.JsonName);
            ValueWriter.Write(json, row, i, property.Type, request.NumbersAsText);
        }
        for (var i = 0; i < shape.Computed.Count; i++) WriteComputed(json, row, i);
        for (var i = 0; i < _expansionNames.Length; i++)
        {
            json.WritePropertyName(_expansionNames[i]);
            json.WriteRawValue(row.GetString(shape.FirstExpansion + i), skipInputValidation: true);
        }
    }

    private void WriteComputed(Utf8JsonWriter json, NpgsqlDataReader row, int place)
    {
        var (name, value) = (shape.Selection.Computed[place], shape.Computed[place]);
        // A client knows the types of $metadata, not those of what it computed itself: numbers JSON cannot tell apart are named.
        if (_metadata != "none" && TypeNames.Of(value.Type, value.EnumType, request.Model) is { } type)
            json.WriteString(name + "@odata.type", type);
        json.WritePropertyName(name);
        ValueWriter.Write(json, row, shape.FirstComputed + place, value.Type, request.NumbersAsText);
    }

    private void WriteAnnotations(Utf8JsonWriter json, NpgsqlDataReader row)
    {
        if (_metadata == "full") json.WriteString("@odata.type", $"#{request.Model.Namespace}.{shape.Set.TypeName}");
        if (_metadata == "full" || !_keyIsShown) json.WriteString(IdName, EntityUrl(row));
        if (ETag(row) is { } etag) json.WriteString(ETagName, etag);
        if (shape.MediaTypeOrdinal >= 0) WriteMedia(json, row);
        if (_metadata != "full") return;
        if (shape.Set.Table is not null) json.WriteString("@odata.editLink", EntityUrl(row));
        foreach (var navigation in shape.Set.Navigations)
            json.WriteString(navigation.Name + "@odata.navigationLink", $"{EntityUrl(row)}/{navigation.Name}");
    }

    private void WriteMedia(Utf8JsonWriter json, NpgsqlDataReader row)
    {
        if (!row.IsDBNull(shape.MediaTypeOrdinal) && request.Caller.MayRead(shape.Set, shape.Set.Media!.Type))
            json.WriteString("@odata.mediaContentType", row.GetString(shape.MediaTypeOrdinal));
        if (ETag(row) is { } etag) json.WriteString("@odata.mediaEtag", etag);
        json.WriteString("@odata.mediaReadLink", EntityUrl(row) + "/$value");
        if (_metadata == "full" && shape.Set.Table is not null) json.WriteString("@odata.mediaEditLink", EntityUrl(row) + "/$value");
    }

    private string EntityUrl(NpgsqlDataReader row) =>
        Urls.Entity(request.Root, shape.Set, ValueWriter.Read(row, shape.KeyOrdinal, shape.Set.Key.Type)!);

    public string? ETag(NpgsqlDataReader row) => shape.VersionOrdinal < 0
        ? null
        : Urls.ETag(ValueWriter.Read(row, shape.VersionOrdinal, shape.Set.Version!.Type)!);
}

/// <summary>Names of types in <c>@odata.type</c>.</summary>
internal static class TypeNames
{
    /// <summary>JSON's own types (and text) explain themselves; the others are named.</summary>
    public static string? Of(ODataType type, EnumType? enumType, ODataModel model) => type switch
    {
        ODataType.String or ODataType.Boolean or ODataType.Double => null,
        ODataType.Enum => $"#{model.Namespace}.{enumType!.Name}",
        _ => "#" + type.ToString(),
    };
}

/// <summary>Addresses and ETags.</summary>
internal static class Urls
{
    public static string Entity(string root, EntitySet set, object key) => $"{root}{set.Name}({KeyLiteral(key)})";

    public static string ETag(object version) =>
        version is DateTime time ? string.Create(CultureInfo.InvariantCulture, $"W/\"{time:O}\"")
            : string.Create(CultureInfo.InvariantCulture, $"W/\"{version}\"");

    private static string KeyLiteral(object key) => key switch
    {
        string text => $"'{Uri.EscapeDataString(text.Replace("'", "''", StringComparison.Ordinal))}'",
        DateTime time => Uri.EscapeDataString(time.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture)),
        DateOnly date => date.ToString("O", CultureInfo.InvariantCulture),
        _ => Uri.EscapeDataString(Convert.ToString(key, CultureInfo.InvariantCulture)!),
    };
}
