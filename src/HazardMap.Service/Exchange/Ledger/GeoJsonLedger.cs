using System.Text.Json;
using HazardMap.Geodesy;

namespace HazardMap.Service.Exchange.Ledger;

/// <summary>A ledger as GeoJSON features: the properties are the columns, in either language; the geometry is the shape.</summary>
internal sealed class GeoJsonLedger : LedgerFile
{
    private readonly GeoJsonFeatures _features;
    private readonly Dictionary<string, (LedgerColumn Column, double Scale)> _columns;

    private GeoJsonLedger(string fileName, LedgerSet set, IReadOnlyList<string> names, GeoJsonFeatures features) : base(fileName, set)
    {
        _features = features;
        // The geometry is the shape: a property of that name says something else.
        _columns = Match(names).Zip(names).Where(c => c.First is { Column.IsShape: false })
            .ToDictionary(c => c.Second, c => c.First!.Value, StringComparer.Ordinal);
    }

    public static GeoJsonLedger Open(LedgerSource source, ImportKind? asked)
    {
        var fileName = source.FileName;
        var features = source.Whole is { } text ? GeoJsonFeatures.Read(text, fileName) : LargeGeoJson.Read(source);
        var names = features.All.SelectMany(Properties).Select(p => p.Name).Distinct(StringComparer.Ordinal).ToList();
        var kinds = features.All.Take(CsvHeader.RowsRead).SelectMany(Properties)
            .Where(p => LedgerSet.Means(p.Name, "Kind") && p.Value.ValueKind == JsonValueKind.String).Select(p =>
            ForeignJson.TextOf(p.Value) ?? "");
        return new GeoJsonLedger(fileName, LedgerSet.Decide(fileName, asked, names, kinds), names, features)
        {
            Encoding = source.Encoding,
            StatedCrs = features.Crs,
        };
    }

    public override IEnumerable<LedgerRow> Rows()
    {
        foreach (var feature in _features.All)
        {
            var number = Count++;
            if (ForeignJson.NoFeature(feature) is { } seen) Problems.Add(new(number, null, "NotAFeature", seen.En, seen.Zh));
            else yield return ReadFeature(feature, number);
        }
    }

    public override (string En, string Zh) Place(int number) => _features.Lines is { } lines
        ? ($"line {lines[number]}", $"第 {lines[number]} 行") : ($"features[{number}]", $"features[{number}]");

    public override bool StatesPlaces => _features.All.Any(f =>
        f.ValueKind == JsonValueKind.Object && f.TryGetProperty("geometry", out var geometry) && geometry.ValueKind == JsonValueKind.Object)
            || base.StatesPlaces;

    private LedgerRow ReadFeature(JsonElement feature, int number)
    {
        var row = new LedgerRow(number, Set);
        var read = new HashSet<LedgerColumn>();
        foreach (var property in Properties(feature))
        {
            if (!_columns.TryGetValue(property.Name, out var column)) continue;
            if (!read.Add(column.Column))
                Problems.Add(new(number, column.Column, "PropertyTwice", "the property stands there twice: keep the one that is meant",
                    "该属性出现两次：请保留所需的一个"));
            else ReadProperty(row, column, property.Value);
        }
        try
        {
            if (feature.TryGetProperty("geometry", out var geometry) && geometry.ValueKind != JsonValueKind.Null)
            {
                RefuseForeignCrs(geometry, number);
                row.Shape = GeoJson.ReadUnplaced(geometry, $"{Place(number).En}.geometry");
            }
            CheckPlace(row);
        }
        catch (RefusalException refused)
        {
            Problems.Add(new(number, null, refused.Code, refused.Message, refused.MessageZh));
        }
        return row;
    }

    private void ReadProperty(LedgerRow row, (LedgerColumn Column, double Scale) column, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null) return;
        if (value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            Problems.Add(LedgerProblem.OfCell(row.Number, column.Column, new("NotAValue",
                $"'{CellProblem.Quote(value.GetRawText())}' is no single value: state a text or a number",
                $"'{CellProblem.Quote(value.GetRawText())}' 不是单个值：请填写文字或数字")));
        else if (ForeignJson.TextOf(value) is { } text) Fill(row, column.Column, text, column.Scale);
        else
            Problems.Add(LedgerProblem.OfCell(row.Number, column.Column, new("TextRefused",
                $"'{CellProblem.Quote(value.GetRawText())}' holds half a character (a lone surrogate): write the text again",
                $"'{CellProblem.Quote(value.GetRawText())}' 含半个字符（孤立代理项）：请重新填写")));
    }

    private void RefuseForeignCrs(JsonElement geometry, int number)
    {
        if (CrsMember.Of(geometry, FileName, Place(number).En) is { } named
            && !CrsMember.Agree(named.System, StatedCrs?.System ?? HazardMap.Geodesy.Crs.CoordinateSystem.Wgs84))
            throw new RefusalException("UnsupportedCrs", $"its geometry names another reference system, {named.Name}, than the file: "
                + "state one crs for the whole file", $"其 geometry 声明的坐标系 {named.Name} 与文件不同："
                + "请为整个文件声明同一个 crs");
    }

    private static IEnumerable<(string Name, JsonElement Value)> Properties(JsonElement feature) =>
        feature.ValueKind == JsonValueKind.Object && feature.TryGetProperty("properties", out var p) && p.ValueKind == JsonValueKind.Object
            ? p.EnumerateObject().Select(m => (ForeignJson.NameOf(m), m.Value)) : [];
}
