using System.Text.Json;
using HazardMap.Geodesy;

namespace HazardMap.Service.Exchange.Ledger;

/// <summary>A ledger as a GeoJSON FeatureCollection: the properties are the columns, in either language;
/// the geometry is the shape.</summary>
internal sealed class GeoJsonLedger : LedgerFile
{
    private readonly JsonElement _features;
    private readonly Dictionary<string, LedgerColumn> _columns;

    private GeoJsonLedger(string fileName, LedgerSet set, IReadOnlyList<string> names, JsonElement features) : base(fileName, set)
    {
        _features = features;
        _columns = Match(names).Zip(names).Where(c => c.First is not null)
            .ToDictionary(c => c.Second, c => c.First!, StringComparer.Ordinal);
    }

    public static GeoJsonLedger Open(byte[] bytes, string fileName, ImportKind? asked)
    {
        var (text, encoding) = LedgerText.Decode(bytes, fileName);
        var features = Features(Parse(text, fileName), fileName);
        var names = features.EnumerateArray().SelectMany(Properties).Select(p => p.Name).Distinct(StringComparer.Ordinal).ToList();
        var kinds = features.EnumerateArray().Take(1).SelectMany(Properties).Where(p => LedgerSet.Means(p.Name, "Kind"))
            .Select(p => p.Value.ToString());
        return new GeoJsonLedger(fileName, LedgerSet.Decide(fileName, asked, names, kinds), names, features) { Encoding = encoding };
    }

    public override IEnumerable<LedgerRow> Rows()
    {
        foreach (var feature in _features.EnumerateArray())
            if (ReadFeature(feature, Count++) is { } row) yield return row;
    }

    public override (string En, string Zh) Place(int number) => ($"features[{number}]", $"features[{number}]");

    private LedgerRow? ReadFeature(JsonElement feature, int number)
    {
        var before = Problems.Count;
        var row = new LedgerRow(number, Set);
        foreach (var property in Properties(feature))
            if (_columns.TryGetValue(property.Name, out var column) && property.Value.ValueKind is not JsonValueKind.Null)
                Fill(row, column, property.Value.ToString());
        try
        {
            if (feature.TryGetProperty("geometry", out var geometry) && geometry.ValueKind != JsonValueKind.Null)
                row.Shape = GeoJson.Read(geometry, $"features[{number}].geometry");
        }
        catch (RefusalException refused)
        {
            Problems.Add(new(number, null, refused.Code, refused.Message, refused.MessageZh));
        }
        return Problems.Count == before ? row : null;
    }

    private static IEnumerable<JsonProperty> Properties(JsonElement feature) =>
        feature.ValueKind == JsonValueKind.Object && feature.TryGetProperty("properties", out var p) && p.ValueKind == JsonValueKind.Object
            ? p.EnumerateObject() : [];

    private static JsonElement Parse(string text, string fileName)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException wrong)
        {
            var (line, column) = ((wrong.LineNumber ?? 0) + 1, (wrong.BytePositionInLine ?? 0) + 1);
            throw new RefusalException("JsonMalformed",
                $"{fileName}, line {line}, column {column}: not JSON; is the file cut off? Nothing was changed.",
                $"{fileName} 第 {line} 行第 {column} 列：不是有效的 JSON，文件是否被截断？未作任何更改。",
                fileName);
        }
    }

    private static JsonElement Features(JsonElement root, string fileName)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("features", out var features)
            || features.ValueKind != JsonValueKind.Array
            || !root.TryGetProperty("type", out var type) || !type.ValueEquals("FeatureCollection"))
            throw new RefusalException("NotFeatures", $"{fileName} is not a GeoJSON FeatureCollection.",
                $"{fileName} 不是 GeoJSON FeatureCollection。", fileName);
        if (root.TryGetProperty("crs", out var crs) && crs.GetRawText() is var named && !named.Contains("CRS84", StringComparison.Ordinal)
            && !named.Contains("4326", StringComparison.Ordinal) && !named.Contains("4490", StringComparison.Ordinal)
            && crs.ValueKind != JsonValueKind.Null)
            throw new RefusalException("UnsupportedCrs", $"{fileName} names another reference system than WGS84; convert it: "
                + $"ogr2ogr -f GeoJSON -t_srs EPSG:4326 out.geojson {fileName}",
                $"{fileName} 使用了 WGS84 以外的坐标系；请转换：ogr2ogr -f GeoJSON -t_srs EPSG:4326 out.geojson {fileName}",
                fileName);
        if (features.GetArrayLength() == 0)
            throw new RefusalException("FileEmpty", $"{fileName} holds no feature.", $"{fileName} 不含任何要素。", fileName);
        return features;
    }
}
