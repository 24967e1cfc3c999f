using System.Text.Json;
using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests.Fuzz;

/// <summary>Strings that have broken other programs, written and read back.</summary>
public sealed class NaughtyStringTests(Yard yard) : IClassFixture<Yard>
{
    [Fact]
    public async Task Naughty_strings_come_back_as_they_were_sent()
    {
        if (SharedData.Find("cases/text/naughty_strings.json") is not { } file) return;
        var id = await yard.ShipAsync("Naughty");
        foreach (var text in JsonSerializer.Deserialize<List<string>>(await File.ReadAllTextAsync(file))!.Where(x => x.Length > 0))
        {
            var json = JsonSerializer.Serialize(text);
            var made = await yard.SendAsync("POST", "Ships", $$"""{"Name":{{json}},"Flag":{{json}}}""");
            Assert.True(made.Status == 201, made.Text);
            Assert.Equal((text, text), ((string)made.Json["Name"]!, (string)made.Json["Flag"]!));
            Assert.Equal(204,
                (await yard.SendAsync("PATCH", $"Ships({id})", $$"""{"Flag":{{json}}}""", "If-Match: *", "Prefer: return=minimal")).Status);
            var literal = Uri.EscapeDataString("'" + text.Replace("'", "''", StringComparison.Ordinal) + "'");
            var found = await yard.SendAsync("GET", $"Ships?$select=Id,Flag&$filter=Flag eq {literal} and Id in ({id},{made.Json["Id"]})");
            Assert.True(found.Status == 200, found.Text);
            Assert.Equal([text, text], found.Json["value"]!.AsArray().Select(x => (string)x!["Flag"]!));
        }
    }

    [Fact]
    public async Task Half_a_surrogate_pair_is_refused_wherever_it_stands()
    {
        foreach (var body in new[] { """{"Name":"x","Course":{"type":"Line\ud800String","coordinates":[[1,2],[3,4]]}}""",
            """{"Name":"\udc00"}""", """{"Name":"x","Na\ud800me":1}""", """{"Name":"x","Dock@odata.bind":"Docks('\ud800')"}""" })
            Assert.Equal(400, (await yard.SendAsync("POST", "Ships", body)).Status);
    }
}
