using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests.Requests;

/// <summary>Every resource says which methods it has: to OPTIONS, and with each 405.</summary>
[Collection(nameof(Yard))]
public sealed class MethodTests(Yard yard)
{
    private const string Reading = "GET, HEAD, OPTIONS";
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

    [Theory]
    [InlineData("", Reading)]
    [InlineData("$metadata", Reading)]
    [InlineData("openapi.json", Reading)]
    [InlineData("$batch", "OPTIONS, POST")]
    [InlineData("Ships/$query", "OPTIONS, POST")]
    [InlineData("Ships", "GET, HEAD, OPTIONS, PATCH, POST")]
    [InlineData("Ships/$count", Reading)]
    [InlineData("Ships/$filter(Tonnes gt 1)", Reading)]
    [InlineData("Ships({0})", "DELETE, GET, HEAD, OPTIONS, PATCH, PUT")]
    [InlineData("$entity?$id=Ships({0})", "DELETE, GET, HEAD, OPTIONS, PATCH, PUT")]
    [InlineData("Ships({0})/Name", "DELETE, GET, HEAD, OPTIONS, PATCH, PUT")]
    [InlineData("Ships({0})/Name/$value", "DELETE, GET, HEAD, OPTIONS, PUT")]
    [InlineData("Ships({0})/Sailors", "GET, HEAD, OPTIONS, POST")]
    [InlineData("Ships({0})/Sailors/$ref", "DELETE, GET, HEAD, OPTIONS, POST")]
    [InlineData("Ships({0})/Dock/$ref", "DELETE, GET, HEAD, OPTIONS, PUT")]
    [InlineData("Ships/$ref", Reading)]
    [InlineData("Films", "GET, HEAD, OPTIONS, PATCH, POST")]
    public async Task What_OPTIONS_lists_is_what_there_is(string path, string allowed)
    {
        var id = await yard.ShipAsync("Method");
        var url = path.Replace("{0}", id.ToString(), StringComparison.Ordinal);
        var options = await yard.SendAsync("OPTIONS", url.Length == 0 ? yard.Http.BaseAddress!.ToString() : url);
        Assert.Equal((204, allowed, "4.01"), (options.Status, options.Header("Allow")!, options.Header("OData-Version")!));
        foreach (var method in Methods.Where(x => !allowed.Split(", ").Contains(x)))
        {
            var answer = await yard.SendAsync(method, url.Length == 0 ? yard.Http.BaseAddress!.ToString() : url, "{}", "If-Match: *");
            // What the standard knows and is not built here says so.
            if (answer.Status != 501) Assert.Equal((method, 405, allowed), (method, answer.Status, answer.Header("Allow")!));
        }
    }

    [Theory]
    [InlineData("$metadata/", 200)]
    [InlineData("%24metadata", 200)]
    [InlineData("%24entity?$id=Docks('A1')", 200)]
    [InlineData("Docks/%24count", 200)]
    [InlineData("openapi.json/", 200)]
    [InlineData("$METADATA", 404)]
    [InlineData("$Batch", 404)]
    [InlineData("$nothing", 404)]
    [InlineData("$query", 404)]
    [InlineData("Docks/$nothing", 404)]
    [InlineData("$all", 501)]
    [InlineData("$crossjoin(Docks,Ships)", 501)]
    [InlineData("Docks/$each", 501)]
    public async Task A_name_with_a_dollar_is_known_not_built_or_not_there(string path, int status) =>
        Assert.Equal(status, (await yard.SendAsync("GET", path)).Status);

    [Fact]
    public async Task In_a_batch_and_repeated_a_405_lists_them_too()
    {
        var batch = await yard.SendAsync("POST", "$batch", """
            {"requests":[{"id":"1","method":"PUT","url":"Ships"},{"id":"2","method":"OPTIONS","url":"Docks('A1')"},
              {"id":"3","atomicityGroup":"g","method":"POST","url":"Ships/$count","headers":{"content-type":"application/json"},"body":{}}]}
            """, "Prefer: continue-on-error");
        Assert.Equal(["GET, HEAD, OPTIONS, PATCH, POST", "DELETE, GET, HEAD, OPTIONS, PATCH, PUT", Reading],
            batch.Json["responses"]!.AsArray().Select(x => (string?)x!["headers"]!["allow"]));
        for (var i = 0; i < 2; i++)
        {
            var repeated = await yard.SendAsync("PUT", "Ships", "{}", "Repeatability-Request-ID: 5e0d6c0a-7b1c-4a43-8a7e-0000000000f1",
                $"Repeatability-First-Sent: {DateTimeOffset.UtcNow:r}");
            Assert.Equal((405, "GET, HEAD, OPTIONS, PATCH, POST"), (repeated.Status, repeated.Header("Allow")!));
        }
    }
}
