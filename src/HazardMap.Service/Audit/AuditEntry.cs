namespace HazardMap.Service.Audit;

/// <summary>What is written into the audit: an act that must stay known. Who did it is the transaction's actor.</summary>
/// <param name="Action">What was done, a word such as <c>LoggedIn</c>.</param>
/// <param name="Entity">The set of what it was done to.</param>
/// <param name="EntityId">Its key.</param>
internal sealed record AuditEntry(string Action, string? Entity = null, string? EntityId = null)
{
    /// <summary>The division of what it was done to: who reads the audit of an area reads this.</summary>
    public string? DivisionCode { get; init; }

    /// <summary>Why, as the person stated it.</summary>
    public string? Reason { get; init; }

    /// <summary>What else is worth knowing, as an object of JSON. Never a secret, never what somebody typed into a field of
    /// secrets.</summary>
    public object? Details { get; init; }
}
