using System.Text.Json;

namespace HazardMap.OData;

/// <summary>GeoJSON geometries as EWKB. What is refused is refused with the property and the place in it.</summary>
internal sealed class GeoJsonReader
{
    private readonly Property _property;
    private readonly EwkbWriter _writer;

    private GeoJsonReader(Property property, int maxPositions)
    {
        _property = property;
        _writer = new EwkbWriter(maxPositions);
    }

    public static byte[] Read(Property property, JsonElement json, int maxPositions)
    {
        var reader = new GeoJsonReader(property, maxPositions);
        reader.Geometry(json, property.Name, isRoot: true);
        return reader._writer.ToArray();
    }

    private void Geometry(JsonElement json, string place, bool isRoot)
    {
        var kind = Kind(json, place, isRoot);
        if (json.TryGetProperty("crs", out var crs)) CheckCrs(crs, place);
        _writer.Begin(kind, withSrid: isRoot);
        var member = kind == GeometryKind.GeometryCollection ? "geometries" : "coordinates";
        var inner = $"{place}/{member}";
        if (!json.TryGetProperty(member, out var content)) throw Wrong(inner, $"{place} has no {member}.");
        if (kind == GeometryKind.GeometryCollection) Each(content, inner, minimum: 1, (x, at) => Geometry(x, at, isRoot: false));
        else Coordinates(kind, content, inner);
    }

    private GeometryKind Kind(JsonElement json, string place, bool isRoot)
    {
        var name = json.ValueKind == JsonValueKind.Object && json.TryGetProperty("type", out var type)
            && type.ValueKind == JsonValueKind.String
            ? type.GetString() : null;
        if (name is null || !Enum.TryParse<GeometryKind>(name, out var kind)
            || !string.Equals(kind.ToString(), name, StringComparison.Ordinal))
            throw Wrong(place, $"{place} must be a GeoJSON geometry.");
        var fits = _property.Type == ODataType.Geography
            || string.Equals(_property.Type.ToString(), "Geography" + Suffix(kind), StringComparison.Ordinal);
        if (isRoot && !fits) throw Wrong(place, $"{place} must be Edm.{_property.Type}, not {name}.");
        return kind;
    }

    private static string Suffix(GeometryKind kind) => kind == GeometryKind.GeometryCollection ? "Collection" : kind.ToString();

    private static void CheckCrs(JsonElement crs, string place)
    {
        var text = crs.GetRawText();
        if (!text.Contains("4326", StringComparison.Ordinal) && !text.Contains("CRS84", StringComparison.Ordinal)
            && crs.ValueKind != JsonValueKind.Null)
            throw ODataRefusalException.Bad($"{place} must be in SRID 4326 (longitude, latitude).", place, "SridNotSupported");
    }

    private void Coordinates(GeometryKind kind, JsonElement json, string place)
    {
        switch (kind)
        {
            case GeometryKind.Point: Position(json, place); break;
            case GeometryKind.LineString: Line(json, place, minimum: 2, closed: false); break;
            case GeometryKind.Polygon: Each(json, place, minimum: 1, (ring, at) => Line(ring, at, minimum: 4, closed: true)); break;
            default: Each(json, place, minimum: 1, (part, at) => Part(kind - 3, part, at)); break;
        }
    }

    private void Part(GeometryKind kind, JsonElement json, string place)
    {
        _writer.Begin(kind, withSrid: false);
        Coordinates(kind, json, place);
    }

    private void Line(JsonElement json, string place, int minimum, bool closed)
    {
        Each(json, place, minimum, Position);
        if (closed && !SamePosition(json[0], json[json.GetArrayLength() - 1]))
            throw Wrong(place, $"{place} is a ring that does not end where it begins.");
    }

    private static bool SamePosition(JsonElement a, JsonElement b) =>
        a[0].GetDouble() == b[0].GetDouble() && a[1].GetDouble() == b[1].GetDouble();

    private void Each(JsonElement json, string place, int minimum, Action<JsonElement, string> action)
    {
        if (json.ValueKind != JsonValueKind.Array) throw Wrong(place, $"{place} must be a list.");
        var count = json.GetArrayLength();
        if (count < minimum) throw Wrong(place, $"{place} needs at least {minimum} entries.");
        _writer.Count(count);
        for (var i = 0; i < count; i++) action(json[i], $"{place}/{i}");
    }

    private void Position(JsonElement json, string place)
    {
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() != 2
            || !Number(json[0], out var longitude) || !Number(json[1], out var latitude))
            throw Wrong(place, $"{place} must be [longitude, latitude].");
        try
        {
            _writer.Position(longitude, latitude);
        }
        catch (ODataRefusalException refusal)
        {
            throw new ODataRefusalException(refusal.Status, refusal.Code, $"{place}: {refusal.Message}", _property.Name);
        }
    }

    private static bool Number(JsonElement json, out double value)
    {
        value = 0;
        return json.ValueKind == JsonValueKind.Number && json.TryGetDouble(out value);
    }

    private ODataRefusalException Wrong(string place, string message) =>
        ODataRefusalException.Bad(message, _property.Name, place.Length == 0 ? "BadRequest" : "WrongShape");
}
