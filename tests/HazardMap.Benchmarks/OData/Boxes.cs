using System.Globalization;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Benchmarks;

/// <summary>A box on the map, in degrees.</summary>
internal sealed record Box(double West, double South, double East, double North)
{
    public string Wkt => Text($"Polygon(({West} {South},{East} {South},{East} {North},{West} {North},{West} {South}))");

    /// <summary>In WFS's order.</summary>
    public string Wfs => Text($"{West},{South},{East},{North}");

    /// <summary>For who knows only numbers.</summary>
    public string Ranges => Text($"longitude ge {West} and longitude le {East} and latitude ge {South} and latitude le {North}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Boxes around waters drawn by lot (the same in every run), so that boxes are where waters are.</summary>
internal static class Boxes
{
    public static async Task<List<Box>> AroundWatersAsync(NpgsqlDataSource register, double halfDegrees, CancellationToken stop) =>
        (await PlacesAsync(register, stop)).ConvertAll(at => new Box(
            Round(at.Longitude - halfDegrees), Round(at.Latitude - halfDegrees), Round(at.Longitude + halfDegrees),
            Round(at.Latitude + halfDegrees)));

    public static async Task<List<(double Longitude, double Latitude)>> PlacesAsync(NpgsqlDataSource register, CancellationToken stop)
    {
        var places = new List<(double, double)>();
        await using var connection = await register.OpenConnectionAsync(stop);
        await using var command = connection.Command("select st_x(location::geometry), st_y(location::geometry) from register.hazards "
            + "order by md5(code) limit 200");
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop)) places.Add((Round(reader.GetDouble(0)), Round(reader.GetDouble(1))));
        return places;
    }

    private static double Round(double degrees) => Math.Round(degrees, 5);
}
