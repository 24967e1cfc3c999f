using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using HazardMap.Coverage;
using HazardMap.Register;
using HazardMap.Service.Exchange;

namespace HazardMap.Service.Coverage;

/// <summary>A run's outcome as the command line prints it.</summary>
internal static class CoverageReport
{
    /// <summary>All of it.</summary>
    public static JsonObject Json(CoverageOutcome outcome, DivisionLevel? level, string? division = null)
    {
        var (order, measured) = (outcome.Order, outcome.Measured);
        return new JsonObject
        {
            ["kind"] = order.Kind.ToString(), ["mode"] = order.Mode.ToString(), ["distance"] = outcome.Distance,
            ["unit"] = order.Unit.ToString(),
            ["bands"] = Numbers(order.Bands), ["weights"] = Numbers(order.Measures.StepWeights), ["beta"] =
                order.Measures.Beta / (order.CostPerUnit * order.CostPerUnit),
            ["demand"] = CoverageStore.Word(order.Demand), ["division"] = division,
            ["notes"] = new JsonArray([.. outcome.Notes.Select(n => JsonValue.Create(n))]),
            ["inputsHash"] = outcome.Inputs.Hash(order), ["resultsHash"] = CoverageInputs.HashOf(measured), ["roadRevision"] =
                outcome.Inputs.Roads?.Revision,
            ["totals"] = Place(measured.Everywhere, order),
            ["divisions"] = new JsonArray([.. Chosen(measured, level).Select(d => Place(d, order))]),
            ["supplies"] = new JsonArray([.. measured.Supplies.Select(Supply)]),
            ["leftOut"] = new JsonArray([.. measured.LeftOut.Select(p => Point(p, order))]),
            ["offNetwork"] = new JsonObject { ["demand"] = measured.Points.Count(p => p.IsOffNetwork),
                ["supplies"] = measured.Supplies.Count(s => s.IsOffNetwork), ["demandOnIslands"] = outcome.OnIslands },
            ["seconds"] =
                new JsonObject { ["read"] = outcome.Seconds.Read, ["measure"] = outcome.Seconds.Measure, ["draw"] = outcome.Seconds.Draw },
        };
    }

    /// <summary>One row a division.</summary>
    public static string DivisionsCsv(CoverageOutcome outcome, DivisionLevel? level)
    {
        var csv = new StringBuilder("code,name,level,demand,covered,share,")
            .AppendJoin(',', outcome.Order.Bands.Select(b => string.Create(CultureInfo.InvariantCulture, $"within_{b}")))
            .Append(",nearest_p50,nearest_p90,nearest_max,supplies,capacity,provider_ratio,two_step,stepped,gaussian,"
                + "three_step,distance\n");
        foreach (var d in Chosen(outcome.Measured, level))
            csv.Append(CultureInfo.InvariantCulture,
                $"{CsvCell.Write(d.Division!.Code)},{CsvCell.Write(d.Division.Name)},{d.Division.Level},{d.Demand},"
                    + $"{d.Covered},{d.Share:0.######},{string.Join(',', d.Within)},{d.Nearest?.P50 / outcome.Order.CostPerUnit:0.0##},"
                    + $"{d.Nearest?.P90 / outcome.Order.CostPerUnit:0.0##},{d.Nearest?.Max / outcome.Order.CostPerUnit:0.0##},"
                    + $"{d.Supplies},{d.Capacity},{d.ProviderRatio:0.######},{d.Access?.TwoStep:0.######},{d.Access?.Stepped:0.######},"
                    + $"{d.Access?.Gaussian:0.######},{d.Access?.ThreeStep:0.######},{outcome.Distance}\n");
        return csv.ToString();
    }

    /// <summary>One row a point that is left out, most people first.</summary>
    public static string LeftOutCsv(CoverageOutcome outcome)
    {
        var csv = new StringBuilder("code,name,division_code,demand,nearest,longitude,latitude,off_network,distance\n");
        foreach (var p in outcome.Measured.LeftOut)
            csv.Append(CultureInfo.InvariantCulture,
                $"{CsvCell.Write(p.Point.Code)},{CsvCell.Write(p.Point.Name)},{CsvCell.Write(p.Point.DivisionCode)},"
                    + $"{p.Point.Demand},{Cost(p.Nearest.Cost, outcome.Order):0.0##},{p.Point.Longitude},{p.Point.Latitude},"
                    + $"{(p.IsOffNetwork ? "true" : "false")},{outcome.Distance}\n");
        return csv.ToString();
    }

    private static IEnumerable<PlaceCoverage> Chosen(CoverageMeasurement measured, DivisionLevel? level) =>
        measured.Divisions.Where(d => level is null || d.Division!.Level == level);

    private static JsonObject Place(PlaceCoverage place, CoverageOrder order) => new()
    {
        ["code"] = place.Division?.Code, ["name"] = place.Division?.Name, ["level"] = place.Division?.Level.ToString(),
        ["demand"] = place.Demand, ["points"] = place.Points, ["covered"] = place.Covered, ["share"] = place.Share,
        ["within"] = new JsonArray([.. place.Within.Select(w => JsonValue.Create(w))]),
        ["nearest"] = place.Nearest is { } n
            ? new JsonObject { ["p50"] = Cost(n.P50, order), ["p90"] = Cost(n.P90, order), ["max"] = Cost(n.Max, order) } : null,
        ["supplies"] = place.Supplies, ["capacity"] = place.Capacity, ["providerRatio"] = place.ProviderRatio,
        ["accessibility"] = Access(place.Access), ["capacityPerPersonWithin"] = new JsonArray([.. place.Within.Select(w =>
            w == 0 ? null : JsonValue.Create(place.Capacity / w))]),
    };

    private static JsonObject Supply(SupplyCoverage s) => new()
    {
        ["id"] = s.Supply.Id, ["code"] = s.Supply.Code, ["name"] = s.Supply.Name, ["divisionCode"] = s.Supply.DivisionCode,
        ["capacity"] = s.Supply.Capacity,
        ["within"] = new JsonArray([.. s.Within.Select(w => JsonValue.Create(w))]), ["offNetwork"] = s.IsOffNetwork,
        ["ratios"] = new JsonObject { ["twoStep"] = s.Ratios[0], ["stepped"] = s.Ratios[1], ["gaussian"] = s.Ratios[2],
            ["threeStep"] = s.Ratios[3] },
    };

    private static JsonObject Point(PointCoverage p, CoverageOrder order) => new()
    {
        ["id"] = p.Point.Id, ["code"] = p.Point.Code, ["name"] = p.Point.Name, ["divisionCode"] = p.Point.DivisionCode,
        ["demand"] = p.Point.Demand,
        ["nearest"] = Cost(p.Nearest.Cost, order), ["longitude"] = p.Point.Longitude, ["latitude"] = p.Point.Latitude,
        ["offNetwork"] = p.IsOffNetwork,
    };

    private static JsonObject? Access(FloatingCatchments? access) => access is null ? null
        : new JsonObject { ["twoStep"] = access.TwoStep, ["stepped"] = access.Stepped, ["gaussian"] = access.Gaussian,
            ["threeStep"] = access.ThreeStep };

    private static JsonArray Numbers(IEnumerable<double> numbers) => new([.. numbers.Select(n => JsonValue.Create(n))]);

    private static double? Cost(double cost, CoverageOrder order) => double.IsFinite(cost) ? Math.Round(cost / order.CostPerUnit, 3) : null;
}
