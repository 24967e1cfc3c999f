using System.Text.Json;
using HazardMap.Service.Changes;
using HazardMap.Service.Tests.Tiles;

namespace HazardMap.Service.Tests.Changes;

/// <summary>Open maps hear of every change, once, and of a flood as one.</summary>
public sealed class ChangeFeedTests(ValleyOfWaters valley) : IClassFixture<ValleyOfWaters>
{
    [Fact]
    public async Task An_edit_is_heard_with_its_place()
    {
        var heard = await ListenAsync(() => valley.ExecuteAsync(
            "update register.hazards set depth_metres = coalesce(depth_metres, 0) + 1 where id = $1", ValleyOfWaters.Pond));
        var change = Assert.Single(heard);
        Assert.Equal(("Hazards", ValleyOfWaters.Pond, 105.5, 24.2),
            (change.GetProperty("entity").GetString(), change.GetProperty("id").GetGuid(), change.GetProperty("lon").GetDouble(),
                change.GetProperty("lat").GetDouble()));
    }

    [Fact]
    public async Task A_water_that_is_edited_and_scored_is_heard_once_and_so_is_its_neighbour()
    {
        var heard = await ListenAsync(() => valley.ExecuteAsync("""
            do $$ begin
              update register.hazards set depth_metres = coalesce(depth_metres, 0) + 1 where code in ('POND');
              update register.hazard_risks set score = score + 1 where hazard_id in (select id from register.hazards
                where code in ('POND', 'LAKE'));
              update register.hazard_risks set scored_at = now() where hazard_id in (select id from register.hazards where code = 'REACH');
            end $$
            """));
        Assert.Equal(2, heard.Count);
        Assert.Equal(2, heard.Select(h => h.GetProperty("id").GetGuid()).Distinct().Count());
    }

    [Fact]
    public async Task A_flood_is_one_announcement()
    {
        var heard = await ListenAsync(() => valley.ExecuteAsync("update register.hazard_risks set score = score + 1"));
        Assert.Equal(["""{"entity":"Hazards","many":true}"""],
            heard.Select(h => h.GetRawText().Replace(" ", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_flood_row_by_row_is_bounded_too()
    {
        var heard = await ListenAsync(() => valley.ExecuteAsync("""
            do $$ declare r record; begin
              for r in select id from register.facilities loop update register.facilities set capacity = coalesce(capacity, 0) + 1
              where id = r.id; end loop;
            end $$
            """));
        Assert.Equal(100, heard.Count(h => h.TryGetProperty("id", out _)));
        Assert.Equal("Facilities", Assert.Single(heard, h => h.TryGetProperty("many", out _)).GetProperty("entity").GetString());
    }

    // PostgreSQL lets whoever is connected announce.
    [Theory]
    [InlineData("{\"entity\":\"Hazards\"}\n\nevent: other"), InlineData("not json"), InlineData("[]"), InlineData("{\"many\":true}")]
    [InlineData("{\"entity\":\"Hazards\",\"many\":true,\"script\":\"x\"}"), InlineData("{\"entity\":\"<b>\",\"many\":true}")]
    [InlineData("{\"entity\":\"Hazards\",\"id\":{\"a\":1}}"), InlineData("{\"entity\":1}"), InlineData("")]
    public async Task What_is_not_an_announcement_of_ours_is_not_heard(string payload) =>
        Assert.Empty(await ListenAsync(() => valley.ExecuteAsync("select pg_notify('hazardmap_changes', $1)", payload)));

    [Fact]
    public async Task What_is_rolled_back_or_changes_nothing_is_not_heard()
    {
        Assert.Empty(await ListenAsync(() => valley.ExecuteAsync("""
            begin; update register.hazards set name = 'x'; rollback;
            update register.hazards set name = name where code = 'POND';
            """)));
    }

    [Fact]
    public async Task A_new_and_a_deleted_facility_are_heard()
    {
        var heard = await ListenAsync(() => valley.ExecuteAsync("""
            insert into register.facilities (code, name, kind, location, division_code, source)
              values ('NEW', '新校', 'School', 'POINT(104 23)', '532601', 'test')
            """));
        Assert.Equal("Facilities", Assert.Single(heard).GetProperty("entity").GetString());
        Assert.Single(await ListenAsync(() => valley.ExecuteAsync("delete from register.facilities where code = 'NEW'")));
    }

    [Fact]
    public async Task The_feed_recovers_when_its_connection_is_lost_and_says_that_things_may_have_changed()
    {
        var feed = valley.Service<ChangeFeed>();
        var (changes, subscription) = feed.Subscribe();
        using var _ = subscription;
        await valley.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() "
            + "and query = 'listen hazardmap_changes'");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        Assert.Contains("many", (await changes.ReadAsync(patience.Token)).Json, StringComparison.Ordinal);
        Assert.Single(await ListenAsync(
            () => valley.ExecuteAsync("update register.hazards set depth_metres = coalesce(depth_metres, 0) + 1 where code = 'LAKE'")),
            h => h.TryGetProperty("id", out var _));
    }

    [Fact]
    public async Task An_open_map_hears_an_edit_over_http_within_a_second()
    {
        var feed = valley.Service<ChangeFeed>();
        while (feed.Count > 0) // the listener of another test, whose going the server has not noticed yet
            await Task.Delay(10);
        var edit = Task.Run(async () =>
        {
            while (feed.Count == 0)
                await Task.Delay(10);
            await valley.ExecuteAsync(
                "update register.hazards set depth_metres = coalesce(depth_metres, 0) + 1 where id = $1", ValleyOfWaters.Pond);
            return System.Diagnostics.Stopwatch.GetTimestamp();
        });
        var heard = await ReadEventsAsync(lastId: null, count: 1,
            e => e.TryGetProperty("id", out var id) && id.GetGuid() == ValleyOfWaters.Pond);
        Assert.Equal("Hazards", heard[0].Data.GetProperty("entity").GetString());
        Assert.InRange(System.Diagnostics.Stopwatch.GetElapsedTime(await edit), TimeSpan.FromSeconds(-1), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_listener_that_comes_back_after_missing_something_is_told()
    {
        var first = await ReadEventsAsync(lastId: "0badcafe-17", count: 7);
        var told = first.Select(e => e.Data.GetProperty("entity").GetString());
        Assert.Equal(["CatchmentAreas", "Divisions", "Facilities", "Hazards", "Reaches", "Settlements", "Ways"], told,
            StringComparer.Ordinal);
        Assert.All(first, e => Assert.True(e.Data.GetProperty("many").GetBoolean()));
    }

    [Fact]
    public async Task A_listener_that_does_not_read_is_dropped()
    {
        var feed = valley.Service<ChangeFeed>();
        var (changes, subscription) = feed.Subscribe();
        using var _ = subscription;
        for (var round = 0; round <= ChangeFeed.Unread / 100; round++)
            await valley.ExecuteAsync("update register.facilities set capacity = coalesce(capacity, 0) + 1 "
                + "where id in (select id from register.facilities order by id limit 100)");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await changes.Completion.WaitAsync(TimeSpan.FromMilliseconds(1)).ContinueWith(_ => { }, TaskScheduler.Default);
        var read = 0;
        await foreach (var change in changes.ReadAllAsync(patience.Token))
            read++;
        Assert.Equal(ChangeFeed.Unread, read);
    }

    // What is announced between a marker before the act (what an earlier test did may still be on its way) and one after it.
    private async Task<List<JsonElement>> ListenAsync(Func<Task> act)
    {
        var feed = valley.Service<ChangeFeed>();
        while (feed.Number < ChangeFeed.Everything.Count)
            await Task.Delay(20); // it begins to listen a moment after the service serves
        var (changes, subscription) = feed.Subscribe();
        using var _ = subscription;
        const string Marker = "select pg_notify('hazardmap_changes', '{\"entity\":\"marker\"}')";
        await valley.ExecuteAsync(Marker);
        await act();
        await valley.ExecuteAsync(Marker);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var (heard, markers) = (new List<JsonElement>(), 0);
        await foreach (var change in changes.ReadAllAsync(patience.Token))
        {
            var data = JsonDocument.Parse(change.Json).RootElement;
            if (data.GetProperty("entity").GetString() != "marker") heard.Add(data);
            else if (++markers == 1) heard.Clear();
            else break;
        }
        return heard;
    }

    private async Task<List<(string Id, JsonElement Data)>> ReadEventsAsync(string? lastId, int count,
        Predicate<JsonElement>? wanted = null)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/changes");
        if (lastId is not null)
            request.Headers.Add("Last-Event-ID", lastId);
        var answer = await valley.Administrator.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(patience.Token));
        var (events, id) = (new List<(string, JsonElement)>(), "");
        while (events.Count < count && await reader.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
                id = line[4..];
            if (line.StartsWith("data: ", StringComparison.Ordinal) && JsonDocument.Parse(line[6..]).RootElement is var data
                && wanted?.Invoke(data) != false)
                events.Add((id, data));
        }
        return events;
    }
}
