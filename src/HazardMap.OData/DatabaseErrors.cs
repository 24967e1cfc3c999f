using Npgsql;

namespace HazardMap.OData;

/// <summary>What the database's errors mean to a client.</summary>
internal static class DatabaseErrors
{
    public static ODataRefusalException? Refusal(Exception error) => error switch
    {
        PostgresException database => BySqlState(database),
        NpgsqlException { InnerException: TimeoutException } => TooSlow(),
        NpgsqlException or System.Net.Sockets.SocketException or TimeoutException => Down(),
        // A transaction that is used after its connection broke; the break is inside.
        ObjectDisposedException { InnerException: NpgsqlException } => Down(),
        // A computed value that .NET has no room for, such as a date after the year 9999.
        OverflowException or InvalidCastException => ODataRefusalException.Bad("The request asks for a value that is out of range."),
        _ => null,
    };

    private static ODataRefusalException? BySqlState(PostgresException error) => error.SqlState switch
    {
        PostgresErrorCodes.QueryCanceled => TooSlow(),
        PostgresErrorCodes.DivisionByZero => ODataRefusalException.Bad("The request divides by zero.", "$filter", "DivisionByZero"),
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable =>
            new ODataRefusalException(503, "Busy", "Somebody else is changing the same data; try again.") { RetryAfterSeconds = 1 },
        { Length: 5 } state when state.StartsWith("22", StringComparison.Ordinal) =>
            ODataRefusalException.Bad(
                $"The request asks for a value that cannot be computed: {RefusalText.OfDatabase(error.MessageText)}."),
        { Length: 5 } state when state[..2] is "08" or "53" or "57" => Down(),
        // A constraint that waits for the end of the transaction: which property broke it is not known any more.
        { Length: 5 } state when state.StartsWith("23", StringComparison.Ordinal) => new ODataRefusalException(409, "RuleBroken",
            $"The change breaks the rule {error.ConstraintName} of {error.TableName}."),
        // The statement does not fit the types: an expression that the translator should have refused itself.
        PostgresErrorCodes.GroupingError =>
            ODataRefusalException.Bad("After $apply only its groups and aggregates can be used.", "$orderby"),
        PostgresErrorCodes.UndefinedFunction or PostgresErrorCodes.DatatypeMismatch or PostgresErrorCodes.CannotCoerce
            or PostgresErrorCodes.AmbiguousFunction or PostgresErrorCodes.IndeterminateDatatype =>
            ODataRefusalException.NotBuilt("This combination of types in an expression is not built."),
        // PostGIS raises its own complaints about shapes (antipodal edges, for one) as internal errors.
        PostgresErrorCodes.InternalError =>
            ODataRefusalException.Bad($"A shape of the request cannot be computed with: {RefusalText.OfDatabase(error.MessageText)}",
                code: "InvalidShape"),
        PostgresErrorCodes.StatementTooComplex or PostgresErrorCodes.ProgramLimitExceeded or PostgresErrorCodes.TooManyArguments =>
            ODataRefusalException.Bad("The request is too complex."),
        _ => null,
    };

    public static ODataRefusalException TooSlow() =>
        new(503, "TooSlow", "The request took longer than allowed (StatementTimeout); ask for less.")
        {
            RetryAfterSeconds = 5, Details =
                [new ODataErrorDetail("Limit", "The time a statement may run.", nameof(ODataOptions.StatementTimeout))],
        };

    public static ODataRefusalException ChangeTooSlow() =>
        new(503, "TooSlow", "The change took longer than allowed (ChangeTimeout); change less at once.")
        {
            RetryAfterSeconds = 5, Details =
                [new ODataErrorDetail("Limit", "The time that a change may take.", nameof(ODataOptions.ChangeTimeout))],
        };

    private static ODataRefusalException Down() =>
        new(503, "DatabaseUnavailable", "The database cannot be reached right now.") { RetryAfterSeconds = 5 };
}
