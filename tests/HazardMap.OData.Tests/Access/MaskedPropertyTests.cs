using System.Text;
using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests.Access;

/// <summary>A property that a caller may not read is nowhere to be read and nowhere to be asked about.</summary>
[Collection(nameof(Isles))]
public sealed class MaskedPropertyTests(Isles isles) : IDisposable
{
    private readonly HttpClient _http = isles.Client("*");

    public void Dispose()
    {
        _http.Dispose();
        Assert.Empty(isles.Unexpected);
    }

    public static TheoryData<string, string> Asking()
    {
        var data = new TheoryData<string, string>();
        foreach (var (url, property) in IslePaths.Asking()) data.Add(url, property);
        return data;
    }

    public static TheoryData<string> Reading() => [.. IslePaths.Reading().Distinct(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Asking))]
    public async Task A_question_about_a_masked_property_is_refused_by_its_name(string url, string property)
    {
        using var response = await _http.GetAsync(url);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == 403, $"{(int)response.StatusCode} {text}");
        Assert.Contains(property, text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Reading))]
    public async Task No_answer_carries_a_masked_value(string url)
    {
        using var response = await _http.GetAsync(url);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode || (int)response.StatusCode is 404 or 403 or 501, $"{(int)response.StatusCode} {text}");
        Assert.DoesNotContain("SECRET", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Islands", "SECRET", 0)]
    [InlineData("Huts", "SECRET OR Nordhut", 1)]
    [InlineData("Visits", "NOT SECRET", 4)]
    public async Task A_search_does_not_look_into_what_is_masked(string set, string search, int count) =>
        Assert.Equal(count, int.Parse(await _http.GetStringAsync($"{set}/$count?$search={search}"),
            System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("PATCH", "Huts(1)", """{"Owner":"x"}""", 422)]
    [InlineData("PUT", "Huts(1)/Owner", """{"value":"x"}""", 422)]
    [InlineData("DELETE", "Huts(1)/Owner", "", 422)]
    [InlineData("POST", "Huts", """{"Id":77,"Name":"x","Beds":1,"IslandCode":"N1","Owner":"SECRET-Olaf"}""", 422)]
    [InlineData("PATCH", "Huts(1)", """{"Beds":4}""", 200)]
    [InlineData("PUT", "Visits(11)", """{"Note":"Nord note","Fee":3,"IslandCode":"N1","HutId":1}""", 200)]
    public async Task A_write_neither_sets_nor_shows_what_is_masked(string method, string url, string body, int status)
    {
        using var request = Request(method, url, body, "*");
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(status == (int)response.StatusCode, $"{(int)response.StatusCode} {text}");
        Assert.DoesNotContain("SECRET", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_current_state_that_a_stale_write_is_told_leaves_out_what_is_masked()
    {
        using var request = Request("PATCH", "Huts(1)", """{"Beds":5}""", "W/\"77\"");
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.Equal(412, (int)response.StatusCode);
        Assert.Contains("Nordhut", text, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replacement_leaves_alone_what_is_masked()
    {
        using var request = Request("PUT", "Visits(11)", """{"Note":"Nord note","Fee":3,"IslandCode":"N1","HutId":1}""", "*");
        using var response = await _http.SendAsync(request);
        Assert.Equal(200, (int)response.StatusCode);
        using var trusted = isles.Client("*", personal: true);
        Assert.Equal("SECRET-Anna", await trusted.GetStringAsync("Visits(11)/Guest/$value"));
    }

    [Fact]
    public async Task Who_may_read_it_may_ask_about_it()
    {
        using var trusted = isles.Client("*", personal: true);
        Assert.Equal("1", await trusted.GetStringAsync("Huts/$count?$filter=startswith(Owner,'SECRET-O')"));
        Assert.Contains("SECRET-Olaf", await trusted.GetStringAsync("Huts(1)"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Huts(1)")]
    [InlineData("Huts(1)?$select=Name")]
    [InlineData("Islands('N1')?$expand=Huts")]
    public async Task What_one_may_read_and_another_may_not_has_not_the_same_ETag(string url)
    {
        using var trusted = isles.Client("*", personal: true);
        using var seen = await _http.GetAsync(url);
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.IfNoneMatch.Add(seen.Headers.ETag!);
        using var all = await trusted.SendAsync(request);
        Assert.Equal(url.Contains("select", StringComparison.Ordinal) ? 304 : 200, (int)all.StatusCode);
    }

    private static HttpRequestMessage Request(string method, string url, string body, string ifMatch)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), url);
        if (body.Length > 0) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        request.Headers.Add("Prefer", "return=representation");
        return request;
    }
}

[CollectionDefinition(nameof(Isles))]
public sealed class IslesCollection : ICollectionFixture<Isles>;
