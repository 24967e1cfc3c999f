using System.Buffers.Binary;

namespace HazardMap.OData;

/// <summary>Positions of a shape that <see cref="EwkbWriter"/> wrote.</summary>
internal static class Positions
{
    private const uint HasSrid = 0x2000_0000;

    /// <summary>At most so many positions of a shape, spread over all of them, as a multipoint; null: the shape is a point.</summary>
    public static byte[]? Some(byte[] ewkb, int most)
    {
        var places = new List<int>();
        if (Geometry(ewkb, 0, places) != ewkb.Length || places.Count < 2) return null;
        var writer = new EwkbWriter(most);
        var count = Math.Min(most, places.Count);
        writer.Begin(GeometryKind.MultiPoint, withSrid: true);
        writer.Count(count);
        for (var i = 0; i < count; i++)
        {
            var place = places[(int)((long)i * places.Count / count)];
            writer.Begin(GeometryKind.Point, withSrid: false);
            writer.Position(Double(ewkb, place), Double(ewkb, place + 8));
        }
        return writer.ToArray();
    }

    /// <summary>Collects where positions stand; returns where the geometry ends.</summary>
    private static int Geometry(ReadOnlySpan<byte> ewkb, int place, List<int> places)
    {
        var type = Number(ewkb, place + 1);
        place += (type & HasSrid) == 0 ? 5 : 9;
        switch ((GeometryKind)(type & 0xff))
        {
            case GeometryKind.Point: return Line(place, 1, places);
            case GeometryKind.LineString: return Line(place + 4, Number(ewkb, place), places);
            case GeometryKind.Polygon:
                var rings = Number(ewkb, place);
                for (place += 4; rings > 0; rings--) place = Line(place + 4, Number(ewkb, place), places);
                return place;
            default:
                var parts = Number(ewkb, place);
                for (place += 4; parts > 0; parts--) place = Geometry(ewkb, place, places);
                return place;
        }
    }

    private static int Line(int place, uint count, List<int> places)
    {
        for (; count > 0; count--, place += 16) places.Add(place);
        return place;
    }

    private static uint Number(ReadOnlySpan<byte> ewkb, int place) => BinaryPrimitives.ReadUInt32LittleEndian(ewkb[place..]);

    private static double Double(ReadOnlySpan<byte> ewkb, int place) => BinaryPrimitives.ReadDoubleLittleEndian(ewkb[place..]);
}
