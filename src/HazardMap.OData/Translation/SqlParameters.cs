using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace HazardMap.OData;

/// <summary>The values of a statement. Nothing a client sends ever becomes SQL text: it becomes one of these.</summary>
internal sealed class SqlParameters
{
    private readonly List<(object Value, NpgsqlDbType Type)> _values = [];

    /// <summary>Adds a value and returns its placeholder. A value of time goes as the number that the database keeps.</summary>
    public string Add(object value, NpgsqlDbType type)
    {
        _values.Add((Temporal.Raw(value), type));
        return "$" + _values.Count.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// Adds a shape and returns its SQL. It arrives as geography, made of text once: no function call stands between it and the
    /// index, whatever the plan.
    /// </summary>
    public string AddShape(byte[] ewkb) => Add(Convert.ToHexString(ewkb), NpgsqlDbType.Unknown) + "::geography";

    /// <summary>The values as a statement's. One of unknown type that the statement does not name would have no type at all.</summary>
    public void CopyTo(NpgsqlParameterCollection target, string sql)
    {
        for (var i = 0; i < _values.Count; i++)
        {
            var (value, type) = _values[i];
            var isIdle = type == NpgsqlDbType.Unknown
                && !sql.Contains(string.Create(CultureInfo.InvariantCulture, $"${i + 1}::"), StringComparison.Ordinal);
            target.Add(new NpgsqlParameter { Value = value, NpgsqlDbType = isIdle ? NpgsqlDbType.Text : type });
        }
    }
}
