using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using HazardMap.Coverage;
using HazardMap.Service.Exchange;

namespace HazardMap.Service.Coverage;

/// <summary>A coverage result as the command line and the API show it.</summary>
internal static class CoverageAnswer
{
    /// <summary>The JSON of both.</summary>
    /// <param name="question">What was asked.</param>
    /// <param name="result">What came out.</param>
    /// <param name="notes">What a reader must know.</param>
    /// <param name="mostLeftOut">At most so many left-out points; the rest is only said to exist.</param>
    public static JsonObject Json(CoverageQuestion question, CoverageResult result, IReadOnlyList<string> notes,
        int mostLeftOut) => new()
    {
        ["kind"] = question.Kind.ToString(),
        ["withinMetres"] = question.WithinMetres,
        ["demand"] = CoverageStore.Word(question.Demand),
        ["division"] = question.Division,
        ["distance"] = "geodesic",
        ["notes"] = new JsonArray([.. notes.Select(n => JsonValue.Create(n))]),
        ["totals"] = Totals(result.Totals),
        ["divisions"] = new JsonArray([.. Chosen(question, result).Select(Division)]),
        ["leftOut"] = new JsonArray([.. result.LeftOut.Take(mostLeftOut).Select(LeftOut)]),
        ["leftOutTruncated"] = result.LeftOut.Count > mostLeftOut,
    };

    /// <summary>One row a division.</summary>
    public static string DivisionsCsv(CoverageQuestion question, CoverageResult result)
    {
        var csv = new StringBuilder("code,name,level,demand,covered,share,nearest_p50_m,nearest_p90_m,nearest_max_m\n");
        foreach (var d in Chosen(question, result))
            csv.Append(CultureInfo.InvariantCulture,
                $"{CsvCell.Write(d.Division.Code)},{CsvCell.Write(d.Division.Name)},{d.Division.Level},"
                    + $"{d.Totals.Demand},{d.Totals.Covered},{d.Totals.Share:0.######},"
                    + $"{d.Nearest?.P50:0.0},{d.Nearest?.P90:0.0},{d.Nearest?.Max:0.0}\n");
        return csv.ToString();
    }

    /// <summary>One row a point that is left out.</summary>
    public static string LeftOutCsv(CoverageResult result)
    {
        var csv = new StringBuilder("code,name,division_code,demand,nearest_m,longitude,latitude\n");
        foreach (var (point, metres) in result.LeftOut)
            csv.Append(CultureInfo.InvariantCulture,
                $"{CsvCell.Write(point.Code)},{CsvCell.Write(point.Name)},{CsvCell.Write(point.DivisionCode)},"
                    + $"{point.Demand},{metres:0.0},{point.Longitude},{point.Latitude}\n");
        return csv.ToString();
    }

    private static IEnumerable<DivisionCoverage> Chosen(CoverageQuestion question, CoverageResult result) =>
        result.Divisions.Where(d => question.Level is null || d.Division.Level == question.Level);

    private static JsonObject Totals(CoverageTotals totals) =>
        new() { ["demand"] = totals.Demand, ["covered"] = totals.Covered, ["share"] = totals.Share };

    private static JsonObject Division(DivisionCoverage d)
    {
        var json = new JsonObject { ["code"] = d.Division.Code, ["name"] = d.Division.Name, ["level"] = d.Division.Level.ToString() };
        foreach (var (name, value) in Totals(d.Totals)) json[name] = value?.DeepClone();
        json["nearestMetres"] = d.Nearest is null
            ? null : new JsonObject { ["p50"] = Metres(d.Nearest.P50), ["p90"] = Metres(d.Nearest.P90), ["max"] = Metres(d.Nearest.Max) };
        return json;
    }

    private static JsonObject LeftOut(LeftOut l) => new()
    {
        ["id"] = l.Point.Id, ["code"] = l.Point.Code, ["name"] = l.Point.Name, ["divisionCode"] = l.Point.DivisionCode,
        ["demand"] = l.Point.Demand,
        ["nearestMetres"] = l.NearestMetres is { } metres ? Metres(metres) : null, ["longitude"] = l.Point.Longitude,
        ["latitude"] = l.Point.Latitude,
    };

    private static double Metres(double metres) => Math.Round(metres, 2);
}
