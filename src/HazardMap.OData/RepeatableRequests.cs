using Microsoft.AspNetCore.Http;
using Npgsql;

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

    /// <summary>Runs in the transaction of a change, before its answer is kept; it may add headers to the answer.</summary>
    public Func<RepeatableAnswer, CancellationToken, Task>? Recording { get; init; }

    /// <summary>How often answers that are too old are looked for.</summary>
    public TimeSpan SweepEvery { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>True for one caller in each period.</summary>
    internal bool SweepIsDue()
    {
        var (now, due) = (Environment.TickCount64, Interlocked.Read(ref _nextSweep));
        return now >= due && Interlocked.CompareExchange(ref _nextSweep, now + (long)SweepEvery.TotalMilliseconds, due) == due;
    }
}

/// <summary>The answer to a repeatable request, before it is kept.</summary>
/// <param name="Http">The HTTP request that carries it.</param>
/// <param name="Connection">The connection, inside the transaction.</param>
/// <param name="Asked">The headers of the request, or of the part of a batch.</param>
/// <param name="Caller">Who sent it.</param>
/// <param name="Client">Its <c>Repeatability-Client-ID</c>, or empty.</param>
/// <param name="Request">Its <c>Repeatability-Request-ID</c>.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Set">The set it is about.</param>
/// <param name="Key">The key in its path; null: it created an entity.</param>
/// <param name="Status">The answer's status.</param>
/// <param name="Headers">The answer's headers.</param>
public sealed record RepeatableAnswer(
    HttpContext Http, NpgsqlConnection Connection, IHeaderDictionary Asked, ODataCaller Caller, string Client, string Request,
    string Method, EntitySet Set, object? Key, int Status, IHeaderDictionary Headers);
