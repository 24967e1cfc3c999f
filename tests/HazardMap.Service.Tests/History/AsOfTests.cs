using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using HazardMap.Service.Database;
using HazardMap.Service.Tests.Register;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.History;

/// <summary>The register as it was: whatever is asked of a moment, the rows of then answer.</summary>
public sealed class AsOfTests(TwoPonds ponds) : IClassFixture<TwoPonds>, IAsyncLifetime
{
    private const string Pond = "0198c0de-0000-7000-8000-0000000000a1";

    public Task InitializeAsync() => ponds.StaffAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_water_that_was_renamed_moved_to_another_county_and_deleted_is_what_it_was_at_each_moment()
    {
        var never = await NowAsync();
        await ponds.ExecuteAsync($"insert into register.hazards (id, code, name, kind, shape, division_code, depth_metres, source) "
            + $"values ('{Pond}', 'P', '老塘', 'Pond', 'POINT(104.24 23.37)', '532601', 1.5, 'test')");
        var old = await NowAsync();
        await ponds.ExecuteAsync($"update register.hazards set name = '新塘', depth_metres = null where id = '{Pond}'");
        var renamed = await NowAsync();
        await ponds.ExecuteAsync(
            $"update register.hazards set division_code = '532622', shape = 'POINT(104.33 23.6)' where id = '{Pond}'");
        var moved = await NowAsync();
        await ponds.ExecuteAsync($"delete from register.hazards where id = '{Pond}'");
        var gone = await NowAsync();

        Assert.Equal(("老塘", 1.5, "532601", 1), await PondAsync(old));
        Assert.Equal(("新塘", null, "532601", 2), await PondAsync(renamed));
        Assert.Equal(("新塘", null, "532622", 3), await PondAsync(moved));
        Assert.Equal(404, await StatusAsync($"Hazards({Pond})?$asof={never}"));
        Assert.Equal(404, await StatusAsync($"Hazards({Pond})?$asof={gone}"));
        Assert.Equal("老塘", (string?)(await GetAsync($"Hazards({Pond})/Name?$asof={old}"))["value"]);
        Assert.Equal("[104.24,23.37]", (await GetAsync($"Hazards({Pond})/Location?$asof={old}"))["value"]!["coordinates"]!.ToJsonString());

        Assert.Equal("1", await TextAsync($"Hazards/$count?$asof={old}&$filter=DepthMetres gt 1"));
        Assert.Equal("0", await TextAsync($"Hazards/$count?$asof={renamed}&$filter=DepthMetres gt 1"));
        Assert.Equal("1", await TextAsync(
            $"Hazards/$count?$asof={old}&$filter=geo.distance(Shape,geography'SRID=4326;Point(104.24 23.37)') lt 10 and Code eq 'P'"));
        Assert.Equal("文山市", (string?)(await GetAsync($"Hazards({Pond})?$asof={old}&$expand=Division"))["Division"]!["Name"]);
        Assert.Equal("砚山县", (string?)(await GetAsync($"Hazards({Pond})/Division?$asof={moved}"))["Name"]);
        Assert.Equal(3, (await GetAsync($"Hazards?$asof={old}&$orderby=Name desc"))["value"]!.AsArray().Count);
        Assert.Equal(2, (int)(await GetAsync($"Hazards?$asof={old}&$apply=filter(DivisionCode eq '532601')/aggregate($count as N)"))
            ["value"]![0]!["N"]!);
    }

    [Fact]
    public async Task Pages_of_a_moment_hold_each_water_of_then_once_though_others_change_meanwhile()
    {
        var then = await NowAsync();
        var whole = await GetAsync($"Hazards?$asof={then}&$orderby=Code");
        var expected = whole["value"]!.AsArray().Select(x => (string)x!["Code"]!).ToList();
        var found = new List<string>();
        for (string? page = $"Hazards?$asof={then}&$orderby=Code&$select=Code"; page is not null;)
        {
            var url = page.StartsWith("http", StringComparison.Ordinal) ? page : "/odata/" + page;
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.Add("Prefer", "maxpagesize=1");
            using var answer = await ponds.Administrator.SendAsync(request);
            var rows = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
            found.AddRange(rows["value"]!.AsArray().Select(x => (string)x!["Code"]!));
            page = (string?)rows["@odata.nextLink"];
            await ponds.ExecuteAsync("insert into register.hazards (code, name, kind, shape, division_code, source) "
                + "values ('A' || gen_random_uuid(), 'x', 'Pond', 'POINT(104.24 23.37)', '532601', 'test')");
        }
        Assert.Equal(expected, found);
    }

    [Fact]
    public async Task Who_is_confined_sees_of_a_moment_what_lay_in_the_area_then_and_people_stay_masked()
    {
        const string id = "0198c0de-0000-7000-8000-0000000000b1";
        await ponds.ExecuteAsync($"""
            insert into register.hazards (id, code, name, kind, shape, division_code, source)
              values ('{id}', 'Q', '界塘', 'Pond', 'POINT(104.33 23.6)', '532622', 'test');
            insert into register.people (id, name, phone, division_code, source) values ('{id}', '张三', '13812345678', '532601', 'test')
            """);
        var outside = await NowAsync();
        await ponds.ExecuteAsync($"update register.hazards set division_code = '532601' where id = '{id}';"
            + $"update register.people set phone = '13912345678', unit = '水务站' where id = '{id}'");
        var inside = await NowAsync();
        Assert.Equal(404, await StatusAsync($"Hazards({id})?$asof={outside}", ponds.Confined));
        Assert.Equal(200, await StatusAsync($"Hazards({id})?$asof={inside}", ponds.Confined));
        var person = await GetAsync($"People({id})?$asof={outside}");
        Assert.Equal(("138****5678", null), ((string?)person["Phone"], (string?)person["Unit"]));
    }

    [Theory]
    [InlineData("RiskRuns?$asof={now}", 501)]
    [InlineData("Hazards?$asof={now}&$expand=Division", 200)]
    [InlineData("Hazards({east})/HazardMap.ExplainRisk()?$asof={now}", 501)]
    [InlineData("Hazards?$asof=2000-01-01T00:00:00Z", 200)]
    public async Task A_set_whose_past_is_not_known_says_so(string url, int status)
    {
        var asked = url.Replace("{now}", await NowAsync(), StringComparison.Ordinal)
            .Replace("{east}", TwoPonds.East, StringComparison.Ordinal);
        using var answer = await ponds.Administrator.GetAsync("/odata/" + asked);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == status, text);
        if (url.Contains("2000", StringComparison.Ordinal)) Assert.Empty(JsonNode.Parse(text)!["value"]!.AsArray());
        if (status == 501) Assert.Equal("zh", (string?)JsonNode.Parse(text)!["error"]!["details"]![0]!["code"]);
    }

    [Fact]
    public async Task Every_view_that_can_be_asked_of_a_moment_has_the_same_columns_as_the_view_of_today()
    {
        var different = await ponds.ScalarAsync<string>("""
            select string_agg(s.name, ', ') from (values ('divisions'), ('hazards'), ('facilities'), ('settlements'), ('people'),
              ('responsibilities'), ('inspections'), ('photos'), ('rectifications'), ('incidents'), ('risk_level_changes')) s (name)
            where to_regprocedure(format('odata.%s_as_of(timestamptz)', s.name)) is null
            """);
        Assert.Null(different);
    }

    private async Task<(string?, double?, string?, int)> PondAsync(string moment)
    {
        var pond = await GetAsync($"Hazards({Pond})?$asof={moment}");
        return ((string?)pond["Name"], (double?)pond["DepthMetres"], (string?)pond["DivisionCode"], (int)pond["Version"]!);
    }

    // The database's own clock, a moment after all that was done.
    private async Task<string> NowAsync() => (await ponds.ScalarAsync<string>(
        "select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"))!;

    private async Task<JsonObject> GetAsync(string url)
    {
        using var answer = await ponds.Administrator.GetAsync("/odata/" + url);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{url}: {text}");
        return JsonNode.Parse(text)!.AsObject();
    }

    private Task<string> TextAsync(string url) => ponds.Administrator.GetStringAsync("/odata/" + url);

    private async Task<int> StatusAsync(string url, HttpClient? client = null)
    {
        using var answer = await (client ?? ponds.Administrator).GetAsync("/odata/" + url);
        return (int)answer.StatusCode;
    }
}

/// <summary>What is known of risk at a moment: levels, which are recorded; never a score of today.</summary>
public sealed class RiskAsOfTests(SchoolPond register) : IClassFixture<SchoolPond>
{
    [Fact]
    public async Task The_level_is_that_of_then_the_score_is_not_told_and_before_the_first_run_there_was_no_level()
    {
        const string near = "Hazards(01900000-0000-7000-8000-000000000001)?$select=RiskLevel,RiskScore,RiskRule,Visits";
        var level = (string?)(await GetAsync(near))["RiskLevel"];
        Assert.NotNull(level);
        var run = await register.ScalarAsync<DateTime>("select min(finished_at) from register.risk_runs where state = 'Done'");
        var after = await GetAsync($"{near}&$asof={DateTime.UtcNow.AddMilliseconds(-1):O}");
        Assert.Equal((level, null, null, null),
            ((string?)after["RiskLevel"], (double?)after["RiskScore"], (string?)after["RiskRule"], (double?)after["Visits"]));
        var before = await GetAsync($"{near}&$asof={run.AddMilliseconds(-1):O}");
        Assert.Null(before["RiskLevel"]);
        await register.ExecuteAsync("""
            insert into register.risk_level_changes (hazard_id, division_code, from_level, to_level, to_score, rule, cause)
            values ('01900000-0000-7000-8000-000000000001', '5326', 'Orange', 'Yellow', 1, 'x', 'Edit')
            """);
        var change = await register.ScalarAsync<DateTime>("select max(changed_at) from register.risk_level_changes");
        Assert.Equal("Orange", (string?)(await GetAsync($"{near}&$asof={change.AddMicroseconds(-1):O}"))["RiskLevel"]);
        Assert.Equal("Yellow", (string?)(await GetAsync($"{near}&$asof={change:O}"))["RiskLevel"]);
    }

    private async Task<JsonObject> GetAsync(string url) => (await register.Administrator.GetFromJsonAsync<JsonObject>("/odata/" + url))!;
}

/// <summary>Whatever happened, the register as of any moment is what a replay of the change log up to then gives.</summary>
/// <remarks><c>HAZARDMAP_LONG=1</c> asks 1,000 moments rather than 30.</remarks>
public sealed class ReplayTests(TwoPonds ponds) : IClassFixture<TwoPonds>
{
    private const int Edits = 250;

    private static readonly string[] Shown =
        ["Code", "Name", "Kind", "DivisionCode", "DepthMetres", "Flow", "HasSign", "HasRing", "OwnerUnit", "Status", "Version"];

    private readonly Random _random = new(20_260_701);
    private readonly List<Guid> _waters = [];

    [Fact]
    public async Task As_of_a_random_moment_equals_a_replay_of_the_change_log()
    {
        for (var edit = 0; edit < Edits; edit++) await EditAsync();
        var log = await ReadLogAsync();
        var moments = log.Select(x => x.At).Distinct().Order().ToList();
        var count = Environment.GetEnvironmentVariable("HAZARDMAP_LONG") == "1" ? 1000 : 30;
        for (var asked = 0; asked < count; asked++)
        {
            var at = moments[_random.Next(moments.Count)].AddMicroseconds(_random.Next(-1, 2)); // just before, at, just after a change
            await CompareAsync(at, Replay(log, at));
        }
    }

    private async Task EditAsync()
    {
        var what = _random.Next(100);
        if (_waters.Count < 5 || what < 25)
        {
            // Sometimes one that was deleted before comes back under its identifier.
            var id = what < 5 && _waters.Count > 0 ? _waters[_random.Next(_waters.Count)] : Guid.CreateVersion7();
            await ponds.ExecuteAsync("""
                insert into register.hazards (id, code, name, kind, shape, division_code, depth_metres, source)
                values ($1, 'W' || substr($1::text, 25), '塘', 'Pond', st_point($2, 23.4)::geography, '532601', $3, 'test')
                on conflict do nothing
                """, id, 104.2 + _random.Next(100) / 1000.0, _random.Next(2) == 0 ? null : _random.Next(90) / 10.0);
            if (!_waters.Contains(id)) _waters.Add(id);
            return;
        }
        var water = _waters[_random.Next(_waters.Count)];
        var set = what switch
        {
            < 35 => "depth_metres = round(random()::numeric * 50, 1)", < 45 => "name = '塘' || round(random()::numeric * 100)",
            < 55 => "has_sign = not has_sign, has_ring = has_sign", < 62 => "owner_unit = null", < 70 => "owner_unit = '村委会'",
            < 78 => "division_code = case division_code when '532601' then '532622' else '532601' end",
            < 85 => "shape = st_point(104.2 + random() / 10, 23.4)::geography",
            < 90 => "status = case status when 'Active' then 'Closed' else 'Active' end", _ => "",
        };
        if (set.Length == 0) await ponds.ExecuteAsync("delete from register.hazards where id = $1", water);
        else if (what % 10 == 3) await ponds.ExecuteAsync($"update register.hazards set {set} where code like 'W%'"); // many at once
        else await ponds.ExecuteAsync($"update register.hazards set {set} where id = $1", water);
    }

    private sealed record Logged(string Id, string Field, JsonNode? Old, JsonNode? New, int Version, DateTime At);

    private Task<List<Logged>> ReadLogAsync() => ponds.Database.RowsAsync("""
        select entity_id, field, old_value::text, new_value::text, version, changed_at from register.change_log
        where entity = 'Hazards' order by changed_at
        """, row => new Logged(row.GetString(0), row.GetString(1), Json(row, 2), Json(row, 3), row.GetInt32(4), row.GetDateTime(5)),
        CancellationToken.None);

    private static JsonNode? Json(Npgsql.NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : JsonNode.Parse(row.GetString(column));

    private static SortedDictionary<string, Dictionary<string, JsonNode?>> Replay(List<Logged> log, DateTime until)
    {
        var rows = new SortedDictionary<string, Dictionary<string, JsonNode?>>(StringComparer.Ordinal);
        foreach (var change in log.Where(x => x.At <= until).GroupBy(x => (x.Id, x.At)))
        {
            if (change.All(x => x.New is null) && change.Any(x => x.Field == "created_at"))
            {
                rows.Remove(change.Key.Id);
                continue;
            }
            if (!rows.TryGetValue(change.Key.Id, out var row)) rows[change.Key.Id] = row = new(StringComparer.Ordinal);
            foreach (var field in change) row[field.Field] = field.New;
            row["version"] = change.First().Version;
        }
        return rows;
    }

    private async Task CompareAsync(DateTime at, SortedDictionary<string, Dictionary<string, JsonNode?>> expected)
    {
        var moment = at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
        var page = (await ponds.Administrator.GetFromJsonAsync<JsonObject>(
            $"/odata/Hazards?$asof={moment}&$select=Id,{string.Join(',', Shown)}&$orderby=Id"))!["value"]!.AsArray();
        var found = page.ToDictionary(x => (string)x!["Id"]!, x => x!.AsObject(), StringComparer.Ordinal);
        Assert.Equal(string.Join(' ', expected.Keys), string.Join(' ', found.Keys.Order(StringComparer.Ordinal)));
        var set = HazardMap.Service.Register.RegisterModel.Model.EntitySets["Hazards"];
        foreach (var (id, row) in expected)
        {
            foreach (var name in Shown)
                Assert.True(AreSame(row.GetValueOrDefault(set.Find(name)!.Column), found[id][name]),
                    $"{moment} {id} {name}: {row.GetValueOrDefault(set.Find(name)!.Column)} in the log, {found[id][name]} as of");
        }
        var shapes = await ponds.Database.RowsAsync("select id::text, shape::text from odata.hazards_as_of($1)",
            row => (row.GetString(0), row.GetString(1)), CancellationToken.None, at);
        Assert.Equal(expected.Select(x => (x.Key, (string)x.Value["shape"]!)).Order(), shapes.Order());
    }

    private static double Number(JsonNode number) => double.Parse(number.ToJsonString(), CultureInfo.InvariantCulture);

    private static bool AreSame(JsonNode? one, JsonNode? other) => one is null || other is null ? one is null && other is null
        : one.GetValueKind() == System.Text.Json.JsonValueKind.Number ? Number(one) == Number(other)
        : string.Equals(one.ToString(), other.ToString(), StringComparison.Ordinal);
}
