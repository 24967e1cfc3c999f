using HazardMap.Service.Database;
using NetTopologySuite.Geometries;
using Npgsql;
using NpgsqlTypes;

namespace HazardMap.Service.Coverage;

/// <summary>Writes what a run came to: results, bands and areas by binary COPY, the sums into the run's own row.</summary>
internal static class CoverageWriter
{
    private const string Results = """
        copy register.coverage_results (id, run_id, place, code, name, level, division_code, facility_id, location, demand, points,
          covered, share, is_covered, band,
          nearest_id, nearest_cost, nearest_p50, nearest_p90, nearest_max, choices, supplies, capacity, provider_ratio, two_step, stepped,
            gaussian, three_step, is_off_network)
        from stdin (format binary)
        """;

    private const string Bands =
        "copy register.coverage_bands (id, run_id, place, code, band, demand, covered, points, share) from stdin (format binary)";

    private const string Areas =
        "copy register.catchment_areas (id, run_id, facility_id, code, name, band, distance, area, square_metres, error_metres, demand) "
            + "from stdin (format binary)";

    /// <summary>Writes everything; in the transaction that ends the run.</summary>
    public static async Task WriteAsync(NpgsqlConnection connection, Guid run, CoverageOutcome outcome, CancellationToken stop)
    {
        await CopyAsync(connection, Results, ResultRows(run, outcome), stop);
        await CopyAsync(connection, Bands, BandRows(run, outcome), stop);
        await CopyAsync(connection, Areas, AreaRows(run, outcome), stop);
        await connection.ExecuteAsync("update register.catchment_areas set square_metres = st_area(area) where run_id = $1", stop, run);
        await FillRunAsync(connection, run, outcome, stop);
    }

    private static Task FillRunAsync(NpgsqlConnection connection, Guid run, CoverageOutcome outcome, CancellationToken stop)
    {
        var (measured, inputs, all) = (outcome.Measured, outcome.Inputs, outcome.Measured.Everywhere);
        return connection.ExecuteAsync(EmbeddedSql.Of(typeof(CoverageWriter), "FillRun"), stop,
            run, outcome.Distance, outcome.Notes.Count == 0 ? null : string.Join('\n', outcome.Notes), inputs.Hash(outcome.Order),
            CoverageInputs.HashOf(measured),
            inputs.Roads?.Revision, measured.Points.Count, all.Demand, all.Covered, inputs.Supply.Count, all.Capacity,
            inputs.Supply.Count(s => s.Capacity is null),
            measured.Points.Count(p => p.IsOffNetwork), measured.Supplies.Count(s => s.IsOffNetwork), outcome.OnIslands,
            outcome.Seconds.Read, outcome.Seconds.Measure, outcome.Seconds.Draw);
    }

    private static IEnumerable<object?[]> ResultRows(Guid run, CoverageOutcome outcome)
    {
        var (measured, unit) = (outcome.Measured, outcome.Order.CostPerUnit);
        foreach (var d in measured.Divisions.Prepend(measured.Everywhere))
            yield return
            [
                Id(), run, d.Division is null ? "Everywhere" : "Division", d.Division?.Code ?? "", d.Division?.Name ?? "",
                d.Division?.Level.ToString(), d.Division?.Code ?? "",
                null, null, d.Demand, d.Points, d.Covered, d.Share, null, null, null, null, d.Nearest?.P50 / unit, d.Nearest?.P90 / unit,
                d.Nearest?.Max / unit, null,
                d.Supplies, d.Capacity, d.ProviderRatio, d.Access?.TwoStep, d.Access?.Stepped, d.Access?.Gaussian,
                d.Access?.ThreeStep, false,
            ];
        foreach (var p in measured.Points)
            yield return
            [
                Id(), run, "DemandPoint", p.Point.Code, p.Point.Name, null, p.Point.DivisionCode,
                Guid.TryParse(p.Point.Id, out var facility) ? facility : null,
                Place(p.Point.Longitude, p.Point.Latitude), p.Point.Demand, 1, p.Band is null ? 0L : p.Point.Demand,
                p.Band is null ? 0.0 : 1.0, p.Band is not null,
                p.Band is { } band ? outcome.Order.Bands[band] : null,
                p.Nearest.Supply < 0 ? null : Guid.Parse(outcome.Inputs.Supply[p.Nearest.Supply].Id),
                double.IsFinite(p.Nearest.Cost) ? p.Nearest.Cost / unit : null, null, null, null, p.Choices, null, null, null,
                p.Access.TwoStep, p.Access.Stepped, p.Access.Gaussian, p.Access.ThreeStep, p.IsOffNetwork,
            ];
        foreach (var s in measured.Supplies)
            yield return
            [
                Id(), run, "Supply", s.Supply.Code, s.Supply.Name, null, s.Supply.DivisionCode, Guid.Parse(s.Supply.Id),
                Place(s.Supply.Longitude, s.Supply.Latitude),
                s.Within[^1], s.Points[^1], s.Within[^1], null, null, null, null, null, null, null, null, null, 1, s.Supply.Capacity,
                s.Within[^1] == 0 ? null : s.Supply.Capacity / s.Within[^1], s.Ratios[0], s.Ratios[1], s.Ratios[2],
                s.Ratios[3], s.IsOffNetwork,
            ];
    }

    private static IEnumerable<object?[]> BandRows(Guid run, CoverageOutcome outcome)
    {
        var bands = outcome.Order.Bands;
        foreach (var d in outcome.Measured.Divisions.Prepend(outcome.Measured.Everywhere))
            for (var band = 0; band < bands.Count; band++)
                yield return
                [
                    Id(), run, d.Division is null ? "Everywhere" : "Division", d.Division?.Code ?? "", bands[band],
                    d.Demand, d.Within[band], null,
                    d.Demand == 0 ? null : (double)d.Within[band] / d.Demand,
                ];
        foreach (var s in outcome.Measured.Supplies)
            for (var band = 0; band < bands.Count; band++)
                yield return [Id(), run, "Supply", s.Supply.Code, bands[band], s.Within[^1], s.Within[band], s.Points[band], null];
    }

    private static IEnumerable<object?[]> AreaRows(Guid run, CoverageOutcome outcome)
    {
        foreach (var (number, band, area, error) in outcome.Areas)
        {
            var supply = number is { } s ? outcome.Measured.Supplies[s] : null;
            yield return
            [
                Id(), run, supply is null ? null : Guid.Parse(supply.Supply.Id), supply?.Supply.Code, supply?.Supply.Name,
                outcome.Order.Bands[band], outcome.Distance,
                Shape(area), 0.0, error, supply?.Within[band] ?? outcome.Measured.Everywhere.Within[band],
            ];
        }
    }

    private static Guid Id() => Guid.CreateVersion7();

    private static byte[] Place(double longitude, double latitude) => Shape(new Point(longitude, latitude));

    private static byte[] Shape(Geometry shape)
    {
        shape.SRID = 4326;
        return Ewkb.Write(shape);
    }

    private static async Task CopyAsync(NpgsqlConnection connection, string copy, IEnumerable<object?[]> rows, CancellationToken stop)
    {
        await using var writer = await connection.BeginBinaryImportAsync(copy, stop);
        foreach (var row in rows)
        {
            await writer.StartRowAsync(stop);
            foreach (var value in row) await WriteAsync(writer, value, stop);
        }
        await writer.CompleteAsync(stop);
    }

    // A geography is sent as EWKB bytes: the column's own receive function reads it.
    private static Task WriteAsync(NpgsqlBinaryImporter writer, object? value, CancellationToken stop) => value switch
    {
        null => writer.WriteNullAsync(stop),
        Guid id => writer.WriteAsync(id, NpgsqlDbType.Uuid, stop),
        string text => writer.WriteAsync(text, NpgsqlDbType.Text, stop),
        int whole => writer.WriteAsync(whole, NpgsqlDbType.Integer, stop),
        long whole => writer.WriteAsync(whole, NpgsqlDbType.Bigint, stop),
        double number => writer.WriteAsync(number, NpgsqlDbType.Double, stop),
        bool flag => writer.WriteAsync(flag, NpgsqlDbType.Boolean, stop),
        byte[] bytes => writer.WriteAsync(bytes, NpgsqlDbType.Bytea, stop),
        _ => throw new InvalidOperationException($"A {value.GetType().Name} is not written here."),
    };
}
