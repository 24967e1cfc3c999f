namespace HazardMap.OData;

/// <summary>
/// Where the changes of an entity set are recorded: a table or view with one row for every row that was inserted, updated
/// or deleted, written in the transaction of the change. It has the key's column, <c>xid</c> (xid8: the transaction,
/// <c>pg_current_xact_id()</c>) and, for each former property, its value before the change.
/// </summary>
public sealed class ChangeSource
{
    internal ChangeSource(string source, IReadOnlyList<Property> former)
    {
        Source = source;
        QuotedSource = Identifier.QuotePath(source);
        Former = former;
    }

    /// <summary>Table or view, such as <c>coast.lighthouse_changes</c>.</summary>
    public string Source { get; }

    /// <summary>
    /// Properties whose value before the change is recorded (null for an insert). A deleted or moved entity is reported to
    /// a confined caller only when these show that he could see it.
    /// </summary>
    public IReadOnlyList<Property> Former { get; }

    internal string QuotedSource { get; }
}
