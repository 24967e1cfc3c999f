using System.Text;

namespace HazardMap.OData;

/// <summary>One key of an ordering.</summary>
/// <param name="Sql">Expression.</param>
/// <param name="Type">Its type.</param>
/// <param name="Nullable">Whether it can be null.</param>
/// <param name="Descending">Direction.</param>
internal sealed record OrderKey(string Sql, ODataType Type, bool Nullable, bool Descending)
{
    /// <summary>Null is less than every value. For a key that is never null nothing is said, so that a plain index serves.</summary>
    public string OrderBy(string sql) =>
        sql + (Descending ? " desc" : "") + (Nullable ? (Descending ? " nulls last" : " nulls first") : "");
}

internal sealed partial class Translator
{
    /// <summary>A value as the key of an ordering.</summary>
    public OrderKey Key(Operand operand, bool descending)
    {
        if (operand.Type == ODataType.Enum)
            return new OrderKey(EnumOrdinal(operand.Sql, operand.EnumType), ODataType.Int32, operand.Nullable, descending);
        // What is computed gets the type that was promised, so that a skip token reads back what was written.
        var sql = operand.Property is null ? $"({operand.Sql})::{operand.Type.SqlName()}" : operand.Sql;
        return new OrderKey(sql, operand.Property?.Type ?? operand.Type, operand.Nullable, descending);
    }
}

/// <summary>
/// The conditions "after that row" of a keyset page. Several disjoint branches, each of which an index on the ordering's
/// columns answers from its first row, so that the thousandth page costs what the first does.
/// </summary>
internal static class Keyset
{
    /// <summary>The branches in the order of the rows they hold; <paramref name="values"/> are the last row's keys.</summary>
    public static List<string> Branches(IReadOnlyList<OrderKey> keys, IReadOnlyList<object?> values, SqlParameters parameters)
    {
        var placeholders = keys.Select((key, i) => values[i] is { } value ? parameters.Add(value, key.Type.DbType()) : null).ToList();
        if (keys.All(x => !x.Nullable && x.Descending == keys[0].Descending))
        {
            var sign = keys[0].Descending ? "<" : ">";
            return [$"({string.Join(", ", keys.Select(x => x.Sql))}) {sign} ({string.Join(", ", placeholders)})"];
        }
        var branches = new List<string>();
        for (var i = keys.Count - 1; i >= 0; i--)
        {
            var equal = new StringBuilder();
            for (var j = 0; j < i; j++) equal.Append($"{Same(keys[j], placeholders[j])} and ");
            foreach (var after in After(keys[i], placeholders[i])) branches.Add(equal + after);
        }
        return branches;
    }

    private static string Same(OrderKey key, string? placeholder) =>
        placeholder is null ? $"{key.Sql} is null" : $"{key.Sql} = {placeholder}";

    private static IEnumerable<string> After(OrderKey key, string? placeholder)
    {
        switch (key.Descending, placeholder)
        {
            case (false, null): yield return $"{key.Sql} is not null"; break;
            case (false, _): yield return $"{key.Sql} > {placeholder}"; break;
            case (true, null): break;
            default:
                yield return $"{key.Sql} < {placeholder}";
                if (key.Nullable) yield return $"{key.Sql} is null";
                break;
        }
    }
}
