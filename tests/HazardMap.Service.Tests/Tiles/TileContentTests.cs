using HazardMap.Service.Database;

namespace HazardMap.Service.Tests.Tiles;

/// <summary>What is in a tile is what is in the register: nothing twice, nothing lost, everything in its place.</summary>
public sealed class TileContentTests(ValleyOfWaters valley) : IClassFixture<ValleyOfWaters>
{
    [Theory]
    [InlineData(0), InlineData(1), InlineData(3), InlineData(5), InlineData(6), InlineData(7), InlineData(8)]
    public async Task Below_z9_the_counts_of_all_tiles_are_the_waters_of_the_register(int z)
    {
        var cells = await CellsAsync("hazards", z);
        Assert.Equal(ValleyOfWaters.Waters, cells.Sum(c => c.Number("count")));
        foreach (var level in new[] { "Red", "Orange", "Yellow", "Blue" })
            Assert.Equal(await valley.ScalarAsync<long>("select count(*) from register.hazard_risks where level = $1", level),
                cells.Sum(c => c.Number(level.ToLowerInvariant())));
        Assert.All(cells,
            c => Assert.Equal(c.Number("red") > 0 ? 4 : c.Number("orange") > 0 ? 3 : c.Number("yellow") > 0 ? 2 : 1, c.Number("worst")));
        Assert.All(cells, c => Assert.InRange(c.Vertices.Single().X, 0, 4095));
    }

    [Theory]
    [InlineData(0), InlineData(4), InlineData(8)]
    public async Task Below_z9_facilities_are_counted_by_kind(int z)
    {
        var cells = await CellsAsync("facilities", z);
        Assert.Equal(ValleyOfWaters.Facilities, cells.Sum(c => c.Number("count")));
        Assert.Equal(await valley.ScalarAsync<long>("select count(*) from register.facilities where kind = 'School'"),
            cells.Sum(c => c.Number("School")));
    }

    [Theory]
    [InlineData(9), InlineData(11), InlineData(13)]
    public async Task From_z9_every_water_is_one_point_in_its_place(int z)
    {
        var expected = await HazardsAsync();
        foreach (var tile in expected.GroupBy(h => ValleyOfWaters.Locate(h.Lon, h.Lat, z) is var p ? (p.X, p.Y) : default).Take(12))
        {
            var features = VectorTile.Read(await valley.TileAsync("hazards", z, tile.Key.X, tile.Key.Y), "hazards")
                .ToDictionary(f => f.Text("code"), StringComparer.Ordinal);
            foreach (var hazard in tile)
            {
                var feature = features[hazard.Code];
                Assert.Equal((hazard.Kind, hazard.Level, "Active"),
                    (feature.Text("kind"), feature.Text("level"), feature.Text("status")));
                // A z9 tile holds a county: a UUID and a score a point would be half its bytes.
                Assert.Equal(z > 9 ? (hazard.Id, hazard.Score) : (null, null), (feature.Attributes.GetValueOrDefault("id") as string,
                    feature.Attributes.GetValueOrDefault("score") as double?));
                var (_, _, inX, inY) = ValleyOfWaters.Locate(hazard.Lon, hazard.Lat, z);
                Assert.InRange(feature.Vertices.Single().X, inX - 1, inX + 1);
                Assert.InRange(feature.Vertices.Single().Y, inY - 1, inY + 1);
            }
            // What more there is lies in the margin, for symbols that reach over the edge.
            Assert.All(features.Values.Where(f => tile.All(h => h.Code != f.Text("code"))), f =>
                Assert.True(f.Vertices.Single() is var (x, y) && (x is < 0 or >= 4096 || y is < 0 or >= 4096)));
        }
    }

    [Fact]
    public async Task A_lake_shows_its_area_and_a_reach_its_line_when_one_is_near()
    {
        foreach (var (code, lon, lat, type) in new[] { ("LAKE", 104.11, 23.31, 3), ("REACH", 104.21, 23.41, 2) })
        {
            var (x, y, _, _) = ValleyOfWaters.Locate(lon, lat, 13);
            var shape = VectorTile.Read(await valley.TileAsync("hazards", 13, x, y), "hazard_shapes").Single(f => f.Text("code") == code);
            Assert.Equal(type, shape.Type);
        }
    }

    [Theory]
    [InlineData("divisions", 7, "divisions,division_centres"), InlineData("rivers", 9, "rivers"), InlineData("roads", 9, "roads"),
     InlineData("basemap", 9, "land,divisions,rivers,roads,places"), InlineData("basemap", 0, "land")]
    public async Task A_layer_draws_what_it_says(string layer, int z, string expected)
    {
        var (x, y, _, _) = ValleyOfWaters.Locate(104.24, 23.37, z);
        var drawn = VectorTile.Layers(await valley.TileAsync(layer, z, x, y)).Keys;
        Assert.Superset(expected.Split(',').ToHashSet(StringComparer.Ordinal), drawn.ToHashSet(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("divisions", 9), InlineData("basemap", 9), InlineData("basemap", 4), InlineData("hazards", 9), InlineData("hazards", 6),
     InlineData("facilities", 11)]
    public async Task Every_feature_has_a_number_that_no_other_of_its_kind_has(string layer, int z)
    {
        var (x, y, _, _) = ValleyOfWaters.Locate(104.24, 23.37, z);
        var drawn = VectorTile.Layers(await valley.TileAsync(layer, z, x, y));
        Assert.NotEmpty(drawn);
        Assert.All(drawn, kind =>
        {
            Assert.DoesNotContain(kind.Value, feature => feature.Id == 0);
            Assert.Equal(kind.Value.Count, kind.Value.Select(feature => feature.Id).Distinct().Count());
        });
    }

    [Fact]
    public async Task A_division_carries_its_code_as_id()
    {
        var (x, y, _, _) = ValleyOfWaters.Locate(104.1, 23.3, 9);
        var areas = VectorTile.Read(await valley.TileAsync("divisions", 9, x, y), "divisions");
        Assert.Equal(["532601/文山市/County", "532601102/德厚镇/Township"],
            areas.Select(a => $"{a.Text("id")}/{a.Text("name")}/{a.Text("level")}").Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("register.hazards h", "h.location::geometry", "hazards_location_planar"),
     InlineData("register.hazards h", "h.shape::geometry", "hazards_shape_planar"),
     InlineData("register.facilities h", "h.location::geometry", "facilities_location_planar"),
     InlineData("register.divisions h", "h.boundary::geometry", "divisions_boundary_planar"),
     InlineData("register.divisions h", "h.centre::geometry", "divisions_centre_planar"),
     InlineData("register.rivers h", "h.geom", "rivers_geom"), InlineData("register.road_edges h", "h.geom", "road_edges_geom")]
    public async Task The_box_of_a_tile_is_found_through_the_index(string table, string column, string index)
    {
        await using var connection = await valley.Database.OpenConnectionAsync();
        await using var command = connection.Command($"set enable_seqscan = off; explain select * from {table} "
            + $"where {column} && tiles.box(14, 12934, 7089, 1 / 64.0)");
        await using var rows = await command.ExecuteReaderAsync();
        var plan = "";
        while (await rows.ReadAsync())
            plan += rows.GetString(0) + "\n";
        Assert.Contains(index, plan, StringComparison.Ordinal);
    }

    private async Task<List<VectorTile.Feature>> CellsAsync(string layer, int z)
    {
        var cells = new List<VectorTile.Feature>();
        foreach (var (x, y) in await PlacesAsync(z))
            cells.AddRange(VectorTile.Read(await valley.TileAsync(layer, z, x, y), layer));
        return cells;
    }

    // Every tile near anything, with its neighbours: a double count next door would be found.
    private async Task<HashSet<(int X, int Y)>> PlacesAsync(int z)
    {
        var last = (1 << z) - 1;
        return [.. from h in await HazardsAsync()
                   let p = ValleyOfWaters.Locate(h.Lon, h.Lat, z)
                   from dx in new[] { -1, 0, 1 }
                   from dy in new[] { -1, 0, 1 }
                   where p.X + dx >= 0 && p.X + dx <= last && p.Y + dy >= 0 && p.Y + dy <= last
                   select (p.X + dx, p.Y + dy)];
    }

    private async Task<List<(string Id, string Code, string Kind, string Level, double Score, double Lon, double Lat)>> HazardsAsync()
    {
        await using var connection = await valley.Database.OpenConnectionAsync();
        await using var command = connection.Command("select id::text, code, kind, risk_level, risk_score, st_x(location::geometry), "
            + "st_y(location::geometry) from odata.hazards order by id");
        await using var rows = await command.ExecuteReaderAsync();
        var all = new List<(string, string, string, string, double, double, double)>();
        while (await rows.ReadAsync())
            all.Add((rows.GetString(0), rows.GetString(1), rows.GetString(2), rows.GetString(3), rows.GetDouble(4),
                rows.GetDouble(5), rows.GetDouble(6)));
        return all;
    }
}
