using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HazardMap.Service.Risk;
using HazardMap.Service.Risk.Rules;
using HazardMap.Service.Risk.Runs;
using HazardMap.Service.Tests.Worlds;
using Npgsql;

namespace HazardMap.Service.Tests.Risk;

/// <summary>A county with a bare, steep pond beside a school, a fenced reservoir out of the way, and a village with nothing.</summary>
public sealed class PondCounty : ServedRegister
{
    protected override string Rule => "2026-1";

    protected override async Task FillAsync()
    {
        await ExecuteAsync("""
            insert into register.divisions (code, name, level, parent_code, centre, source) values
              ('5326', '文山州', 'Prefecture', null, 'POINT(104.2 23.4)', 'test'),
              ('532601', '文山市', 'County', '5326', 'POINT(104.2 23.4)', 'test'),
              ('532601001', '开化镇', 'Township', '532601', 'POINT(104.2 23.4)', 'test'),
                ('532622', '砚山县', 'County', '5326', 'POINT(104.3 23.6)', 'test');
            insert into register.hazards (id, code, name, kind, shape, division_code, depth_metres, bank, access, has_sign, has_ring,
              has_rope, has_pole, source) values
              ('01900000-0000-7000-8000-000000000001', 'near', '校旁池塘', 'Pond', 'POINT(104.2 23.4)', '532601001', 2.5, 'Steep',
                'Open', true, false, false, false, 'test'),
              ('01900000-0000-7000-8000-000000000002', 'far', '山后水库', 'Reservoir', 'POINT(104.21 23.4)', '532601001', 9, null,
                'Fenced', true, true, true, true, 'test');
            insert into register.facilities (id, code, name, kind, location, division_code, under5, aged_5_to_14, source) values
              ('01900000-0000-7000-8000-00000000000a', 'school', '中心小学', 'School', 'POINT(104.2005 23.4003)', '532601001',
                10, 900, 'test');
            """);
        await RiskRun.RunAsync(Database, "2026-1", "test", CancellationToken.None);
    }
}

public sealed class RiskApiTests(PondCounty county) : IClassFixture<PondCounty>
{
    private const string Near = "/odata/Hazards(01900000-0000-7000-8000-000000000001)";
    private const string Far = "/odata/Hazards(01900000-0000-7000-8000-000000000002)";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task At_another_time_month_and_hour_are_factors_and_the_shares_still_sum()
    {
        var reference = await GetAsync($"{Near}/HazardMap.ExplainRisk()");
        var winter = await GetAsync($"{Near}/HazardMap.ExplainRisk(at=2026-01-15T03:00:00Z)");
        var alias = await GetAsync($"{Near}/HazardMap.ExplainRisk(at=@t)?@t=2026-01-15T11:00:00%2B08:00");
        var score = reference.GetProperty("Score").GetDouble();
        Assert.Equal(score * 0.17 * 0.58, winter.GetProperty("Score").GetDouble(), 1e-9 * score);
        Assert.Equal(winter.GetProperty("Score").GetDouble(), alias.GetProperty("Score").GetDouble());
        Assert.Equal(score, winter.GetProperty("ReferenceScore").GetDouble());
        Assert.Equal("Asia/Shanghai", winter.GetProperty("TimeZone").GetString());
        Assert.Equal("month 1 hour 11", string.Join(' ',
            winter.GetProperty("Factors").EnumerateArray().TakeLast(2).Select(f => $"{f.GetProperty("Name")} {f.GetProperty("Value")}")));
        Assert.Equal(winter.GetProperty("Score").GetDouble(),
            winter.GetProperty("Exposures").EnumerateArray().Sum(e => e.GetProperty("Contribution").GetDouble()), 1e-9 * score);
        Assert.DoesNotContain(reference.GetProperty("Factors").EnumerateArray(), f => f.GetProperty("Name").GetString() == "month");
    }

    [Fact]
    public async Task A_time_at_the_end_of_the_calendar_is_answered_and_one_behind_the_question_mark_heard()
    {
        var reference = (await GetAsync($"{Near}/HazardMap.ExplainRisk()")).GetProperty("Score").GetDouble();
        var last = await GetAsync($"{Near}/HazardMap.ExplainRisk(at=9999-12-31T23:59:59Z)");
        Assert.Equal(reference * 0.17 * 0.13, last.GetProperty("Score").GetDouble(), 1e-9 * reference);
        var asked = await GetAsync($"{Near}/HazardMap.ExplainRisk?at=2026-01-15T11:00:00%2B08:00");
        Assert.Equal(reference * 0.17 * 0.58, asked.GetProperty("Score").GetDouble(), 1e-9 * reference);
    }

    [Fact]
    public async Task An_edit_during_a_long_run_is_acknowledged_within_seconds_and_caught_up_with_afterwards()
    {
        await using var run = await county.Database.OpenConnectionAsync();
        await using var longRun = await run.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand("select pg_advisory_xact_lock(hashtext('hazardmap.risk'))", run))
            await command.ExecuteNonQueryAsync();
        var clock = Stopwatch.StartNew();
        using var request = new HttpRequestMessage(HttpMethod.Patch, Far) { Content = Json("""{"DepthMetres":8.5}""") };
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        using var answer = await county.Administrator.SendAsync(request);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(0.7), TimeSpan.FromSeconds(5));
        Assert.True(await county.ScalarAsync<bool>("select exists (select from register.risk_queue)"));
        await longRun.CommitAsync();
        while (await county.ScalarAsync<bool>("select exists (select from register.risk_queue)")) await Task.Delay(50);
        Assert.Equal(0, (await RiskRun.CheckAsync(county.Database, null, CancellationToken.None)).Different);
    }

    [Theory]
    [InlineData("HazardMap.ExplainRisk(at='soon')")]
    [InlineData("HazardMap.ExplainRisk(when=2026-01-15T03:00:00Z)")]
    [InlineData("HazardMap.ExplainRisk(at=2026-01-15T03:00:00Z,at=2026-01-16T03:00:00Z)")]
    [InlineData("HazardMap.WhatIf(Access='Walled')")]
    [InlineData("HazardMap.WhatIf(HasSign='yes')")]
    [InlineData("HazardMap.WhatIf(DepthMetres=-1)")]
    [InlineData("HazardMap.WhatIf(DepthMetres=NaN)")]
    [InlineData("HazardMap.WhatIf(Fenced)")]
    [InlineData("HazardMap.WhatIf(Kind=null)")]
    public async Task Arguments_without_sense_are_refused(string call) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await county.Administrator.GetAsync($"{Near}/{call}")).StatusCode);

    [Fact]
    public async Task A_division_that_is_not_there_is_refused_by_whoever_asks_for_its_views()
    {
        foreach (var ask in new Func<Task>[] { () => RiskViews.FourOnesAsync(county.Database, "99", CancellationToken.None),
            () => RiskViews.WorstAsync(county.Database, "99", 10, CancellationToken.None) })
            Assert.Equal("UnknownDivision", (await Assert.ThrowsAsync<RefusalException>(ask)).Code);
    }

    [Fact]
    public async Task The_profile_tells_maps_and_patrols_the_year_and_the_day()
    {
        await UntilAsync(async () => (await GetAsync("/odata/RiskRules?$count=true&$top=0")).GetProperty("@odata.count").GetInt32() >= 4);
        var profile = await GetAsync("/odata/RiskRules('2026-1')/HazardMap.Profile(at=2026-08-01T07:00:00Z)");
        Assert.Equal(1, profile.GetProperty("Multiplier").GetDouble());
        Assert.Equal((12, 24), (profile.GetProperty("Months").GetArrayLength(), profile.GetProperty("Hours").GetArrayLength()));
        var inForce = (await GetAsync("/odata/RiskRules?$filter=IsActive")).GetProperty("value")[0];
        Assert.Equal(("2026-1", 3000), (inForce.GetProperty("Version").GetString(), inForce.GetProperty("CutoffMetres").GetDouble()));
    }

    [Fact]
    public async Task What_if_ranks_measures_and_tries_what_is_asked()
    {
        var answer = await GetAsync($"{Near}/HazardMap.WhatIf()");
        var measures = answer.GetProperty("Measures").EnumerateArray().Select(m => m.GetProperty("Name").GetString()).ToList();
        Assert.Equal("Close Fence Restrict FourOnes", string.Join(' ', measures.Take(4)));
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("Tried").ValueKind);
        var tried = (await GetAsync($"{Near}/HazardMap.WhatIf(Access=HazardMap.Access'Fenced',HasRing=true)")).GetProperty("Tried");
        Assert.Equal(answer.GetProperty("Score").GetDouble() * 0.27 * 0.9, tried.GetProperty("Score").GetDouble(), 1e-9);
        Assert.Contains("→", tried.GetProperty("SentenceZh").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain((await GetAsync($"{Far}/HazardMap.WhatIf()")).GetProperty("Measures").EnumerateArray(),
            m => m.GetProperty("Name").GetString() == "Fence");
    }

    [Fact]
    public async Task The_worst_of_a_division_come_with_their_reasons_and_the_four_ones_are_counted()
    {
        var worst = (await GetAsync("/odata/Divisions('5326')/HazardMap.WorstHazards(top=1)")).GetProperty("Hazards");
        Assert.Equal("near", Assert.Single(worst.EnumerateArray()).GetProperty("Code").GetString());
        Assert.Contains("中心小学", worst[0].GetProperty("ReasonZh").GetString(), StringComparison.Ordinal);
        Assert.Contains("no ring, rope, pole, fence", worst[0].GetProperty("ReasonEn").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, (await GetAsync("/odata/Divisions('532622')/HazardMap.WorstHazards()")).GetProperty("Hazards").GetArrayLength());
        Assert.Equal(HttpStatusCode.BadRequest,
            (await county.Administrator.GetAsync("/odata/Divisions('5326')/HazardMap.WorstHazards(top=0)")).StatusCode);
        var ones = (await GetAsync("/odata/Divisions('5326')/HazardMap.FourOnes()")).GetProperty("Divisions").EnumerateArray()
            .ToDictionary(d => d.GetProperty("DivisionCode").GetString()!, StringComparer.Ordinal);
        Assert.Equal((2, 2, 1, 0.5), (ones["532601"].GetProperty("Hazards").GetInt32(), ones["532601"].GetProperty("WithSign").GetInt32(),
            ones["532601"].GetProperty("WithAll").GetInt32(), ones["532601"].GetProperty("Complete").GetDouble()));
        Assert.Equal(3, ones.Count);
    }

    [Fact]
    public async Task A_level_that_changes_is_history_an_event_and_a_row_in_the_outbox()
    {
        using var events = await county.Administrator.GetAsync("/api/changes", HttpCompletionOption.ResponseHeadersRead);
        await PatchAsync(Near, """{"Access":"Fenced","HasRing":true}""");
        using var reader = new StreamReader(await events.Content.ReadAsStreamAsync());
        await UntilAsync(async () => await reader.ReadLineAsync() is { } line && line.Contains("RiskLevelChanges", StringComparison.Ordinal)
            && line.Contains("\"from\"", StringComparison.Ordinal));
        var change = (await GetAsync($"{Near}/LevelChanges?$orderby=ChangedAt desc&$top=1&$expand=Hazard($select=Code)"))
            .GetProperty("value")[0];
        Assert.NotEqual(change.GetProperty("FromLevel").GetString(), change.GetProperty("ToLevel").GetString(), StringComparer.Ordinal);
        Assert.Equal(("Edit", "near", "admin"), (change.GetProperty("Cause").GetString(),
            change.GetProperty("Hazard").GetProperty("Code").GetString(), change.GetProperty("ChangedBy").GetString()));
        Assert.True(await county.ScalarAsync<bool>("select count(*) > 0 from register.outbox where topic = 'RiskLevelChanged' "
            + "and payload ->> 'to' = $1", change.GetProperty("ToLevel").GetString()));
        await PatchAsync(Near, """{"Access":"Open","HasRing":false}""");
    }

    [Fact]
    public async Task A_run_is_ordered_done_and_reproducible_and_its_rule_comes_into_force()
    {
        var first = await RunAsync("""{"Rule":"2026-2"}""");
        Assert.Equal(("Done", 1.0, "2026-2", 2), (first.GetProperty("State").GetString(), first.GetProperty("Progress").GetDouble(),
            first.GetProperty("Rule").GetString(), first.GetProperty("Hazards").GetInt32()));
        Assert.Equal("2026-2", (await GetAsync(Near)).GetProperty("RiskRule").GetString());
        await PatchAsync(Near, """{"DepthMetres":1}""");
        Assert.Equal("2026-2", (await GetAsync(Near)).GetProperty("RiskRule").GetString());
        await PatchAsync(Near, """{"DepthMetres":2.5}""");
        var second = await RunAsync("{}");
        Assert.Equal(first.GetProperty("InputsHash").GetString(), second.GetProperty("InputsHash").GetString());
        Assert.Equal(0, second.GetProperty("Changed").GetInt32());
        Assert.NotEqual(first.GetProperty("InputsHash").GetString(),
            (await RunAsync("""{"Rule":"2026-1"}""")).GetProperty("InputsHash").GetString(), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_run_by_an_unknown_rule_is_refused_and_one_that_is_over_cannot_be_called_off()
    {
        Assert.Equal(HttpStatusCode.UnprocessableEntity,
            (await county.Administrator.PostAsync("/odata/RiskRuns", Json("""{"Rule":"1999-9"}"""))).StatusCode);
        var done = await RunAsync("{}");
        Assert.Equal(HttpStatusCode.Conflict,
            (await county.Administrator.PostAsync($"/odata/RiskRuns({done.GetProperty("Id")})/HazardMap.Cancel", Json("{}"))).StatusCode);
    }

    [Fact]
    public async Task A_change_that_came_past_the_service_is_caught_up_with_and_the_lag_shows()
    {
        await county.ExecuteAsync("update register.hazards set kind = 'Weir' where code = 'far'");
        await UntilAsync(async () => (await GetAsync("/api/status")).GetProperty("riskQueue").GetProperty("waiting").GetInt32() == 0);
        Assert.Equal(0, (await RiskRun.CheckAsync(county.Database, null, CancellationToken.None)).Different);
        await county.ExecuteAsync("update register.hazards set kind = 'Reservoir' where code = 'far'");
        await UntilAsync(async () => (await RiskRun.CheckAsync(county.Database, null, CancellationToken.None)).Different == 0);
    }

    [Fact]
    public async Task A_rule_is_tried_without_writing_and_says_what_would_change_and_why()
    {
        await county.ExecuteAsync("insert into register.incidents (hazard_id, division_code, occurred_on, age_band, outcome) select id, "
            + "'532601001', '2025-07-01', 'Aged5To14', 'Rescued' from register.hazards, generate_series(1, 2) where code = 'far'");
        await UntilAsync(async () => (await RiskRun.CheckAsync(county.Database, null, CancellationToken.None)).Different == 0);
        var was = await county.ScalarAsync<string>("select string_agg(score || level || rule, ' ' order by hazard_id) "
            + "from register.hazard_risks");
        var report = await RiskComparison.CompareAsync(county.Database, "2026-3", CancellationToken.None);
        var shift = Assert.Single(report.Waters);
        Assert.Equal(("far", "incidents", 2.0), (shift.Code, shift.Why!.What, Math.Round(shift.Why.Ratio!.Value, 6)));
        Assert.Equal((2, 1, 1, 1), (report.Hazards, report.ScoresChanged, report.LevelsChanged, report.Matrix[shift.From!][shift.To]));
        Assert.Equal(1, report.Why["incidents"]);
        Assert.Equal(was, await county.ScalarAsync<string>("select string_agg(score || level || rule, ' ' order by hazard_id) "
            + "from register.hazard_risks"));
        await county.ExecuteAsync("delete from register.incidents");
    }

    [Fact]
    public async Task A_batch_of_edits_is_scored_as_one()
    {
        var batch = """
            {"requests":[
              {"id":"1","atomicityGroup":"g","method":"PATCH","url":"Hazards(01900000-0000-7000-8000-000000000002)",
               "headers":{"content-type":"application/json","if-match":"*"},"body":{"Access":"Open"}},
              {"id":"2","atomicityGroup":"g","method":"PATCH","url":"Facilities(01900000-0000-7000-8000-00000000000a)",
               "headers":{"content-type":"application/json","if-match":"*"},"body":{"Aged5To14":AGED}},
              {"id":"3","atomicityGroup":"g","method":"PATCH","url":"Hazards(01900000-0000-7000-8000-000000000002)",
               "headers":{"content-type":"application/json","if-match":"*"},"body":{"Access":"Fenced","HasSign":true}}]}
            """;
        foreach (var aged in new[] { "20", "900" })
        {
            using var answer = await county.Administrator.PostAsync("/odata/$batch",
                Json(batch.Replace("AGED", aged, StringComparison.Ordinal)));
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode && !text.Contains("\"error\"", StringComparison.Ordinal), text);
            Assert.Equal(0, (await RiskRun.CheckAsync(county.Database, null, CancellationToken.None)).Different);
        }
    }

    [Fact]
    public async Task A_run_of_the_command_reports_what_its_row_says()
    {
        var id = await RiskRuns.OrderAsync(county.Database, "2026-1", false, "risk:somebody", CancellationToken.None);
        await UntilAsync(async () => !await RiskRuns.IsOpenAsync(county.Database, id));
        var report = await RiskRuns.ReportAsync(county.Database, id);
        Assert.Equal(("2026-1", 2, 1, 2), (report.Rule, report.Hazards, report.Facilities, report.Levels.Values.Sum()));
        var counties = await RiskViews.WorstAsync(county.Database, null, 10, CancellationToken.None);
        Assert.Equal("532601:2 532622:0", string.Join(' ', counties.Select(c => $"{c.DivisionCode}:{c.Hazards.Count}")));
        Assert.Equal("UnknownDivision", (await Assert.ThrowsAsync<RefusalException>(() => RiskViews.WorstAsync(county.Database, "99", 10,
            CancellationToken.None))).Code);
        Assert.Equal(2, (await RiskViews.FourOnesAsync(county.Database, null, CancellationToken.None)).Count);
        Assert.True((await RiskSensitivityRun.RunAsync(county.Database, null, 20, CancellationToken.None)).Parameters.Count > 40);
    }

    private async Task<JsonElement> RunAsync(string order)
    {
        using var answer = await county.Administrator.PostAsync("/odata/RiskRuns", Json(order));
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        var run = default(JsonElement);
        await UntilAsync(async () =>
            (run = await GetAsync(answer.Headers.Location!.ToString())).GetProperty("State").GetString() is not ("Queued" or "Running"));
        return run;
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await isSo().WaitAsync(patience.Token)) await Task.Delay(20, patience.Token);
    }

    private async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await county.Administrator.GetAsync(path);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {await answer.Content.ReadAsStringAsync()}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task PatchAsync(string path, string body)
    {
        using var answer = await county.Administrator.PatchJsonAsync(path, body);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    private static StringContent Json(string body) => new(body, System.Text.Encoding.UTF8, "application/json");
}
