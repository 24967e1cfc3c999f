using System.Globalization;
using System.Text;
using HazardMap.Geodesy.Crs;
using HazardMap.Register;
using HazardMap.Service.Sample;
using HazardMap.Service.Tests.Sample;
using NetTopologySuite.Geometries;

namespace HazardMap.Service.Tests.Exchange.Bad;

/// <summary>
/// Ledgers as they really arrive: 200 point waters of the Wenshan sample, each file wrong in one way. Known: the codes are in
/// the register; otherwise they are new, and only the division says where they should be.
/// </summary>
internal static class BadLedgers
{
    private const string English =
        "Code,Name,Kind,DivisionCode,Longitude,Latitude,DepthMetres,Flow,Bank,Access,HasSign,HasRing,HasRope,HasPole,HasCamera,OwnerUnit";
    private const string Chinese = "编号,名称,类型,行政区划代码,经度,纬度,水深(米),流速,岸坡,通行,"
        + "警示牌,救生圈,救生绳,救生杆,监控,权属单位";

    private static readonly Encoding Gb18030 = OpenGb18030();

    /// <summary>The waters behind every file, in the order of its rows.</summary>
    public static IReadOnlyList<SampleHazard> Waters { get; } =
        [.. BuiltSamples.Wenshan.Hazards.Where(hazard => hazard.Shape is Point).Where((_, i) => i % 40 == 0).Take(200)];

    /// <summary>Nothing wrong: known waters where the register has them.</summary>
    public static byte[] Right(bool known = true) => Utf8(Rows(known));

    /// <summary>Latitude in the column of longitude.</summary>
    public static byte[] SwappedAxes(bool known) => Utf8(Rows(known, (lon, lat) => (lat, lon)));

    /// <summary>Read off a phone's map.</summary>
    public static byte[] Gcj02(bool known) => Utf8(Rows(known, ChineseDatums.Wgs84ToGcj02));

    /// <summary>Read off Baidu's map.</summary>
    public static byte[] Bd09(bool known) => Utf8(Rows(known, (lon, lat) =>
        ChineseDatums.Wgs84ToGcj02(lon, lat) is var (x, y) ? ChineseDatums.Gcj02ToBd09(x, y) : default));

    /// <summary>Every tenth code occurs twice, with another depth.</summary>
    public static byte[] Duplicates() =>
        Utf8([.. Rows(known: true), .. Rows(known: true).Where((_, i) => i % 10 == 0).Select(row => row with { Depth = "9.9" })]);

    /// <summary>Every twentieth lies 1.5 degrees east: in another county or province.</summary>
    public static byte[] OutsideTheirCounty() => Utf8([.. Rows(known: false).Select((row, i) =>
        i % 20 == 0 ? row with { Longitude = Text(Degrees(row.Longitude) + 1.5) } : row)]);

    /// <summary>Digits, points and commas of a Chinese keyboard: １０４．２５.</summary>
    public static byte[] FullWidthDigits() => Utf8([.. Rows(known: true).Select(row =>
        row with { Longitude = Wide(row.Longitude), Latitude = Wide(row.Latitude), Depth = Wide(row.Depth) })]);

    /// <summary>Every fifth row has no code.</summary>
    public static byte[] MissingCodes() => Utf8([.. Rows(known: true).Select((row, i) => i % 5 == 0 ? row with { Code = "" } : row)]);

    /// <summary>Every fifth row names a division that is not in the register.</summary>
    public static byte[] UnknownDivisions() =>
        Utf8([.. Rows(known: false).Select((row, i) => i % 5 == 0 ? row with { Division = "539999999999" } : row)]);

    /// <summary>NaN, infinity and 91 degrees north among good rows.</summary>
    public static byte[] ImpossibleCoordinates() => Utf8([.. Rows(known: true).Select((row, i) => (i % 50) switch
    {
        0 => row with { Longitude = "NaN" },
        1 => row with { Latitude = "Infinity" },
        2 => row with { Latitude = "91.0" },
        3 => row with { Longitude = "" },
        _ => row,
    })]);

    /// <summary>Chinese headers and words in GB18030, as Excel saves csv in China: not wrong at all.</summary>
    public static byte[] InGb18030() => Gb18030.GetBytes(InChinese());

    /// <summary>The same words in UTF-8 with a byte order mark: not wrong either.</summary>
    public static byte[] InUtf8WithMark() => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(InChinese())];

    /// <summary>UTF-16, which nobody promised to read.</summary>
    public static byte[] InUtf16() => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(InChinese())];

    /// <summary>UTF-8 cut in the middle of a character, then bytes that are no text in any of the two encodings.</summary>
    public static byte[] InNoEncoding() => [.. Encoding.UTF8.GetBytes(InChinese())[..1001], 0xFF, 0xFE, 0x81, 0x20, 0xC3, 0x28, 0x0A];

    /// <summary>Cut in the middle of a row, as a broken download.</summary>
    public static byte[] Truncated() => Right()[..^57];

    /// <summary>Writes every file into a folder, for trying them by hand.</summary>
    public static void WriteAll(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, bytes) in All())
            File.WriteAllBytes(Path.Combine(folder, name + ".csv"), bytes);
    }

    public static IEnumerable<(string Name, byte[] Bytes)> All() =>
    [
        ("right", Right()), ("swapped-axes", SwappedAxes(known: true)), ("swapped-axes-new", SwappedAxes(known: false)),
        ("gcj02", Gcj02(known: true)), ("gcj02-new", Gcj02(known: false)), ("bd09", Bd09(known: true)), ("bd09-new", Bd09(known: false)),
        ("duplicates", Duplicates()), ("outside-their-county", OutsideTheirCounty()), ("full-width-digits", FullWidthDigits()),
        ("missing-codes", MissingCodes()), ("unknown-divisions", UnknownDivisions()), ("impossible-coordinates", ImpossibleCoordinates()),
        ("gb18030", InGb18030()), ("utf8-with-mark", InUtf8WithMark()), ("utf16", InUtf16()), ("no-encoding", InNoEncoding()),
        ("truncated", Truncated()), ("empty", []),
    ];

    private sealed record Row(string Code, string Division, string Longitude, string Latitude, string Depth, SampleHazard Of);

    private static List<Row> Rows(bool known, Func<double, double, (double X, double Y)>? move = null) => [.. Waters.Select((water, i) =>
    {
        var at = water.Shape.Coordinate;
        var (x, y) = move?.Invoke(at.X, at.Y) ?? (at.X, at.Y);
        return new Row(known ? water.Code : $"NEW{i:0000}", water.DivisionCode, Text(x), Text(y), Text(water.Ledger.DepthMetres), water);
    })];

    private static byte[] Utf8(IEnumerable<Row> rows) =>
        Encoding.UTF8.GetBytes(Table(English, rows.Select(row => Cells(row, kind => kind.ToString(), yes => yes ? "true" : "false"))));

    private static string InChinese() => Table(Chinese, Rows(known: true).Select(row => Cells(row, InChinese, yes => yes ? "是" : "否")));

    private static string Table(string header, IEnumerable<string> lines) => string.Join("\r\n", lines.Prepend(header)) + "\r\n";

    private static string Cells(Row row, Func<HazardKind, string> kind, Func<bool, string> yes)
    {
        var ledger = row.Of.Ledger;
        return string.Join(',', row.Code, row.Of.Name, kind(row.Of.Kind), row.Division, row.Longitude, row.Latitude, row.Depth,
            ledger.Flow, ledger.Bank, ledger.Access, yes(ledger.HasSign), yes(ledger.HasRing), yes(ledger.HasRope), yes(ledger.HasPole),
            yes(ledger.HasCamera), ledger.OwnerUnit);
    }

    private static string InChinese(HazardKind kind) => kind switch
    {
        HazardKind.River => "河流",
        HazardKind.Pond => "坑塘",
        HazardKind.Well => "水窖",
        _ => "其他",
    };

    private static string Text(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    private static double Degrees(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string Wide(string text) => string.Concat(text.Select(c => (char)(c + ('０' - '0'))));

    private static Encoding OpenGb18030()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding("GB18030");
    }
}
