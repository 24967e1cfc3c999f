using Microsoft.OData.Edm;
using NpgsqlTypes;

namespace HazardMap.OData;

/// <summary>The primitive types of OData that a column can carry.</summary>
public enum ODataType
{
    /// <summary>Edm.Boolean, <c>boolean</c>.</summary>
    Boolean,

    /// <summary>Edm.Int16, <c>smallint</c>.</summary>
    Int16,

    /// <summary>Edm.Int32, <c>integer</c>.</summary>
    Int32,

    /// <summary>Edm.Int64, <c>bigint</c>.</summary>
    Int64,

    /// <summary>Edm.Single, <c>real</c>.</summary>
    Single,

    /// <summary>Edm.Double, <c>double precision</c>.</summary>
    Double,

    /// <summary>Edm.Decimal, <c>numeric</c>.</summary>
    Decimal,

    /// <summary>Edm.String, <c>text</c>.</summary>
    String,

    /// <summary>Edm.Guid, <c>uuid</c>.</summary>
    Guid,

    /// <summary>Edm.Binary, <c>bytea</c>.</summary>
    Binary,

    /// <summary>Edm.Date, <c>date</c>.</summary>
    Date,

    /// <summary>Edm.DateTimeOffset, <c>timestamptz</c>.</summary>
    DateTimeOffset,

    /// <summary>Edm.TimeOfDay, <c>time</c>.</summary>
    TimeOfDay,

    /// <summary>Edm.Duration, <c>interval</c>.</summary>
    Duration,

    /// <summary>An enumeration whose members are stored as text.</summary>
    Enum,

    /// <summary>Edm.Geography: any shape, <c>geography(Geometry, 4326)</c>.</summary>
    Geography,

    /// <summary>Edm.GeographyPoint.</summary>
    GeographyPoint,

    /// <summary>Edm.GeographyLineString.</summary>
    GeographyLineString,

    /// <summary>Edm.GeographyPolygon.</summary>
    GeographyPolygon,

    /// <summary>Edm.GeographyMultiPoint.</summary>
    GeographyMultiPoint,

    /// <summary>Edm.GeographyMultiLineString.</summary>
    GeographyMultiLineString,

    /// <summary>Edm.GeographyMultiPolygon.</summary>
    GeographyMultiPolygon,

    /// <summary>Edm.GeographyCollection.</summary>
    GeographyCollection,
}

/// <summary>One table of correspondences: OData type, EDM kind, PostgreSQL type.</summary>
internal static class ODataTypes
{
    /// <summary>Digits behind the second: PostgreSQL keeps microseconds.</summary>
    public const int SecondDigits = 6;

    public static bool IsGeography(this ODataType type) => type >= ODataType.Geography;

    public static bool IsInteger(this ODataType type) => type is ODataType.Int16 or ODataType.Int32 or ODataType.Int64;

    public static bool IsNumber(this ODataType type) => type is >= ODataType.Int16 and <= ODataType.Decimal;

    public static EdmPrimitiveTypeKind EdmKind(this ODataType type) => type switch
    {
        ODataType.Enum => EdmPrimitiveTypeKind.None,
        ODataType.Geography => EdmPrimitiveTypeKind.Geography,
        _ => System.Enum.Parse<EdmPrimitiveTypeKind>(type.ToString()),
    };

    public static ODataType Of(IEdmTypeReference? reference)
    {
        if (reference is null) return ODataType.String;
        if (reference.IsEnum()) return ODataType.Enum;
        return reference.PrimitiveKind() switch
        {
            EdmPrimitiveTypeKind.Byte or EdmPrimitiveTypeKind.SByte => ODataType.Int16,
            var kind => System.Enum.TryParse<ODataType>(kind.ToString(), out var type)
                ? type
                : throw ODataRefusalException.NotBuilt($"Values of type {reference.FullName()} are not supported."),
        };
    }

    public static NpgsqlDbType DbType(this ODataType type) => type switch
    {
        ODataType.Boolean => NpgsqlDbType.Boolean,
        ODataType.Int16 => NpgsqlDbType.Smallint,
        ODataType.Int32 => NpgsqlDbType.Integer,
        ODataType.Int64 => NpgsqlDbType.Bigint,
        ODataType.Single => NpgsqlDbType.Real,
        ODataType.Double => NpgsqlDbType.Double,
        ODataType.Decimal => NpgsqlDbType.Numeric,
        ODataType.Guid => NpgsqlDbType.Uuid,
        ODataType.Date => NpgsqlDbType.Date,
        ODataType.DateTimeOffset => NpgsqlDbType.TimestampTz,
        ODataType.TimeOfDay => NpgsqlDbType.Time,
        ODataType.Duration => NpgsqlDbType.Interval,
        ODataType.String or ODataType.Enum => NpgsqlDbType.Text,
        _ => NpgsqlDbType.Bytea,
    };

    public static string SqlName(this ODataType type) => type switch
    {
        ODataType.Boolean => "boolean",
        ODataType.Int16 => "int2",
        ODataType.Int32 => "int4",
        ODataType.Int64 => "int8",
        ODataType.Single => "float4",
        ODataType.Double => "float8",
        ODataType.Decimal => "numeric",
        ODataType.Guid => "uuid",
        ODataType.Date => "date",
        ODataType.DateTimeOffset => "timestamptz",
        ODataType.TimeOfDay => "time",
        ODataType.Duration => "interval",
        ODataType.String or ODataType.Enum => "text",
        ODataType.Binary => "bytea",
        _ => "geography",
    };
}
