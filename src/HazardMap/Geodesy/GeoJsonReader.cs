using System.Text.Json;
using HazardMap.Solve;
using NetTopologySuite.Geometries;

namespace HazardMap.Geodesy;

/// <summary>Reads a GeoJSON geometry, naming the path of whatever is wrong.</summary>
/// <param name="root">Where it stands.</param>
/// <param name="isUnplaced">The reference system is not known yet: positions are finite numbers, no more.</param>
internal sealed class GeoJsonReader(string root, bool isUnplaced = false)
{
    private const string Kinds = " Point, MultiPoint, LineString, MultiLineString, Polygon, MultiPolygon ";
    private static readonly GeometryFactory Factory = GeoJson.Factory;
    private int _positions;

    public Geometry Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object) throw Malformed(root, "a GeoJSON geometry object", "GeoJSON 几何对象");
        if (!isUnplaced) RefuseForeignCrs(json);
        var type = json.TryGetProperty("type", out var t) && ProblemReader.TryText(t, out var text) ? text : null;
        if (type is "GeometryCollection")
            throw new RefusalException("UnsupportedGeometry", $"{root}: a GeometryCollection is not accepted.",
                $"{root}：不接受 GeometryCollection。", root);
        if (!json.TryGetProperty("coordinates", out var c) || c.ValueKind != JsonValueKind.Array)
            throw Malformed($"{root}.coordinates", "an array", "数组");
        var path = $"{root}.coordinates";
        return type switch
        {
            "Point" => Factory.CreatePoint(Position(c, path)),
            "MultiPoint" => Factory.CreateMultiPointFromCoords(Positions(c, path, 1)),
            "LineString" => Line(c, path),
            "MultiLineString" => Factory.CreateMultiLineString(Each(c, path, Line)),
            "Polygon" => Polygon(c, path),
            "MultiPolygon" => Factory.CreateMultiPolygon(Each(c, path, Polygon)),
            _ => throw Malformed($"{root}.type", "one of" + Kinds.TrimEnd(), Kinds.TrimEnd() + " 之一"),
        };
    }

    private LineString Line(JsonElement json, string path) => Factory.CreateLineString(Positions(json, path, 2));

    private Polygon Polygon(JsonElement json, string path)
    {
        var rings = Each(json, path, Ring);
        return Factory.CreatePolygon(rings[0], rings[1..]);
    }

    private LinearRing Ring(JsonElement json, string path)
    {
        var positions = Positions(json, path, 4);
        if (!positions[0].Equals2D(positions[^1]))
            throw new RefusalException("RingNotClosed", $"{path}: the ring does not end where it begins.", $"{path}：环未闭合。",
                path);
        return Factory.CreateLinearRing(positions);
    }

    private static T[] Each<T>(JsonElement json, string path, Func<JsonElement, string, T> read)
    {
        if (json.ValueKind != JsonValueKind.Array) throw Malformed(path, "an array", "数组");
        if (json.GetArrayLength() == 0) throw Empty(path);
        var items = new T[json.GetArrayLength()];
        var i = 0;
        foreach (var item in json.EnumerateArray()) items[i] = read(item, $"{path}[{i++}]");
        return items;
    }

    private Coordinate[] Positions(JsonElement json, string path, int atLeast)
    {
        if (json.ValueKind != JsonValueKind.Array) throw Malformed(path, "an array of positions", "坐标数组");
        var count = json.GetArrayLength();
        if (count == 0) throw Empty(path);
        if (count < atLeast) throw Malformed(path, $"at least {atLeast} positions, not {count}",
            $"至少 {atLeast} 个坐标，而不是 {count} 个");
        if ((_positions += count) > Soundness.MaximumPositions)
            throw new RefusalException("GeometryTooLarge", $"{path}: more than {Soundness.MaximumPositions} positions.",
                $"{path}：坐标点过多。", path);
        var positions = new Coordinate[count];
        var i = 0;
        foreach (var item in json.EnumerateArray())
        {
            // The path of a position is only spelled out when it is refused.
            if (TryPosition(item, out var x, out var y)) positions[i++] = new Coordinate(x, y);
            else _ = Position(item, $"{path}[{i}]");
        }
        return positions;
    }

    private Coordinate Position(JsonElement json, string path)
    {
        if (TryPosition(json, out var x, out var y)) return new Coordinate(x, y);
        if (json.ValueKind == JsonValueKind.Array && json.GetArrayLength() == 0) throw Empty(path);
        if (!Numbers(json, out x, out y)) throw Malformed(path, "[longitude, latitude] as numbers", "数字 [经度, 纬度]");
        if (!isUnplaced) Soundness.CheckPosition(x, y, path);
        throw Malformed(path, "[longitude, latitude] as finite numbers", "有限数 [经度, 纬度]");
    }

    private bool TryPosition(JsonElement json, out double x, out double y) => Numbers(json, out x, out y)
        && (isUnplaced ? double.IsFinite(x) && double.IsFinite(y) : x is >= -180 and <= 180 && y is >= -90 and <= 90);

    private static bool Numbers(JsonElement json, out double x, out double y)
    {
        x = y = double.NaN;
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() is not (2 or 3)) return false;
        foreach (var part in json.EnumerateArray())
            if (part.ValueKind != JsonValueKind.Number) return false;
        return json[0].TryGetDouble(out x) && json[1].TryGetDouble(out y);
    }

    // GeoJSON of 2008 could name another system; RFC 7946 cannot, and neither can the register.
    private void RefuseForeignCrs(JsonElement json)
    {
        if (!json.TryGetProperty("crs", out var crs) || crs.ValueKind == JsonValueKind.Null) return;
        var name = crs.GetRawText();
        if (name.Contains("CRS84", StringComparison.Ordinal) || name.Contains("EPSG:4326", StringComparison.Ordinal)
            || name.Contains("EPSG::4326", StringComparison.Ordinal)) return;
        throw new RefusalException("UnsupportedCrs", $"{root}.crs: only EPSG:4326 (longitude, latitude) is accepted here.",
            $"{root}.crs：此处只接受 EPSG:4326（经度、纬度）。", $"{root}.crs");
    }

    private static RefusalException Malformed(string path, string wanted, string wantedZh) =>
        new("MalformedGeometry", $"{path} must be {wanted}.", $"{path} 应为{wantedZh}。", path);

    private static RefusalException Empty(string path) =>
        new("EmptyGeometry", $"{path} is empty.", $"{path} 为空。", path);
}
