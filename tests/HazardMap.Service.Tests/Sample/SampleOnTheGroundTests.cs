namespace HazardMap.Service.Tests.Sample;

/// <summary>PostGIS measures what the generator claims: other code, other formulas.</summary>
[Collection(WenshanRegister.Shared)]
public sealed class SampleOnTheGroundTests(WenshanRegister wenshan)
{
    [Fact]
    public Task No_two_waters_are_within_30_metres() => NoneAsync("""
        from register.hazards a join register.hazards b on a.id < b.id and st_dwithin(a.shape, b.shape, 30)
        """);

    [Fact]
    public Task Every_water_lies_inside_its_county_as_a_whole() => NoneAsync("""
        from register.hazards h join register.divisions d on d.code = left(h.division_code, 6)
        where not st_covers(d.boundary::geometry, h.shape::geometry)
        """);

    [Fact]
    public Task The_location_of_every_water_lies_in_its_village() => NoneAsync("""
        from register.hazards h join register.divisions d on d.code = h.division_code
        where not (d.level = 'Village' and st_covers(d.boundary::geometry, h.location::geometry))
        """);

    [Fact]
    public Task Every_facility_lies_in_its_division() => NoneAsync("""
        from register.facilities f join register.divisions d on d.code = f.division_code
        where not st_covers(d.boundary::geometry, f.location::geometry)
        """);

    [Fact]
    public Task Every_hamlet_lies_in_its_village_and_in_no_water() => NoneAsync("""
        from register.settlements s join register.divisions d on d.code = s.division_code
        where not st_covers(d.boundary::geometry, s.location::geometry)
           or exists (select from register.hazards h where st_dwithin(h.shape, s.location, 1))
        """);

    [Fact]
    public Task A_water_is_on_a_river_or_50_to_1500_metres_from_its_village() => NoneAsync($"""
        from register.hazards h join register.divisions d on d.code = h.division_code
        where case when st_distance(h.location, d.centre) between 50 and 1500 then false else {ToTheRiver} not between 19.5 and 150.5 end
        """);

    [Fact]
    public Task A_river_or_weir_is_20_to_150_metres_off_a_real_river() => NoneAsync($"""
        from register.hazards h where h.kind in ('River', 'Weir') and {ToTheRiver} not between 19.5 and 150.5
        """);

    /// <summary>Long lines in pieces first: a box finds the piece, geodesy measures it.</summary>
    private const string ToTheRiver = """
        coalesce((select min(st_distance(piece.geom::geography, h.location))
                  from piece
                  where piece.geom && st_expand(h.location::geometry, 0.002)), 0)
        """;

    [Fact]
    public Task Every_pool_is_100_to_400_metres_from_the_seat_of_its_township() => NoneAsync("""
        from register.facilities f join register.divisions d on d.code = f.division_code
        where f.kind = 'SwimmingPool' and st_distance(f.location, d.centre) not between 100 and 400
        """);

    [Fact]
    public Task No_shape_is_invalid_and_none_is_larger_than_a_village_pond_can_be() => NoneAsync("""
        from register.hazards where not st_isvalid(shape::geometry) or st_area(shape) > 200000 or st_length(shape) > 600
           or (geometrytype(shape) = 'POLYGON' and st_area(shape) < 20)
        """);

    [Fact]
    public async Task Townships_and_villages_cover_their_county_without_overlap()
    {
        foreach (var level in new[] { "County", "Township", "Village" })
            await NoneAsync($"""
                from register.divisions whole
                join lateral (select sum(st_area(part.boundary)) as area from register.divisions part
                              where part.parent_code = whole.code and part.level = '{level}') parts on parts.area is not null
                where abs(parts.area / st_area(whole.boundary) - 1) > 1e-4
                """);
    }

    [Fact]
    public Task No_school_stands_in_a_water() => NoneAsync("""
        from register.facilities f join register.hazards h on st_dwithin(f.location, h.shape, 10)
        """);

    private async Task NoneAsync(string offenders) =>
        Assert.Equal(0L, await wenshan.ScalarAsync<long>($"""
        with piece as materialized (select st_subdivide(geom, 16) as geom from register.rivers)
        select count(*) {offenders}
        """));
}
