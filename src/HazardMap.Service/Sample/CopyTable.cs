using HazardMap.Service.Database;
using NetTopologySuite.Geometries;
using Npgsql;
using NpgsqlTypes;

namespace HazardMap.Service.Sample;

/// <summary>A table that is filled by binary COPY: each column is told once, with where its value comes from.</summary>
/// <param name="name">The table, without its schema.</param>
internal sealed class CopyTable<T>(string name)
{
    private readonly List<(string Column, Action<NpgsqlBinaryImporter, T> Write)> _columns = [];

    /// <summary>The table, without its schema.</summary>
    public string Name => name;

    /// <summary>The COPY.</summary>
    public string Statement => $"copy register.{name} ({string.Join(", ", _columns.Select(c => c.Column))}) from stdin (format binary)";

    public CopyTable<T> Text(string column, Func<T, string?> value) => Add(column, value, NpgsqlDbType.Text);

    public CopyTable<T> Word<TWord>(string column, Func<T, TWord> value) where TWord : struct, Enum =>
        Add(column, record => value(record).ToString(), NpgsqlDbType.Text);

    public CopyTable<T> Id(string column, Func<T, Guid?> value) => Add(column, value, NpgsqlDbType.Uuid);

    public CopyTable<T> Whole(string column, Func<T, int?> value) => Add(column, value, NpgsqlDbType.Integer);

    public CopyTable<T> Number(string column, Func<T, double?> value) => Add(column, value, NpgsqlDbType.Double);

    public CopyTable<T> Flag(string column, Func<T, bool?> value) => Add(column, value, NpgsqlDbType.Boolean);

    public CopyTable<T> Time(string column, Func<T, DateTime?> value) => Add(column, value, NpgsqlDbType.TimestampTz);

    public CopyTable<T> Day(string column, Func<T, DateOnly?> value) => Add(column, value, NpgsqlDbType.Date);

    /// <summary>EWKB as bytes: the column's own receive function reads it, geography or geometry.</summary>
    public CopyTable<T> Shape(string column, Func<T, Geometry> value) =>
        Add(column, record => Ewkb.Write(value(record)), NpgsqlDbType.Bytea);

    /// <summary>The columns that mark a record as made up.</summary>
    public CopyTable<T> MadeUp() => Flag("is_synthetic", _ => true).Text("source", _ => SampleRegister.Source);

    /// <summary>Writes all records.</summary>
    public async Task WriteAsync(NpgsqlConnection connection, IEnumerable<T> records, CancellationToken stop)
    {
        await using var copy = await connection.BeginBinaryImportAsync(Statement, stop);
        copy.Timeout = TimeSpan.FromMinutes(5);
        foreach (var record in records)
        {
            await copy.StartRowAsync(stop);
            foreach (var (_, write) in _columns) write(copy, record);
        }
        await copy.CompleteAsync(stop);
    }

    private CopyTable<T> Add<TValue>(string column, Func<T, TValue> value, NpgsqlDbType type)
    {
        _columns.Add((column, (copy, record) =>
        {
            if (value(record) is { } known) copy.Write(known, type);
            else copy.WriteNull();
        }));
        return this;
    }
}
