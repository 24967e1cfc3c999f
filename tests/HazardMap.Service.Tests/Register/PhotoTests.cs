using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace HazardMap.Service.Tests.Register;

/// <summary>Photos of an inspection: pictures in, pictures out, nothing else.</summary>
public sealed class PhotoTests(SchoolPond register) : IClassFixture<SchoolPond>
{
    private static readonly byte[] Picture = [0xFF, 0xD8, 0xFF, 0xE0, .. Enumerable.Repeat((byte)7, 5000)];

    [Fact]
    public async Task A_picture_is_kept_with_its_inspection_and_comes_back_as_it_was()
    {
        var inspection = await InspectionAsync();
        using var made = await PostAsync($"Inspections({inspection})/Photos", Picture, "image/jpeg");
        var photo = JsonNode.Parse(await made.Content.ReadAsStringAsync())!.AsObject();
        Assert.True(made.StatusCode == HttpStatusCode.Created, photo.ToJsonString());
        Assert.Equal((inspection, "image/jpeg", Picture.Length, "5326"),
            ((Guid)photo["InspectionId"]!, (string)photo["MediaType"]!, (int)photo["SizeBytes"]!, (string)photo["DivisionCode"]!));
        using var read = await register.Administrator.GetAsync($"/odata/Photos({photo["Id"]})/$value");
        Assert.Equal("image/jpeg", read.Content.Headers.ContentType!.MediaType);
        Assert.Equal(Picture, await read.Content.ReadAsByteArrayAsync());
        var expanded = await register.Administrator.GetFromJsonAsync<JsonObject>(
            $"/odata/Inspections({inspection})?$expand=Photos($select=SizeBytes)");
        Assert.Single(expanded!["Photos"]!.AsArray());
        Assert.Equal(32,
            await register.ScalarAsync<int>("select length(sha256) from register.photo_contents where photo_id = $1", (Guid)photo["Id"]!));
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"/odata/Photos({photo["Id"]})");
        request.Headers.TryAddWithoutValidation("If-Match", (string)photo["@odata.etag"]!);
        using var deleted = await register.Administrator.SendAsync(request);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal(0, await register.ScalarAsync<int>("select count(*)::int from register.photo_contents"));
    }

    [Fact]
    public async Task What_is_no_picture_belongs_to_no_inspection_or_is_too_large_is_refused_and_leaves_nothing()
    {
        var path = $"Inspections({await InspectionAsync()})/Photos";
        Assert.Equal(415, await StatusAsync(path, "<html>"u8.ToArray(), "text/html"));
        Assert.Equal(415, await StatusAsync(path, "<html><script>"u8.ToArray(), "image/png"));
        Assert.Equal(413, await StatusAsync(path, [0xFF, 0xD8, 0xFF, .. new byte[10 << 20]], "image/jpeg"));
        Assert.Equal(422, await StatusAsync("Photos", Picture, "image/jpeg"));
        Assert.Equal(404, await StatusAsync($"Inspections({Guid.NewGuid()})/Photos", Picture, "image/jpeg"));
        Assert.Equal(0, await register.ScalarAsync<int>($"select count(*)::int from register.photos where media_type = 'image/png'"));
    }

    private async Task<Guid> InspectionAsync()
    {
        var body = $$"""{"HazardId":"01900000-0000-7000-8000-000000000001","At":"{{DateTime.UtcNow:O}}","Result":"Safe"}""";
        using var made = await register.Administrator.PostAsync("/odata/Inspections",
            new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        return (Guid)(await made.Content.ReadFromJsonAsync<JsonObject>())!["Id"]!;
    }

    private async Task<int> StatusAsync(string path, byte[] bytes, string type)
    {
        using var answer = await PostAsync(path, bytes, type);
        return (int)answer.StatusCode;
    }

    private Task<HttpResponseMessage> PostAsync(string path, byte[] bytes, string type) =>
        register.Administrator.PostAsync("/odata/" + path,
            new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(type) } });
}
