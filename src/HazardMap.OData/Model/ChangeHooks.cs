namespace HazardMap.OData;

/// <summary>When a hook runs.</summary>
internal enum HookMoment { Changing, Changed, Deleting, Deleted, Committed }

/// <summary>What the host does when an entity of a set changes, in the order in which it was declared.</summary>
internal sealed class ChangeHooks
{
    private readonly List<(HookMoment Moment, Func<ODataChange, CancellationToken, Task> Hook)> _hooks = [];

    public void Add(HookMoment moment, Func<ODataChange, CancellationToken, Task> hook) => _hooks.Add((moment, hook));

    /// <summary>Before the row is written or deleted.</summary>
    public Task BeforeAsync(ODataChange change, CancellationToken stop) =>
        RunAsync(change.Kind == ODataChangeKind.Delete ? HookMoment.Deleting : HookMoment.Changing, change, stop);

    /// <summary>After the row was written or deleted.</summary>
    public Task AfterAsync(ODataChange change, CancellationToken stop) =>
        RunAsync(change.Kind == ODataChangeKind.Delete ? HookMoment.Deleted : HookMoment.Changed, change, stop);

    /// <summary>After the commit.</summary>
    public Task CommittedAsync(ODataChange change) => RunAsync(HookMoment.Committed, change, CancellationToken.None);

    private async Task RunAsync(HookMoment moment, ODataChange change, CancellationToken stop)
    {
        foreach (var (when, hook) in _hooks)
            if (when == moment) await hook(change, stop);
    }
}
