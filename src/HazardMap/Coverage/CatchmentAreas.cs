using HazardMap.Network;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.OverlayNG;

namespace HazardMap.Coverage;

/// <summary>The area of one band of one facility, or of all together.</summary>
/// <param name="Supply">Which facility; null: all, no overlap counted twice.</param>
/// <param name="Band">Which band, the lower ones included.</param>
/// <param name="Area">On the globe; empty where nothing is reached.</param>
/// <param name="ErrorMetres">How far the outline may be from where it should be.</param>
public sealed record CatchmentArea(int? Supply, int Band, MultiPolygon Area, double ErrorMetres);

/// <summary>Draws the bands of every facility and dissolves them.</summary>
public static class CatchmentAreas
{
    /// <summary>Circles, where distances are straight.</summary>
    public static IReadOnlyList<CatchmentArea> Straight(IReadOnlyList<CoverageSupply> supply, IReadOnlyList<double> bandsMetres,
        CancellationToken stop = default)
    {
        var areas = new List<CatchmentArea>();
        for (var s = 0; s < supply.Count; s++)
            for (var band = 0; band < bandsMetres.Count; band++)
                if (StraightCatchment.Around(supply[s].Longitude, supply[s].Latitude, bandsMetres[band]) is { } circle)
                    areas.Add(new CatchmentArea(s, band, new MultiPolygon([circle]), StraightCatchment.ErrorMetres(bandsMetres[band])));
        return [.. areas, .. Dissolved(areas, bandsMetres.Count, stop)];
    }

    /// <summary>Contours, where distances go along roads.</summary>
    public static IReadOnlyList<CatchmentArea> AlongRoads(
        RoadNetwork network, RoadWays ways, IReadOnlyList<double> bands, double offRoadMetres, int threads = 1,
        CancellationToken stop = default, Action<double>? progress = null)
    {
        var found = new List<CatchmentArea>[ways.Supply.Count];
        var done = 0;
        ManySearches.Run(network.Graph, found.Length, threads, stop, (search, s) =>
        {
            found[s] = [];
            if (ways.Supply[s] is { } place
                && RoadCatchment.Of(network, place, bands[^1], ways.AccessCostPerMetre, offRoadMetres, search) is { } catchment)
                for (var band = 0; band < bands.Count; band++)
                    if (catchment.Within(bands[band]) is { IsEmpty: false } area)
                        found[s].Add(new CatchmentArea(s, band, area, catchment.ErrorMetres));
            progress?.Invoke((double)Interlocked.Increment(ref done) / found.Length);
        });
        CatchmentArea[] areas = [.. found.SelectMany(list => list)];
        return [.. areas, .. Dissolved(areas, bands.Count, stop)];
    }

    private static IEnumerable<CatchmentArea> Dissolved(IReadOnlyCollection<CatchmentArea> areas, int bands, CancellationToken stop)
    {
        for (var band = 0; band < bands; band++)
        {
            stop.ThrowIfCancellationRequested();
            var ofBand = areas.Where(a => a.Band == band).ToList();
            if (ofBand.Count == 0) continue;
            var union = OverlayNGRobust.Union([.. ofBand.SelectMany(a => a.Area.Geometries)]);
            yield return new CatchmentArea(null, band, union as MultiPolygon ?? new MultiPolygon([(Polygon)union]),
                ofBand.Max(a => a.ErrorMetres));
        }
    }
}
