using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests.Translation;

/// <summary>
/// Days and moments at the calendar's ends are kept as they are sent, and what only SQL can put into a table (infinity, years beyond
/// the calendar, 24:00, months in an interval) is null in an answer and breaks no question.
/// </summary>
public sealed class EdgeOfTimeTests(Coast coast) : IClassFixture<Coast>, IAsyncLifetime
{
    private const string First = "first light", Last = "last light", Infinite = "infinite light", Before = "light before the calendar",
        After = "light after it";

    public async Task InitializeAsync() => await Coast.RunAsync(coast.Source, $"""
        insert into coast.lighthouses (id, name, kind, place, built_on, last_seen_at, opens_at, blink) values
          ('03000000-0000-7000-8000-000000000001', '{First}', 'Tower', 'POINT(1 1)', null, null, null, null),
          ('03000000-0000-7000-8000-000000000002', '{Last}', 'Tower', 'POINT(1 1)', null, null, null, null),
          ('03000000-0000-7000-8000-000000000003', '{Infinite}', 'Tower', 'POINT(1 1)', 'infinity', 'infinity', '24:00', '1 mon 2 days'),
          ('03000000-0000-7000-8000-000000000004', '{Before}', 'Tower', 'POINT(1 1)', '-infinity', '-infinity', '24:00', '-1 day -2 hours'),
          ('03000000-0000-7000-8000-000000000005', '{After}', 'Tower', 'POINT(1 1)', '10000-01-01', '10000-01-01Z', '23:00:00.5',
           '9000000 days 5 seconds')
        on conflict do nothing
        """);

    public Task DisposeAsync() => Task.CompletedTask;

    private const string Mine = "startswith(cast(Id,Edm.String),'03000000')";

    private async Task<(HttpStatusCode Status, string Body)> PatchAsync(int light, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"Lighthouses(03000000-0000-7000-8000-00000000000{light})")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        request.Headers.Add("Prefer", "return=representation");
        using var response = await coast.Http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(1, "BuiltOn", "0001-01-01", "0001-01-01")]
    [InlineData(2, "BuiltOn", "9999-12-31", "9999-12-31")]
    [InlineData(1, "LastSeenAt", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000000Z")]
    [InlineData(2, "LastSeenAt", "9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.999999Z")]
    [InlineData(2, "LastSeenAt", "9999-12-31T23:59:59.999999999999Z", "9999-12-31T23:59:59.999999Z")]
    [InlineData(1, "OpensAt", "00:00:00", "00:00:00.000000")]
    [InlineData(2, "OpensAt", "23:59:59.9999999", "23:59:59.999999")]
    public async Task The_ends_of_the_calendar_are_kept_as_they_are_sent(int light, string property, string sent, string kept)
    {
        var (status, body) = await PatchAsync(light, $$"""{"{{property}}":"{{sent}}"}""");
        Assert.True(status == HttpStatusCode.OK, body);
        Assert.Equal(kept, (string?)JsonNode.Parse(body)![property]);
        var name = light == 1 ? First : Last;
        Assert.Equal([name], await coast.Http.NamesAsync($"Lighthouses?$filter={property} eq {sent} and {Mine}"));
    }

    [Theory]
    [InlineData("BuiltOn", "0000-01-01", "9999-12-31")]
    [InlineData("BuiltOn", "-0044-03-15", "9999-12-31")]
    [InlineData("BuiltOn", "10000-01-01", "9999-12-31")]
    [InlineData("BuiltOn", "2023-02-29", "9999-12-31")]
    [InlineData("BuiltOn", "infinity", "9999-12-31")]
    [InlineData("LastSeenAt", "0001-01-01T00:00:00+08:00", "9999-12-31T23:59:59.999999Z")]
    [InlineData("LastSeenAt", "9999-12-31T23:59:59-00:01", "9999-12-31T23:59:59.999999Z")]
    [InlineData("LastSeenAt", "2024-01-01T24:00:00Z", "9999-12-31T23:59:59.999999Z")]
    [InlineData("LastSeenAt", "2016-12-31T23:59:60Z", "9999-12-31T23:59:59.999999Z")]
    [InlineData("LastSeenAt", "2024-01-01T00:00:00+14:01", "14:00")]
    [InlineData("LastSeenAt", "01/02/2024 10:00Z", "9999-12-31T23:59:59.999999Z")]
    [InlineData("LastSeenAt", "-infinity", "9999-12-31T23:59:59.999999Z")]
    [InlineData("OpensAt", "24:00:00", "23:59:59.999999")]
    [InlineData("OpensAt", "10 PM", "23:59:59.999999")]
    public async Task What_the_calendar_does_not_have_is_refused_with_its_range(string property, string sent, string range)
    {
        var (status, body) = await PatchAsync(1, $$"""{"{{property}}":"{{sent}}"}""");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(range, body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BuiltOn lt 10000-01-01")]
    [InlineData("BuiltOn gt -0044-03-15")]
    [InlineData("BuiltOn gt 0000-01-01")]
    [InlineData("LastSeenAt lt 10000-01-01T00:00:00Z")]
    [InlineData("LastSeenAt gt 0001-01-01T00:00:00%2B08:00")]
    [InlineData("LastSeenAt eq 2016-12-31T23:59:60Z")]
    [InlineData("OpensAt lt 24:00:00")]
    public async Task So_is_a_literal(string filter)
    {
        var (status, error) = await coast.Http.RefusedAsync($"Lighthouses?$filter={filter}");
        Assert.Equal(400, status);
        Assert.Contains(" to ", (string)error!["message"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$filter=MINE and year(BuiltOn) gt 0&$orderby=Name")]
    [InlineData("$filter=MINE and year(LastSeenAt) lt 99999 or month(LastSeenAt) eq 1 or second(LastSeenAt) eq 5")]
    [InlineData("$filter=MINE and not (year(BuiltOn) eq 2024)")]
    [InlineData("$filter=MINE&$orderby=year(BuiltOn),day(LastSeenAt),hour(OpensAt)")]
    [InlineData("$filter=MINE and BuiltOn sub 2000-01-01 gt duration'P1D'")]
    [InlineData("$filter=MINE and LastSeenAt sub 2000-01-01T00:00:00Z gt duration'P1D'")]
    [InlineData("$filter=MINE and date(LastSeenAt) ne null and time(LastSeenAt) ne 05:00:00 and totaloffsetminutes(LastSeenAt) eq 0")]
    [InlineData("$filter=MINE and totalseconds(Blink) gt 5 or fractionalseconds(LastSeenAt) gt 0.1")]
    [InlineData("$filter=MINE and BuiltOn add duration'P1D' gt 2024-01-01")]
    [InlineData("$filter=MINE&$compute=LastSeenAt sub 0001-01-01T00:00:00Z as Long,BuiltOn add duration'P1D' as Next&$select=Long,Next")]
    [InlineData("$filter=MINE&$orderby=BuiltOn,LastSeenAt,OpensAt,Blink")]
    [InlineData("$filter=MINE and cast(BuiltOn,Edm.String) ne '' and cast(Blink,Edm.String) ne ''")]
    [InlineData("$apply=filter(MINE)/groupby((BuiltOn,LastSeenAt,OpensAt,Blink),aggregate($count as n))")]
    [InlineData("$apply=filter(MINE)/aggregate(BuiltOn with min as a,BuiltOn with max as b,LastSeenAt with max as c)")]
    [InlineData("$apply=filter(MINE)/aggregate(Blink with sum as total,Blink with average as mean,OpensAt with max as late)")]
    [InlineData("$apply=compute(year(LastSeenAt) as y)/groupby((y),aggregate($count as n))")]
    public async Task Infinity_in_a_row_breaks_no_question(string query) =>
        await coast.Http.JsonAsync("Lighthouses?" + query.Replace("MINE", Mine, StringComparison.Ordinal));

    [Fact]
    public async Task What_the_calendar_does_not_have_is_null_and_a_month_is_thirty_days()
    {
        var light = await coast.Http.JsonAsync("Lighthouses(03000000-0000-7000-8000-000000000003)");
        Assert.Equal("null null null P32D", $"{Text(light, "BuiltOn")} {Text(light, "LastSeenAt")} {Text(light, "OpensAt")} "
            + Text(light, "Blink"));
        var before = await coast.Http.JsonAsync("Lighthouses(03000000-0000-7000-8000-000000000004)");
        Assert.Equal("null null -P1DT2H", $"{Text(before, "BuiltOn")} {Text(before, "LastSeenAt")} {Text(before, "Blink")}");
        var after = await coast.Http.JsonAsync("Lighthouses(03000000-0000-7000-8000-000000000005)");
        Assert.Equal("null null 23:00:00.500000 P9000000DT5S", $"{Text(after, "BuiltOn")} {Text(after, "LastSeenAt")} "
            + $"{Text(after, "OpensAt")} {Text(after, "Blink")}");
    }

    [Fact]
    public async Task An_entity_inside_another_says_the_same()
    {
        await Coast.RunAsync(coast.Source, """
            insert into coast.harbours values ('ZZ9', 'Edge', null, null, 'infinity', null) on conflict do nothing;
            update coast.lighthouses set harbour_code = 'ZZ9' where id::text like '03000000%'
            """);
        const string Members = "BuiltOn,LastSeenAt,OpensAt,Blink";
        var inside = (await coast.Http.JsonAsync($"Harbours('ZZ9')?$expand=Lighthouses($select={Members};$orderby=Name)"))["Lighthouses"]!;
        var plain = (await coast.Http.JsonAsync($"Lighthouses?$filter=HarbourCode eq 'ZZ9'&$select={Members}&$orderby=Name"))["value"]!;
        Assert.Equal(plain.AsArray().Select(Values), inside.AsArray().Select(Values));

        static string Values(JsonNode? light) => string.Join(' ', Members.Split(',').Select(x => Text(light!, x)));
    }

    [Fact]
    public async Task Pages_in_the_order_of_time_go_past_infinity()
    {
        foreach (var key in new[] { "BuiltOn", "LastSeenAt", "OpensAt", "Blink", "BuiltOn desc", "LastSeenAt desc" })
        {
            var names = new List<string>();
            var url = new Uri(coast.SmallPages, $"Lighthouses?$select=Name&$filter={Mine} or LastSeenAt eq null&$orderby={key}").ToString();
            for (var pages = 0; url is not null && pages < 200; pages++)
            {
                var page = await coast.Http.JsonAsync(url);
                names.AddRange(page["value"]!.AsArray().Select(x => (string)x!["Name"]!));
                url = (string?)page["@odata.nextLink"];
            }
            var all = await coast.Http.NamesAsync($"Lighthouses?$select=Name&$filter={Mine} or LastSeenAt eq null&$orderby={key}");
            Assert.Equal(all, names);
            Assert.Contains(Infinite, names);
        }
    }

    private static string Text(JsonNode light, string property) => (string?)light[property] ?? "null";
}
