using System.Text.Json.Nodes;
using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests.Tracking;

/// <summary>Prefer: track-changes, and what following the link tells.</summary>
[Collection(nameof(Coast))]
public sealed class DeltaTests(Coast coast) : IAsyncLifetime
{
    public Task InitializeAsync() => RunAsync("delete from coast.markers; insert into coast.markers select i, 'Marker ' || i, case "
        + "when i % 2 = 0 then 'red' else 'green' end, 0 from generate_series(1, 12) i");

    public Task DisposeAsync()
    {
        Assert.Empty(coast.Unexpected);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task The_last_page_of_a_tracked_read_carries_a_delta_link_and_the_first_says_that_it_tracks()
    {
        using var request = Tracked("Markers", "maxpagesize=5");
        using var response = await coast.Http.SendAsync(request);
        Assert.Equal("track-changes", Assert.Single(response.Headers.GetValues("Preference-Applied")));
        var page = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Null(page["@odata.deltaLink"]);
        Assert.NotNull(page["@odata.nextLink"]);
        var copy = Copy("Markers", pageSize: 5);
        await copy.LoadAsync();
        Assert.Equal((3, 12), (copy.Pages, copy.Rows.Count));
        await copy.CatchAsync();
        Assert.Empty(copy.Changed);
        Assert.Empty(copy.Removed);
    }

    [Fact]
    public async Task Without_the_preference_there_is_no_delta_link()
    {
        var page = await coast.Http.JsonAsync("Markers");
        Assert.Null(page["@odata.deltaLink"]);
    }

    [Fact]
    public async Task A_delta_tells_what_was_added_changed_and_deleted_once_however_often_it_changed()
    {
        var copy = Copy("Markers");
        await copy.LoadAsync();
        await RunAsync("update coast.markers set moved = moved + 1 where id = 3");
        await RunAsync("update coast.markers set moved = moved + 1 where id = 3");
        await RunAsync("insert into coast.markers values (100, 'New', 'red')");
        await RunAsync("delete from coast.markers where id = 7");
        await copy.CatchAsync();
        Assert.Equal(["3", "100"], copy.Changed.Select(x => x["Id"]!.ToString()));
        Assert.Equal(2, (int)copy.Changed[0]["Moved"]!);
        Assert.Equal("Marker 3", (string)copy.Changed[0]["Name"]!);
        Assert.Equal([("7", "deleted")], copy.Removed);
        await copy.CatchAsync();
        Assert.Empty(copy.Changed);
        Assert.Empty(copy.Removed);
    }

    [Fact]
    public async Task An_entity_that_leaves_the_filter_is_removed_as_changed_and_one_that_enters_is_whole()
    {
        var copy = Copy("Markers?$filter=Colour eq 'red'&$select=Id,Name");
        await copy.LoadAsync();
        Assert.Equal(6, copy.Rows.Count);
        await RunAsync("update coast.markers set colour = 'green' where id = 2");
        await RunAsync("update coast.markers set colour = 'red' where id = 1");
        await copy.CatchAsync();
        Assert.Equal([("2", "changed")], copy.Removed);
        var entered = Assert.Single(copy.Changed);
        Assert.Equal("Marker 1", (string)entered["Name"]!);
        Assert.Null(entered["Colour"]);
    }

    [Fact]
    public async Task A_delta_comes_in_pages_and_ends_with_the_next_delta_link()
    {
        var copy = Copy("Markers?$orderby=Name desc&$count=true", pageSize: 4);
        await copy.LoadAsync();
        await RunAsync("update coast.markers set moved = 5 where id <> 6; delete from coast.markers where id = 6");
        await copy.CatchAsync();
        Assert.Equal((3, 11, 1), (copy.Pages, copy.Changed.Count, copy.Removed.Count));
        await copy.CatchAsync();
        Assert.Empty(copy.Changed);
    }

    [Fact]
    public async Task A_transaction_that_began_before_the_read_and_commits_after_it_is_told()
    {
        await using var connection = await coast.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var early = new Npgsql.NpgsqlCommand("update coast.markers set moved = 77 where id = 4", connection))
            await early.ExecuteNonQueryAsync();
        await RunAsync("update coast.markers set moved = 1 where id = 5");
        var copy = Copy("Markers");
        await copy.LoadAsync();
        Assert.Equal(0, (int)copy.Rows["4"]["Moved"]!);
        await RunAsync("update coast.markers set moved = 2 where id = 5");
        await copy.CatchAsync();
        Assert.Equal(["5"], copy.Changed.Select(x => x["Id"]!.ToString()));
        await transaction.CommitAsync();
        await copy.CatchAsync();
        Assert.Equal(["4"], copy.Changed.Select(x => x["Id"]!.ToString()));
        Assert.Equal(77, (int)copy.Rows["4"]["Moved"]!);
    }

    [Fact]
    public async Task What_changes_between_the_pages_of_the_first_read_is_told_by_the_first_delta()
    {
        using var request = Tracked("Markers", "maxpagesize=6");
        using var first = await coast.Http.SendAsync(request);
        var next = (string)JsonNode.Parse(await first.Content.ReadAsStringAsync())!["@odata.nextLink"]!;
        await RunAsync("update coast.markers set moved = 9 where id in (1, 12); delete from coast.markers where id = 2");
        var last = await coast.Http.JsonAsync(next);
        var delta = await coast.Http.JsonAsync((string)last["@odata.deltaLink"]!);
        Assert.Equal(["1", "2", "12"], delta["value"]!.AsArray().Select(x => x!["Id"]!.ToString()));
    }

    [Fact]
    public async Task A_client_of_OData_4_0_gets_deleted_entities_in_the_old_form()
    {
        var copy = Copy("Markers");
        await copy.LoadAsync();
        await RunAsync("delete from coast.markers where id = 1");
        using var request = new HttpRequestMessage(HttpMethod.Get, copy.Link);
        request.Headers.Add("OData-MaxVersion", "4.0");
        using var response = await coast.Http.SendAsync(request);
        var gone = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["value"]![0]!;
        Assert.Equal("deleted", (string)gone["reason"]!);
        Assert.EndsWith("Markers(1)", (string)gone["id"]!, StringComparison.Ordinal);
        Assert.EndsWith("$metadata#Markers/$deletedEntity", (string)gone["@odata.context"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_of_an_expanded_entity_is_a_change_of_those_that_carry_it()
    {
        var copy = Copy("Keepers?$expand=Lighthouse($select=Name;$expand=Harbour)&$filter=Name eq 'Thomas'");
        await copy.LoadAsync();
        await RunAsync("update coast.harbours set depth = 7 where code = 'SC1'");
        await copy.CatchAsync();
        var changed = Assert.Single(copy.Changed);
        Assert.Equal(7m, (decimal)changed["Lighthouse"]!["Harbour"]!["Depth"]!);
        await RunAsync("update coast.harbours set depth = null where code = 'SC1'");
    }

    [Fact]
    public async Task A_change_in_an_expanded_collection_is_told_also_when_its_member_moves_away_or_is_deleted()
    {
        await RunAsync("insert into coast.keepers "
            + $"values ('01910000-0000-7000-8000-0000000000d1', '{CoastRows.Pharos}', 'Delta', null, 1)");
        var copy = Copy("Lighthouses?$expand=Keepers($select=Name)&$filter=Name in ('Pharos','Skerryvore')&$select=Id,Name");
        await copy.LoadAsync();
        Assert.Contains("Delta", Keepers(copy, CoastRows.Pharos), StringComparison.Ordinal);
        await RunAsync($"update coast.keepers set lighthouse_id = '{CoastRows.Skerryvore}' where name = 'Delta'");
        await copy.CatchAsync();
        Assert.Equal(2, copy.Changed.Count);
        Assert.DoesNotContain("Delta", Keepers(copy, CoastRows.Pharos), StringComparison.Ordinal);
        Assert.Contains("Delta", Keepers(copy, CoastRows.Skerryvore), StringComparison.Ordinal);
        await RunAsync("delete from coast.keepers where name = 'Delta'");
        await copy.CatchAsync();
        Assert.DoesNotContain("Delta", Keepers(copy, CoastRows.Skerryvore), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_through_navigations_follows_changes_on_the_other_side()
    {
        var copy = Copy("Lighthouses?$filter=Harbour/Depth gt 100 or Keepers/any(k:k/Age gt 200)&$select=Id,Name");
        await copy.LoadAsync();
        Assert.Empty(copy.Rows);
        await RunAsync("update coast.harbours set depth = 101 where code = 'SC1'; update coast.keepers set age = 201 "
            + "where name = 'Sostratus'");
        await copy.CatchAsync();
        Assert.Equal(["Pharos", "Skerryvore"], copy.Rows.Values.Select(x => (string)x["Name"]!).Order(StringComparer.Ordinal));
        await RunAsync("update coast.harbours set depth = null where code = 'SC1'; update coast.keepers set age = 60 "
            + "where name = 'Sostratus'");
        await copy.CatchAsync();
        Assert.Empty(copy.Rows);
    }

    [Theory]
    [InlineData("Markers?$top=3")]
    [InlineData("Markers?$skip=3")]
    [InlineData("Tides?$filter=Id lt 0")]
    [InlineData("Lighthouses?$filter=LastSeenAt lt now()")]
    [InlineData("Harbours('SC1')/Lighthouses")]
    public async Task What_cannot_be_tracked_is_answered_without_a_delta_link_and_without_claiming_it(string url)
    {
        using var request = Tracked(url);
        using var response = await coast.Http.SendAsync(request);
        Assert.False(response.Headers.Contains("Preference-Applied"));
        if (response.IsSuccessStatusCode)
            Assert.DoesNotContain("deltaLink", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private DeltaReaderCopy Copy(string url, int pageSize = 1000, Action<HttpRequestMessage>? with = null) =>
        new(coast.Http, url, "Id", pageSize, with);

    private Task RunAsync(string sql) => Coast.RunAsync(coast.Source, sql);

    private static string Keepers(DeltaReaderCopy copy, Guid lighthouse) =>
        copy.Rows[lighthouse.ToString()]["Keepers"]!.ToJsonString();

    private static HttpRequestMessage Tracked(string url, string more = "") =>
        new(HttpMethod.Get, url) { Headers = { { "Prefer", "odata.track-changes" + (more.Length > 0 ? "," + more : "") } } };
}
