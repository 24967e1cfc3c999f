using HazardMap.Service.Exchange;
using HazardMap.Service.Exchange.Ledger;

namespace HazardMap.Service.Tests.Exchange;

/// <summary>Numbers and positions as clerks, phones and sheets write them: read, or named as what they are.</summary>
public sealed class LedgerNumberTests
{
    private static readonly LedgerSet Hazards = LedgerSet.Of(ImportKind.Hazards);
    private static readonly LedgerSet Facilities = LedgerSet.Of(ImportKind.Facilities);

    [Theory]
    [InlineData("2.5", 2.5)]
    [InlineData("３．５", 3.5)]
    [InlineData("3米", 3)]
    [InlineData("3 米", 3)]
    [InlineData("３．５ｍ", 3.5)]
    [InlineData("2.5m", 2.5)]
    [InlineData("2.5 metres", 2.5)]
    [InlineData("约2.5m", 2.5)]
    [InlineData("大约 3 米左右", 3)]
    [InlineData("about 3 m", 3)]
    [InlineData("approx. 3", 3)]
    [InlineData("~3", 3)]
    [InlineData("≈3米", 3)]
    [InlineData("250cm", 2.5)]
    [InlineData("250厘米", 2.5)]
    [InlineData("10 ft", 3.048)]
    [InlineData("1.2km", 1200)]
    [InlineData("三米", 3)]
    [InlineData("两米", 2)]
    [InlineData("十二米", 12)]
    [InlineData("一点五米", 1.5)]
    [InlineData("半米", 0.5)]
    [InlineData("1米5", 1.5)]
    [InlineData("1米50", 1.5)]
    [InlineData("2米半", 2.5)]
    [InlineData("3米20厘米", 3.2)]
    [InlineData("2。5", 2.5)]
    [InlineData("最深3米", 3)]
    [InlineData("1,234.5", 1234.5)]
    [InlineData("10,234.5米", 10234.5)]
    [InlineData("'2.5", 2.5)]
    [InlineData("=\"2.5\"", 2.5)]
    [InlineData("\u200B2.5\u202C", 2.5)]
    public void A_depth_is_read_with_whatever_stands_around_it(string cell, double metres)
    {
        Assert.Equal(metres, Assert.IsType<double>(LedgerCells.Read(Hazards["DepthMetres"], cell, out var problem)), 9);
        Assert.Null(problem);
    }

    [Theory]
    [InlineData("1-2", "RangeStated")]
    [InlineData("2~3米", "RangeStated")]
    [InlineData("2至3", "RangeStated")]
    [InlineData("约2—3m", "RangeStated")]
    [InlineData("2m-3m", "RangeStated")]
    [InlineData("2、3", "RangeStated")]
    [InlineData("2±0.5", "RangeStated")]
    [InlineData("2 to 3 m", "RangeStated")]
    [InlineData("≥3", "BoundStated")]
    [InlineData(">3米", "BoundStated")]
    [InlineData("3米以上", "BoundStated")]
    [InlineData("不足1米", "BoundStated")]
    [InlineData("10余米", "BoundStated")]
    [InlineData("3+", "BoundStated")]
    [InlineData("at least 3", "BoundStated")]
    [InlineData("不详", "UnknownStated")]
    [InlineData("未知", "UnknownStated")]
    [InlineData("N/A", "UnknownStated")]
    [InlineData("unknown", "UnknownStated")]
    [InlineData("—", "NothingStated")]
    [InlineData("/", "NothingStated")]
    [InlineData("无", "NothingStated")]
    [InlineData("1,5", "DecimalComma")]
    [InlineData("1.234,5", "DecimalComma")]
    [InlineData("1,234", "CommaAmbiguous")]
    [InlineData("#N/A", "SheetError")]
    [InlineData("#DIV/0!", "SheetError")]
    [InlineData("######", "SheetError")]
    [InlineData("1月2日", "SheetDate")]
    [InlineData("2-Jan", "SheetDate")]
    [InlineData("2024/1/2", "SheetDate")]
    [InlineData("3尺", "UnitUnknown")]
    [InlineData("3²", "NotANumber")]
    [InlineData("1½", "NotANumber")]
    [InlineData("很深", "NotANumber")]
    [InlineData("-1", "NumberOutOfRange")]
    [InlineData("约20000米", "NumberOutOfRange")]
    public void What_is_no_single_number_is_named(string cell, string reason)
    {
        Assert.Null(LedgerCells.Read(Hazards["DepthMetres"], cell, out var problem));
        Assert.Equal(reason, problem!.Value.Reason);
        Assert.Contains(cell, problem.Value.En, StringComparison.Ordinal);
        Assert.Contains(cell, problem.Value.Zh, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("500", 500)]
    [InlineData("500.0", 500)]
    [InlineData("5e2", 500)]
    [InlineData("1,234", 1234)]
    [InlineData("1，234", 1234)]
    [InlineData("1 234", 1234)]
    [InlineData("480人", 480)]
    [InlineData("480 pupils", 480)]
    [InlineData("约500人", 500)]
    [InlineData("五百", 500)]
    [InlineData("一千二百零三人", 1203)]
    public void A_count_is_read(string cell, int count) =>
        Assert.Equal(count, Assert.IsType<int>(LedgerCells.Read(Facilities["Capacity"], cell, out _)));

    [Theory]
    [InlineData("500.5", "NotACount")]
    [InlineData("-1", "NotACount")]
    [InlineData("400-500", "RangeStated")]
    [InlineData("500余人", "BoundStated")]
    [InlineData("1,5", "DecimalComma")]
    public void What_is_no_count_is_named(string cell, string reason)
    {
        Assert.Null(LedgerCells.Read(Facilities["Capacity"], cell, out var problem));
        Assert.Equal(reason, problem!.Value.Reason);
    }

    private const double Degrees = 104 + 18 / 60.0 + 30.5 / 3600;

    [Theory]
    [InlineData("104°18'30.5\"E")]
    [InlineData("104°18′30.5″")]
    [InlineData("104° 18′ 30.5″ E")]
    [InlineData("E104°18′30.5″")]
    [InlineData("104º18’30.5”")]
    [InlineData("104°18''30.5\"E", false)]
    [InlineData("104°18'30.5''E")]
    [InlineData("104度18分30.5秒")]
    [InlineData("东经104度18分30.5秒")]
    [InlineData("东经：104°18′30.5″")]
    [InlineData("１０４°１８′３０．５″")]
    [InlineData("104˚18ʹ30.5ʺ")]
    [InlineData("104-18-30.5")]
    [InlineData("104:18:30.5")]
    [InlineData("104 18 30.5")]
    [InlineData("104.18.30.5")]
    [InlineData("104d18m30.5s")]
    [InlineData("104°18′30.5″东")]
    public void Degrees_minutes_and_seconds_are_read_in_the_usual_spellings(string cell, bool isRead = true)
    {
        var value = LedgerCells.Read(Hazards["Longitude"], cell, out var problem);
        if (isRead) Assert.Equal(Degrees, Assert.IsType<double>(value), 10);
        else Assert.NotNull(problem);
    }

    [Theory]
    [InlineData("Longitude", "104.3", 104.3)]
    [InlineData("Longitude", "104.3°", 104.3)]
    [InlineData("Longitude", "东经104.1", 104.1)]
    [InlineData("Longitude", "104.1E", 104.1)]
    [InlineData("Longitude", "西经104.1", -104.1)]
    [InlineData("Longitude", "W104°30'", -104.5)]
    [InlineData("Longitude", "-104°30'", -104.5)]
    [InlineData("Longitude", "104°30.6'", 104.51)]
    [InlineData("Latitude", "北纬23.4", 23.4)]
    [InlineData("Latitude", "23°24'S", -23.4)]
    [InlineData("Latitude", "23度24分", 23.4)]
    [InlineData("Longitude", "428,500.0", 428500)]
    [InlineData("Longitude", "428500米", 428500)]
    public void A_position_is_read(string column, string cell, double value) =>
        Assert.Equal(value, Assert.IsType<double>(LedgerCells.Read(Hazards[column], cell, out _)), 9);

    [Theory]
    [InlineData("104,3", "DecimalComma")]
    [InlineData("104.3,23.4", "TwoNumbers")]
    [InlineData("104.3 23.4", "TwoNumbers")]
    [InlineData("北纬23.4", "AxesSwapped")]
    [InlineData("104°78′", "AngleRefused")]
    [InlineData("不详", "UnknownStated")]
    [InlineData("#REF!", "SheetError")]
    [InlineData("村口", "NotANumber")]
    [InlineData("NaN", "NotANumber")]
    [InlineData("Infinity", "NotANumber")]
    [InlineData("1e10", "NumberOutOfRange")]
    public void What_is_no_longitude_is_named(string cell, string reason)
    {
        Assert.Null(LedgerCells.Read(Hazards["Longitude"], cell, out var problem));
        Assert.Equal(reason, problem!.Value.Reason);
        Assert.NotEqual(problem.Value.En, problem.Value.Zh, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("1.0", true)]
    [InlineData("0.0", false)]
    [InlineData("T", true)]
    [InlineData("f", false)]
    [InlineData("有（2块）", true)]
    [InlineData("2块", true)]
    [InlineData("有2个", true)]
    [InlineData("0个", false)]
    [InlineData("√", true)]
    [InlineData("×", false)]
    [InlineData("没有", false)]
    [InlineData("\u2060是\u200B", true)]
    [InlineData("'1", true)]
    public void Yes_and_no_are_read(string cell, bool value) =>
        Assert.Equal(value, Assert.IsType<bool>(LedgerCells.Read(Hazards["HasSign"], cell, out _)));

    [Theory]
    [InlineData("2")]
    [InlineData("破损")]
    [InlineData("不详")]
    public void What_may_be_either_is_refused(string cell)
    {
        Assert.Null(LedgerCells.Read(Hazards["HasSign"], cell, out var problem));
        Assert.Equal("NotYesOrNo", problem!.Value.Reason);
    }

    [Theory]
    [InlineData("水 库", "Reservoir")]
    [InlineData("水库（小二型）", "Reservoir")]
    [InlineData("小（二）型水库", "Reservoir")]
    [InlineData("山塘", "Pond")]
    [InlineData("坑\u200B塘", "Pond")]
    [InlineData("灌溉渠", "Canal")]
    [InlineData("ＰＯＮＤ", "Pond")]
    public void A_word_is_read_however_it_is_spaced_or_explained(string cell, string member) =>
        Assert.Equal(member, LedgerCells.Read(Hazards["Kind"], cell, out _));

    [Theory]
    [InlineData("水深（cm）", 0.01)]
    [InlineData("水深(m)", 1)]
    [InlineData("水深/米", 1)]
    [InlineData("*水深（单位：米）", 1)]
    [InlineData("Depth (ft)", 0.3048)]
    [InlineData("最大水深", 1)]
    public void A_header_may_name_its_unit(string header, double scale) =>
        Assert.Equal(("DepthMetres", scale), Hazards.FindScaled(header) is { } f ? (f.Column.Name, f.Scale) : default);

    [Theory]
    [InlineData("水深（尺）")]
    [InlineData("经度(GCJ02)")]
    [InlineData("名称（曾用名）")]
    public void A_header_that_says_something_else_is_not_read(string header) => Assert.Null(Hazards.FindScaled(header));
}
