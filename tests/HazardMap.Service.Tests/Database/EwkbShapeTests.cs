using HazardMap.Geodesy;
using HazardMap.Service.Database;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace HazardMap.Service.Tests.Database;

/// <summary>A shape read straight from bytes is the one that is read by way of geometry objects.</summary>
public sealed class EwkbShapeTests
{
    private static readonly GeometryFactory Make = Ewkb.Factory;
    private readonly Random _random = new(7);

    [Fact]
    public void Shapes_of_every_kind_measure_the_same_to_the_bit()
    {
        var shapes = new ShapeIndexBuilder();
        for (var n = 0; n < 600; n++)
        {
            var geometry = Any(n % 6);
            var read = EwkbShape.TryRead(Ewkb.Write(geometry), shapes);
            Assert.NotNull(read);
            Assert.Equal((geometry.Coordinate.X, geometry.Coordinate.Y), read.Value.First);
            var (expected, shape) = (ShapeIndex.Of(geometry), read.Value.Shape);
            Assert.Equal((expected.Bounds, expected.HasInside), (shape.Bounds, shape.HasInside));
            for (var k = 0; k < 5; k++)
            {
                var from = new SurfacePoint(104 + _random.NextDouble(), 23 + _random.NextDouble());
                Assert.Equal(ShapeDistance.Metres(from, expected, 50_000), ShapeDistance.Metres(from, shape, 50_000));
            }
        }
    }

    [Fact]
    public void Bytes_of_another_make_are_left_to_the_general_reader()
    {
        var shapes = new ShapeIndexBuilder();
        var line = Line();
        var collection = Make.CreateGeometryCollection([line]);
        Assert.Null(EwkbShape.TryRead(new WKBWriter(ByteOrder.BigEndian, handleSRID: true).Write(line), shapes));
        Assert.Null(EwkbShape.TryRead(Ewkb.Write(collection), shapes));
        Assert.Null(EwkbShape.TryRead(Ewkb.Write(Make.CreateLineString()), shapes));
        Assert.Null(EwkbShape.TryRead(new WKBWriter(ByteOrder.LittleEndian, true, emitZ: true)
            .Write(Make.CreateLineString([new CoordinateZ(1, 2, 3), new CoordinateZ(2, 3, 4)])), shapes));
        Assert.NotNull(EwkbShape.TryRead(Ewkb.Write(line), shapes));
    }

    [Fact]
    public void Bytes_that_are_cut_off_or_garbled_never_break_the_reader()
    {
        var shapes = new ShapeIndexBuilder();
        for (var n = 0; n < 3000; n++)
        {
            var bytes = Ewkb.Write(Any(n % 6));
            if (n % 2 == 0) Assert.Null(EwkbShape.TryRead(bytes.AsSpan(0, _random.Next(bytes.Length)), shapes));
            else
            {
                // The structure, not a position: those are checked before they are stored.
                bytes[_random.Next(Math.Min(bytes.Length, 13))] = (byte)_random.Next(256);
                EwkbShape.TryRead(bytes, shapes);
            }
        }
    }

    private Geometry Any(int kind) => kind switch
    {
        0 => Line(),
        1 => Area(),
        2 => Make.CreateMultiPoint([.. Positions(4).Select(Make.CreatePoint)]),
        3 => Make.CreateMultiLineString([Line(), Line()]),
        4 => Make.CreateMultiPolygon([Area(), Area()]),
        _ => Make.CreatePoint(Position()),
    };

    private LineString Line() => Make.CreateLineString(Positions(2 + _random.Next(60)));

    private Polygon Area()
    {
        double x = Position().X, y = Position().Y;
        LinearRing Ring(double size) =>
            Make.CreateLinearRing([new(x, y), new(x + size, y), new(x + size, y + size), new(x, y + size), new(x, y)]);
        return _random.Next(2) == 0 ? Make.CreatePolygon(Ring(0.01)) : Make.CreatePolygon(Ring(0.01), [Make.CreateLinearRing(
            [new(x + 0.002, y + 0.002), new(x + 0.004, y + 0.002), new(x + 0.004, y + 0.004), new(x + 0.002, y + 0.002)])]);
    }

    private Coordinate[] Positions(int count) => [.. Enumerable.Range(0, count).Select(_ => Position())];

    private Coordinate Position() => new(104 + _random.NextDouble(), 23 + _random.NextDouble());
}
