using System.Net;
using System.Text.Json;
using HazardMap.Service.Sync.Events;
using HazardMap.Service.Tests.Worlds;
using static HazardMap.Service.Tests.Sync.PondAndTwo;

namespace HazardMap.Service.Tests.Sync;

/// <summary>The stream of changes: in the order in which they became visible, resumed without gap, confined to an area.</summary>
public sealed class EventTests(PondAndTwo world) : IClassFixture<PondAndTwo>, IAsyncLifetime
{
    public Task InitializeAsync() => world.ReadyAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_change_is_told_with_who_what_and_where()
    {
        await using var stream = await OpenAsync(world.Administrator, null);
        var pond = await world.PondAsync();
        await EditAsync(world.Li, pond, new { DepthMetres = 3, Flow = "Fast" }, "W/\"1\"");
        var made = await stream.NextAsync(pond);
        Assert.Equal("insert", Text(made, "operation"));
        var edited = await stream.NextAsync(pond);
        Assert.Equal(("Hazards", "update", 2, "532601", "li"), (Text(edited, "entity"), Text(edited, "operation"),
            edited.GetProperty("version").GetInt32(), Text(edited, "divisionCode"), Text(edited, "actor")));
        Assert.Equal("DepthMetres Flow", string.Join(' ',
            edited.GetProperty("fields").EnumerateArray().Select(x => x.GetString()).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Who_comes_back_hears_what_he_missed_once_and_in_order()
    {
        var pond = await world.PondAsync();
        string place;
        await using (var stream = await OpenAsync(world.Administrator, null))
        {
            await EditAsync(world.Li, pond, new { DepthMetres = 3 }, "W/\"1\"");
            Assert.Equal(2, (await stream.NextAsync(pond)).GetProperty("version").GetInt32());
            place = stream.Place;
        }
        for (var depth = 4; depth <= 8; depth++) await EditAsync(world.Li, pond, new { DepthMetres = depth }, "*");
        await using var again = await OpenAsync(world.Administrator, place);
        await EditAsync(world.Li, pond, new { DepthMetres = 9 }, "*");
        var versions = new List<int>();
        while (versions.Count < 6) versions.Add((await again.NextAsync(pond)).GetProperty("version").GetInt32());
        Assert.Equal([3, 4, 5, 6, 7, 8], versions);
    }

    [Fact]
    public async Task What_commits_late_with_an_early_number_is_not_missed()
    {
        var (slow, quick) = (await world.PondAsync(), await world.PondAsync());
        await using var stream = await OpenAsync(world.Administrator, null);
        await using var connection = await world.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = new Npgsql.NpgsqlCommand("update register.hazards set depth_metres = 7 where id = $1", connection);
        command.Parameters.Add(new() { Value = slow });
        await command.ExecuteNonQueryAsync();
        await EditAsync(world.Li, quick, new { DepthMetres = 3 }, "W/\"1\"");
        Assert.Equal(2, (await stream.NextAsync(quick)).GetProperty("version").GetInt32());
        await transaction.CommitAsync();
        Assert.Equal(2, (await stream.NextAsync(slow)).GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task A_confined_reader_hears_of_his_area_and_of_what_leaves_it()
    {
        await using var stream = await OpenAsync(world.Li, null);
        var (mine, other) = (await world.PondAsync(), await world.PondAsync());
        Assert.Equal("insert", Text(await stream.NextAsync(mine), "operation"));
        await EditAsync(world.Wang, other, new { DivisionCode = "532622" }, "*", "wang");
        Assert.Equal("insert", Text(await stream.NextAsync(other), "operation"));
        var left = await stream.NextAsync(other);
        Assert.Equal(("removed", "532601"), (Text(left, "operation"), Text(left, "divisionCode")));
        Assert.False(left.TryGetProperty("fields", out _) || left.TryGetProperty("actor", out _));
        await EditAsync(world.Wang, other, new { DepthMetres = 9 }, "*", "wang"); // none of his
        await EditAsync(world.Wang, mine, new { DepthMetres = 9 }, "*", "wang");
        var next = await stream.NextAsync();
        while (Text(next, "operation") == "many") next = await stream.NextAsync(); // another test's flood
        Assert.Equal(mine.ToString(), Text(next, "id"));
    }

    [Theory, InlineData("nonsense"), InlineData("999-1-1"), InlineData("1-99999999-1")]
    public async Task A_place_that_is_none_any_more_is_told_to_read_again(string place)
    {
        await using var stream = await OpenAsync(world.Administrator, place);
        Assert.Equal("reset", stream.Mark);
    }

    [Fact]
    public async Task A_flood_is_one_event_an_entity()
    {
        await using var stream = await OpenAsync(world.Li, null);
        await world.ExecuteAsync("""
            insert into register.hazards (code, name, kind, shape, division_code, source)
            select 'F' || gen_random_uuid(), '塘', 'Pond', 'POINT(104.24 23.37)', '532601', 'test' from generate_series(1, 600)
            """);
        var many = await stream.NextAsync();
        while (Text(many, "operation") != "many") many = await stream.NextAsync();
        Assert.Equal("Hazards", Text(many, "entity"));
    }

    [Fact]
    public async Task A_stream_ends_with_the_log_in_that_opened_it()
    {
        var name = "leaver" + Guid.NewGuid().ToString("N")[..6];
        var leaver = await world.AccountAsync(name, ("Viewer", "532601"));
        await using var stream = await OpenAsync(leaver, null);
        await world.ExecuteAsync($"update account.accounts set disabled_at = now() where user_name = '{name}'; "
            + "notify hazardmap_accounts");
        await Task.Delay(200);
        await world.PondAsync();
        Assert.True(await stream.EndsAsync());
    }

    [Fact]
    public async Task A_stranger_hears_nothing() =>
        Assert.Equal(HttpStatusCode.Unauthorized, (await world.Stranger.GetAsync("/api/events")).StatusCode);

    private async Task<Stream> OpenAsync(HttpClient who, string? place)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/events");
        if (place is not null) request.Headers.Add("Last-Event-ID", place);
        var answer = await who.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var stream = new Stream(answer, new StreamReader(await answer.Content.ReadAsStreamAsync()));
        if (place is null || EventPlace.Read(place) is null or { Era: 999 } or { Seq: 99999999 }) await stream.ReadyAsync();
        return stream;
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    /// <summary>A stream as somebody hears it.</summary>
    private sealed class Stream(HttpResponseMessage answer, StreamReader lines) : IAsyncDisposable
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

        public string Place { get; private set; } = "";

        public string Mark { get; private set; } = "";

        public async Task ReadyAsync()
        {
            while (Mark.Length == 0) await LineAsync();
        }

        public async Task<JsonElement> NextAsync(Guid? about = null)
        {
            while (true)
            {
                if (await LineAsync() is not { } data) continue;
                // that its level moved is told as well, where it did
                if (Text(data, "entity") != "Hazards" || data.TryGetProperty("fields", out var fields) && IsLevel(fields)) continue;
                if (about is null || data.TryGetProperty("id", out var id) && id.GetString() == about.ToString()) return data;
            }
        }

        private static bool IsLevel(JsonElement fields) => fields.EnumerateArray().Any(x => x.GetString() == "RiskLevel");

        public async Task<bool> EndsAsync()
        {
            using var patience = new CancellationTokenSource(Patience);
            while (await lines.ReadLineAsync(patience.Token) is not null) { }
            return true;
        }

        private string _event = "";

        // The data of a change; null: some other line.
        private async Task<JsonElement?> LineAsync()
        {
            using var patience = new CancellationTokenSource(Patience);
            var line = await lines.ReadLineAsync(patience.Token) ?? throw new InvalidOperationException("the stream ended");
            if (line.StartsWith("id: ", StringComparison.Ordinal)) Place = line[4..];
            if (line.StartsWith("event: ", StringComparison.Ordinal)) _event = line[7..];
            if (!line.StartsWith("data: ", StringComparison.Ordinal)) return null;
            if (_event == "change") return JsonDocument.Parse(line[6..]).RootElement;
            Mark = _event;
            return null;
        }

        public ValueTask DisposeAsync()
        {
            lines.Dispose();
            answer.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
