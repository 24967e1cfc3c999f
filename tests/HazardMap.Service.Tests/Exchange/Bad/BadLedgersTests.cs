using System.Globalization;
using System.Text;
using HazardMap.Service.Sample;

namespace HazardMap.Service.Tests.Exchange.Bad;

/// <summary>The bad files are bad in the way they say, so that an import test that passes means something.</summary>
public sealed class BadLedgersTests
{
    [Fact]
    public void Every_file_has_200_waters_and_its_header_in_16_columns()
    {
        Assert.Equal(200, BadLedgers.Waters.Count);
        Assert.All(Lines(BadLedgers.Right()), line => Assert.Equal(15, line.Count(c => c == ',')));
        Assert.Equal(201, Lines(BadLedgers.Right()).Length);
        Assert.Equal(221, Lines(BadLedgers.Duplicates()).Length);
    }

    [Fact]
    public void GCJ02_rows_lie_200_to_600_metres_off_and_BD09_rows_further()
    {
        Assert.All(Shifts(BadLedgers.Gcj02(known: true)), metres => Assert.InRange(metres, 200, 600));
        Assert.All(Shifts(BadLedgers.Bd09(known: false)), metres => Assert.InRange(metres, 600, 2000));
        Assert.All(Shifts(BadLedgers.Right()), metres => Assert.Equal(0, metres, 1e-6));
    }

    [Fact]
    public void The_same_words_come_back_from_GB18030_and_UTF8()
    {
        var words = Encoding.UTF8.GetString(BadLedgers.InUtf8WithMark().AsSpan(3));
        Assert.Equal(words, Encoding.GetEncoding("GB18030").GetString(BadLedgers.InGb18030()));
        Assert.StartsWith("编号,名称", words, StringComparison.Ordinal);
        Assert.Throws<DecoderFallbackException>(
            () => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(BadLedgers.InNoEncoding()));
    }

    [Fact]
    public void Full_width_digits_are_full_width() =>
        Assert.Matches("１０[３-６]．[０-９]+,２[２-５]．", Lines(BadLedgers.FullWidthDigits())[1]);

    [Fact]
    public void All_of_them_can_be_written_to_a_folder()
    {
        var folder = Directory.CreateTempSubdirectory("bad-ledgers");
        BadLedgers.WriteAll(folder.FullName);
        Assert.Equal(BadLedgers.All().Count(), folder.GetFiles("*.csv").Length);
        folder.Delete(recursive: true);
    }

    private static IEnumerable<double> Shifts(byte[] file) => Lines(file).Skip(1).Zip(BadLedgers.Waters, (line, water) =>
    {
        var cells = line.Split(',');
        return Metres.Between(water.Shape.Coordinate, new(
            double.Parse(cells[4], CultureInfo.InvariantCulture), double.Parse(cells[5], CultureInfo.InvariantCulture)));
    });

    private static string[] Lines(byte[] file) => Encoding.UTF8.GetString(file).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
}
