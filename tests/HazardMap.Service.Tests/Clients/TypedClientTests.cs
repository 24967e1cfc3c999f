using HazardMap.Service.Tests.Register;

namespace HazardMap.Service.Tests.Clients;

/// <summary>Clients that other people's tools generate from our metadata:
/// compiled with types checked, run against the live service.</summary>
public sealed class TypedClientTests(SchoolPond register) : IClassFixture<SchoolPond>
{
    [Fact]
    public Task A_client_made_by_odata2ts_reads_writes_and_batches() => RunAsync("odata2ts");

    [Fact]
    public Task A_client_made_by_the_SAP_Cloud_SDK_reads_writes_and_batches() => RunAsync("sap");

    private async Task RunAsync(string client)
    {
        var made = await NodeClients.MakeAsync(await MetadataAsync("4.01"), await MetadataAsync("4.0"));
        var said = await NodeClients.RunAsync(
            Path.Combine(made, "js", client + ".js"),
            ("HAZARDMAP_URL", register.Administrator.BaseAddress!.ToString().TrimEnd('/')), ("HAZARDMAP_TOKEN", register.Token));
        Assert.EndsWith("all is well", said.Trim(), StringComparison.Ordinal);
    }

    private async Task<string> MetadataAsync(string version)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/odata/$metadata");
        request.Headers.Add("OData-MaxVersion", version);
        using var answer = await register.Administrator.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }
}
