using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests.Requests;

/// <summary>The conventions of resource paths.</summary>
[Collection(nameof(Coast))]
public sealed class PathTests(Coast coast)
{
    private HttpClient Http => coast.Http;

    [Fact]
    public async Task A_path_segment_filters()
    {
        Assert.Equal(["Pharos"], await Http.NamesAsync("Lighthouses/$filter(Steps eq 300)?$select=Name"));
        Assert.Equal(["Pharos"], await Http.NamesAsync("Lighthouses/$filter(@f)/$filter(Name ne 'x')?$select=Name"
            + "&@f=Steps eq 300 and Harbour/Name eq 'Alexandria'"));
        Assert.Equal("1", await Http.GetStringAsync("Lighthouses/$filter(Harbour/Name eq 'Alexandria')/$count"));
        Assert.Equal(["Sostratus"], await Http.NamesAsync($"Lighthouses({CoastRows.Pharos})/Keepers/$filter(Age gt 40)?$select=Name"));
        Assert.Equal(400, (await Http.RefusedAsync("Lighthouses/$filter(Steps)")).Status);
        Assert.Equal(403, (await Http.RefusedAsync("Keepers/$filter(Secret eq 'hush')/$count")).Status);
    }

    [Fact]
    public async Task References_are_addresses()
    {
        var all = await Http.JsonAsync("Lighthouses/$ref?$filter=Steps eq 300&$count=true&$orderby=Name");
        Assert.EndsWith("$metadata#Collection($ref)", (string)all["@odata.context"]!, StringComparison.Ordinal);
        Assert.Equal(1, (int)all["@odata.count"]!);
        var id = (string)all["value"]![0]!["@odata.id"]!;
        Assert.Equal("Pharos", (string)(await Http.JsonAsync(id))["Name"]!);
        var one = await Http.JsonAsync($"Lighthouses({CoastRows.Pharos})/Harbour/$ref");
        Assert.EndsWith("$metadata#$ref", (string)one["@odata.context"]!, StringComparison.Ordinal);
        Assert.EndsWith("/Harbours('AL1')", (string)one["@odata.id"]!, StringComparison.Ordinal);
        Assert.Equal(2, (await Http.JsonAsync($"Lighthouses({CoastRows.Pharos})/Keepers/$ref"))["value"]!.AsArray().Count);
    }

    [Fact]
    public async Task An_entity_is_found_by_its_id()
    {
        var id = (string)(await Http.JsonAsync("Harbours('AL1')/$ref"))["@odata.id"]!;
        Assert.Equal("Alexandria", (string)(await Http.JsonAsync("$entity?$select=Name&$id=" + Uri.EscapeDataString(id)))["Name"]!);
        Assert.Equal("Alexandria", (string)(await Http.JsonAsync("$entity?$id=Harbours('AL1')"))["Name"]!);
        Assert.Equal(404, (await Http.RefusedAsync("$entity?$id=Harbours('nowhere')")).Status);
        Assert.Equal(404,
            (await Http.RefusedAsync("$entity?$id=" + Uri.EscapeDataString("https://elsewhere.example/Harbours('AL1')"))).Status);
        Assert.Equal(400, (await Http.RefusedAsync("$entity")).Status);
    }

    [Fact]
    public async Task Related_entities_have_keys_in_the_path()
    {
        Assert.Equal("Sostratus",
            (string)(await Http.JsonAsync($"Lighthouses({CoastRows.Pharos})/Keepers(01910000-0000-7000-8000-000000000001)"))["Name"]!);
        Assert.Equal(404,
            (await Http.RefusedAsync($"Lighthouses({CoastRows.Skerryvore})/Keepers(01910000-0000-7000-8000-000000000001)")).Status);
        Assert.Equal("Pharos", await Http.GetStringAsync($"Harbours/AL1/Lighthouses/{CoastRows.Pharos}/Name/$value"));
        Assert.Equal("Alexandria",
            (string)(await Http.JsonAsync($"Lighthouses({CoastRows.Pharos})/Coast.Lighthouse/Harbour/Name"))["value"]!);
    }

    [Fact]
    public async Task A_missing_parent_is_not_an_empty_answer()
    {
        using var nothing = await Http.GetAsync($"Lighthouses({CoastRows.Empty})/Harbour");
        Assert.Equal(204, (int)nothing.StatusCode);
        Assert.Equal(404, (await Http.RefusedAsync($"Lighthouses({Guid.Empty})/Harbour")).Status);
        Assert.Equal(404, (await Http.RefusedAsync($"Lighthouses({Guid.Empty})/Harbour/$ref")).Status);
    }

    [Fact]
    public async Task Raw_values_are_bytes_or_text()
    {
        Assert.Equal([0x00, 0xff, 0x10], await Http.GetByteArrayAsync($"Lighthouses({CoastRows.Pharos})/Badge/$value"));
        Assert.Equal("2024-06-30T23:59:59.123456Z", await Http.GetStringAsync($"Lighthouses({CoastRows.Pharos})/LastSeenAt/$value"));
    }

    [Theory]
    [InlineData("Lighthouses/$each", 501, "$each")]
    [InlineData("Lighthouses/$count/$ref", 404, "$ref")]
    [InlineData("Lighthouses/Name", 400, "Name")]
    [InlineData("Lighthouses/$value", 400, "$value")]
    [InlineData("Harbours(1)", 400, "")]
    [InlineData("Harbours(null)", 400, "Code")]
    [InlineData("Harbours(Name='x')", 400, "Code")]
    [InlineData("Lighthouses('01900000-0000-7000-8000-000000000001')", 400, "Id")]
    [InlineData("Harbours('AL1')/Basin/coordinates", 404, "coordinates")]
    [InlineData("Harbours//Lighthouses", 404, "")]
    [InlineData("Lighthouses?$index=1", 501, "$index")]
    [InlineData("$all", 501, "$all")]
    [InlineData("$crossjoin(Lighthouses,Keepers)", 501, "$crossjoin")]
    public async Task A_path_is_refused_with_the_place(string url, int status, string place)
    {
        var (actual, error) = await Http.RefusedAsync(url);
        Assert.True(status == actual, $"{actual} {error?.ToJsonString()}");
        Assert.Contains(place, error!.ToJsonString(), StringComparison.Ordinal);
    }
}
