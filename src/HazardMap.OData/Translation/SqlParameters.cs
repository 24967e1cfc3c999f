using Npgsql;
using NpgsqlTypes;

namespace HazardMap.OData;

/// <summary>The values of a statement. Nothing a client sends ever becomes SQL text: it becomes one of these.</summary>
internal sealed class SqlParameters
{
    private readonly List<(object Value, NpgsqlDbType Type)> values = [];

    /// <summary>Adds a value and returns its placeholder.</summary>
    public string Add(object value, NpgsqlDbType type)
    {
        values.Add((value, type));
        return "$" + values.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    public void CopyTo(NpgsqlParameterCollection target)
    {
        foreach (var (value, type) in values) target.Add(new NpgsqlParameter { Value = value, NpgsqlDbType = type });
    }
}
