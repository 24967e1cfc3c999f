using System.Buffers.Binary;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace HazardMap.Service.Database;

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

    /// <summary>The place, when the bytes are those of a point as PostGIS sends it;
    /// no object is made: two waters in five are points.</summary>
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
