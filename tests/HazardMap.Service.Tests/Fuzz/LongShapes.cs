using System.Globalization;
using System.Text;

namespace HazardMap.Service.Tests.Fuzz;

/// <summary>Shapes of as many positions as a body may hold: sound ones, and such as cross themselves.</summary>
internal static class LongShapes
{
    public const int Positions = 100_000;

    /// <summary>The kinds there are; <see cref="Of"/> takes their number.</summary>
    public const int Kinds = 9;

    public static string Of(int kind) => kind switch
    {
        0 => Shape("LineString", $"[{Join(Positions, Zigzag)}]"),
        1 => Shape("MultiPoint", $"[{Join(Positions, Zigzag)}]"),
        2 => Shape("Polygon", $"[[{Join(Positions - 1, Circle)},{Circle(0)}]]"),
        3 => Shape("Polygon", $"[[{Join(Positions - 1, Star)},{Star(0)}]]"),
        4 => Shape("LineString", $"[{Join(Positions, _ => "[104.2,23.3]")}]"),
        5 => Shape("MultiPolygon", $"[{Join(Positions / 4, i => $"[[{Small(i)}]]")}]"),
        6 => Shape("Polygon", $"[[[104,23],[106,23],[106,25],[104,25],[104,23]],{Join(Positions / 4 - 2, i => $"[{Small(i)}]")}]"),
        7 => Shape("LineString", $"[{Join(Positions, Knot)}]"),
        _ => Shape("MultiLineString", $"[{Join(Positions / 2, i => $"[{Zigzag(i)},{Zigzag(i + 1)}]")}]"),
    };

    private static string Shape(string type, string coordinates) => $$"""{"type":"{{type}}","coordinates":{{coordinates}}}""";

    private static string Zigzag(int i) => At(104 + i * 0.00001, 23.3 + i % 2 * 0.0001);

    private static string Circle(int i) => At(104.2 + 0.1 * Math.Cos(Turn(i)), 23.3 + 0.1 * Math.Sin(Turn(i)));

    // Every edge crosses nearly every other.
    private static string Star(int i) => Circle(i * (Positions / 2 - 7) % Positions);

    private static string Knot(int i) => At(104.2 + 0.1 * Math.Cos(i * 2.4), 23.3 + 0.1 * Math.Sin(i * 2.4001));

    // A triangle in a place of its own.
    private static string Small(int i)
    {
        var (x, y) = (104.01 + i % 300 * 0.006, 23.01 + i / 300 * 0.006);
        return $"{At(x, y)},{At(x + 0.002, y)},{At(x, y + 0.002)},{At(x, y)}";
    }

    private static double Turn(int i) => 2 * Math.PI * i / (Positions - 1);

    private static string At(double longitude, double latitude) =>
        string.Create(CultureInfo.InvariantCulture, $"[{longitude:0.#######},{latitude:0.#######}]");

    private static string Join(int count, Func<int, string> of)
    {
        var text = new StringBuilder(count * 24);
        for (var i = 0; i < count; i++) text.Append(i > 0 ? "," : "").Append(of(i));
        return text.ToString();
    }
}
