using System.Globalization;
using System.Text;
using System.Text.Json;
using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests.Writing;

/// <summary>Shapes of many positions: the work grows as they do, and ends with the request.</summary>
[Collection(nameof(Yard))]
public sealed class GeoJsonReaderTests(Yard yard)
{
    private static readonly Property Course = new("Course", "course", ODataType.Geography, enumType: null);

    [Theory]
    [InlineData("LineString", "[{0}]"), InlineData("MultiPoint", "[{0}]"), InlineData("Polygon", "[[{0},[0,0]]]")]
    [InlineData("MultiLineString", "[[{0}],[{0}]]"), InlineData("MultiPolygon", "[[[{0},[0,0]]],[[{0},[0,0]]]]")]
    public void Twice_the_positions_are_twice_the_work(string type, string coordinates)
    {
        var (once, twice) = (WorkOf(type, coordinates, 12_000), WorkOf(type, coordinates, 24_000));
        Assert.InRange(once.Steps, 12_000, 24_010);
        Assert.InRange((double)twice.Steps / once.Steps, 1.99, 2.01);
        // Bytes taken are work too: no place is spelled out for a position that is right.
        Assert.InRange((double)twice.Bytes / once.Bytes, 1.0, 2.5);
        Assert.InRange(twice.Bytes / twice.Steps, 0, 200);
    }

    [Fact]
    public void Nothing_more_is_read_for_a_client_that_has_gone()
    {
        using var gone = new CancellationTokenSource();
        using var json = JsonDocument.Parse(Shape("LineString", "[{0}]", 50_000));
        gone.Cancel();
        var reader = new GeoJsonReader(Course, maxPositions: 100_000, gone.Token);
        Assert.Throws<OperationCanceledException>(() => reader.Read(json.RootElement));
        Assert.InRange(reader.Steps, 0, 2048);
    }

    [Fact]
    public async Task A_shape_of_as_many_positions_as_are_allowed_is_taken_and_one_more_is_refused()
    {
        var made = await yard.SendAsync("POST", "Ships", $$"""{"Name":"long","Course":{{Shape("LineString", "[{0}]", 100_000)}}}""",
            "Prefer: return=minimal");
        Assert.True(made.Status == 204, made.Text);
        var refused = await yard.SendAsync("POST", "Ships", $$"""{"Name":"long","Course":{{Shape("LineString", "[{0}]", 100_001)}}}""");
        Assert.Equal((400, "Course"), (refused.Status, refused.Target));
        Assert.Contains("Course/coordinates/100000", refused.Text, StringComparison.Ordinal);
        Assert.Contains("MaxPositions", refused.Text, StringComparison.Ordinal);
    }

    private static (int Steps, long Bytes) WorkOf(string type, string coordinates, int positions)
    {
        using var json = JsonDocument.Parse(Shape(type, coordinates, positions));
        var reader = new GeoJsonReader(Course, maxPositions: 200_000, CancellationToken.None);
        var before = GC.GetAllocatedBytesForCurrentThread();
        reader.Read(json.RootElement);
        return (reader.Steps, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    // A zigzag from the origin, which {0} stands for; it crosses nothing.
    private static string Shape(string type, string coordinates, int positions)
    {
        var text = new StringBuilder();
        for (var i = 0; i < positions; i++)
            text.Append(CultureInfo.InvariantCulture, $"{(i > 0 ? "," : "")}[{i * 0.001},{(i % 2) * 0.001}]");
        return $$"""{"type":"{{type}}","coordinates":{{coordinates.Replace("{0}", text.ToString(), StringComparison.Ordinal)}}}""";
    }
}
