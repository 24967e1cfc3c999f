using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests.Requests;

/// <summary>An answer's ETag covers all that it shows; a change asks for the row alone.</summary>
[Collection(nameof(Yard))]
public sealed class ValidatorTests(Yard yard)
{
    [Theory]
    [InlineData("Ships({0})?$expand=Sailors")]
    [InlineData("Ships({0})?$expand=Sailors($count=true;$top=0)")]
    [InlineData("Ships({0})?$expand=Sailors/$count")]
    [InlineData("Ships({0})?$expand=Sailors/$ref")]
    [InlineData("Ships({0})?$select=Sailors/Name")]
    [InlineData("Ships({0})?$expand=Sailors($filter=Name eq 'Ann')")]
    [InlineData("Ships({0})?$expand=Dock($expand=Ships($filter=Id eq {0};$select=Name;$compute=1 add 1 as Two))")]
    [InlineData("Ships({0})/Dock?$expand=Ships($expand=Sailors)")]
    public async Task What_is_carried_along_is_covered_by_the_answers_ETag(string path)
    {
        var id = await yard.ShipAsync("Covered", "A2");
        var url = path.Replace("{0}", id.ToString(), StringComparison.Ordinal);
        var first = await yard.SendAsync("GET", url);
        var etag = first.Header("ETag")!;
        var again = await yard.SendAsync("GET", url, null, $"If-None-Match: {etag}");
        Assert.Equal((304, etag, ""), (again.Status, again.Header("ETag")!, again.Text));
        await yard.SendAsync("POST", "Sailors", $$"""{"Name":"Ann","ShipId":"{{id}}"}""");
        if (url.Contains("Dock", StringComparison.Ordinal))
            await yard.SendAsync("PATCH", $"Ships({id})", """{"Name":"Seen"}""", "If-Match: *");
        var moved = await yard.SendAsync("GET", url, null, $"If-None-Match: {etag}");
        Assert.Equal(200, moved.Status);
        Assert.NotEqual(first.Text, moved.Text);
        Assert.Equal(412, (await yard.SendAsync("GET", url, null, $"If-Match: {etag}")).Status);
    }

    [Fact]
    public async Task A_change_takes_the_ETag_of_any_answer_about_the_row_while_the_row_is_the_same()
    {
        var id = await yard.ShipAsync("Row");
        var etag = (await yard.SendAsync("GET", $"Ships({id})?$expand=Sailors")).Header("ETag")!;
        await yard.SendAsync("POST", "Sailors", $$"""{"Name":"Ann","ShipId":"{{id}}"}""");
        var red = """{"Flag":"red"}""";
        Assert.Equal(412, (await yard.SendAsync("PATCH", $"Ships({id})", red, "If-None-Match: " + etag, "If-Match: *")).Status);
        var done = await yard.SendAsync("PATCH", $"Ships({id})", red, $"If-Match: {etag}");
        Assert.Equal((204, "W/\"2\""), (done.Status, done.Header("ETag")!));
        Assert.Equal(412, (await yard.SendAsync("PATCH", $"Ships({id})", """{"Flag":"blue"}""", $"If-Match: {etag}")).Status);
        Assert.Equal(412, (await yard.SendAsync("DELETE", $"Ships({id})", null, $"If-Match: {etag}")).Status);
        var batch = await yard.SendAsync("POST", "$batch", $$"""
            {"requests":[{"id":"r","method":"GET","url":"Ships({{id}})?$expand=Sailors"},
              {"id":"w","method":"PATCH","url":"Ships({{id}})","headers":{"if-match":"$r","content-type":"application/json"},
               "body":{"Flag":"green"},"dependsOn":["r"]},
              {"id":"s","method":"GET","url":"Ships({{id}})?$expand=Sailors","headers":{"if-none-match":"$r"},"dependsOn":["w"]}]}
            """);
        Assert.Equal([200, 204, 200], batch.Json["responses"]!.AsArray().Select(x => (int)x!["status"]!));
    }

    [Theory]
    [InlineData("W/\"1~\"")]
    [InlineData("W/\"1~short\"")]
    [InlineData("W/\"1~AAAAAAAAAAAAAAAAAAAAAAA\"")]
    [InlineData("W/\"10~AAAAAAAAAAAAAAAAAAAAAA\"")]
    [InlineData("W/\"1~AAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_tag_that_only_looks_like_the_rows_is_stale(string tag)
    {
        var id = await yard.ShipAsync("Forged");
        Assert.Equal(412, (await yard.SendAsync("PATCH", $"Ships({id})", """{"Flag":"red"}""", $"If-Match: {tag}")).Status);
    }

    [Fact]
    public async Task Another_form_of_the_same_answer_has_another_ETag()
    {
        var id = await yard.ShipAsync("Forms");
        string[] forms = ["application/json", "application/json;odata.metadata=full", "application/json;odata.metadata=none"];
        var tags = new List<string>();
        foreach (var form in forms) tags.Add((await yard.SendAsync("GET", $"Ships({id})", null, $"Accept: {form}")).Header("ETag")!);
        Assert.Equal(3, tags.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task What_has_no_ETag_has_no_state_that_a_change_could_name()
    {
        var sailor = (await yard.SendAsync("POST", "Sailors", """{"Name":"Ben"}""")).Json["Id"];
        Assert.Equal(412, (await yard.SendAsync("PATCH", $"Sailors({sailor})", """{"Pay":1}""", "If-Match: W/\"1\"")).Status);
        Assert.Equal(204, (await yard.SendAsync("PATCH", $"Sailors({sailor})", """{"Pay":1}""", "If-Match: *")).Status);
        Assert.Equal(204, (await yard.SendAsync("PATCH", $"Sailors({sailor})", """{"Pay":2}""")).Status);
    }
}
