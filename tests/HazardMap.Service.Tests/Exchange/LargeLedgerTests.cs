using System.Text;
using System.Text.Json;
using HazardMap.Service.Exchange.Ledger;

namespace HazardMap.Service.Tests.Exchange;

/// <summary>A file that is too large for memory is read a piece at a time, and says the same as it would in memory.</summary>
public sealed class LargeLedgerTests : IDisposable
{
    private const string Wide = "编号,名称\nW1,清水塘𠀀\nW2,\"深,\"\"水\"\"\n库\"\n";
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Theory, InlineData("utf-8", ""), InlineData("utf-8", "\uFEFF"), InlineData("utf-16", "\uFEFF"), InlineData("utf-16BE", "\uFEFF"),
     InlineData("utf-16", ""), InlineData("GB18030", "")]
    public void Its_text_is_the_same_in_any_encoding_wherever_a_piece_ends(string encoding, string mark)
    {
        for (var shift = 0; shift < 5; shift++)
        {
            var text = new string('x', shift) + string.Concat(Enumerable.Repeat(Wide, 3000));
            var bytes = LedgerEncoding(encoding).GetBytes(mark + text);
            File.WriteAllBytes(_path, bytes);
            using var source = LedgerSource.Open(_path, "large.csv", smallBytes: 0);
            var (whole, name) = LedgerText.Decode(bytes, "large.csv");
            Assert.Null(source.Whole);
            Assert.Equal(name, source.Encoding);
            Assert.Equal(whole, source.OpenText().ReadToEnd());
        }
    }

    [Theory, InlineData(70_000), InlineData(131_072), InlineData(200_001)]
    public void A_byte_that_is_no_text_is_refused_at_the_same_line_and_column(int at)
    {
        var bytes = LedgerEncoding("GB18030").GetBytes(string.Concat(Enumerable.Repeat("W1,一水库\n", 40_000)));
        bytes[bytes.AsSpan(at).IndexOf((byte)'\n') + at - 1] = 0xFF;
        File.WriteAllBytes(_path, bytes);
        var small = Assert.Throws<RefusalException>(() => LedgerText.Decode(bytes, "large.csv"));
        var large = Assert.Throws<RefusalException>(() => LedgerSource.Open(_path, "large.csv", smallBytes: 0));
        Assert.Equal((small.Code, small.Message, small.MessageZh), (large.Code, large.Message, large.MessageZh));
    }

    [Fact]
    public void Cells_that_begin_in_one_piece_and_end_in_another_are_whole()
    {
        var text = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"W{i},清水塘 {i},\"深,\"\"{i}\"\"\n库\"\r\n"));
        var records = new CsvReader(new StringReader(text), ',', "large.csv").Read().ToList();
        Assert.Equal(20_000, records.Count);
        Assert.All(records.Index(), r => Assert.Equal([$"W{r.Index}", $"清水塘 {r.Index}", $"深,\"{r.Index}\"\n库"], r.Item.Cells));
        Assert.Equal(39_999, records[^1].Line);
    }

    [Theory]
    [InlineData("""{"type":"FeatureCollection","features":[FEATURES]}""")]
    [InlineData("""{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:4490"}},"features":[FEATURES]}""")]
    [InlineData("""{"features":[FEATURES],"bbox":[1,2,3,4],"type":"FeatureCollection","crs":{"properties":{"name":"EPSG:32648"}}}""")]
    [InlineData("[FEATURES]")]
    public void Features_are_the_same_one_by_one(string form)
    {
        var features = Enumerable.Range(0, 2000).Select(i =>
            $$"""{"type":"Feature","properties":{"编号":"W{{i}}","名称":"{{new string('深', i % 300)}}"},"geometry":null}""");
        Same(form.Replace("FEATURES", string.Join(",\n ", features), StringComparison.Ordinal));
    }

    [Theory, InlineData("\n", ""), InlineData("\n", "\u001E"), InlineData("\r\n", ""), InlineData("\n\n", "")]
    public void A_feature_a_line_is_read_with_its_line(string end, string before) =>
        Same(string.Concat(Enumerable.Range(0, 2000).Select(i =>
            $$"""{{before}}{"type":"Feature","properties":{"编号":"W{{i}}","名称":"{{new string('深', i % 300)}}"},"""
                + "\"geometry\":null}" + end)));

    [Theory]
    [InlineData("""{"type":"FeatureCollection","features":[]}"""), InlineData("[]"), InlineData("""{"type":"Topology","objects":{}}""")]
    [InlineData("""{"type":"FeatureCollection","features":[{"type":"Feature","properties":{}},""")]
    [InlineData("""{"type":"FeatureCollection","features":[{"type":"Feature" "properties":{}}]}""")]
    [InlineData("{\"type\":\"Feature\",\"properties\":{}}\n{\"type\":")]
    public void What_is_refused_is_refused_with_the_same_code(string text)
    {
        File.WriteAllText(_path, text);
        using var source = LedgerSource.Open(_path, "large.geojson", smallBytes: 0);
        var small = Assert.Throws<RefusalException>(() => GeoJsonFeatures.Read(text, "large.geojson"));
        Assert.Equal(small.Code, Assert.Throws<RefusalException>(() => LargeGeoJson.Read(source)).Code);
    }

    private void Same(string text)
    {
        File.WriteAllText(_path, text);
        using var source = LedgerSource.Open(_path, "large.geojson", smallBytes: 0);
        var (large, small) = (LargeGeoJson.Read(source), GeoJsonFeatures.Read(text, "large.geojson"));
        Assert.Equal(small.All.Select(f => JsonSerializer.Serialize(f)), large.All.Select(f => JsonSerializer.Serialize(f)),
            StringComparer.Ordinal);
        Assert.Equal(small.Lines, large.Lines);
        Assert.Equal(small.Crs?.Name, large.Crs?.Name);
    }

    private static Encoding LedgerEncoding(string name) => name == "GB18030" ? Gb18030Text.Decoder : Encoding.GetEncoding(name);
}
