using System.Text.Json;
using System.Text.RegularExpressions;
using HazardMap.Geodesy.Crs;

namespace HazardMap.Service.Exchange.Ledger;

/// <summary>The reference system that a GeoJSON file names in its member <c>crs</c>, as GeoJSON of 2008 had it and programs still write
/// it.</summary>
internal static partial class CrsMember
{
    /// <summary>The system and the name it was given; <see langword="null"/>: none is named, so WGS84.</summary>
    /// <exception cref="RefusalException">A system that is not known here.</exception>
    public static (CoordinateSystem System, string Name)? Of(JsonElement json, string fileName, string place)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("crs", out var crs)
            || crs.ValueKind == JsonValueKind.Null) return null;
        var name = Name(crs);
        try
        {
            if (name.Contains("CRS84", StringComparison.OrdinalIgnoreCase)) return (CoordinateSystem.Wgs84, name);
            return (CoordinateSystem.Parse(Code().Match(name) is { Success: true } code ? "EPSG:" + code.Groups["code"].Value : name),
                name);
        }
        catch (RefusalException unknown)
        {
            throw new RefusalException("UnsupportedCrs",
                $"{fileName}, {place}: the file names the reference system '{name}': {unknown.Message} Transform it: "
                    + $"ogr2ogr -f GeoJSON -t_srs EPSG:4326 out.geojson {fileName}. Nothing was changed.",
                $"{fileName}，{place}：文件声明的坐标系为 '{name}'：{unknown.MessageZh}"
                    + $"请转换：ogr2ogr -f GeoJSON -t_srs EPSG:4326 out.geojson {fileName}。未作任何更改。", fileName);
        }
    }

    /// <summary>Whether two systems are the same to the register: CGCS2000 and WGS84 agree to centimetres.</summary>
    public static bool Agree(CoordinateSystem a, CoordinateSystem b) => a.Name == b.Name || IsGlobal(a) && IsGlobal(b);

    /// <summary>Longitude and latitude on WGS84 or CGCS2000.</summary>
    public static bool IsGlobal(CoordinateSystem system) => system.Name is "EPSG:4326" or "EPSG:4490";

    private static string Name(JsonElement crs)
    {
        var text = crs.ValueKind == JsonValueKind.Object && crs.TryGetProperty("properties", out var properties)
            && properties.ValueKind == JsonValueKind.Object
            ? properties.TryGetProperty("name", out var name) ? ForeignJson.TextOf(name) ?? "?"
                : properties.TryGetProperty("code", out var code) ? "EPSG:" + code : properties.GetRawText()
            : crs.ValueKind == JsonValueKind.String ? ForeignJson.TextOf(crs) ?? "?" : crs.GetRawText();
        return CellProblem.Quote(text);
    }

    [GeneratedRegex(@"EPSG[:/]+([\d.]*[:/])?(?<code>\d{4,6})$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Code();
}
