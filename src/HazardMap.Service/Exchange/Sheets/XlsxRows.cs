using System.Globalization;
using System.IO.Compression;
using System.Xml;
using ExcelDataReader;
using ExcelDataReader.Exceptions;
using HazardMap.Service.Exchange.Ledger;

namespace HazardMap.Service.Exchange.Sheets;

/// <summary>
/// The rows of the first sheet of an .xlsx workbook, as texts: what a cell shows of a text, a number as it is kept. What is packed so that
/// it unpacks to more than a sheet of accounts or waters ever has is refused before it is read.
/// </summary>
internal static class XlsxRows
{
    private const long MostBytes = 256L << 20;
    private const int MostColumns = 500;

    /// <summary>Reads them all; a row's number is that of the sheet.</summary>
    /// <exception cref="RefusalException">Not a workbook, damaged, or too large.</exception>
    public static List<CsvRecord> Read(string path, string fileName)
    {
        try
        {
            using var file = File.OpenRead(path);
            NeedModest(file, fileName);
            using var sheet = ExcelReaderFactory.CreateOpenXmlReader(file);
            var rows = new List<CsvRecord>();
            while (sheet.Read())
            {
                var columns = Math.Min(sheet.FieldCount, MostColumns);
                rows.Add(new CsvRecord(rows.Count + 1, [.. Enumerable.Range(0, columns).Select(i => TextOf(sheet.GetValue(i)))]));
            }
            return rows;
        }
        catch (Exception damaged) when (damaged is ExcelReaderException or InvalidDataException or XmlException or FormatException
            or OverflowException)
        {
            throw new RefusalException("NotAWorkbook",
                $"{fileName} is not an .xlsx workbook that can be read ({damaged.Message}). Save it anew, or as CSV UTF-8. "
                    + "Nothing was changed.",
                $"{fileName} 不是可读取的 .xlsx 工作簿。请重新保存，或另存为 CSV UTF-8。未作任何更改。",
                    fileName);
        }
    }

    private static void NeedModest(FileStream file, string fileName)
    {
        using (var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true))
        {
            if (zip.Entries.Sum(e => e.Length) > MostBytes)
                throw new RefusalException("FileTooLarge", $"{fileName} unpacks to more than {MostBytes >> 20} MB. Nothing was changed.",
                    $"{fileName} 解压后超过 {MostBytes >> 20} MB。未作任何更改。", fileName);
        }
        file.Position = 0;
    }

    // A code such as 532601001001 may be kept as the number 5.32601001001E11.
    private static string TextOf(object? value) => value switch
    {
        null => "",
        string text => text,
        bool answer => answer ? "true" : "false",
        double number when number == Math.Floor(number) && Math.Abs(number) < 1e15 =>
            ((long)number).ToString(CultureInfo.InvariantCulture),
        DateTime moment => moment.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
