using Npgsql;

namespace HazardMap.OData;

/// <summary>
/// A constraint of the database that refuses a change, as a refusal that names the property. What it says is the constraint's comment,
/// a sentence without its subject in English and, after a slash between blanks, in Chinese: <c>cannot be negative / 不能为负数</c>;
/// one about several columns begins with a colon. What a trigger raises is said in the same way, or in
/// Chinese by its hint.
/// </summary>
internal static class ConstraintErrors
{
    private const string Sql = """
        select array(select a.attname::text from unnest(c.conkey) k join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k),
               obj_description(c.oid, 'pg_constraint')
        from pg_constraint c where c.conname = $1 and c.conrelid = to_regclass(format('%I.%I', $2, $3))
        """;

    /// <summary>What the refused change, already undone, broke; null: nothing that a client could mend.</summary>
    public static async Task<ODataRefusalException?> RefusalAsync(
        ODataModel model, ODataChange change, PostgresException error, CancellationToken stop)
    {
        var (columns, sentence) = await DescribeAsync(change.Connection, error, stop);
        var property = IsOf(change.Set, error) ? Broken(change, columns) : null;
        return error.SqlState switch
        {
            PostgresErrorCodes.ForeignKeyViolation when change.Kind == ODataChangeKind.Delete => StillReferred(model, error),
            PostgresErrorCodes.ForeignKeyViolation =>
                Of(422, "UnknownReference", property, error,
                    sentence ?? "refers to something that does not exist / 引用的对象不存在"),
            PostgresErrorCodes.NotNullViolation => Of(422, "RuleBroken", property, error, "cannot be null / 不能为空"),
            // Only a trigger names the column: a check may be about several.
            PostgresErrorCodes.CheckViolation when error.ConstraintName is null || error.ColumnName is not null => Raised(property, error),
            PostgresErrorCodes.CheckViolation =>
                Of(422, "RuleBroken", property, error,
                    sentence ?? $"breaks the rule {error.ConstraintName} / 违反规则 {error.ConstraintName}"),
            PostgresErrorCodes.UniqueViolation =>
                Of(409, "AlreadyExists", property, error, sentence ?? "is already used by another entity / 已被其他记录使用"),
            PostgresErrorCodes.ExclusionViolation =>
                Of(409, "Conflict", property, error, sentence ?? "conflicts with another entity / 与其他记录冲突"),
            PostgresErrorCodes.InsufficientPrivilege => Bilingual(403, "Forbidden", "The database does not allow this change.",
                "数据库不允许此更改。"),
            PostgresErrorCodes.RaiseException => Raised(property, error),
            _ when error.SqlState.StartsWith("22", StringComparison.Ordinal) => Bilingual(422, "RuleBroken",
                $"A value is out of range: {error.MessageText}.", $"取值超出范围：{error.MessageText}。", property?.Name),
            _ => null,
        };
    }

    private static ODataRefusalException Of(int status, string code, Property? property, PostgresException error, string sentence)
    {
        var name = property?.Name ?? error.ColumnName ?? error.TableName ?? "";
        var (english, chinese) = Languages(sentence);
        var blank = english.StartsWith(':') ? "" : " ";
        return Bilingual(status, code, $"{name}{blank}{english}.", $"{property?.Called ?? name}{chinese}。", name);
    }

    private static ODataRefusalException Raised(Property? property, PostgresException error)
    {
        var (english, chinese) = Languages(error.MessageText);
        return Bilingual(422, "RuleBroken", english + ".", (error.Hint ?? chinese) + "。", property?.Name);
    }

    private static ODataRefusalException StillReferred(ODataModel model, PostgresException error)
    {
        var by = model.EntitySets.Values.FirstOrDefault(x => IsOf(x, error));
        return Bilingual(409, "StillReferred", $"The entity is still referred to by {by?.Name ?? error.TableName}.",
            $"该记录仍被{by?.DescriptionZh ?? by?.Name ?? error.TableName}引用。");
    }

    private static ODataRefusalException Bilingual(int status, string code, string english, string chinese, string? target = null) =>
        new(status, code, english, target) { Details = [new("zh", chinese)] };

    /// <summary>Both halves of a sentence; the same twice where there is one.</summary>
    private static (string English, string Chinese) Languages(string sentence) =>
        sentence.Split(" / ", 2) is [var english, var chinese] ? (english, chinese) : (sentence, sentence);

    /// <summary>The property of a constraint's columns that the change is about.</summary>
    private static Property? Broken(ODataChange change, IReadOnlyList<string> columns)
    {
        var properties = change.Set.Properties.Where(x => columns.Contains(x.Column, StringComparer.Ordinal)).ToList();
        return properties.Find(change.Values.ContainsKey) ?? properties.FirstOrDefault();
    }

    private static bool IsOf(EntitySet set, PostgresException error) =>
        error.TableName is null || string.Equals(set.Table, $"{error.SchemaName}.{error.TableName}", StringComparison.Ordinal);

    private static async Task<(IReadOnlyList<string> Columns, string? Sentence)> DescribeAsync(
        NpgsqlConnection connection, PostgresException error, CancellationToken stop)
    {
        if (error.ColumnName is { } column) return ([column], null);
        if (error is not { ConstraintName: { } constraint, SchemaName: { } schema, TableName: { } table }) return ([], null);
        await using var command = new NpgsqlCommand(Sql, connection);
        foreach (var value in new[] { constraint, schema, table }) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var reader = await command.ExecuteReaderAsync(stop);
        if (!await reader.ReadAsync(stop)) return ([], null);
        return (reader.GetFieldValue<string[]>(0), await reader.IsDBNullAsync(1, stop) ? null : reader.GetString(1));
    }
}
