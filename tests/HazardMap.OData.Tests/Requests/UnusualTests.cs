using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests.Requests;

/// <summary>Requests that are rarely made and easily forgotten.</summary>
[Collection(nameof(Coast))]
public sealed class UnusualTests(Coast coast)
{
    [Theory]
    [InlineData("Lighthouses?$top=0&$count=true", 200)]
    [InlineData("Lighthouses?$skip=100000", 200)]
    [InlineData("Lighthouses?$orderby=BuiltOn add duration'P2000000D'&$top=1", 200)]
    [InlineData("Lighthouses?$select=*", 200)]
    [InlineData("Lighthouses?$expand=*", 200)]
    [InlineData("Lighthouses/", 200)]
    [InlineData("Lighthouses?$filter=Keepers/any(k:k/Lighthouse/Name eq 'Pharos')", 200)]
    [InlineData("Lighthouses?$filter=Harbour/Lighthouses/$count gt 14&$orderby=Harbour/Depth desc", 200)]
    [InlineData("Lighthouses?$orderby=Keepers/$count desc,Name&$top=2", 200)]
    [InlineData("Lighthouses?$orderby=1", 200)]
    [InlineData("Lighthouses?$filter=geo.distance(Place,geography'SRID=4326;Point(104.5 23.5)') lt 1e300", 200)]
    [InlineData("Lighthouses?$filter=geo.distance(Place,geography'SRID=4326;Point(104.5 23.5)') lt INF", 200)]
    [InlineData("Lighthouses?$filter=geo.distance(Place,null) lt 5", 200)]
    [InlineData("Lighthouses?$filter=geo.intersects(Place,geography'SRID=4326;Polygon((-180 -90,180 -90,180 90,-180 90,-180 -90))')", 400)]
    [InlineData("Lighthouses?$filter=geo.intersects(Place,geography'Polygon((104 23,105 23,105 24,104 24,104 23))')", 200)]
    [InlineData("Lighthouses?$filter=Height eq NaN or Height gt -INF", 200)]
    [InlineData("Lighthouses?$filter=matchesPattern(Name,'(a*)*b')", 200)]
    [InlineData("Lighthouses?$filter=substring(Name,2147483647) eq '' or substring(Name,-2147483648,2147483647) eq 'x'", 200)]
    [InlineData("Lighthouses?$filter=Id in (01900000-0000-7000-8000-000000000001)", 200)]
    [InlineData("Lighthouses?$filter=HarbourCode in ('AL1',null)", 200)]
    [InlineData("Lighthouses(Id=01900000-0000-7000-8000-000000000001)", 200)]
    [InlineData("Lighthouses/01900000-0000-7000-8000-000000000001/Coast.LookOut", 200)]
    [InlineData("Lighthouses(01900000-0000-7000-8000-000000000001)/Place", 200)]
    [InlineData("Lighthouses(01900000-0000-7000-8000-000000000001)/Place/$value", 200)]
    [InlineData("Lighthouses(01900000-0000-7000-8000-000000000001)/$ref", 200)]
    [InlineData("Lighthouses/$ref", 200)]
    [InlineData("$entity?$id=Lighthouses(1)", 400)]
    [InlineData("$all", 501)]
    [InlineData("$crossjoin(Lighthouses,Keepers)", 501)]
    public async Task An_unusual_request_is_answered(string url, int status)
    {
        using var response = await coast.Http.GetAsync(url);
        Assert.True(status == (int)response.StatusCode, $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
    }

    [Fact]
    public async Task A_count_may_be_asked_for_as_text()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "Lighthouses/$count");
        request.Headers.Add("Accept", "text/plain");
        using var response = await coast.Http.SendAsync(request);
        Assert.Equal("603", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("TRACE", 501)]
    [InlineData("FLY", 501)]
    public async Task A_method_that_is_not_built_says_so(string method, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"Lighthouses({CoastRows.Pharos})");
        using var response = await coast.Http.SendAsync(request);
        Assert.Equal(status, (int)response.StatusCode);
    }
}
