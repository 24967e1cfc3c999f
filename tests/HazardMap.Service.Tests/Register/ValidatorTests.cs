using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using HazardMap.Service.Tests.Photos;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Register;

/// <summary>A water read again after somebody else's edit: 304 only when all that it shows is as it was.</summary>
public sealed class ValidatorTests(SchoolPond register) : IClassFixture<SchoolPond>
{
    private const string Near = "/odata/Hazards(01900000-0000-7000-8000-000000000001)";
    private const string School = "/odata/Facilities(01900000-0000-7000-8000-00000000000a)";

    [Theory]
    [InlineData(Near)]
    [InlineData(Near + "?$select=RiskScore")]
    [InlineData(Near + "/RiskScore")]
    [InlineData(Near + "/RiskScore/$value")]
    [InlineData("/odata/$entity?$id=Hazards(01900000-0000-7000-8000-000000000001)")]
    [InlineData(Near + "?$select=Code,More&$compute=RiskScore mul 2 as Twice,Twice add 1 as More&$expand=Division")]
    public async Task A_score_that_moved_with_a_school_is_sent_again(string url)
    {
        var tag = await TagAsync(url);
        Assert.Equal(HttpStatusCode.NotModified, await AgainAsync(url, tag));
        var (row, children) = ((string)(await ReadAsync(Near))["@odata.etag"]!, (int)(await ReadAsync(School))["Aged5To14"]!);
        using var edit = await register.Administrator.PatchJsonAsync(School, $$"""{"Aged5To14":{{children + 7}}}""");
        Assert.True(edit.IsSuccessStatusCode, await edit.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, await AgainAsync(url, tag));
        Assert.Equal(HttpStatusCode.OK, await AgainAsync(url, row));
        using var mine = await register.Administrator.PatchJsonAsync(Near, $$"""{"OwnerUnit":"{{children}} 所"}""", tag);
        Assert.True(mine.IsSuccessStatusCode, await mine.Content.ReadAsStringAsync());
        using var late = await register.Administrator.PatchJsonAsync(Near, """{"OwnerUnit":"晚到"}""", tag);
        Assert.Equal(HttpStatusCode.PreconditionFailed, late.StatusCode);
    }

    [Theory]
    [InlineData(Near + "?$expand=Responsibilities")]
    [InlineData(Near + "?$expand=Responsibilities($expand=Person)")]
    [InlineData(Near + "?$expand=Responsibilities/$count")]
    [InlineData("/odata/Divisions('5326')?$expand=Subdivisions&$select=Name")]
    public async Task A_child_that_was_added_is_sent(string url)
    {
        var tag = await TagAsync(url);
        if (url.Contains("Responsibilities", StringComparison.Ordinal)) await AnswerForAsync();
        else
        {
            await register.ExecuteAsync("insert into register.divisions (code, name, level, parent_code, centre, source) "
                + "values ('532621', '文山市', 'County', '5326', 'POINT(104.2 23.4)', 'test')");
        }
        Assert.Equal(HttpStatusCode.OK, tag is null ? HttpStatusCode.OK : await AgainAsync(url, tag));
    }

    [Fact]
    public async Task A_picture_replaced_by_another_of_its_size_is_sent_again()
    {
        using var visit = await register.Administrator.PostAsJsonAsync("/odata/Inspections",
            new { HazardId = "01900000-0000-7000-8000-000000000001", At = DateTime.UtcNow, Result = "Safe" },
            System.Text.Json.JsonSerializerOptions.Default);
        var inspection = (await visit.Content.ReadFromJsonAsync<JsonObject>())!["Id"];
        using var picture = new ByteArrayContent(Pictures.Jpeg);
        picture.Headers.ContentType = new("image/jpeg");
        using var made = await register.Administrator.PostAsync($"/odata/Inspections({inspection})/Photos", picture);
        var photo = (await made.Content.ReadFromJsonAsync<JsonObject>())!["Id"];
        var url = $"/odata/Photos({photo})/$value";
        var tag = await TagAsync(url);
        Assert.Equal(HttpStatusCode.NotModified, await AgainAsync(url, tag));
        await register.ExecuteAsync("update register.photo_contents set content = set_byte(content, 30, get_byte(content, 30) # 1) "
            + $"where photo_id = '{photo}'");
        Assert.Equal(HttpStatusCode.OK, await AgainAsync(url, tag));
    }

    private async Task AnswerForAsync()
    {
        using var made = await register.Administrator.PostAsJsonAsync("/odata/People",
            new { Name = "张三", DivisionCode = "5326" }, System.Text.Json.JsonSerializerOptions.Default);
        var person = (await made.Content.ReadFromJsonAsync<JsonObject>())!["Id"];
        using var duty = await register.Administrator.PostAsync("/odata/Responsibilities", JsonContent.Create(JsonNode.Parse(
            $$"""{"PersonId":"{{person}}","HazardId":"01900000-0000-7000-8000-000000000001","Role":"Warden","ValidFrom":"2026-01-01"}""")));
        Assert.True(duty.IsSuccessStatusCode, await duty.Content.ReadAsStringAsync());
    }

    private async Task<JsonObject> ReadAsync(string url) => (await register.Administrator.GetFromJsonAsync<JsonObject>(url))!;

    private async Task<string> TagAsync(string url)
    {
        using var answer = await register.Administrator.GetAsync(url);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return answer.Headers.ETag?.ToString()!;
    }

    private async Task<HttpStatusCode> AgainAsync(string url, string tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        using var answer = await register.Administrator.SendAsync(request);
        return answer.StatusCode;
    }
}
