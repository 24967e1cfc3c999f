namespace HazardMap.Network;

/// <summary>Runs searches side by side, each thread with one workspace of its own.</summary>
internal static class ManySearches
{
    /// <summary>Calls the task once for each index, with a cleared search.
    /// Tasks write to places of their own, so order does not show.</summary>
    public static void Run(RoadGraph graph, int count, int threads, CancellationToken stop, Action<RoadSearch, int> task)
    {
        var next = -1;
        var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads), CancellationToken = stop };
        Parallel.For(0, Math.Clamp(threads, 1, Math.Max(1, count)), options, _ =>
        {
            var search = new RoadSearch(graph);
            for (int i; (i = Interlocked.Increment(ref next)) < count && !stop.IsCancellationRequested;)
            {
                search.Clear();
                task(search, i);
            }
        });
        stop.ThrowIfCancellationRequested();
    }
}
