using HazardMap.Service.Network;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Network;

public sealed class RoadStoreTests(EmptyRegister world) : IClassFixture<EmptyRegister>
{
    [Fact]
    public async Task A_register_without_roads_gives_an_empty_network()
    {
        var network = await new RoadStore(world.Database).ReadAsync(RoadProfile.Walk, CancellationToken.None);
        Assert.True(network.IsEmpty);
        Assert.Null(network.Index.Nearest(104, 23));
    }
}
