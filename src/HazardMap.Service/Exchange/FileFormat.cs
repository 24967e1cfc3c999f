namespace HazardMap.Service.Exchange;

/// <summary>How a file is written.</summary>
internal enum FileFormat { OsmExtract, Csv, GeoJson }

/// <summary>Tells a file's format by its name; what can't be read yet is refused with what to do instead.</summary>
internal static class FileFormats
{
    private const string
        ChangesRemedy = "osmChange tells what changed, not what is there; apply it to its extract and import the result: "
            + "osmium apply-changes EXTRACT.osm.pbf FILE -o new.osm.pbf",
        ChangesRemedyZh = "osmChange 只记录变化而非完整数据；请先应用到对应数据再导入结果："
            + "osmium apply-changes 数据.osm.pbf 文件 -o new.osm.pbf";

    private static readonly (string Ending, FileFormat Format)[] Known =
    [
        (".osm.pbf", FileFormat.OsmExtract), (".osm", FileFormat.OsmExtract), (".osm.gz", FileFormat.OsmExtract),
        (".osm.bz2", FileFormat.OsmExtract), (".osh.pbf", FileFormat.OsmExtract), (".osh", FileFormat.OsmExtract),
        (".osh.gz", FileFormat.OsmExtract), (".osh.bz2", FileFormat.OsmExtract),
        (".csv", FileFormat.Csv), (".tsv", FileFormat.Csv), (".txt", FileFormat.Csv),
        (".geojson", FileFormat.GeoJson), (".json", FileFormat.GeoJson), (".geojsonl", FileFormat.GeoJson),
            (".geojsons", FileFormat.GeoJson),
        (".geojsonseq", FileFormat.GeoJson), (".ndjson", FileFormat.GeoJson), (".jsonl", FileFormat.GeoJson),
        (".topojson", FileFormat.GeoJson),
    ];

    private static readonly (string Ending, string Remedy, string RemedyZh)[] NotYet =
    [
        (".xlsx", "save the sheet as CSV UTF-8", "请另存为 CSV UTF-8"),
        (".xls", "save the sheet as CSV UTF-8", "请另存为 CSV UTF-8"),
        (".gpkg", "convert it: ogr2ogr -f GeoJSON out.geojson FILE", "请转换：ogr2ogr -f GeoJSON out.geojson 文件"),
        (".shp", "convert it: ogr2ogr -f GeoJSON -t_srs EPSG:4326 out.geojson FILE",
            "请转换：ogr2ogr -f GeoJSON -t_srs EPSG:4326 out.geojson 文件"),
        (".zip", "unzip it; convert a shapefile: ogr2ogr -f GeoJSON -t_srs EPSG:4326 out.geojson FILE",
            "请先解压；Shapefile 请转换：ogr2ogr -f GeoJSON -t_srs EPSG:4326 out.geojson 文件"),
        (".kml", "convert it: ogr2ogr -f GeoJSON out.geojson FILE", "请转换：ogr2ogr -f GeoJSON out.geojson 文件"),
        (".osc", ChangesRemedy, ChangesRemedyZh), (".osc.gz", ChangesRemedy, ChangesRemedyZh), (".osc.bz2", ChangesRemedy, ChangesRemedyZh),
        (".o5m", "convert it: osmium cat FILE -o new.osm.pbf", "请转换：osmium cat 文件 -o new.osm.pbf"),
        (".opl", "convert it: osmium cat FILE -o new.osm.pbf", "请转换：osmium cat 文件 -o new.osm.pbf"),
        (".kmz", "convert it: ogr2ogr -f GeoJSON out.geojson FILE", "请转换：ogr2ogr -f GeoJSON out.geojson 文件"),
    ];

    /// <summary>The format of <paramref name="fileName"/>.</summary>
    /// <exception cref="RefusalException">Not known, or not yet.</exception>
    public static FileFormat Of(string fileName)
    {
        foreach (var (ending, format) in Known)
            if (fileName.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) return format;
        foreach (var (ending, remedy, remedyZh) in NotYet)
            if (fileName.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                throw new RefusalException("FormatNotYet", $"{ending} files can't be imported yet: {remedy}.",
                    $"暂不支持导入 {ending} 文件：{remedyZh}。", fileName);
        throw new RefusalException("FormatUnknown",
            $"{fileName}: the format is not known by its name. Known: {string.Join(", ", Known.Select(k => k.Ending))}.",
            $"{fileName}：无法按文件名识别格式。可用：{string.Join("、", Known.Select(k => k.Ending))}。", fileName);
    }
}
