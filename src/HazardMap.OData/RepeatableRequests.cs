namespace HazardMap.OData;

/// <summary>
/// Where the answers of repeatable requests (OASIS Repeatable Requests 1.0) are kept, in the transaction of the change they
/// answer. The table's columns are in the library's README.
/// </summary>
public sealed class RepeatableRequests
{
    private long _nextSweep;

    /// <summary>The table, such as <c>odata.repeatable_requests</c>.</summary>
    public required string Table { get; init; }

    /// <summary>How long an answer is kept; an older <c>Repeatability-First-Sent</c> is refused.</summary>
    public TimeSpan Kept { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How far a client's clock may be ahead.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How often answers that are too old are looked for.</summary>
    public TimeSpan SweepEvery { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>True for one caller in each period.</summary>
    internal bool SweepIsDue()
    {
        var (now, due) = (Environment.TickCount64, Interlocked.Read(ref _nextSweep));
        return now >= due && Interlocked.CompareExchange(ref _nextSweep, now + (long)SweepEvery.TotalMilliseconds, due) == due;
    }
}
