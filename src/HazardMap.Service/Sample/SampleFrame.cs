using System.Globalization;
using System.Text.Json;
using HazardMap.Service.Database;
using NetTopologySuite.Geometries;

namespace HazardMap.Service.Sample;

/// <summary>A row of the division list: real code, real name.</summary>
internal sealed record FrameDivision(string Code, string Level, string Name, string ParentCode);

/// <summary>A named place of GeoNames.</summary>
internal sealed record FramePlace(string Name, string? NameZh, string Kind, int? Population, Coordinate At);

/// <summary>A river line of GSHHG/WDBII: no name, a class.</summary>
internal sealed record FrameRiver(string Kind, LineString Line);

/// <summary>What is real in a sample: the files of <c>geodata/sample/&lt;prefecture&gt;</c>, which travel with the executable.</summary>
internal sealed class SampleFrame
{
    public static readonly GeometryFactory Geometries = Ewkb.Factory;

    private SampleFrame(string folder)
    {
        Divisions = [.. Rows(folder, "divisions.csv").Select(r => new FrameDivision(r[0], r[1], r[2], r[3]))];
        Places = [.. Rows(folder, "places.csv").Select(Place)];
        Counties = Features(folder, "counties.geojson").ToDictionary(
            f => f.GetProperty("properties").GetProperty("adcode").GetString()!, Polygons, StringComparer.Ordinal);
        Rivers = [.. Features(folder, "rivers.geojson").Select(f => new FrameRiver(
            f.GetProperty("properties").GetProperty("class").GetString()!,
            Geometries.CreateLineString(Line(f.GetProperty("geometry").GetProperty("coordinates")))))];
    }

    public IReadOnlyList<FrameDivision> Divisions { get; }

    public IReadOnlyList<FramePlace> Places { get; }

    public IReadOnlyDictionary<string, MultiPolygon> Counties { get; }

    public IReadOnlyList<FrameRiver> Rivers { get; }

    public static SampleFrame Read(string folder) => new(folder);

    private static FramePlace Place(string[] r) => new(
        r[1], r[2].Length == 0 ? null : r[2], r[5],
        int.Parse(r[9], CultureInfo.InvariantCulture) is > 0 and var people ? people : null,
        new Coordinate(Degrees(r[4]), Degrees(r[3])));

    private static double Degrees(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>These files quote nothing: a comma always separates.</summary>
    private static IEnumerable<string[]> Rows(string folder, string file)
    {
        using var reader = new StreamReader(Open(folder, file));
        reader.ReadLine();
        while (reader.ReadLine() is { Length: > 0 } line)
            yield return line.Split(',');
    }

    private static IEnumerable<JsonElement> Features(string folder, string file)
    {
        using var stream = Open(folder, file);
        return JsonDocument.Parse(stream).RootElement.GetProperty("features").EnumerateArray();
    }

    private static MultiPolygon Polygons(JsonElement feature)
    {
        var geometry = feature.GetProperty("geometry");
        var coordinates = geometry.GetProperty("coordinates");
        return Geometries.CreateMultiPolygon(geometry.GetProperty("type").GetString() == "Polygon"
            ? [Polygon(coordinates)]
            : [.. coordinates.EnumerateArray().Select(Polygon)]);
    }

    private static Polygon Polygon(JsonElement rings)
    {
        var all = rings.EnumerateArray().Select(r => Geometries.CreateLinearRing(Line(r))).ToArray();
        return Geometries.CreatePolygon(all[0], all[1..]);
    }

    /// <summary>Six decimals, and no vertex twice in a row.</summary>
    private static Coordinate[] Line(JsonElement coordinates) => CoordinateArrays.RemoveRepeatedPoints(
        [.. coordinates.EnumerateArray().Select(c => Metres.Round(new Coordinate(c[0].GetDouble(), c[1].GetDouble())))]);

    private static FileStream Open(string folder, string file) => File.OpenRead(ContentPath.Of($"geodata/sample/{folder}/{file}"));
}
