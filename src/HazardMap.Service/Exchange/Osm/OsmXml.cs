using System.Globalization;
using System.Text;
using System.Xml;

namespace HazardMap.Service.Exchange.Osm;

/// <summary>
/// Reads OSM XML as editors, Overpass and exporters write it, and hands on what counts: numbers, versions, positions, members, tags.
/// What an editor has marked as deleted goes on as not visible; what is no extract is refused by the line where it shows.
/// </summary>
internal sealed class OsmXml
{
    private const string
        CutOff = "the file is cut off there. Download or save it again and compare its size with the source's",
        CutOffZh = "文件在此处被截断。请重新下载或保存，并与来源核对大小";

    private static readonly XmlReaderSettings Reading = new()
    {
        DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreWhitespace = true,
        IgnoreProcessingInstructions = true,
    };

    // What the reader says of broken XML, and what that means to people.
    private static readonly Reason[] Reasons =
    [
        new("Unexpected end of file", "ExtractTruncated", CutOff, CutOffZh),
        new("unclosed literal", "ExtractTruncated", CutOff, CutOffZh),
        new("Root element is missing", "ExtractTruncated", CutOff, CutOffZh),
        new("DTD", "ExtractHasDtd", "a DOCTYPE is not read, for it can pull in other files. Remove it",
            "不读取 DOCTYPE 声明，因其可引入其他文件。请删除"),
        new("encoding", "ExtractEncoding", "the text is not in the encoding that it claims (UTF-8 without another word). "
            + "Convert it, such as from GB 18030: iconv -f GB18030 -t UTF-8",
            "文本与其声明的编码不符（未声明时为 UTF-8）。"
            + "请转换，例如：iconv -f GB18030 -t UTF-8"),
        new("multiple root elements", "ExtractTwice", "a second document follows the first. Take them apart, then put them together with: "
            + "osmium merge A.osm B.osm -o both.osm.pbf", "第一个文档之后还有另一个文档。请拆开后合并："
            + "osmium merge A.osm B.osm -o both.osm.pbf"),
        new("EntityName", "XmlBroken", "an & stands alone; in XML it is written &amp;. Correct it, or save it again with the editor",
            "此处有单独的 &，在 XML 中应写作 &amp;。请更正，或用编辑器重新保存"),
        new("hexadecimal value", "XmlBroken",
            "a character stands there that XML does not allow. Remove it, or save it again with the editor",
            "此处有 XML 不允许的字符。请删除，或用编辑器重新保存"),
    ];

    private static readonly XmlWriterSettings Writing = new() { Encoding = new UTF8Encoding(false), CheckCharacters = false };

    private readonly string _fileName;
    private readonly XmlReader _reader;
    private readonly XmlWriter _writer;

    static OsmXml() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance); // GB 18030, as some exporters declare

    private OsmXml(string fileName, XmlReader reader, XmlWriter writer) => (_fileName, _reader, _writer) = (fileName, reader, writer);

    /// <summary>When the data is of, where the file says it at its top.</summary>
    public DateTimeOffset? AsOf { get; private set; }

    /// <summary>How many objects are not visible: deleted in a former version, or marked as deleted in an editor.</summary>
    public int Invisible { get; private set; }

    /// <summary>How many objects were marked as deleted in an editor.</summary>
    public int Deleted { get; private set; }

    /// <summary>The first of them, such as <c>n9</c>.</summary>
    public List<string> DeletedExamples { get; } = [];

    /// <summary>Copies an extract; returns what was found on the way.</summary>
    /// <exception cref="RefusalException">It is no whole extract.</exception>
    public static OsmXml Copy(string fileName, Stream from, Stream to, CancellationToken stop)
    {
        using var reader = XmlReader.Create(from, Reading);
        using var writer = XmlWriter.Create(to, Writing);
        var extract = new OsmXml(fileName, reader, writer);
        try
        {
            extract.Copy(stop);
        }
        catch (XmlException broken)
        {
            ReadToEnd(from, fileName);
            throw extract.Broken(broken);
        }
        catch (InvalidDataException)
        {
            throw Damaged(fileName);
        }
        return extract;
    }

    // Packed data that is damaged unpacks to broken XML; its checksum stands at the end.
    private static void ReadToEnd(Stream packed, string fileName)
    {
        try
        {
            packed.CopyTo(Stream.Null);
        }
        catch (InvalidDataException)
        {
            throw Damaged(fileName);
        }
    }

    private static RefusalException Damaged(string fileName) => OsmToolErrors.Refusal(fileName, "gzip", 1, "data integrity error");

    private void Copy(CancellationToken stop)
    {
        _reader.MoveToContent();
        ReadRoot();
        _writer.WriteStartElement("osm");
        _writer.WriteAttributeString("version", "0.6");
        _reader.Read();
        for (var objects = 0; _reader.NodeType != XmlNodeType.EndElement && !_reader.EOF; objects++)
        {
            if (objects % 4096 == 0) stop.ThrowIfCancellationRequested();
            if (_reader.NodeType == XmlNodeType.Element) ReadElement();
            else _reader.Read();
        }
        _writer.WriteEndElement();
        while (_reader.Read()) { /* what follows the root is broken XML, and says so here */ }
    }

    private void ReadRoot()
    {
        switch (_reader.LocalName)
        {
            case "osm" when _reader.GetAttribute("version") is null or "0.6":
                AsOf = Time(_reader.GetAttribute("timestamp"));
                break;
            case "osm":
                throw Refused("ExtractVersion",
                    $"this is OSM XML {_reader.GetAttribute("version")}; 0.6 is read. Save it with a newer program",
                    $"这是 {_reader.GetAttribute("version")} 版的 OSM XML，仅支持 0.6。请用新版程序重新保存");
            case "osmChange":
                throw OsmFormats.Changes(_fileName);
            default:
                throw Refused("ExtractNotOsm", $"the file begins with <{_reader.Name}>, not with <osm>: it is no OpenStreetMap extract. "
                    + "Save it as .osm in the editor, or download an extract", $"文件以 <{_reader.Name}> 而不是 <osm> 开头，"
                    + "不是 OpenStreetMap 数据。请在编辑器中另存为 .osm，或重新下载");
        }
    }

    private void ReadElement()
    {
        switch (_reader.LocalName)
        {
            case "node" or "way" or "relation":
                ReadObject();
                break;
            case "remark":
                throw BrokenOff(_reader.ReadElementContentAsString().Trim());
            case "meta":
                AsOf = Time(_reader.GetAttribute("osm_base")) ?? AsOf;
                _reader.Skip();
                break;
            default:
                _reader.Skip();
                break;
        }
    }

    private void ReadObject()
    {
        var kind = _reader.LocalName;
        var id = Number("id");
        var isDeleted = _reader.GetAttribute("action") == "delete";
        var isVisible = !isDeleted && _reader.GetAttribute("visible") != "false";
        if (isDeleted) CountDeleted(kind, id);
        if (!isVisible) Invisible++;
        _writer.WriteStartElement(kind);
        WriteNumber("id", id);
        if (int.TryParse(_reader.GetAttribute("version"), NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            WriteNumber("version", version);
        if (Time(_reader.GetAttribute("timestamp")) is { } time)
            _writer.WriteAttributeString("timestamp", time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
        if (!isVisible) _writer.WriteAttributeString("visible", "false");
        else if (kind == "node") WritePosition(id);
        ReadParts(isVisible);
        _writer.WriteEndElement();
    }

    private void ReadParts(bool areWanted)
    {
        if (_reader.IsEmptyElement)
        {
            _reader.Read();
            return;
        }
        _reader.Read();
        while (_reader.NodeType != XmlNodeType.EndElement)
        {
            if (_reader.NodeType == XmlNodeType.Element && areWanted) WritePart();
            _reader.Skip();
        }
        _reader.Read();
    }

    private void WritePart()
    {
        switch (_reader.LocalName)
        {
            case "tag":
                Start("tag");
                _writer.WriteAttributeString("k", Text("k"));
                _writer.WriteAttributeString("v", Text("v"));
                _writer.WriteEndElement();
                break;
            case "nd":
                Start("nd");
                WriteNumber("ref", Number("ref"));
                _writer.WriteEndElement();
                break;
            case "member":
                Start("member");
                _writer.WriteAttributeString("type", MemberType());
                WriteNumber("ref", Number("ref"));
                _writer.WriteAttributeString("role", _reader.GetAttribute("role") ?? "");
                _writer.WriteEndElement();
                break;
            default:
                break; // bounds, centre: what some servers add
        }
    }

    private void Start(string name) => _writer.WriteStartElement(name);

    private void WriteNumber(string name, long number) =>
        _writer.WriteAttributeString(name, number.ToString(CultureInfo.InvariantCulture));

    private void WritePosition(long id)
    {
        foreach (var (name, limit) in new[] { ("lat", 90), ("lon", 180) })
        {
            var text = _reader.GetAttribute(name);
            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees) || !(Math.Abs(degrees) <= limit))
                throw Refused("CoordinateOutOfRange", $"node {id}: {name}=\"{text}\" is not between -{limit} and {limit}. Correct it",
                    $"节点 {id}：{name}=\"{text}\" 不在 -{limit} 与 {limit} 之间。请更正");
            _writer.WriteAttributeString(name, degrees.ToString("R", CultureInfo.InvariantCulture));
        }
    }

    private string MemberType() => Text("type") is "node" or "way" or "relation"
        ? Text("type")
        : throw Refused("MemberUnknown", $"<member type=\"{Text("type")}\">: node, way or relation is meant. Correct it",
            $"<member type=\"{Text("type")}\">：应为 node、way 或 relation。请更正");

    private string Text(string name) => _reader.GetAttribute(name)
        ?? throw Refused("AttributeMissing", $"<{_reader.Name}> lacks {name}. Correct it", $"<{_reader.Name}> 缺少 {name}。请更正");

    private long Number(string name) =>
        long.TryParse(_reader.GetAttribute(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Refused("NumberUnreadable", $"<{_reader.Name}>: {name}=\"{_reader.GetAttribute(name)}\" is no whole number. Correct it",
                $"<{_reader.Name}>：{name}=\"{_reader.GetAttribute(name)}\" 不是整数。请更正");

    private void CountDeleted(string kind, long id)
    {
        Deleted++;
        if (DeletedExamples.Count < 10) DeletedExamples.Add(string.Create(CultureInfo.InvariantCulture, $"{kind[0]}{id}"));
    }

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time) ? time : null;

    // Overpass writes what it has, and then that it gave up.
    private RefusalException BrokenOff(string remark) => Refused("ExtractIncomplete",
        $"the server broke off: \"{remark}\". Ask for a smaller area, or for more time and memory ([timeout:900][maxsize:2000000000])",
        $"服务器中途停止：“{remark}”。请缩小区域，或增加时间和内存（[timeout:900][maxsize:2000000000]）");

    private RefusalException Broken(XmlException broken)
    {
        var line = Math.Max(1, broken.LineNumber);
        var reason = Array.Find(Reasons, r => broken.Message.Contains(r.Says, StringComparison.Ordinal));
        if (reason is not null) return Refused(reason.Code, reason.En, reason.Zh, line, broken.LinePosition);
        var what = broken.Message.Split(" Line ")[0].TrimEnd('.');
        return Refused("XmlBroken", $"broken XML: {what}. Save it again with the program that made it",
            $"XML 有误：{what}。请用原程序重新保存", line, broken.LinePosition);
    }

    private RefusalException Refused(string code, string en, string zh)
    {
        var place = (IXmlLineInfo)_reader;
        return Refused(code, en, zh, place.LineNumber, place.LinePosition);
    }

    private RefusalException Refused(string code, string en, string zh, int line, int column) =>
        new(code, $"{_fileName}, line {line}, column {column}: {en}. Nothing was changed.",
            $"{_fileName} 第 {line} 行第 {column} 列：{zh}。未作任何更改。", _fileName);

    private sealed record Reason(string Says, string Code, string En, string Zh);
}
