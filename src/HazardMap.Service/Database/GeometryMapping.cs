using System.Buffers.Binary;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;
using Npgsql;
using Npgsql.Internal;
using Npgsql.Internal.Postgres;

namespace HazardMap.Service.Database;

/// <summary>
/// Maps NetTopologySuite geometries to PostGIS <c>geometry</c> and <c>geography</c> as EWKB.
/// </summary>
/// <remarks>
/// Stands in for Npgsql.NetTopologySuite, which can't be restored from every package source; the extension method has its
/// name and its meaning, so that swapping it in means deleting this file. A parameter is sent as <c>geography</c>
/// unless its <see cref="NpgsqlParameter.DataTypeName"/> says <c>geometry</c>: sent as the other type, an index is not used.
/// </remarks>
internal static class GeometryMapping
{
    /// <summary>Lets commands of the data source take and return <see cref="Geometry"/>.</summary>
    public static NpgsqlDataSourceBuilder UseNetTopologySuite(this NpgsqlDataSourceBuilder builder)
    {
        builder.AddTypeInfoResolverFactory(new Factory());
        return builder;
    }

    private sealed class Factory : PgTypeInfoResolverFactory
    {
        public override IPgTypeInfoResolver CreateResolver() => new Resolver();

        public override IPgTypeInfoResolver? CreateArrayResolver() => null;
    }

    private sealed class Resolver : IPgTypeInfoResolver
    {
        private readonly TypeInfoMappingCollection known = Build();

        public PgTypeInfo? GetTypeInfo(Type? type, DataTypeName? dataTypeName, PgSerializerOptions options) =>
            known.Find(type, dataTypeName, options);

        private static TypeInfoMappingCollection Build()
        {
            var mappings = new TypeInfoMappingCollection();
            foreach (var name in new[] { "geography", "geometry" })
            {
                mappings.AddType<Geometry>(name, (o, m, _) => m.CreateInfo(o, new EwkbConverter<Geometry>()), isDefault: true);
                mappings.AddType<Point>(name, (o, m, _) => m.CreateInfo(o, new EwkbConverter<Point>()));
                mappings.AddType<LineString>(name, (o, m, _) => m.CreateInfo(o, new EwkbConverter<LineString>()));
                mappings.AddType<Polygon>(name, (o, m, _) => m.CreateInfo(o, new EwkbConverter<Polygon>()));
                mappings.AddType<MultiPoint>(name, (o, m, _) => m.CreateInfo(o, new EwkbConverter<MultiPoint>()));
                mappings.AddType<MultiLineString>(name, (o, m, _) => m.CreateInfo(o, new EwkbConverter<MultiLineString>()));
                mappings.AddType<MultiPolygon>(name, (o, m, _) => m.CreateInfo(o, new EwkbConverter<MultiPolygon>()));
            }
            return mappings;
        }
    }

    private sealed class EwkbConverter<T> : PgStreamingConverter<T> where T : Geometry
    {
        public override T Read(PgReader reader) => Parse(reader.ReadBytes(reader.CurrentRemaining));

        public override async ValueTask<T> ReadAsync(PgReader reader, CancellationToken cancellationToken = default) =>
            Parse(await reader.ReadBytesAsync(reader.CurrentRemaining, cancellationToken).ConfigureAwait(false));

        public override Size GetSize(SizeContext context, T value, ref object? writeState)
        {
            var bytes = Ewkb.Write(value);
            writeState = bytes;
            return bytes.Length;
        }

        public override void Write(PgWriter writer, T value) => writer.WriteBytes(Bytes(writer, value));

        // A synchronous write inside a batch throws: always the asynchronous one here.
        public override async ValueTask WriteAsync(PgWriter writer, T value, CancellationToken cancellationToken = default) =>
            await writer.WriteBytesAsync(Bytes(writer, value), cancellationToken).ConfigureAwait(false);

        private static byte[] Bytes(PgWriter writer, T value) => writer.Current.WriteState as byte[] ?? Ewkb.Write(value);

        private static T Parse(System.Buffers.ReadOnlySequence<byte> bytes) =>
            (T)Ewkb.Read(System.Buffers.BuffersExtensions.ToArray(bytes));
    }
}

/// <summary>Extended well-known binary of PostGIS: WKB with the SRID inside. Two dimensions, SRID 4326.</summary>
internal static class Ewkb
{
    /// <summary>Longitude/latitude on WGS84, the only reference system that is stored.</summary>
    public const int Srid = 4326;

    /// <summary>The factory of every stored geometry.</summary>
    public static readonly GeometryFactory Factory = new(new PrecisionModel(), Srid);

    /// <summary>Geometry to bytes; a geometry without SRID is taken as 4326.</summary>
    public static byte[] Write(Geometry geometry)
    {
        if (geometry.SRID > 0 && geometry.SRID != Srid)
            throw new RefusalException("WrongSrid", $"SRID {geometry.SRID} can't be stored; transform to 4326 first.",
                $"不能存储 SRID {geometry.SRID}；请先转换为 4326。");
        if (geometry.SRID <= 0)
            geometry.SRID = Srid;
        return new WKBWriter(ByteOrder.LittleEndian, handleSRID: true, emitZ: false, emitM: false).Write(geometry);
    }

    /// <summary>The place, when the bytes are those of a point as PostGIS sends it; no object is made: two waters in five are points.</summary>
    public static (double Longitude, double Latitude)? TryReadPoint(ReadOnlySpan<byte> bytes)
    {
        const uint PointWithSrid = 0x20000001;
        if (bytes.Length != 25 || bytes[0] != 1 || BinaryPrimitives.ReadUInt32LittleEndian(bytes[1..]) != PointWithSrid) return null;
        return (BinaryPrimitives.ReadDoubleLittleEndian(bytes[9..]), BinaryPrimitives.ReadDoubleLittleEndian(bytes[17..]));
    }

    /// <summary>Bytes to geometry.</summary>
    public static Geometry Read(byte[] bytes)
    {
        var geometry = new WKBReader(NetTopologySuite.NtsGeometryServices.Instance) { HandleSRID = true }.Read(bytes);
        geometry.SRID = Srid;
        return geometry;
    }
}
