using System.Runtime.InteropServices;
using HazardMap.Service.Database;
using NetTopologySuite.Geometries;
using Npgsql;
using NpgsqlTypes;

namespace HazardMap.Service.Sample;

/// <summary>One row of a binary COPY, field after field; null stays null.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct CopyRow(NpgsqlBinaryImporter copy)
{
    public CopyRow Text(string? value) => Write(value, NpgsqlDbType.Text);

    public CopyRow Word<T>(T value) where T : struct, Enum => Write(value.ToString(), NpgsqlDbType.Text);

    public CopyRow Id(Guid? value) => Write(value, NpgsqlDbType.Uuid);

    public CopyRow Whole(int? value) => Write(value, NpgsqlDbType.Integer);

    public CopyRow Number(double? value) => Write(value, NpgsqlDbType.Double);

    public CopyRow Flag(bool value) => Write<bool?>(value, NpgsqlDbType.Boolean);

    /// <summary>is_synthetic and source.</summary>
    public CopyRow MadeUp() => Flag(true).Text(SampleRegister.Source);

    public CopyRow Time(DateTime? value) => Write(value, NpgsqlDbType.TimestampTz);

    public CopyRow Day(DateOnly? value) => Write(value, NpgsqlDbType.Date);

    /// <summary>EWKB as bytes: the column's own receive function reads it, geography or geometry.</summary>
    public CopyRow Shape(Geometry value) => Write(Ewkb.Write(value), NpgsqlDbType.Bytea);

    private CopyRow Write<T>(T value, NpgsqlDbType type)
    {
        if (value is null)
            copy.WriteNull();
        else
            copy.Write(value, type);
        return this;
    }
}
