using System.Text.Json;
using HazardMap.Geodesy.Crs;

namespace HazardMap.Solve;

/// <summary><c>crs.transform</c>: points from one coordinate system to another, x first.</summary>
internal static class CrsTransformProblem
{
    public static void Solve(ProblemReader input, Utf8JsonWriter answer)
    {
        var transform = new CrsTransform(System(input, "from"), System(input, "to"));
        var points = input.List("points");
        var results = new (double X, double Y)[points.Length];
        for (var i = 0; i < points.Length; i++)
        {
            var place = $"points[{i}]";
            var (x, y) = ProblemReader.Position(points[i], place);
            results[i] = transform.Apply(x, y, place);
        }
        Write(results, answer);
    }

    private static CoordinateSystem System(ProblemReader input, string key)
    {
        try
        {
            return CoordinateSystem.Parse(input.Text(key));
        }
        catch (RefusalException e) when (e.Code == "UnknownCrs")
        {
            throw new RefusalException(e.Code, $"{key}: {e.Message}", $"{key}：{e.MessageZh}", key);
        }
    }

    private static void Write((double X, double Y)[] points, Utf8JsonWriter answer)
    {
        answer.WriteStartObject();
        answer.WriteStartArray("points");
        foreach (var (x, y) in points)
        {
            answer.WriteStartArray();
            answer.WriteNumberValue(x);
            answer.WriteNumberValue(y);
            answer.WriteEndArray();
        }
        answer.WriteEndArray();
        answer.WriteEndObject();
    }
}
