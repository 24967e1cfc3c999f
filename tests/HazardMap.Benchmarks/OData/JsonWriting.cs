namespace HazardMap.Benchmarks;

internal static class JsonWriting
{
    public static Task MeasureAsync(ODataWorld world, List<Measurement> rows, List<string> notes, CancellationToken stop) => Task.CompletedTask;
}
