using System.Globalization;
using System.Text.Json;
using Npgsql;

namespace HazardMap.OData;

/// <summary>Writes the current row as an entity.</summary>
internal sealed class EntityWriter(ODataRequest request, RowShape shape)
{
    private static readonly JsonEncodedText ETagName = JsonEncodedText.Encode("@odata.etag");
    private static readonly JsonEncodedText IdName = JsonEncodedText.Encode("@odata.id");
    private readonly string metadata = request.Preferences.Metadata;
    private readonly bool keyIsShown = shape.Selection.Properties.Contains(shape.Set.Key);
    private readonly JsonEncodedText[] expansionNames = [.. shape.Selection.Expansions.Select(x => JsonEncodedText.Encode(x.Navigation.Name))];

    public void WriteMembers(Utf8JsonWriter json, NpgsqlDataReader row)
    {
        if (metadata != "none") WriteAnnotations(json, row);
        var properties = shape.Selection.Properties;
        for (var i = 0; i < properties.Count; i++)
        {
            var property = properties[i];
            if (metadata == "full" && TypeAnnotation(property) is { } type) json.WriteString(property.Name + "@odata.type", type);
            json.WritePropertyName(property.JsonName);
            ValueWriter.Write(json, row, i, property.Type, request.NumbersAsText);
        }
        for (var i = 0; i < expansionNames.Length; i++)
        {
            json.WritePropertyName(expansionNames[i]);
            json.WriteRawValue(row.GetString(shape.FirstExpansion + i), skipInputValidation: true);
        }
    }

    private void WriteAnnotations(Utf8JsonWriter json, NpgsqlDataReader row)
    {
        if (metadata == "full") json.WriteString("@odata.type", $"#{request.Model.Namespace}.{shape.Set.TypeName}");
        if (metadata == "full" || !keyIsShown) json.WriteString(IdName, EntityUrl(row));
        if (ETag(row) is { } etag) json.WriteString(ETagName, etag);
        if (metadata != "full") return;
        if (shape.Set.Table is not null) json.WriteString("@odata.editLink", EntityUrl(row));
        foreach (var navigation in shape.Set.Navigations)
            json.WriteString(navigation.Name + "@odata.navigationLink", $"{EntityUrl(row)}/{navigation.Name}");
    }

    private string EntityUrl(NpgsqlDataReader row) => Urls.Entity(request.Root, shape.Set, ValueWriter.Read(row, shape.KeyOrdinal, shape.Set.Key.Type)!);

    public string? ETag(NpgsqlDataReader row) => shape.VersionOrdinal < 0
        ? null
        : Urls.ETag(ValueWriter.Read(row, shape.VersionOrdinal, shape.Set.Version!.Type)!);

    /// <summary>JSON's own types (and text) explain themselves; the others are named.</summary>
    private string? TypeAnnotation(Property property) => property.Type switch
    {
        ODataType.String or ODataType.Boolean or ODataType.Double => null,
        ODataType.Enum => $"#{request.Model.Namespace}.{property.EnumType!.Name}",
        var type => "#" + type.ToString(),
    };
}

/// <summary>Addresses and ETags.</summary>
internal static class Urls
{
    public static string Entity(string root, EntitySet set, object key) => $"{root}{set.Name}({KeyLiteral(key)})";

    public static string ETag(object version) =>
        $"W/\"{(version is DateTime time ? time.ToString("O", CultureInfo.InvariantCulture) : Convert.ToString(version, CultureInfo.InvariantCulture))}\"";

    private static string KeyLiteral(object key) => key switch
    {
        string text => $"'{Uri.EscapeDataString(text.Replace("'", "''", StringComparison.Ordinal))}'",
        DateOnly date => date.ToString("O", CultureInfo.InvariantCulture),
        _ => Uri.EscapeDataString(Convert.ToString(key, CultureInfo.InvariantCulture)!),
    };
}
