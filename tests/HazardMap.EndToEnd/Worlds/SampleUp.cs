namespace HazardMap.EndToEnd.Worlds;

/// <summary>
/// One <c>up</c> with the sample, shared by every class marked <c>[Collection(SampleUp.Name)]</c>: browser tests log in by
/// asking for a fresh link, for a link works once.
/// </summary>
[CollectionDefinition(Name)]
public sealed class SampleUp : IAsyncLifetime, ICollectionFixture<SampleUp>
{
    public const string Name = "one up with the sample";
    private readonly TemporaryDirectory _directory = new();

    internal RunningUp Up { get; private set; } = null!;

    /// <summary>A link that logs a browser in, once.</summary>
    internal Task<Uri> FreshLoginLinkAsync() => Up.LoginLinkAsync();

    public async Task InitializeAsync() => Up = await RunningUp.StartAsync(_directory.Path);

    public async Task DisposeAsync()
    {
        await Up.DisposeAsync();
        _directory.Dispose();
    }
}
