namespace HazardMap.Benchmarks;

/// <summary>Those who answer the same pages. One that cannot be installed here is absent, and that is said.</summary>
internal sealed class BoxPeers : IAsyncDisposable
{
    private readonly List<(Target Target, Func<BoxPages.Kind, string[]> Paths)> _peers = [];
    private readonly List<IAsyncDisposable> _processes = [];

    public static async Task<BoxPeers> StartAsync(ODataWorld world, Dictionary<BoxPages.Kind, List<Box>> boxes,
        List<string> notes, CancellationToken stop)
    {
        var all = new BoxPeers();
        await all.AddAsync(notes, () => JsonAggAsync(world, boxes, stop), kind => [.. boxes[kind].Select((_, i) => $"/{kind.Name}/{i}")]);
        await all.AddAsync(notes, () => CapPeer.StartAsync(world.Address, stop), kind => [.. boxes[kind].Select(kind.Cap)]);
        await all.AddAsync(notes, () => MapServerPeer.StartAsync(world.Address, stop), kind => [.. boxes[kind].Select(kind.Wfs)]);
        return all;
    }

    public IEnumerable<(Target, string[])> For(BoxPages.Kind kind) => _peers.Select(x => (x.Target, x.Paths(kind)));

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes) await process.DisposeAsync();
    }

    private static async Task<(IAsyncDisposable, Target)> JsonAggAsync(ODataWorld world,
        Dictionary<BoxPages.Kind, List<Box>> boxes, CancellationToken stop)
    {
        var pages = boxes.ToDictionary(x => x.Key.Name,
            x => x.Value.ConvertAll(box => JsonAggEndpoint.Wrap(LibraryInside.PageOf(world.Register, "Hazards", x.Key.OursQuery(box)))),
            StringComparer.Ordinal);
        return await JsonAggEndpoint.StartAsync(new JsonAggEndpoint.Plan(world.Address.ConnectionString, pages), stop);
    }

    private async Task AddAsync(List<string> notes, Func<Task<(IAsyncDisposable Process, Target Target)>> start,
        Func<BoxPages.Kind, string[]> paths)
    {
        try
        {
            var (process, target) = await start();
            _processes.Add(process);
            _peers.Add((target, paths));
        }
        catch (Exception failure) when (failure is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            await Console.Error.WriteLineAsync("ABSENT: " + failure.Message);
            notes.Add("ABSENT, not measured: " + failure.Message.Split('\n')[0]);
        }
    }
}
