using HazardMap.Register;

namespace HazardMap.Service.Runs;

/// <summary>Work that is ordered by a row and goes on after the order is answered, such as a coverage or a risk run.</summary>
/// <remarks>
/// The table has the columns <c>id uuid, state text (Queued, Running, Done, Failed, Cancelled), progress float8,
/// requested_at, started_at, finished_at timestamptz, attempts integer, cancel_requested boolean, error text</c>.
/// </remarks>
/// <param name="EntitySet">The set that orders are POSTed to.</param>
/// <param name="Table">Where the orders stand, such as <c>register.coverage_runs</c>: a constant of the program.</param>
/// <param name="WorkAsync">Does the work; writes its results and calls <see cref="RunInHand.FinishAsync"/> in one transaction.</param>
internal sealed record RunKind(string EntitySet, string Table, Func<RunInHand, CancellationToken, Task> WorkAsync);

/// <summary>How far an order is.</summary>
internal enum RunState
{
    /// <summary>Nobody has begun it.</summary>
    [Word("排队", "Waiting")] Queued,

    /// <summary>Somebody is at it.</summary>
    [Word("运行中", "Running")] Running,

    /// <summary>The results are there.</summary>
    [Word("完成", "Done")] Done,

    /// <summary>It could not be done; the reason is in <c>error</c>.</summary>
    [Word("失败", "Failed")] Failed,

    /// <summary>Somebody called it off.</summary>
    [Word("已取消", "Cancelled")] Cancelled,
}
