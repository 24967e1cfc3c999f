namespace HazardMap.EndToEnd.Worlds;

/// <summary>Waits for what others do.</summary>
internal static class Patience
{
    /// <summary>Looks every few milliseconds until it is so; two minutes at most.</summary>
    public static Task UntilAsync(Func<bool> reached) => UntilAsync(() => Task.FromResult(reached()));

    /// <inheritdoc cref="UntilAsync(Func{bool})"/>
    public static async Task UntilAsync(Func<Task<bool>> reached)
    {
        var until = DateTime.UtcNow.AddMinutes(2);
        while (!await reached())
        {
            Assert.True(DateTime.UtcNow < until, "never reached");
            await Task.Delay(5);
        }
    }
}
