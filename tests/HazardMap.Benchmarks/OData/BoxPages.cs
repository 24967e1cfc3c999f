namespace HazardMap.Benchmarks;

/// <summary>A page of at most 100 waters in a box.</summary>
internal static class BoxPages
{
    private static readonly Kind[] Kinds =
    [
        new("wide", "page of 100 of the thousands in a wide box", 0.5, null),
        new("town", "page of 100 in a box around a town", 0.05, null),
        new("few", "page of the few in a small box", 0.003, null),
        new("map", "page of 100 in a box around a town, five properties", 0.05, "Id,Name,Kind,Location,RiskLevel"),
    ];

    public static async Task MeasureAsync(ODataWorld world, string size, List<Measurement> rows, List<string> notes, CancellationToken stop)
    {
        var boxes = new Dictionary<Kind, List<Box>>();
        foreach (var kind in Kinds) boxes[kind] = await Boxes.AroundWatersAsync(world.Register, kind.HalfDegrees, stop);
        await using var peers = await BoxPeers.StartAsync(world, boxes, notes, stop);
        await WarmUpAsync(world, boxes, peers, stop);
        foreach (var kind in Kinds)
        {
            List<(Target, string[])> contest = [(world.Ours, [.. boxes[kind].Select(kind.Ours)]), .. peers.For(kind)];
            var results = await Load.CompareAsync(contest, ODataBenchmark.Round, stop);
            for (var i = 1; i < contest.Count; i++)
                rows.Add(new($"{size}: {kind.What}", results[0].PerSecond, "1/s", contest[i].Item1.Name,
                    results[i].PerSecond, MoreIsBetter: true));
            notes.Add($"{size}: {kind.What}: " + string.Join("; ", contest.Select((x, i) => FormattableString.Invariant(
                $"{x.Item1.Name} {results[i].BytesEach / 1000:0.0} kB, median {results[i].MedianMs:0.0} ms, p95 {results[i].P95Ms:0.0} ms")
                + (results[i].Failures > 0 ? $", {results[i].Failures} FAILED" : ""))));
        }
    }

    // Once through all kinds before any counts: compilers that go by use get to know the whole of it, ours and the peers'.
    private static async Task WarmUpAsync(ODataWorld world, Dictionary<Kind, List<Box>> boxes, BoxPeers peers, CancellationToken stop)
    {
        foreach (var kind in Kinds)
        {
            await Load.RoundAsync(world.Ours, [.. boxes[kind].Select(kind.Ours)], Load.Connections, ODataBenchmark.Round, stop);
            foreach (var (target, paths) in peers.For(kind))
                await Load.RoundAsync(target, paths, Load.Connections, ODataBenchmark.Round, stop);
        }
    }

    /// <summary>A kind of box, and what is asked of it.</summary>
    internal sealed record Kind(string Name, string What, double HalfDegrees, string? Select)
    {
        public string OursQuery(Box box) =>
            "$filter=" + Uri.EscapeDataString($"geo.intersects(Location,geography'SRID=4326;{box.Wkt}')") + "&$top=100"
                + (Select is null ? "" : "&$select=" + Select);

        public string Ours(Box box) => "/odata/Hazards?" + OursQuery(box);

        // Its columns are the database's.
        public string Cap(Box box) => "/odata/Hazards?$filter=" + Uri.EscapeDataString(box.Ranges) + "&$top=100"
            + (Select is null ? "" : "&$select=id,name,kind,location,risk_level");

        public string Wfs(Box box) =>
            $"/wfs?SERVICE=WFS&VERSION=1.0.0&REQUEST=GetFeature&TYPENAME=hazards&OUTPUTFORMAT=geojson&MAXFEATURES=100&BBOX={box.Wfs}"
                + (Select is null ? "" : "&PROPERTYNAME=id,name,kind,risk_level,msGeometry");
    }
}
