using HazardMap.Service.Network;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Network;

public sealed class RoadNetworksTests(EmptyRegister world) : IClassFixture<EmptyRegister>
{
    private const string Road = """
        insert into register.road_edges (way_id, segment, source, target, class, geom, length_metres, speed_kmh,
                                         walk_forward, walk_backward, drive_forward, drive_backward, division_code, origin)
        values ($1, 0, $1, $1 + 1, 'residential', st_setsrid('linestring(20 0, 20.001 0)'::geometry, 4326), 111.3, 30, true, true, $2,
          false, '99', 'test')
        """;

    [Fact]
    public async Task The_network_in_memory_is_kept_until_the_roads_change()
    {
        await world.ExecuteAsync("insert into register.divisions (code, name, level, centre, source) "
            + "values ('99', 'All', 'Prefecture', 'point(20 0)', 'test')");
        using var networks = new RoadNetworks(world.Database);
        Assert.True((await networks.OfAsync(RoadProfile.Walk, default)).Network.IsEmpty);

        await world.ExecuteAsync(Road, 1L, true);
        var walk = await networks.OfAsync(RoadProfile.Walk, default);
        Assert.Equal(1, walk.Network.Graph.EdgeCount);
        await world.ExecuteAsync("update register.road_edges set name = 'Nobody''s' where false");
        Assert.Same(walk, await networks.OfAsync(RoadProfile.Walk, default));
        Assert.Equal(walk.Revision, (await networks.OfAsync(RoadProfile.Drive, default)).Revision);

        await world.ExecuteAsync(Road, 2L, false);
        Assert.Equal(2, (await networks.OfAsync(RoadProfile.Walk, default)).Network.Graph.EdgeCount);
        Assert.Equal(1, (await networks.OfAsync(RoadProfile.Drive, default)).Network.Graph.EdgeCount);
        await world.ExecuteAsync("truncate register.road_edges");
        Assert.True((await networks.OfAsync(RoadProfile.Drive, default)).Network.IsEmpty);
        Assert.Equal(1, walk.Network.Graph.EdgeCount);
    }
}
