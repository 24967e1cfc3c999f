using HazardMap.Service.Database;
using HazardMap.Service.Tests.Worlds;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;
using Npgsql;

namespace HazardMap.Service.Tests.Database;

/// <summary>What a geometry is between a command of ours and PostGIS.</summary>
public sealed class GeometryParameterTests(EmptyRegister register) : IClassFixture<EmptyRegister>
{
    private const string Point = "POINT(104.25 23.37)";

    [Theory]
    [InlineData(Point)]
    [InlineData("LINESTRING(104 23, 104.5 23.5)")]
    [InlineData("POLYGON((104 23, 105 23, 105 24, 104 23), (104.7 23.3, 104.8 23.3, 104.8 23.4, 104.7 23.3))")]
    [InlineData("MULTIPOINT((104 23), (104.5 23.5))")]
    [InlineData("MULTILINESTRING((104 23, 104.5 23.5), (105 24, 105 25))")]
    [InlineData("MULTIPOLYGON(((104 23, 105 23, 105 24, 104 23)))")]
    [InlineData("GEOMETRYCOLLECTION(POINT(104 23), LINESTRING(104 23, 105 24))")]
    [InlineData("POINT EMPTY")]
    [InlineData("LINESTRING EMPTY")]
    [InlineData("MULTIPOLYGON EMPTY")]
    public async Task Every_shape_comes_back_as_it_went_with_its_srid(string wkt)
    {
        var shape = Read(wkt);
        foreach (var type in new[] { "geography", "geometry" })
        {
            var back = (Geometry)(await AskAsync($"select $1::{type}", shape, type))!;
            Assert.Equal(shape.GetType(), back.GetType());
            Assert.True(shape.EqualsExact(back), back.ToText());
            Assert.Equal(Ewkb.Srid, back.SRID);
        }
    }

    [Fact]
    public async Task A_shape_is_sent_as_geography_unless_its_type_is_named()
    {
        Assert.Equal("geography", await AskAsync("select pg_typeof($1)::text", Read(Point)));
        Assert.Equal("geometry", await AskAsync("select pg_typeof($1)::text", Read(Point), "geometry"));
    }

    [Fact]
    public async Task A_reader_that_asks_for_a_point_gets_one_and_a_line_is_refused_to_it()
    {
        await using var command = register.Database.CreateCommand(
            "select 'SRID=4326;POINT(104 23)'::geography, 'SRID=4326;LINESTRING(104 23, 105 24)'::geography");
        await using var rows = await command.ExecuteReaderAsync();
        Assert.True(await rows.ReadAsync());
        Assert.Equal(new Coordinate(104, 23), rows.GetFieldValue<Point>(0).Coordinate);
        Assert.Equal(2, rows.GetFieldValue<LineString>(1).NumPoints);
        Assert.Throws<InvalidCastException>(() => rows.GetFieldValue<Point>(1));
    }

    [Fact]
    public async Task A_height_is_left_out()
    {
        var point = Ewkb.Factory.CreatePoint(new CoordinateZ(104, 23, 1_200));
        Assert.Equal(2, await AskAsync("select st_ndims($1)::int", point, "geometry"));
        Assert.Equal(21 + 4, Ewkb.Write(point).Length);
    }

    [Fact]
    public async Task A_shape_without_srid_is_taken_as_longitude_and_latitude()
    {
        var point = new GeometryFactory().CreatePoint(new Coordinate(104, 23));
        Assert.Equal(Ewkb.Srid, await AskAsync("select st_srid($1::geometry)", point));
        Assert.Equal(Ewkb.Srid, Ewkb.Read(Ewkb.Write(point)).SRID);
    }

    [Fact]
    public async Task Another_srid_is_refused_before_and_by_the_column()
    {
        var mercator = new GeometryFactory(new PrecisionModel(), 3857).CreatePoint(new Coordinate(1, 1));
        Assert.Equal("WrongSrid", Assert.Throws<RefusalException>(() => Ewkb.Write(mercator)).Code);
        await Assert.ThrowsAsync<PostgresException>(() => AskAsync("select $1", mercator));
    }

    private async Task<object?> AskAsync(string sql, Geometry shape, string? type = null)
    {
        await using var command = register.Database.CreateCommand(sql);
        var parameter = new NpgsqlParameter { Value = shape };
        if (type is not null) parameter.DataTypeName = type;
        command.Parameters.Add(parameter);
        return await command.ExecuteScalarAsync();
    }

    private static Geometry Read(string wkt) =>
        new WKTReader(Ewkb.Factory.GeometryServices).Read(wkt) is var shape ? Ewkb.Factory.CreateGeometry(shape) : null!;
}
