using Npgsql;

namespace HazardMap.OData;

/// <summary>A constraint of the database that refuses a change, as a refusal that names the property.</summary>
internal static class ConstraintErrors
{
    private const string Sql = """
        select array(select a.attname::text from unnest(c.conkey) k join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k),
               pg_get_constraintdef(c.oid)
        from pg_constraint c where c.conname = $1 and c.conrelid = to_regclass($2)
        """;

    /// <summary>What the refused change, already undone, broke; null: nothing that a client could mend.</summary>
    public static async Task<ODataRefusalException?> RefusalAsync(ODataChange change, PostgresException error, CancellationToken stop)
    {
        var (set, changed) = (change.Set, change.Values.Keys.ToList());
        var (columns, definition) = await DescribeAsync(change.Connection, set, error, stop);
        var property = set.Properties.FirstOrDefault(x => columns.Contains(x.Column, StringComparer.Ordinal) && changed.Contains(x))
            ?? set.Properties.FirstOrDefault(x => columns.Contains(x.Column, StringComparer.Ordinal));
        var name = property?.Name ?? error.ColumnName ?? error.ConstraintName;
        return error.SqlState switch
        {
            PostgresErrorCodes.CheckViolation => new(422, "RuleBroken",
                definition is null ? error.MessageText : $"{name} breaks the rule {definition}.", name),
            PostgresErrorCodes.NotNullViolation => new(422, "RuleBroken", $"{name} cannot be null.", name),
            PostgresErrorCodes.ForeignKeyViolation when change.Kind == ODataChangeKind.Delete =>
                new(409, "StillReferred", $"The entity is still referred to by {error.TableName}."),
            PostgresErrorCodes.ForeignKeyViolation =>
                new(422, "UnknownReference", $"{name} refers to something that does not exist.", name),
            PostgresErrorCodes.UniqueViolation => new(409, "AlreadyExists", $"{name} is already used by another entity.", name),
            PostgresErrorCodes.ExclusionViolation => new(409, "Conflict", $"{name} conflicts with another entity.", name),
            PostgresErrorCodes.InsufficientPrivilege => new(403, "Forbidden", "The database does not allow this change."),
            PostgresErrorCodes.RaiseException => new(422, "RuleBroken", error.MessageText, name),
            _ when error.SqlState.StartsWith("22", StringComparison.Ordinal) =>
                new(422, "RuleBroken", $"A value is out of range: {error.MessageText}.", name),
            _ => null,
        };
    }

    private static async Task<(IReadOnlyList<string> Columns, string? Definition)> DescribeAsync(
        NpgsqlConnection connection, EntitySet set, PostgresException error, CancellationToken stop)
    {
        if (error.ColumnName is { } column) return ([column], null);
        if (error.ConstraintName is not { } constraint) return ([], null);
        await using var command = new NpgsqlCommand(Sql, connection);
        command.Parameters.Add(new NpgsqlParameter { Value = constraint });
        command.Parameters.Add(new NpgsqlParameter { Value = Identifier.QuotePath(set.Table!) });
        await using var reader = await command.ExecuteReaderAsync(stop);
        return await reader.ReadAsync(stop) ? (reader.GetFieldValue<string[]>(0), reader.GetString(1)) : ([], null);
    }
}
