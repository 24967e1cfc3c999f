namespace HazardMap.OData;

/// <summary>
/// The time that a change, or what a host computes for a function or an action, has as a whole, and a little more, so that a single
/// statement that takes too long ends by itself and says more of what it waited for.
/// </summary>
internal static class TimeLimit
{
    private static readonly TimeSpan Longer = TimeSpan.FromMilliseconds(250);

    /// <summary>Of what a host computes for a function.</summary>
    public static Task<T> KeepAsync<T>(ODataOptions options, Func<CancellationToken, Task<T>> work, CancellationToken stop) =>
        KeepAsync(options.StatementTimeout, DatabaseErrors.TooSlow, work, stop);

    /// <summary>Of a change.</summary>
    public static Task KeepChangeAsync(ODataOptions options, Func<CancellationToken, Task> work, CancellationToken stop) =>
        KeepAsync(options.ChangeTimeout ?? options.StatementTimeout, DatabaseErrors.ChangeTooSlow, async limit =>
        {
            await work(limit);
            return true;
        }, stop);

    private static async Task<T> KeepAsync<T>(TimeSpan time, Func<ODataRefusalException> refusal, Func<CancellationToken, Task<T>> work,
        CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(time + Longer);
        try
        {
            return await work(limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            throw refusal();
        }
    }
}
