using System.IO.Compression;
using System.Text;

namespace HazardMap.Service.Exchange.Osm;

/// <summary>How the bytes of an extract are written and packed.</summary>
internal enum OsmFormat { Pbf, Xml, GzippedXml, Bzip2Xml }

/// <summary>Tells what a file is by its bytes, for its name may be wrong; what is no extract is refused by what it is.</summary>
internal static class OsmFormats
{
    private const int Looked = 1024;

    // What takes an extract's place by mistake: how it begins, what it is, what helps.
    private static readonly (byte[] Begins, string En, string Zh)[] Others =
    [
        ([0x50, 0x4B, 3, 4], "a zip archive. Unpack it and import what is inside", " zip 压缩包。请解压后导入其中的文件"),
        ([0x28, 0xB5, 0x2F, 0xFD], "packed with zstd. Unpack it: zstd -d FILE", " zstd 压缩文件。请解压：zstd -d 文件"),
        ([0xFD, 0x37, 0x7A, 0x58], "packed with xz. Unpack it: xz -d FILE", " xz 压缩文件。请解压：xz -d 文件"),
        ([0x37, 0x7A, 0xBC, 0xAF], "a 7z archive. Unpack it and import what is inside",
            " 7z 压缩包。请解压后导入其中的文件"),
        ([0xFF, 0xE0, 4, 0x6F, 0x35, 0x6D, 0x32], "in the format o5m. Convert it: osmium cat FILE -F o5m -o new.osm.pbf",
            " o5m 格式。请转换：osmium cat 文件 -F o5m -o new.osm.pbf"),
    ];

    public static async Task<OsmFormat> OfAsync(string path, string fileName, CancellationToken stop)
    {
        await using var file = File.OpenRead(path);
        var head = await HeadAsync(file, stop);
        if (head.AsSpan().StartsWith("BZh"u8)) return OsmFormat.Bzip2Xml;
        var isGzipped = head is [0x1F, 0x8B, ..];
        if (isGzipped) head = await UnpackedHeadAsync(file, fileName, stop);
        if (!isGzipped && head.AsSpan(0, Math.Min(64, head.Length)).IndexOf("OSMHeader"u8) >= 0) return OsmFormat.Pbf;
        foreach (var (begins, en, zh) in Others)
            if (head.AsSpan().StartsWith(begins)) throw NotAnExtract(fileName, en, zh);
        RefuseOtherText(Text(head), fileName);
        return isGzipped ? OsmFormat.GzippedXml : OsmFormat.Xml;
    }

    /// <summary>A file of changes is no extract.</summary>
    public static RefusalException Changes(string fileName) => new("OsmChange",
        $"{fileName} is an osmChange file: it tells what changed, not what is there. Apply it to its extract and import the result: "
            + "osmium apply-changes EXTRACT.osm.pbf CHANGES.osc.gz -o new.osm.pbf. Nothing was changed.",
        $"{fileName} 是 osmChange 变更文件，只记录变化而非完整数据。请先应用到对应数据再导入结果："
            + "osmium apply-changes 数据.osm.pbf 变更.osc.gz -o new.osm.pbf。未作任何更改。", fileName);

    private static async Task<byte[]> HeadAsync(Stream file, CancellationToken stop)
    {
        var head = new byte[Looked];
        return head[..await file.ReadAtLeastAsync(head, Looked, throwOnEndOfStream: false, stop)];
    }

    private static async Task<byte[]> UnpackedHeadAsync(Stream file, string fileName, CancellationToken stop)
    {
        file.Position = 0;
        await using var unpacked = new GZipStream(file, CompressionMode.Decompress);
        try
        {
            return await HeadAsync(unpacked, stop);
        }
        catch (InvalidDataException)
        {
            throw OsmToolErrors.Refusal(fileName, "gzip", 1, "data integrity");
        }
    }

    // Enough of it to tell: as UTF-16 or as what has the Latin letters of ASCII.
    private static string Text(byte[] head) =>
        (head is [0xFF, 0xFE, ..] ? Encoding.Unicode : head is [0xFE, 0xFF, ..] ? Encoding.BigEndianUnicode : Encoding.Latin1)
            .GetString(head).TrimStart('\uFEFF', '\u00EF', '\u00BB', '\u00BF', ' ', '\t', '\r', '\n');

    private static void RefuseOtherText(string text, string fileName)
    {
        if (text.StartsWith('{') || text.StartsWith('['))
            throw NotAnExtract(fileName, "JSON. Ask Overpass for XML: [out:xml]; a GeoJSON file wants the name .geojson",
                " JSON 文件。请让 Overpass 输出 XML：[out:xml]；GeoJSON 文件请用扩展名 .geojson");
        if (text.Contains("<html", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("<!DOCTYPE html", StringComparison.OrdinalIgnoreCase))
            throw NotAnExtract(fileName,
                "a web page: the server sent a message in place of the data. Open it in a browser, then download again",
                "网页：服务器返回的是提示页面而非数据。请用浏览器打开查看，然后重新下载");
        if (text.Length > 0 && !text.StartsWith('<'))
            throw NotAnExtract(fileName,
                "something that begins neither as .osm.pbf nor as OSM XML (plain, .gz, .bz2). Download or save it again",
                "开头既非 .osm.pbf 也非 OSM XML（含 .gz、.bz2）的其他文件。请重新下载或保存");
    }

    private static RefusalException NotAnExtract(string fileName, string en, string zh) => new("ExtractNotOsm",
        $"{fileName} is no OpenStreetMap extract, but {en}. Nothing was changed.",
        $"{fileName} 不是 OpenStreetMap 数据，而是{zh}。未作任何更改。", fileName);
}
