using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using HazardMap.Service.Exchange.Ledger;

namespace HazardMap.Service.Exchange.Sheets;

/// <summary>
/// The rows of the first sheet of an .xlsx workbook (ECMA-376), as texts: what a cell shows of a text, a number as it is kept. What is
/// packed so that it unpacks to more than a sheet of accounts or waters ever has is refused before it is read.
/// </summary>
internal static class XlsxRows
{
    private const long MostBytes = 256L << 20;
    private const int MostColumns = 500, MostRows = 1_048_576;
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static readonly XmlReaderSettings Safe = new()
    {
        DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, MaxCharactersInDocument = MostBytes,
    };

    /// <summary>Reads them all; a row's number is that of the sheet.</summary>
    /// <exception cref="RefusalException">Not a workbook, damaged, or too large.</exception>
    public static List<CsvRecord> Read(string path, string fileName)
    {
        try
        {
            using var file = File.OpenRead(path);
            using var zip = new ZipArchive(file, ZipArchiveMode.Read);
            if (zip.Entries.Sum(e => e.Length) > MostBytes)
                throw new RefusalException("FileTooLarge", $"{fileName} unpacks to more than {MostBytes >> 20} MB. Nothing was changed.",
                    $"{fileName} 解压后超过 {MostBytes >> 20} MB。未作任何更改。", fileName);
            var texts = zip.GetEntry("xl/sharedStrings.xml") is { } shared ? Texts(shared) : [];
            return Rows(FirstSheet(zip), texts);
        }
        catch (Exception damaged) when (damaged is InvalidDataException or XmlException or FormatException or OverflowException)
        {
            throw new RefusalException("NotAWorkbook",
                $"{fileName} is not an .xlsx workbook that can be read ({damaged.Message}). Save it anew, or as CSV UTF-8. "
                    + "Nothing was changed.",
                $"{fileName} 不是可读取的 .xlsx 工作簿。请重新保存，或另存为 CSV UTF-8。未作任何更改。",
                    fileName);
        }
    }

    // The first one in the order of the tabs.
    private static ZipArchiveEntry FirstSheet(ZipArchive zip)
    {
        string? id = null, target = null;
        using (var workbook = Open(Part(zip, "xl/workbook.xml")))
            if (To(workbook, "sheet")) id = workbook.GetAttribute("id", Relations);
        using (var relations = Open(Part(zip, "xl/_rels/workbook.xml.rels")))
            while (target is null && To(relations, "Relationship"))
                if (id is not null && relations.GetAttribute("Id") == id) target = relations.GetAttribute("Target");
        return Part(zip, target is null ? "xl/worksheets/sheet1.xml" : target.StartsWith('/') ? target[1..] : $"xl/{target}");
    }

    private static ZipArchiveEntry Part(ZipArchive zip, string name) =>
        zip.GetEntry(name) ?? throw new InvalidDataException($"it has no {name}");

    private static XmlReader Open(ZipArchiveEntry part) => XmlReader.Create(part.Open(), Safe);

    // To the next element of that name, whatever prefix its writer chose.
    private static bool To(XmlReader xml, string name)
    {
        while (xml.Read())
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == name) return true;
        return false;
    }

    private static List<string> Texts(ZipArchiveEntry part)
    {
        var texts = new List<string>();
        using var xml = Open(part);
        while (To(xml, "si")) texts.Add(TextOf(xml));
        return texts;
    }

    // All pieces of a text, without the reading aids of East Asian texts.
    private static string TextOf(XmlReader xml)
    {
        if (xml.IsEmptyElement) return "";
        var text = new StringBuilder();
        var end = xml.Depth;
        while (xml.Read() && xml.Depth > end)
        {
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName == "rPh") xml.Skip();
            else if (xml.LocalName == "t" && !xml.IsEmptyElement)
            {
                while (xml.Read() && xml.NodeType is not XmlNodeType.EndElement) text.Append(xml.Value);
            }
        }
        return text.ToString();
    }

    private static List<CsvRecord> Rows(ZipArchiveEntry part, List<string> texts)
    {
        var rows = new List<CsvRecord>();
        using var xml = Open(part);
        var number = 0;
        List<string>? cells = null;
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName == "row")
            {
                number = xml.GetAttribute("r") is { } stated ? int.Parse(stated, CultureInfo.InvariantCulture) : number + 1;
                if (number is < 1 or > MostRows) throw new InvalidDataException($"row {number}");
                cells = [];
                rows.Add(new CsvRecord(number, cells));
            }
            else if (xml.LocalName == "c" && cells is not null)
            {
                var column = xml.GetAttribute("r") is { } place ? ColumnOf(place) : cells.Count;
                if (column >= MostColumns) continue;
                while (cells.Count <= column) cells.Add("");
                cells[column] = CellOf(xml, texts);
            }
        }
        return rows;
    }

    private static int ColumnOf(string place)
    {
        var column = 0;
        foreach (var letter in place.TakeWhile(char.IsAsciiLetterUpper)) column = column * 26 + (letter - 'A' + 1);
        return column - 1 is >= 0 and var index ? index : throw new InvalidDataException($"cell {place}");
    }

    private static string CellOf(XmlReader xml, List<string> texts)
    {
        var kind = xml.GetAttribute("t");
        if (xml.IsEmptyElement) return "";
        if (kind == "inlineStr") return TextOf(xml);
        var (value, end) = ("", xml.Depth);
        while (xml.Read() && xml.Depth > end)
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "v" && !xml.IsEmptyElement)
                while (xml.Read() && xml.NodeType is not XmlNodeType.EndElement) value += xml.Value;
        return kind switch
        {
            "s" => int.Parse(value, CultureInfo.InvariantCulture) is var i && i >= 0 && i < texts.Count ? texts[i]
                : throw new InvalidDataException($"text {i}"),
            "b" => value == "1" ? "true" : "false",
            null or "n" => NumberOf(value),
            _ => value,
        };
    }

    // A code such as 532601001001 may be kept as 5.32601001001E11.
    private static string NumberOf(string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number == Math.Floor(number)
            && Math.Abs(number) < 1e15 ? ((long)number).ToString(CultureInfo.InvariantCulture) : value;
}
