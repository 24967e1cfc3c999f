using System.Globalization;
using HazardMap.Geodesy.Crs;
using HazardMap.Service.Exchange;

namespace HazardMap.Service.Tests.Exchange;

public sealed class LedgerDivisionTests : LedgerTests
{
    [Fact]
    public async Task A_table_of_divisions_is_read_whatever_the_order_of_its_rows()
    {
        var report = await County.ImportAsync("divisions.csv",
            "code,level,name,parent_code\n532601103001,village,河村,532601103\n532601103,town,南镇,532601\n532601,county,文山市,\n");
        Assert.Equal((2, 0, 1), (report.Inserted, report.Updated, report.Unchanged));
        Assert.Equal("532601103|Village",
            await County.ScalarAsync<string>("select parent_code || '|' || level from register.divisions where code = '532601103001'"));
    }

    [Fact]
    public async Task A_division_without_a_position_takes_the_centre_of_the_one_above()
    {
        await County.ImportAsync("divisions.csv", "code,level,name,parent_code\n532601103,town,南镇,532601\n");
        Assert.Equal("POINT(104.3 23.4)",
            await County.ScalarAsync<string>("select st_astext(centre) from register.divisions where code = '532601103'"));
    }

    [Theory]
    [InlineData("532601103,town,南镇,5327", "the register has no division 5327")]
    [InlineData("532601103,town,南镇,532601101", "does not begin with its parent's")]
    [InlineData("9901,city,远方,", "neither the row nor a division above it has a position")]
    [InlineData("5326-01,town,南镇,", "is not a division code")]
    [InlineData("532601103,town,,532601", "Name: a new row must have it")]
    public async Task A_division_that_does_not_fit_is_refused(string row, string says) =>
        Assert.Contains(says, (await County.RefusedAsync("divisions.csv", $"code,level,name,parent_code\n{row}\n")).Message,
            StringComparison.Ordinal);

    [Fact]
    public async Task A_boundary_comes_as_geojson()
    {
        var report = await County.ImportAsync("divisions.geojson", """
            {"type":"FeatureCollection","features":[{"type":"Feature","properties":{"adcode":"532601101","name":"东镇"},
             "geometry":{"type":"Polygon","coordinates":[[[104.25,23.3],[104.4,23.3],[104.4,23.5],[104.25,23.5],[104.25,23.3]]]}}]}
            """, ImportKind.Divisions);
        Assert.Equal(1, report.Updated);
        Assert.Equal("MULTIPOLYGON",
            await County.ScalarAsync<string>("select geometrytype(boundary) from register.divisions where code = '532601101'"));
    }

    [Fact]
    public async Task A_boundary_from_a_chinese_web_map_is_found_out_by_the_one_that_is_known()
    {
        var ring = new (double X, double Y)[] { (104.2, 23.3), (104.25, 23.3), (104.25, 23.5), (104.2, 23.5), (104.2, 23.3) }
            .Select(p => CoordinateSystem.Gcj02.FromWgs84(p.X, p.Y));
        var refusal = await County.RefusedAsync("divisions.geojson", $$$"""
            {"type":"FeatureCollection","features":[{"type":"Feature","properties":{"Code":"532601102"},
             "geometry":{"type":"Polygon","coordinates":
              [[{{{string.Join(',', ring.Select(p => string.Create(CultureInfo.InvariantCulture, $"[{p.X},{p.Y}]")))}}}]]}}]}
            """, ImportKind.Divisions);
        Assert.Equal("ShiftSuspected", refusal.Code);
    }
}
