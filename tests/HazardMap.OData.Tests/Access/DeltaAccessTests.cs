using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests.Access;

/// <summary>Delta links and who may see what: areas, masks, changed rights, tokens that are not ours or too old.</summary>
[Collection(nameof(Isles))]
public sealed class DeltaAccessTests(Isles isles) : IDisposable
{
    public void Dispose() => Assert.Empty(isles.Unexpected);

    [Fact]
    public async Task What_enters_the_area_is_told_whole_what_leaves_it_is_removed_and_what_stays_outside_is_not_mentioned()
    {
        using var north = isles.Client("N");
        await RunAsync("insert into isles.huts values (21, 'N1', 'Leaves', null, 1), (22, 'S1', 'Enters', null, 1), "
            + "(23, 'S1', 'Stays', null, 1), (24, 'N2', 'Goes', null, 1)");
        var copy = new DeltaReaderCopy(north, "Huts?$filter=Beds gt 0", "Id");
        await copy.LoadAsync();
        await RunAsync("update isles.huts set island_code = 'S1' where id = 21; update isles.huts set island_code = 'N1' where id = 22");
        await RunAsync("update isles.huts set beds = 5 where id = 23; delete from isles.huts where id = 24");
        await RunAsync("insert into isles.huts values (25, 'S1', 'New outside', null, 1); delete from isles.huts where id = 25");
        await copy.CatchAsync();
        Assert.Equal("22", Assert.Single(copy.Changed)["Id"]!.ToString());
        Assert.Equal([("21", "changed"), ("24", "deleted")], copy.Removed);
        await RunAsync("delete from isles.huts where id in (21, 22, 23)");
        await copy.CatchAsync();
        Assert.Equal([("22", "deleted")], copy.Removed);
    }

    [Fact]
    public async Task A_delta_masks_what_the_read_masks_and_expands_within_the_area()
    {
        using var north = isles.Client("N");
        var copy = new DeltaReaderCopy(north, "Visits?$expand=Hut", "Id");
        await copy.LoadAsync();
        await RunAsync("update isles.visits set fee = fee + 1 where id in (11, 12, 98); update isles.visits set fee = fee - 1 "
            + "where id in (11, 12, 98)");
        await copy.CatchAsync();
        Assert.Equal(["11", "12"], copy.Changed.Select(x => x["Id"]!.ToString()));
        var text = string.Concat(copy.Changed.Select(x => x.ToJsonString()));
        Assert.DoesNotContain("SECRET", text, StringComparison.Ordinal);
        Assert.DoesNotContain("SOUTH", text, StringComparison.Ordinal);
        Assert.Null(copy.Rows["12"]["Hut"]);
        await RunAsync("update isles.huts set beds = beds where id = 9");
        await copy.CatchAsync();
        Assert.DoesNotContain("SOUTH", string.Concat(copy.Changed.Select(x => x.ToJsonString())), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*", false)]
    [InlineData("S", false)]
    [InlineData("N", true)]
    [InlineData("N1", false)]
    [InlineData(null, false)]
    public async Task A_link_is_gone_when_what_its_bearer_may_see_has_changed(string? area, bool personal)
    {
        using var north = isles.Client("N");
        var copy = new DeltaReaderCopy(north, "Huts", "Id");
        await copy.LoadAsync();
        using var other = isles.Client(area, personal);
        var (status, error) = await other.RefusedAsync(copy.Link);
        Assert.Equal(410, status);
        Assert.Equal("DeltaGone", (string)error!["code"]!);
    }

    [Theory]
    [InlineData("expired", 410)]
    [InlineData("restored", 410)]
    [InlineData("otherkey", 400)]
    [InlineData("odata", 200)]
    public async Task A_link_that_is_too_old_of_another_database_or_sealed_by_somebody_else_is_refused(string root, int status)
    {
        using var north = isles.Client("N");
        var copy = new DeltaReaderCopy(north, "Huts?$select=Id", "Id");
        await copy.LoadAsync();
        using var response = await north.GetAsync(copy.Link.Replace("/odata/", $"/{root}/", StringComparison.Ordinal));
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task A_link_from_the_future_of_a_database_that_was_set_back_is_gone()
    {
        using var north = isles.Client("N");
        var copy = new DeltaReaderCopy(north, "Huts", "Id");
        await copy.LoadAsync();
        var mine = DeltaToken.Read(TokenOf(copy.Link), new ODataOptions { DataSource = isles.Source });
        var later = mine with { Moment = new TransactionMoment(mine.Moment.End + 1_000_000_000, []) };
        Assert.Equal(410, (await north.RefusedAsync(copy.Link.Replace(TokenOf(copy.Link),
            later.Write(new ODataOptions { DataSource = isles.Source }), StringComparison.Ordinal))).Status);
    }

    [Fact]
    public async Task A_token_that_is_changed_or_used_for_another_question_is_refused_and_never_an_error_of_ours()
    {
        using var north = isles.Client("N");
        var copy = new DeltaReaderCopy(north, "Huts?$filter=Beds gt 0", "Id");
        await copy.LoadAsync();
        var token = TokenOf(copy.Link);
        for (var i = 0; i < token.Length; i += 3)
        {
            var changed = token[..i] + (token[i] == 'A' ? 'B' : 'A') + token[(i + 1)..];
            Assert.Equal(400, (await north.RefusedAsync(copy.Link.Replace(token, changed, StringComparison.Ordinal))).Status);
        }
        foreach (var garbage in new[] { "x", "%F0%9F%98%80", token[..20], token + token, "!!!!", new string('A', 4000), "null", "1:1:" })
            Assert.Equal(400, (await north.RefusedAsync($"Huts?$filter=Beds gt 0&$deltatoken={garbage}")).Status);
        Assert.Equal(400, (await north.RefusedAsync($"Huts?$filter=Beds gt 1&$deltatoken={token}")).Status);
        Assert.Equal(400, (await north.RefusedAsync($"Huts?$deltatoken={token}")).Status);
        Assert.Equal(400, (await north.RefusedAsync($"Islands?$deltatoken={token}")).Status);
        Assert.Equal(400, (await north.RefusedAsync($"Huts(1)?$deltatoken={token}")).Status);
        Assert.Equal(400, (await north.RefusedAsync($"Huts?$filter=Beds gt 0&$deltatoken={token}&$skiptoken=rubbish.{token}")).Status);
        Assert.Equal(400, (await north.RefusedAsync($"Huts?$filter=Beds gt 0&$skiptoken=rubbish.rubbish")).Status);
    }

    [Theory]
    [InlineData("Huts?$filter=startswith(Owner,'SECRET')")]
    [InlineData("Visits?$filter=Hut/Owner eq 'x'")]
    [InlineData("Huts?$expand=Visits($filter=Guest eq 'x')")]
    public async Task Tracking_is_no_way_round_a_mask(string url)
    {
        using var north = isles.Client("N");
        using var request = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { { "Prefer", "track-changes" } } };
        using var response = await north.SendAsync(request);
        Assert.Equal(403, (int)response.StatusCode);
    }

    private Task RunAsync(string sql) => Coast.RunAsync(isles.Source, sql);

    private static string TokenOf(string link) => link[(link.IndexOf("$deltatoken=", StringComparison.Ordinal) + 12)..];
}
