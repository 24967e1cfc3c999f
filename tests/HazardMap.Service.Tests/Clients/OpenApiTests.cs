using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using HazardMap.Service.Tests.Register;

namespace HazardMap.Service.Tests.Clients;

/// <summary>The OpenAPI description is valid by the standard's own schema and says what the service does.</summary>
public sealed class OpenApiTests(SchoolPond register) : IClassFixture<SchoolPond>
{
    [Fact]
    public async Task The_description_is_valid_OpenAPI_with_every_reference_in_place()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, await register.Administrator.GetStringAsync("/odata/openapi.json"));
        var said = await NodeClients.ScriptAsync("openapi.mjs", file);
        File.Delete(file);
        Assert.Matches(@"^\d{2,} operations", said);
    }

    [Fact]
    public async Task The_description_needs_a_login_like_everything_else()
    {
        using var answer = await register.Stranger.GetAsync("/odata/openapi.json");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Every_path_that_reads_is_answered_and_what_may_not_be_written_is_not_described()
    {
        var document = (await register.Administrator.GetFromJsonAsync<JsonObject>("/odata/openapi.json"))!;
        foreach (var (path, item) in document["paths"]!.AsObject())
        {
            if (item!["get"] is null) continue;
            var url = "/odata" + path.Replace("{Id}", "01900000-0000-7000-8000-000000000001", StringComparison.Ordinal)
                .Replace("{HazardId}", "01900000-0000-7000-8000-000000000001", StringComparison.Ordinal)
                .Replace("{Code}", "5326", StringComparison.Ordinal);
            using var answer = await register.Administrator.GetAsync(url);
            Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.NoContent or HttpStatusCode.NotFound,
                $"{url}: {answer.StatusCode}");
        }
        Assert.Null(document["paths"]!["/Divisions"]!["post"]);
        Assert.Null(document["paths"]!["/Inspections({Id})"]!["delete"]);
        var hazard = document["components"]!["schemas"]!["HazardMap.Hazard-update"]!["properties"]!.AsObject();
        Assert.False(hazard.ContainsKey("RiskScore"));
        Assert.Equal("m", (string)hazard["DepthMetres"]!["x-unit"]!);
        Assert.Contains("水深", (string)hazard["DepthMetres"]!["description"]!, StringComparison.Ordinal);
    }
}
