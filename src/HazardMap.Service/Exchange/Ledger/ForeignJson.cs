using System.Text.Json;

namespace HazardMap.Service.Exchange.Ledger;

/// <summary>Names JSON that is no GeoJSON of features, each kind with its own remedy.</summary>
internal static class ForeignJson
{
    /// <summary>The member <c>type</c> of an object.</summary>
    public static string? TypeOf(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
            ? TextOf(type) : null;

    /// <summary>The text of a value; <see langword="null"/> when it holds half a character, which JSON can spell and nobody can
    /// keep.</summary>
    public static string? TextOf(JsonElement value)
    {
        try
        {
            return value.ToString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The name of a member; one with half a character in it is nobody's.</summary>
    public static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return "\uFFFD";
        }
    }

    /// <summary>What a document is instead.</summary>
    public static RefusalException Refusal(JsonElement root, string fileName)
    {
        var (en, zh) = Told(root, fileName);
        return new("NotFeatures", $"{fileName} is not a GeoJSON FeatureCollection: {en}. Nothing was changed.",
            $"{fileName} 不是 GeoJSON FeatureCollection：{zh}。未作任何更改。", fileName);
    }

    /// <summary>What stands in a feature's place; <see langword="null"/>: a feature.</summary>
    public static (string En, string Zh)? NoFeature(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
            return ($"{Seen(json)} stands where a Feature should: take it out",
                $"此处应为 Feature，实际为 {Seen(json)}：请删除");
        if (TypeOf(json) is not "Feature")
            return ($"this is no Feature: its type is {TypeOf(json) ?? "missing"}; give it \"type\": \"Feature\" with properties and "
                + "geometry",
                $"此处不是 Feature：type 为 {TypeOf(json) ?? "空"}；应为 \"type\": \"Feature\" 并含 properties 和 geometry");
        return json.TryGetProperty("properties", out var properties)
            && properties.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null)
            ? ($"its properties are {Seen(properties)}, not an object", $"其 properties 为 {Seen(properties)}，不是对象") : null;
    }

    private static (string En, string Zh) Told(JsonElement root, string fileName)
    {
        var remedy = $"ogr2ogr -f GeoJSON out.geojson {fileName}";
        if (root.ValueKind == JsonValueKind.Array)
            return ($"it is an array of {root.GetArrayLength()} and none is a Feature; save a table as csv with headers, or make "
                + "Features of its rows",
                $"是含 {root.GetArrayLength()} 项的数组，其中没有 Feature；表格请另存为带表头的 csv，"
                    + "或将各行写成 Feature");
        if (root.ValueKind != JsonValueKind.Object) return ($"it is {Seen(root)}", $"内容为 {Seen(root)}");
        bool Has(string name) => root.TryGetProperty(name, out _);
        if (Has("elements") && (Has("osm3s") || Has("generator") || Has("version")))
            return ("it is Overpass JSON; ask Overpass for XML ([out:xml]), save it as .osm and import that",
                "是 Overpass JSON；请让 Overpass 输出 XML（[out:xml]），保存为 .osm 后导入");
        if (TypeOf(root) == "Topology")
            return ($"it is TopoJSON; convert it: {remedy}", $"是 TopoJSON；请转换：{remedy}");
        if (Has("geometryType") || Has("spatialReference") || Has("fieldAliases") || IsEsri(root))
            return ($"it is Esri JSON; ask the server for f=geojson, or convert it: {remedy}",
                $"是 Esri JSON；请向服务器请求 f=geojson，或转换：{remedy}");
        return TypeOf(root) switch
        {
            "FeatureCollection" => ($"its member features is {Member(root, "features")}, not an array",
                $"其 features 成员为 {Member(root, "features")}，不是数组"),
            "Point" or "MultiPoint" or "LineString" or "MultiLineString" or "Polygon" or "MultiPolygon" or "GeometryCollection" =>
                ($"it is a bare {TypeOf(root)} without properties; make it the geometry of a Feature that has a Code (编号)",
                    $"是没有属性的 {TypeOf(root)}；请将其写成含“编号”（Code）的 Feature 的 geometry"),
            "CityJSON" => ($"it is CityJSON; convert it: {remedy}", $"是 CityJSON；请转换：{remedy}"),
            _ => ($"its members are {Members(root)}; expected are \"type\": \"FeatureCollection\" and \"features\"",
                $"其成员为 {Members(root)}；应有 \"type\": \"FeatureCollection\" 和 \"features\""),
        };
    }

    private static bool IsEsri(JsonElement root) => TypeOf(root) is null && root.TryGetProperty("features", out var features)
        && features.ValueKind == JsonValueKind.Array
        && features.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } first
        && first.TryGetProperty("attributes", out _);

    private static string Member(JsonElement root, string name) => root.TryGetProperty(name, out var member) ? Seen(member)
        : "missing / 缺失";

    private static string Members(JsonElement root) => CellProblem.Quote(string.Join(", ",
        root.EnumerateObject().Take(8).Select(NameOf)));

    private static string Seen(JsonElement json) => CellProblem.Quote(json.GetRawText());
}
