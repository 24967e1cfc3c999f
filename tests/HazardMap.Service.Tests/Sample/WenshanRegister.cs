using HazardMap.Service.Sample;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Sample;

/// <summary>A register with the whole Wenshan sample in it; loaded once for all who only read it.</summary>
public sealed class WenshanRegister : EmptyRegister
{
    public const string Shared = "Wenshan";

    protected override Task FillAsync() => new SampleLoader(Database).WriteAsync(BuiltSamples.Wenshan, CancellationToken.None);
}

[CollectionDefinition(WenshanRegister.Shared)]
public sealed class WenshanCollection : ICollectionFixture<WenshanRegister>;
