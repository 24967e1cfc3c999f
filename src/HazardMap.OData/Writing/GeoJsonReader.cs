using System.Globalization;
using System.Text.Json;

namespace HazardMap.OData;

/// <summary>
/// GeoJSON geometries as EWKB. What is refused is refused with the property and the place in it. Each position is looked at once,
/// and not at all when the client has gone.
/// </summary>
/// <remarks>A <see cref="JsonElement"/>'s indexer walks the list from its beginning: lists are enumerated here, never indexed.</remarks>
internal sealed class GeoJsonReader(Property property, int maxPositions, CancellationToken stop)
{
    private const int StepsBetweenLooks = 1024;
    private readonly EwkbWriter _writer = new(maxPositions);

    /// <summary>Geometries and positions looked at so far: what the work is counted by.</summary>
    public int Steps { get; private set; }

    public static byte[] Read(Property property, JsonElement json, int maxPositions, CancellationToken stop) =>
        new GeoJsonReader(property, maxPositions, stop).Read(json);

    public byte[] Read(JsonElement json)
    {
        Geometry(json, new Place(Around: null, property.Name), isRoot: true);
        return _writer.ToArray();
    }

    private void Geometry(JsonElement json, Place place, bool isRoot)
    {
        Step();
        var kind = Kind(json, place, isRoot);
        if (json.TryGetProperty("crs", out var crs)) CheckCrs(crs, place);
        _writer.Begin(kind, withSrid: isRoot);
        var member = kind == GeometryKind.GeometryCollection ? "geometries" : "coordinates";
        if (!json.TryGetProperty(member, out var content)) throw Wrong($"{place} has no {member}.");
        var inner = new Place(place, member);
        if (kind == GeometryKind.GeometryCollection) Each(content, inner, (x, at) => Geometry(x, at, isRoot: false));
        else Coordinates(kind, content, inner);
    }

    private GeometryKind Kind(JsonElement json, Place place, bool isRoot)
    {
        var name = json.ValueKind == JsonValueKind.Object && json.TryGetProperty("type", out var type)
            && type.ValueKind == JsonValueKind.String
            ? type.GetString() : null;
        if (name is null || !Enum.TryParse<GeometryKind>(name, out var kind)
            || !string.Equals(kind.ToString(), name, StringComparison.Ordinal))
            throw Wrong($"{place} must be a GeoJSON geometry.");
        var fits = property.Type == ODataType.Geography
            || string.Equals(property.Type.ToString(), "Geography" + Suffix(kind), StringComparison.Ordinal);
        if (isRoot && !fits) throw Wrong($"{place} must be Edm.{property.Type}, not {name}.");
        return kind;
    }

    private static string Suffix(GeometryKind kind) => kind == GeometryKind.GeometryCollection ? "Collection" : kind.ToString();

    private static void CheckCrs(JsonElement crs, Place place)
    {
        var text = crs.GetRawText();
        if (!text.Contains("4326", StringComparison.Ordinal) && !text.Contains("CRS84", StringComparison.Ordinal)
            && crs.ValueKind != JsonValueKind.Null)
            throw ODataRefusalException.Bad($"{place} must be in SRID 4326 (longitude, latitude).", place.ToString(), "SridNotSupported");
    }

    private void Coordinates(GeometryKind kind, JsonElement json, Place place)
    {
        switch (kind)
        {
            case GeometryKind.Point: Position(json, place, number: null); break;
            case GeometryKind.LineString: Line(json, place, minimum: 2, closed: false); break;
            case GeometryKind.Polygon: Each(json, place, (ring, at) => Line(ring, at, minimum: 4, closed: true)); break;
            default: Each(json, place, (part, at) => Part(kind - 3, part, at)); break;
        }
    }

    private void Part(GeometryKind kind, JsonElement json, Place place)
    {
        _writer.Begin(kind, withSrid: false);
        Coordinates(kind, json, place);
    }

    private void Line(JsonElement json, Place place, int minimum, bool closed)
    {
        NeedList(json, place, minimum);
        var (number, first, last) = (0, default((double, double)), default((double, double)));
        foreach (var item in json.EnumerateArray())
        {
            last = Position(item, place, number);
            if (number++ == 0) first = last;
        }
        if (closed && first != last) throw Wrong($"{place} is a ring that does not end where it begins.");
    }

    private void Each(JsonElement json, Place place, Action<JsonElement, Place> action)
    {
        NeedList(json, place, minimum: 1);
        var number = 0;
        foreach (var item in json.EnumerateArray())
            action(item, new Place(place, (number++).ToString(CultureInfo.InvariantCulture)));
    }

    private void NeedList(JsonElement json, Place place, int minimum)
    {
        if (json.ValueKind != JsonValueKind.Array) throw Wrong($"{place} must be a list.");
        var count = json.GetArrayLength();
        if (count < minimum) throw Wrong($"{place} needs at least {minimum} entries.");
        _writer.Count(count);
    }

    /// <summary>A position of a list, or, without a number, of a point. Its place is spelled out only when it is refused.</summary>
    private (double Longitude, double Latitude) Position(JsonElement json, Place place, int? number)
    {
        Step();
        if (!Numbers(json, out var longitude, out var latitude)) throw Wrong($"{At(place, number)} must be [longitude, latitude].");
        try
        {
            _writer.Position(longitude, latitude);
        }
        catch (ODataRefusalException refusal)
        {
            throw new ODataRefusalException(refusal.Status, refusal.Code, $"{At(place, number)}: {refusal.Text}", property.Name)
            {
                Details = refusal.Details,
            };
        }
        return (longitude, latitude);
    }

    private static bool Numbers(JsonElement json, out double longitude, out double latitude)
    {
        longitude = latitude = 0;
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() != 2) return false;
        using var pair = json.EnumerateArray();
        pair.MoveNext();
        if (!Number(pair.Current, out longitude)) return false;
        pair.MoveNext();
        return Number(pair.Current, out latitude);
    }

    private static bool Number(JsonElement json, out double value)
    {
        value = 0;
        return json.ValueKind == JsonValueKind.Number && json.TryGetDouble(out value);
    }

    private void Step()
    {
        if (Steps++ % StepsBetweenLooks == 0) stop.ThrowIfCancellationRequested();
    }

    private static string At(Place place, int? number) =>
        number is { } at ? new Place(place, at.ToString(CultureInfo.InvariantCulture)).ToString() : place.ToString();

    private ODataRefusalException Wrong(RefusalText message) => ODataRefusalException.Bad(message, property.Name, "WrongShape");

    /// <summary>Where in the body something stands, such as <c>Shape/coordinates/0</c>.</summary>
    private sealed record Place(Place? Around, string Name)
    {
        public override string ToString() => Around is null ? Name : $"{Around}/{Name}";
    }
}
