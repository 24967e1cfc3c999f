using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using HazardMap.Service.Photos;
using HazardMap.Service.Tests.Register;

namespace HazardMap.Service.Tests.Photos;

/// <summary>Photos of an inspection: pictures in, pictures out, nothing else.</summary>
public sealed class PhotoTests(SchoolPond register) : IClassFixture<SchoolPond>
{
    private static readonly byte[] Picture = Pictures.Jpeg;

    [Fact]
    public async Task A_picture_is_kept_with_its_inspection_and_comes_back()
    {
        var inspection = await InspectionAsync();
        using var made = await PostAsync($"Inspections({inspection})/Photos", Picture, "image/jpeg");
        var photo = JsonNode.Parse(await made.Content.ReadAsStringAsync())!.AsObject();
        Assert.True(made.StatusCode == HttpStatusCode.Created, photo.ToJsonString());
        using var read = await register.Administrator.GetAsync($"/odata/Photos({photo["Id"]})/$value");
        Assert.Equal("image/jpeg", read.Content.Headers.ContentType!.MediaType);
        var kept = await read.Content.ReadAsByteArrayAsync();
        Assert.Equal(new PictureHeader("image/jpeg", 64, 48), PictureHeader.Read(kept));
        Assert.Equal((inspection, "image/jpeg", kept.Length, "5326"),
            ((Guid)photo["InspectionId"]!, (string)photo["MediaType"]!, (int)photo["SizeBytes"]!, (string)photo["DivisionCode"]!));
        var expanded = await register.Administrator.GetFromJsonAsync<JsonObject>(
            $"/odata/Inspections({inspection})?$expand=Photos($select=SizeBytes)");
        Assert.Single(expanded!["Photos"]!.AsArray());
        Assert.Equal(32,
            await register.ScalarAsync<int>("select length(sha256) from register.photo_contents where photo_id = $1", (Guid)photo["Id"]!));
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"/odata/Photos({photo["Id"]})");
        request.Headers.TryAddWithoutValidation("If-Match", (string)photo["@odata.etag"]!);
        using var deleted = await register.Administrator.SendAsync(request);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal(0, await register.ScalarAsync<int>(
            "select count(*)::int from register.photo_contents where photo_id = $1", (Guid)photo["Id"]!));
    }

    [Fact]
    public async Task What_is_no_picture_belongs_to_no_inspection_or_is_too_large_is_refused_and_leaves_nothing()
    {
        var inspection = await InspectionAsync();
        var path = $"Inspections({inspection})/Photos";
        Assert.Equal(415, await StatusAsync(path, "<html>"u8.ToArray(), "text/html"));
        Assert.Equal(415, await StatusAsync(path, "<html><script>"u8.ToArray(), "image/png"));
        Assert.Equal(413, await StatusAsync(path, [0xFF, 0xD8, 0xFF, .. new byte[10 << 20]], "image/jpeg"));
        Assert.Equal(422, await StatusAsync("Photos", Picture, "image/jpeg"));
        Assert.Equal(404, await StatusAsync($"Inspections({Guid.NewGuid()})/Photos", Picture, "image/jpeg"));
        Assert.Equal(0, await register.ScalarAsync<int>("select count(*)::int from register.photos where inspection_id = $1", inspection));
    }

    // Turned upright first, for its orientation goes with the rest.
    [Theory]
    [InlineData("image/jpeg", nameof(Pictures.TellingJpeg))]
    [InlineData("image/png", nameof(Pictures.TellingPng))]
    [InlineData("image/webp", nameof(Pictures.TellingWebP))]
    public async Task Position_owner_and_comments_stay_behind(string type, string picture)
    {
        var sent = (byte[])typeof(Pictures).GetProperty(picture)!.GetValue(null)!;
        Assert.Contains(Pictures.Owner, Encoding.Latin1.GetString(sent), StringComparison.Ordinal);
        using var made = await PostAsync($"Inspections({await InspectionAsync()})/Photos", sent, type);
        var photo = (await made.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.True(made.StatusCode == HttpStatusCode.Created, photo.ToJsonString());
        var kept = await KeptAsync(photo);
        Assert.Equal(new PictureHeader(type, 48, 64), PictureHeader.Read(kept));
        var text = Encoding.Latin1.GetString(kept);
        foreach (var secret in new[] { Pictures.Owner, "Li Si", "secret", "23.35", "Exif", "EXIF", "xmp", "XMP", "tEXt", "eXIf" })
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_that_is_put_in_another_s_place_is_cleaned_too()
    {
        using var made = await PostAsync($"Inspections({await InspectionAsync()})/Photos", Picture, "image/jpeg");
        var photo = (await made.Content.ReadFromJsonAsync<JsonObject>())!;
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/odata/Photos({photo["Id"]})/$value")
        {
            Content = new ByteArrayContent(Pictures.TellingJpeg) { Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") } },
        };
        request.Headers.TryAddWithoutValidation("If-Match", (string)photo["@odata.etag"]!);
        using var put = await register.Administrator.SendAsync(request);
        Assert.Equal(HttpStatusCode.NoContent, put.StatusCode);
        Assert.DoesNotContain(Pictures.Owner, Encoding.Latin1.GetString(await KeptAsync(photo)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("image/png", "giant", 413, "TooManyPixels")]          // 10^10 pixels
    [InlineData("image/jpeg", "png", 415, "NotThatType")]
    [InlineData("image/jpeg", "begins", 415, "NotThatType")]          // the first bytes of a JPEG, then a page
    [InlineData("image/png", "crc", 415, "NotThatType")]              // the header's checksum is wrong
    [InlineData("image/webp", "riff", 415, "NotThatType")]            // a sound in the same envelope
    [InlineData("image/jpeg", "cut", 422, "PictureBroken")]
    [InlineData("image/png", "frames", 413, "TooManyFrames")]         // 10,000 of them
    [InlineData("image/webp", "moving", 413, "TooManyFrames")]
    [InlineData("image/jpeg", "page", 422, "PictureHoldsMore")]       // a page in the comment
    [InlineData("image/jpeg", "archive", 422, "PictureHoldsMore")]    // a ZIP archive behind the end
    [InlineData("image/png", "noise", 422, "PictureBroken")]
    public async Task What_is_no_whole_picture_is_refused_by_its_cause_in_both_languages(string type, string which, int status, string code)
    {
        byte[] sent = which switch
        {
            "giant" => Pictures.Giant,
            "png" => Pictures.Png,
            "begins" => [0xFF, 0xD8, 0xFF, 0xE0, .. "<html><script>alert(1)</script></html>"u8],
            "crc" => [.. Pictures.Png[..29], 0, 0, 0, 0, .. Pictures.Png[33..]],
            "riff" => [.. "RIFF"u8, 60, 0, 0, 0, .. "WAVEfmt "u8, .. new byte[60]],
            "cut" => Pictures.Jpeg[..^60],
            "frames" => Pictures.Animated,
            "moving" => Pictures.AnimatedWebP,
            "page" => Pictures.WithPage,
            "archive" => Pictures.WithArchive,
            _ => [.. Pictures.Png[..^40], .. Enumerable.Repeat((byte)0x5A, 20), .. Pictures.Png[^20..]],
        };
        using var answer = await PostAsync($"Inspections({await InspectionAsync()})/Photos", sent, type);
        var error = (await answer.Content.ReadFromJsonAsync<JsonObject>())!["error"]!;
        Assert.Equal((status, code), ((int)answer.StatusCode, (string)error["code"]!));
        Assert.Equal("zh", (string)error["details"]![0]!["code"]!);
    }

    private async Task<byte[]> KeptAsync(JsonObject photo) =>
        await register.Administrator.GetByteArrayAsync($"/odata/Photos({photo["Id"]})/$value");

    private async Task<Guid> InspectionAsync()
    {
        var body = $$"""{"HazardId":"01900000-0000-7000-8000-000000000001","At":"{{DateTime.UtcNow:O}}","Result":"Safe"}""";
        using var made = await register.Administrator.PostAsync("/odata/Inspections",
            new StringContent(body, Encoding.UTF8, "application/json"));
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
