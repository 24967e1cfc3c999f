using HazardMap.Geodesy.Crs;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;

namespace HazardMap.Service.Exchange.Ledger;

/// <summary>What is known about where a row should be: the position of the same code, or the boundary of its division.</summary>
/// <param name="X">The first coordinate in the file.</param>
/// <param name="Y">The second.</param>
/// <param name="Known">Where the register has the same code.</param>
/// <param name="Boundary">The boundary of its division, or of the nearest one above that has one.</param>
internal readonly record struct Evidence(double X, double Y, (double Longitude, double Latitude)? Known, IPreparedGeometry? Boundary);

/// <summary>A reading of the coordinates: a reference system, with the axes as they stand or swapped.</summary>
internal sealed record CrsReading(CoordinateSystem System, bool Swapped)
{
    public string Name => System.Name + (Swapped ? " with swapped axes" : "");

    public string NameZh => System.Name + (Swapped ? "（坐标轴对调）" : "");
}

/// <summary>How well a reading agrees with what is known.</summary>
internal sealed record ReadingScore(string Reading, int AtKnownPosition, int InsideDivision, int Contradicted);

/// <summary>
/// Tells the reference system of positions from where they should be. A reading explains a row when it puts it at the
/// known position of its code (within <see cref="NearMetres"/>) or inside the boundary of its division.
/// </summary>
/// <param name="evidence">The rows; gone through once for WGS84, and once more for the other readings when that contradicts.</param>
internal sealed class DatumDetective(IEnumerable<Evidence> evidence)
{
    /// <summary>Positions closer than this are the same place: the shifts in question are 200 m and more.</summary>
    public const double NearMetres = 50;

    private static readonly CrsReading AsIs = new(CoordinateSystem.Wgs84, false);
    private ReadingScore? _plain;

    /// <summary>Rows about whose place anything is known.</summary>
    public int Witnesses => Plain.AtKnownPosition + Plain.InsideDivision + Plain.Contradicted;

    /// <summary>How WGS84 as it stands agrees.</summary>
    public ReadingScore Plain => _plain ??= Score(AsIs);

    /// <summary>How one reading agrees.</summary>
    public ReadingScore Score(CrsReading reading) => Score([reading])[0];

    /// <summary>A reading that explains clearly more than WGS84 as it stands; <see langword="null"/> when none does.</summary>
    public (CrsReading Reading, ReadingScore Score)? Suspect()
    {
        var plain = Plain;
        if (plain.Contradicted == 0) return null;
        CrsReading[] candidates = [.. Candidates()];
        var best = candidates.Zip(Score(candidates), (reading, score) => (Reading: reading, Score: score))
            .OrderBy(c => c.Score.Contradicted).ThenByDescending(c => c.Score.AtKnownPosition).FirstOrDefault();
        var isClear = best.Reading is not null && best.Score.Contradicted * 2 < plain.Contradicted
            && (plain.Contradicted >= 3 || plain.Contradicted == Witnesses || best.Score.AtKnownPosition > plain.AtKnownPosition);
        return isClear ? best : null;
    }

    private ReadingScore[] Score(CrsReading[] readings)
    {
        var scores = new (int Known, int Inside, int Contradicted)[readings.Length];
        foreach (var row in evidence)
        {
            if (row.Known is null && row.Boundary is null) continue;
            for (var i = 0; i < readings.Length; i++)
            {
                var at = Place(readings[i], row);
                if (at is null) scores[i].Contradicted++;
                else if (row.Known is { } k) _ = Metres(at.Value, k) <= NearMetres ? scores[i].Known++ : scores[i].Contradicted++;
                else
                    _ = row.Boundary!.Covers(new Point(at.Value.Longitude, at.Value.Latitude)) ? scores[i].Inside++
                        : scores[i].Contradicted++;
            }
        }
        return [.. readings.Zip(scores, (reading, score) => new ReadingScore(reading.Name, score.Known, score.Inside, score.Contradicted))];
    }

    /// <summary>The readings that the size of the numbers allows.</summary>
    private IEnumerable<CrsReading> Candidates()
    {
        var sample = evidence.FirstOrDefault(e => e.Known is not null || e.Boundary is not null);
        var isGrid = Math.Abs(sample.X) > 1000 && Math.Abs(sample.Y) > 1000;
        foreach (var swapped in new[] { false, true })
        {
            if (isGrid)
                foreach (var system in Grids(swapped ? sample.Y : sample.X)) yield return new(system, swapped);
            else
                foreach (var system in new[] { CoordinateSystem.Wgs84, CoordinateSystem.Gcj02, CoordinateSystem.Bd09 })
                    if (swapped || system != CoordinateSystem.Wgs84) yield return new(system, swapped);
        }
    }

    // Gauss-Krüger of CGCS2000. The first two of eight digits of an easting are its zone; without them any meridian of
    // China may be meant.
    private static IEnumerable<CoordinateSystem> Grids(double easting)
    {
        var zone = (int)(easting / 1e6);
        if (zone is >= 25 and <= 45) return [CoordinateSystem.Parse($"EPSG:{4513 + zone - 25}")];
        if (zone is >= 13 and <= 23) return [CoordinateSystem.Parse($"EPSG:{4491 + zone - 13}")];
        return zone == 0
            ? Enumerable.Range(4534, 21).Concat(Enumerable.Range(4502, 11)).Select(n => CoordinateSystem.Parse($"EPSG:{n}")) : [];
    }

    private static (double Longitude, double Latitude)? Place(CrsReading reading, Evidence row)
    {
        try
        {
            return reading.Swapped ? reading.System.ToWgs84(row.Y, row.X) : reading.System.ToWgs84(row.X, row.Y);
        }
        catch (RefusalException)
        {
            return null;
        }
    }

    // Good to a per mille at the distances in question; the register's own distances are geodesic.
    private static double Metres((double Longitude, double Latitude) a, (double Longitude, double Latitude) b)
    {
        var x = Math.IEEERemainder(a.Longitude - b.Longitude, 360) * Math.Cos((a.Latitude + b.Latitude) * Math.PI / 360);
        var y = a.Latitude - b.Latitude;
        return Math.Sqrt(x * x + y * y) * 111_195;
    }
}
