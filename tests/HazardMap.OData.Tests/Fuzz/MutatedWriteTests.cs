using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests.Fuzz;

/// <summary>Whatever is sent to be written, alone or in a batch, is answered, and leaves the service well.</summary>
public sealed class MutatedWriteTests(Yard yard) : IClassFixture<Yard>
{
    [Fact]
    public async Task Mutated_writes_and_batches_never_break_the_service()
    {
        await Coast.RunAsync(yard.Source, $"""
            insert into yard.ships (id, name, dock_code, made_by) values ('{MutatedWrites.Ship}', 'Hull', 'A1', 'test');
            insert into yard.sailors (id, name, ship_id) values ('{MutatedWrites.Sailor}', 'Jack', '{MutatedWrites.Ship}')
            """);
        var mutations = new Mutations(13, MutatedWrites.RequestPieces);
        for (var i = Mutations.Cases(1000); i > 0; i--) await SendAsync(mutations.Harm(mutations.OneOf(MutatedWrites.Requests)));
        await IsWellAsync();
    }

    [Fact]
    public async Task Mutated_bodies_of_right_requests_never_break_the_service()
    {
        var mutations = new Mutations(13, MutatedWrites.BodyPieces);
        for (var i = Mutations.Cases(900); i > 0; i--)
        {
            var (method, url, type, body) = mutations.OneOf(MutatedWrites.Bodies);
            await SendAsync($"{method} {url}\nContent-Type: {type}\nIf-Match: *\nPrefer: continue-on-error\n\n{mutations.Harm(body)}");
        }
        await IsWellAsync();
    }

    private async Task SendAsync(string text)
    {
        using var request = WrittenRequest.Read(text, yard.Http.BaseAddress!);
        if (request is not null) await yard.Http.MustAnswerAsync(request, text, yard.Unexpected);
    }

    private async Task IsWellAsync()
    {
        Assert.Equal(200, (await yard.SendAsync("GET", "Ships?$top=1&$expand=Sailors,Dock")).Status);
        Assert.Empty(yard.Unexpected);
    }
}
