using System.Diagnostics;
using HazardMap.Coverage;
using HazardMap.Network;
using HazardMap.Service.Network;
using Npgsql;

namespace HazardMap.Service.Coverage;

/// <summary>What a run came to.</summary>
/// <param name="Order">The question.</param>
/// <param name="Inputs">What it was computed from.</param>
/// <param name="Measured">The measures.</param>
/// <param name="Areas">The catchments; none when they were not wanted.</param>
/// <param name="Distance">geodesic, walk or drive: what ways were really measured along.</param>
/// <param name="Notes">What a reader must know.</param>
/// <param name="OnIslands">Demand points whose road does not hang together with the largest part of the network.</param>
/// <param name="Seconds">Reading, measuring, drawing.</param>
internal sealed record CoverageOutcome(
    CoverageOrder Order, CoverageInputs Inputs, CoverageMeasurement Measured, IReadOnlyList<CatchmentArea> Areas, string Distance,
    IReadOnlyList<string> Notes,
    int OnIslands, (double Read, double Measure, double Draw) Seconds);

/// <summary>Computes a coverage run: the same for an order of the API, the command line and the benchmark.</summary>
internal static class CoverageRunner
{
    private static readonly int Threads = Environment.ProcessorCount;

    /// <summary>Reads what is needed and measures.</summary>
    /// <exception cref="RefusalException">Driving where no roads are loaded.</exception>
    public static async Task<CoverageOutcome> RunAsync(NpgsqlDataSource database, RoadNetworks networks, CoverageOrder order,
        Action<double> progress, CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        var roads = order.Mode switch
        {
            CoverageMode.Walk => await networks.OfAsync(RoadProfile.Walk, stop),
            CoverageMode.Drive => await networks.OfAsync(RoadProfile.Drive, stop),
            _ => null,
        };
        if (roads is { Network.IsEmpty: true } && order.Mode == CoverageMode.Drive)
            throw new RefusalException("NoRoads", "No roads are loaded: how long a drive takes cannot be told from a straight line. "
                + "Import an OpenStreetMap extract, or ask for Straight.",
                "尚未导入道路：无法由直线推算驾车时间。请导入 OpenStreetMap 数据，或改用 Straight。", "mode");
        var inputs = await CoverageStore.ReadAsync(database, order, roads is { Network.IsEmpty: false } ? roads : null, stop);
        return Compute(order, inputs, watch.Elapsed.TotalSeconds, progress, stop);
    }

    /// <summary>Measures what was read.</summary>
    public static CoverageOutcome Compute(CoverageOrder order, CoverageInputs inputs, double readSeconds,
        Action<double> progress, CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        var measures = order.Measures;
        progress(0.1);
        var onRoads = inputs.Roads is { } roads ? Snap(order, inputs, roads.Network) : null;
        progress(0.2);
        var ways = onRoads?.Within(measures.Threshold, Threads, stop)
            ?? StraightWays.Of(inputs.Demand, inputs.Supply, measures.Threshold, stop);
        progress(0.4);
        var measured = CoverageMeasurement.Of(measures, inputs.Demand, inputs.Supply, inputs.Divisions, ways);
        var measuredAt = watch.Elapsed.TotalSeconds;
        progress(0.5);
        var areas = order.DrawAreas ? Draw(order, inputs, onRoads, measures, progress, stop) : [];
        return new CoverageOutcome(order, inputs, measured, areas, DistanceOf(order, inputs), [.. NotesOf(order, inputs, ways)],
            inputs.Roads is { } held && onRoads is not null ? OnIslands(held, onRoads) : 0,
            (readSeconds, measuredAt, watch.Elapsed.TotalSeconds - measuredAt));
    }

    private static RoadWays Snap(CoverageOrder order, CoverageInputs inputs, RoadNetwork network)
    {
        var profile = ProfileFile.Of(order.Mode == CoverageMode.Drive ? RoadProfile.Drive : RoadProfile.Walk);
        var costPerMetre = order.Mode == CoverageMode.Drive ? 3.6 / profile.AccessKmh : 1;
        return new RoadWays(network, inputs.Demand, inputs.Supply, profile.SnapMetres, costPerMetre, Threads);
    }

    private static IReadOnlyList<CatchmentArea> Draw(CoverageOrder order, CoverageInputs inputs, RoadWays? ways, CoverageMeasures measures,
        Action<double> progress, CancellationToken stop) =>
            ways is null
                ? CatchmentAreas.Straight(inputs.Supply, measures.Bands, stop)
                : CatchmentAreas.AlongRoads(inputs.Roads!.Network, ways, measures.Bands,
                    ProfileFile.Of(order.Mode == CoverageMode.Drive ? RoadProfile.Drive : RoadProfile.Walk).OffRoadMetres, Threads, stop,
                    share => progress(0.5 + 0.4 * share));

    private static string DistanceOf(CoverageOrder order, CoverageInputs inputs) =>
        inputs.Roads is null ? "geodesic" : order.Mode == CoverageMode.Drive ? "drive" : "walk";

    private static IEnumerable<string> NotesOf(CoverageOrder order, CoverageInputs inputs, CoverageWays ways)
    {
        foreach (var note in inputs.Notes) yield return note;
        if (order.CountsTurns)
            yield return "Capacity is turns in July and August: places x turns a day x days open; where nobody states turns, one a day. "
                + "容量为 7—8 月可容纳的人次：同时容纳人数 × 每日场次 × 开放天数；"
                + "未填场次按每日一场计。";
        if (inputs.Supply.Any(s => s.Capacity > 0))
            yield return "Of everybody together the mean accessibility is capacity / demand wherever the facilities stand, an identity: "
                + "it is not reported. Divisions and points tell who has less. "
                + "就全体而言，平均可达性恒等于容量 / 需求，与设施位置无关，故不列出；"
                + "请看各区划和各点。";
        if (inputs.Roads is null && order.Mode != CoverageMode.Straight)
            yield return "No roads are loaded: distances are straight lines. 尚未导入道路：距离为直线距离。";
        if (inputs.Supply.Count == 0) yield return "There is no such facility: nobody is covered. 没有此类设施：无人被覆盖。";
        if (ways.SupplyOffNetwork.Count > 0)
            yield return $"{ways.SupplyOffNetwork.Count} facilities are too far "
                + $"from every road to be reached. {ways.SupplyOffNetwork.Count} 处设施距道路过远，无法到达。";
        if (ways.DemandOffNetwork.Count > 0)
            yield return $"{ways.DemandOffNetwork.Count} places of demand are too far from every road "
                + $"and count as not covered. {ways.DemandOffNetwork.Count} 处需求点距道路过远，计为未覆盖。";
        var unknown = inputs.Supply.Count(s => s.Capacity is null);
        if (unknown > 0)
            yield return $"{unknown} facilities have no capacity on record: "
                + $"they count as 0 where capacity is measured. {unknown} 处设施未登记容量，在容量计算中按 0 计。";
    }

    private static int OnIslands(HeldNetwork held, RoadWays ways) =>
        ways.Demand.Count(place => place is { } p && held.Islands.PartOf(held.Network.Graph.SourceOf(p.Edge)) != 0);
}
