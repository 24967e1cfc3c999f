using Npgsql;

namespace HazardMap.Service.Database;

/// <summary>Columns that may be null, and columns that hold a member of an enumeration by name.</summary>
internal static class RowValues
{
    /// <summary>The text, or null.</summary>
    public static string? TextOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    /// <summary>The value, or null.</summary>
    public static T? ValueOrNull<T>(this NpgsqlDataReader row, int column) where T : struct =>
        row.IsDBNull(column) ? null : row.GetFieldValue<T>(column);

    /// <summary>The member of that name.</summary>
    public static T Word<T>(this NpgsqlDataReader row, int column) where T : struct, Enum => MemberNames<T>.Of(row.GetString(column));

    /// <summary>The member of that name, or null.</summary>
    public static T? WordOrNull<T>(this NpgsqlDataReader row, int column) where T : struct, Enum =>
        row.IsDBNull(column) ? null : row.Word<T>(column);
}
