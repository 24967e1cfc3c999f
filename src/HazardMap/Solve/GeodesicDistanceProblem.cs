using System.Text.Json;
using HazardMap.Geodesy;

namespace HazardMap.Solve;

/// <summary><c>geodesic.distance</c>: metres from points to shapes, the distance that risk uses; refused beyond 50 km.</summary>
internal static class GeodesicDistanceProblem
{
    private const double FarthestMetres = 50_000;

    public static void Solve(ProblemReader input, Utf8JsonWriter answer)
    {
        var pairs = input.List("pairs");
        var metres = new double[pairs.Length];
        for (var i = 0; i < pairs.Length; i++) metres[i] = Metres(pairs[i], $"pairs[{i}]");
        answer.WriteStartObject();
        answer.WriteStartArray("metres");
        foreach (var value in metres) answer.WriteNumberValue(value);
        answer.WriteEndArray();
        answer.WriteEndObject();
    }

    private static double Metres(JsonElement pair, string path)
    {
        var point = Member(pair, "point", path);
        var (longitude, latitude) = ProblemReader.Position(point, $"{path}.point");
        Soundness.CheckPosition(longitude, latitude, $"{path}.point");
        var shape = ShapeIndex.Of(GeoJson.Read(Member(pair, "shape", path), $"{path}.shape"));
        var metres = ShapeDistance.Metres(new SurfacePoint(longitude, latitude), shape, FarthestMetres);
        return double.IsFinite(metres) ? metres : throw new RefusalException("TooFar",
            $"{path}: the point is more than 50 km from the shape.", $"{path}：点与图形相距超过 50 公里。", path);
    }

    private static JsonElement Member(JsonElement pair, string key, string path) =>
        pair.ValueKind == JsonValueKind.Object && pair.TryGetProperty(key, out var json)
            ? json : throw ProblemReader.Malformed($"{path}.{key}", "is missing");
}
