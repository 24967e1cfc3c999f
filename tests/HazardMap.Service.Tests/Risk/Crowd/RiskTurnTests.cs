using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using HazardMap.Service.Database;
using HazardMap.Service.Risk.Runs;
using HazardMap.Service.Tests.Tiles;
using Npgsql;

namespace HazardMap.Service.Tests.Risk.Crowd;

/// <summary>What others may do while a run has written its scores and has not committed yet, as a nation's is for a while.</summary>
public sealed class RiskTurnTests(CrowdRegister town) : IClassFixture<CrowdRegister>
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Waters_move_while_a_run_has_their_rows_and_the_map_of_the_nation_follows_after_it()
    {
        Guid one = await HazardAsync("H1"), two = await HazardAsync("H2");
        var (x, y, _, _) = ValleyOfWaters.Locate(104, 23, 5);
        await using (var run = await LongRun.BeginAsync(town.Database, "2026-2", "2026-1"))
        {
            var clock = Stopwatch.StartNew();
            var moves = await Task.WhenAll(SendAsync(HttpMethod.Patch, $"Hazards({one})", Move(94, 29)),
                SendAsync(HttpMethod.Post, "$batch", Set(Patch(two, Move(95, 29)), Patch(one, Move(96, 29)))));
            Assert.InRange(clock.Elapsed, TimeSpan.Zero, Hang);
            Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.OK), (moves[0].Status, moves[1].Status));
            Assert.DoesNotContain("\"status\":503", moves[1].Text, StringComparison.Ordinal);
            await town.Administrator.GetByteArrayAsync($"/tiles/hazards/5/{x}/{y}.mvt");
            await run.CommitAsync();
        }
        await CrowdChecks.AssertQuietAndRightAsync(town.Database, "moved during a run");
        var tile = await town.ScalarAsync<byte[]>("select tiles.hazards(5, $1, $2)", x, y);
        Assert.Equal(tile, await town.Administrator.GetByteArrayAsync($"/tiles/hazards/5/{x}/{y}.mvt"));
    }

    [Fact]
    public async Task A_water_that_is_deleted_during_a_run_is_refused_in_time_and_deleted_after_it()
    {
        var (_, made) = await SendAsync(HttpMethod.Post, "Hazards", """
            {"Code":"gone","Name":"gone","Kind":"Pond","DivisionCode":"99","Location":{"type":"Point","coordinates":[104.01,23.01]}}
            """);
        var path = $"Hazards({JsonNode.Parse(made)!["Id"]})";
        await using (await LongRun.BeginAsync(town.Database, "2026-1", "2026-2"))
        {
            var clock = Stopwatch.StartNew();
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await SendAsync(HttpMethod.Delete, path)).Status);
            Assert.InRange(clock.Elapsed, TimeSpan.Zero, Hang);
        }
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(HttpMethod.Delete, path)).Status);
        await CrowdChecks.AssertQuietAndRightAsync(town.Database, "deleted after a run");
    }

    [Fact]
    public async Task Incidents_of_one_water_during_a_run_do_not_wait_one_after_the_other()
    {
        var body = $$"""{"HazardId":"{{await HazardAsync("H3")}}","OccurredOn":"2025-07-01","AgeBand":"Under5","Outcome":"Rescued"}""";
        await using (var run = await LongRun.BeginAsync(town.Database, "2026-1", "2026-3"))
        {
            var clock = Stopwatch.StartNew();
            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SendAsync(HttpMethod.Post, "Incidents", body)));
            Assert.All(answers, a => Assert.Equal(HttpStatusCode.Created, a.Status));
            Assert.InRange(clock.Elapsed, TimeSpan.Zero, Hang);
            await run.CommitAsync();
        }
        await CrowdChecks.AssertQuietAndRightAsync(town.Database, "incidents during a run");
    }

    [Fact]
    public async Task Roads_that_change_while_a_run_brings_a_rule_on_foot_are_caught_up_with()
    {
        await using (var run = await LongRun.BeginAsync(town.Database, "2026-1", "2026-1-walk"))
        {
            await town.ExecuteAsync("update register.road_edges set walk_forward = false, walk_backward = false where way_id % 2 = 0");
            await run.CommitAsync();
        }
        await CrowdChecks.AssertQuietAndRightAsync(town.Database, "roads changed during a run");
        await town.ExecuteAsync("update register.road_edges set walk_forward = true, walk_backward = true");
        await CrowdChecks.AssertQuietAndRightAsync(town.Database, "roads changed");
    }

    [Fact]
    public async Task A_change_set_waits_for_others_for_some_seconds_in_all_and_not_at_each_row()
    {
        Guid[] waters = [await HazardAsync("H11"), await HazardAsync("H12"), await HazardAsync("H13")];
        var others = waters.Select((water, i) => HoldAsync(water, TimeSpan.FromSeconds(1.6 * (i + 1)))).ToList();
        await Task.Delay(300);
        var clock = Stopwatch.StartNew();
        var (_, text) = await SendAsync(HttpMethod.Post, "$batch", Set([.. waters.Select(w => Patch(w, """{"DepthMetres":1.5}"""))]));
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(1), Hang);
        Assert.Contains("\"status\":503", text, StringComparison.Ordinal);
        await Task.WhenAll(others);
        await CrowdChecks.AssertQuietAndRightAsync(town.Database, "a set refused");
    }

    private async Task HoldAsync(Guid water, TimeSpan time)
    {
        await using var connection = await town.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var command = connection.Command("select from register.hazards where id = $1 for update", water))
            await command.ExecuteNonQueryAsync();
        await Task.Delay(time);
    }

    private Task<Guid> HazardAsync(string code) => town.ScalarAsync<Guid>("select id from register.hazards where code = $1", code);

    private static string Move(double longitude, double latitude) =>
        $$$"""{"Shape":{"type":"Point","coordinates":[{{{longitude}}},{{{latitude}}}]}}""";

    private static JsonObject Patch(Guid hazard, string body) => new()
    {
        ["id"] = Guid.NewGuid().ToString(), ["atomicityGroup"] = "g", ["method"] = "PATCH", ["url"] = $"Hazards({hazard})",
        ["headers"] = new JsonObject { ["If-Match"] = "*" }, ["body"] = JsonNode.Parse(body),
    };

    private static string Set(params JsonNode[] requests) => new JsonObject { ["requests"] = new JsonArray(requests) }.ToJsonString();

    private async Task<(HttpStatusCode Status, string Text)> SendAsync(HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri("/odata/" + path, UriKind.Relative));
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        using var answer = await town.Administrator.SendAsync(request);
        if (answer.StatusCode == HttpStatusCode.ServiceUnavailable) Assert.NotNull(answer.Headers.RetryAfter);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>A run from one rule to another that has written everything and commits when it is told to.</summary>
    private sealed class LongRun(NpgsqlConnection connection, NpgsqlTransaction transaction) : IAsyncDisposable
    {
        public static async Task<LongRun> BeginAsync(NpgsqlDataSource database, string from, string to)
        {
            await RiskRun.RunAsync(database, from, "test", default);
            var connection = await database.OpenConnectionAsync();
            var transaction = await connection.BeginAsAsync("test", default);
            await RiskRun.RunAsync(connection, to, RiskCause.Import, RiskRunProgress.ToNobody, default);
            return new LongRun(connection, transaction);
        }

        public Task CommitAsync() => transaction.CommitAsync();

        public async ValueTask DisposeAsync()
        {
            await transaction.DisposeAsync();
            await connection.DisposeAsync();
        }
    }
}
