using HazardMap.Risk.Trips;
using HazardMap.Service.Database;
using HazardMap.Service.Risk.Rules;
using HazardMap.Service.Risk.Runs;
using HazardMap.Service.Risk.Trips;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Risk.Trips;

/// <summary>What people ask of a rule of trips before they believe it: in the valley, where everything is.</summary>
public sealed class TripQuestionTests(TripValley valley) : IClassFixture<TripValley>
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task The_study_that_questions_are_asked_of_has_the_scores_of_a_full_run()
    {
        await using var connection = await valley.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var read = await TripStudies.ReadAsync(connection, null, withOwnDeaths: true, None);
        var outcome = read.Study.Score(read.Rule);
        for (var i = 0; i < read.Rows.Count; i++)
        {
            Assert.Equal(read.Rows[i].Hazard.Score!.Value, outcome.Scores[i].RiskScore);
            Assert.Equal(read.Rows[i].RiskLow!.Value, outcome.Scores[i].RiskLow);
        }
    }

    [Fact]
    public async Task A_variant_of_the_rule_scores_the_same_whatever_was_asked_before_it()
    {
        await using var connection = await valley.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var asked = await TripStudies.ReadAsync(connection, null, withOwnDeaths: true, None);
        var rule = asked.Rule;
        TripRule With(string path, double by) => rule.WithAll(new Dictionary<string, double>(StringComparer.Ordinal)
        {
            [path] = rule.Numbers.Single(n => n.Path == path).Value * by,
        });
        var variants = ((TripRule, bool)[])[(rule, false), (With("decay.aged5To14.value", 1.3), false), (rule, true),
            (With("homes.spreadMetres.place.value", 2), false), (With("distance.reachMetres.value", 0.5), false),
            (With("attraction.aged5To14.kind.Pond.value", 1.5), false), (With("deadliness.aged5To14.kind.Pond.value", 1.5), false),
            (With("catchment.farthestMetres.school.value", 0.1), false), (With("homes.town.value", 0.5), false),
            (With("unsupervised[6].value", 2), false), (rule, false)];
        foreach (var (variant, onlyCentres) in variants)
        {
            var fresh = await TripStudies.ReadAsync(connection, null, withOwnDeaths: true, None);
            Assert.Equal(fresh.Study.Score(variant, onlyCentres).Scores, asked.Study.Score(variant, onlyCentres).Scores);
        }
        foreach (var draws in (int[])[0, -1, 1001])
            await AssertRefusedAsync("BadCount", () => Task.FromResult(DrawnRisks.Of(asked.Study, rule, 1, draws)));
    }

    [Fact]
    public async Task Sensitivity_exchanges_whole_assumptions_and_turns_each_number()
    {
        var report = await TripSensitivityRun.RunAsync(valley.Database, "2027-1", 20, None);
        Assert.Equal("decayShort decayLong stayingAwayLittle stayingAwayMuch noCompetition nobodyFreeAtSchool manyFreeAtSchool "
            + "deadlinessFlat townAsCountry townLow attractionFlat centresOnly", string.Join(' ', report.Decides.Select(d => d.Name)));
        Assert.All(report.Decides, d => Assert.True(d is { TopKept: >= 0 and <= 1, Refused: null } && d.What!.Zh.Length > 0, d.ToString()));
        Assert.Contains(report.Decides, d => d.Name == "centresOnly" && d.Worse + d.Better > 0);
        var red = await valley.ScalarAsync<long>("select count(*) from register.hazard_risks where level = 'Red'");
        Assert.True(red == 0 || red == report.Top, $"{red} red, top {report.Top}");
        // Unlike how much the register's deaths are shared out by, how many visits a child makes decides nothing.
        Assert.Equal((0, 1.0), Of("visits.value"));
        Assert.Contains(report.Parameters, p => p.Path.StartsWith("attraction.", StringComparison.Ordinal) && p.Flips > 0);
        Assert.Contains(report.Lines(), l => l.Contains("保留", StringComparison.Ordinal));

        (int Flips, double Kept) Of(string path) => report.Parameters.Single(p => p.Path == path) is var p ? (p.Flips, p.TopKept) : default;
    }

    [Fact]
    public async Task Draws_tell_how_often_each_water_is_red_and_hold_the_interval_against_themselves()
    {
        var report = await TripDrawRun.RunAsync(valley.Database, null, 30, 7, None);
        Assert.Equal((30, 0, 7), (report.Draws, report.Refused, report.Seed));
        Assert.InRange(report.Inside, 0.6, 0.95);
        Assert.InRange(report.Agree, 0.3, 1);
        Assert.All(report.Waters, w =>
        {
            Assert.True(w.DrawnLow <= w.DrawnMedian && w.DrawnMedian <= w.DrawnHigh && double.IsFinite(w.DrawnHigh), w.ToString());
            Assert.True(w.RedShare is >= 0 and <= 1 && w.DrawnLevelHeld is >= 0 and <= 1, w.ToString());
        });
        Assert.Contains(report.Waters, w => w.RedShare is > 0 and < 1);
        var again = await TripDrawRun.RunAsync(valley.Database, null, 30, 7, None);
        Assert.Equal(report.Waters, again.Waters);
        Assert.Contains("种子 7", string.Join('\n', report.Lines()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calibration_learns_from_deaths_and_counts_and_changes_nothing()
    {
        await valley.ExecuteAsync("""
            delete from register.inspections;
            insert into register.inspections (hazard_id, division_code, at, result, children_seen, children_in_water, watched_minutes,
              source)
            select id, division_code, ('2026-08-' || (n + 3) || ' 16:00+08')::timestamptz, 'Safe', 30 + n % 3, 10, 60, 'test'
            from register.hazards, generate_series(1, 20) n where code in ('open', 'brook');
            """);
        var kept = await TripTrial.EverythingAsync(valley);
        var report = await TripCalibrationRun.RunAsync(valley.Database, null, None);
        Assert.Equal(kept, await TripTrial.EverythingAsync(valley));
        // Three waters saw children die; in the far pit nobody is expected, and what was before 2020 does not count.
        Assert.Equal(3, report.Deaths!.Events);
        Assert.True(report.Deaths.Numbers.Single(n => n.Path == "level") is { Posterior: > 1, IsFree: true });
        Assert.All(report.Deaths.Numbers.Where(n => n.Path is not ("level" or "homes.town.value")), n => Assert.False(n.IsFree));
        // Far more children were seen than a twentieth of a visit a day brings.
        var counts = report.Counts!;
        Assert.Equal((40, 0, 2 * (20 * 30 + 21)), (counts.Counts, counts.Nowhere, counts.Seen));
        Assert.True(counts.Numbers.Single(n => n.Path == "visits.value") is { Posterior: > 0.05, LearntPercent: > 0 });
        Assert.Contains(counts.Numbers, n => n.Path.StartsWith("attraction.", StringComparison.Ordinal) && n.LearntPercent > 0);
        Assert.Equal(15, Assert.Single(counts.Hours).Hour);
        Assert.All(counts.Numbers.Concat(report.Deaths.Numbers),
            n => Assert.True(double.IsFinite(n.Posterior + n.PosteriorSd), n.ToString()));
        Assert.Contains("2027-1.json", report.SaidZh, StringComparison.Ordinal);
        Assert.NotEmpty(report.Lines());
    }

    [Fact]
    public async Task Counts_that_another_rule_would_make_are_calibrated_back_to_it()
    {
        await valley.ExecuteAsync("delete from register.inspections");
        await using var connection = await valley.Database.OpenConnectionAsync();
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            var read = await TripStudies.ReadAsync(connection, null, withOwnDeaths: false, None);
            var truth = read.Study.Score(read.Rule.WithAll(new Dictionary<string, double>(StringComparer.Ordinal)
            {
                ["decay.aged5To14.value"] = 600, ["visits.value"] = 5,
            }));
            // Whole days of the holidays, at every water that somebody comes to; for the waters themselves they are no visits.
            await connection.ExecuteAsync("set local session_replication_role = replica", None);
            await connection.ExecuteAsync("""
                insert into register.inspections (hazard_id, division_code, at, result, children_seen, watched_minutes, source)
                select id, division_code, '2026-08-15 00:00+08', 'Safe', seen, 1440, 'test'
                from unnest($1::uuid[], $2::integer[]) u (water, seen) join register.hazards on id = water
                """, None, read.Rows.Select(r => r.Hazard.Id).ToArray(),
                Array.ConvertAll(truth.Scores, s => (int)Math.Round(s.Visits)));
            await transaction.CommitAsync();
        }
        var counts = (await TripCalibrationRun.RunAsync(valley.Database, null, None)).Counts!;
        Assert.InRange(counts.Numbers.Single(n => n.Path == "decay.aged5To14.value").Posterior, 540, 660);
        Assert.InRange(counts.Numbers.Single(n => n.Path == "visits.value").Posterior, 4, 6);
        Assert.Equal((12, 1.0), Assert.Single(counts.Hours) is var hour ? (hour.Hour, hour.Ratio) : default);
        await valley.ExecuteAsync("delete from register.inspections");
    }

    [Fact]
    public async Task Where_to_count_may_be_asked_of_a_rule_that_is_not_in_force()
    {
        var lessons = await TripQuestions.CountHereAsync(valley.Database, "2027-1-walk", 3, None);
        Assert.Equal(3, lessons.Count);
        foreach (var ask in (Func<Task>[])[
            () => TripQuestions.CountHereAsync(valley.Database, "2026-1", 3, None),
            () => TripDrawRun.RunAsync(valley.Database, "2026-1", 3, 1, None),
            () => TripCalibrationRun.RunAsync(valley.Database, "2026-2", None),
            () => TripQuestions.RefuseWithoutScaleAsync(valley.Database, "2026-3", None)])
            await AssertRefusedAsync("NeedsTrips", ask);
    }

    internal static async Task AssertRefusedAsync(string code, Func<Task> ask)
    {
        var refusal = await Assert.ThrowsAsync<RefusalException>(ask);
        Assert.Equal(code, refusal.Code);
        Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", refusal.MessageZh);
        Assert.DoesNotMatch("NaN|∞|Infinity", refusal.Message + refusal.MessageZh);
    }
}

/// <summary>A school far from the hamlet whose children go there, each with a pond at its door; no rule of trips was ever in
/// force.</summary>
public sealed class SchoolAndHamlet : EmptyRegister
{
    protected override async Task FillAsync()
    {
        await ExecuteAsync(TripValley.Tools + """
            insert into register.divisions (code, name, level, centre, children, source) values
              ('532601001101', '远寨', 'Village', pg_temp.at(0, 0), 400, 'test');
            insert into register.settlements (code, name, location, division_code, source) values
              ('hamlet', '小寨', pg_temp.at(0, 0), '532601001101', 'test');
            insert into register.facilities (code, name, kind, location, division_code, under5, aged_5_to_14, status, source) values
              ('school', '中心小学', 'School', pg_temp.at(5000, 0), '532601001101', 0, 2000, 'Open', 'test');
            insert into register.hazards (code, name, kind, shape, division_code, depth_metres, flow, bank, access, source) values
              ('school-pond', '校前塘', 'Pond', pg_temp.at(5060, 0), '532601001101', 2.5, 'Still', 'Steep', 'Open', 'test'),
              ('hamlet-pond', '寨前塘', 'Pond', pg_temp.at(60, 0), '532601001101', 2.5, 'Still', 'Steep', 'Open', 'test');
            """);
        await RiskRun.RunAsync(Database, "2026-1", "test", CancellationToken.None);
    }
}

/// <summary>Turning from points to deaths and back, with the dry run first.</summary>
public sealed class TripDryRunTests(SchoolAndHamlet register) : IClassFixture<SchoolAndHamlet>
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_dry_run_says_who_changes_and_why_there_and_back()
    {
        var there = await RiskComparison.CompareAsync(register.Database, "2027-1", None);
        Assert.True(there.Matrix.ContainsKey("Red") && there.Matrix.ContainsKey("Blue"), string.Join('\n', there.Waters));
        Assert.Equal(("Red -> Blue 1", "Blue -> Red 1"), (Moved(there, "Red"), Moved(there, "Blue")));
        var falls = Assert.Single(there.Falls);
        Assert.Equal(("school-pond", "schoolEmptyInHolidays"), (falls.Code, falls.Why!.What));
        Assert.Contains("中心小学 (school), with 2,000 children 60 m away, 100% of all that counts there", falls.Why.SentenceEn,
            StringComparison.Ordinal);
        Assert.Contains("学生平日上课", falls.Why.SentenceZh, StringComparison.Ordinal);
        var rises = Assert.Single(there.Rises);
        Assert.Equal(("hamlet-pond", "homesCounted"), (rises.Code, rises.Why!.What));
        Assert.Contains("no place with children within 3,000 m. Counted now: ", rises.Why.SentenceEn, StringComparison.Ordinal);
        Assert.Contains("children of 1 home within 600 m (the nearest 60 m away)", rises.Why.SentenceEn, StringComparison.Ordinal);
        Assert.Contains("600 米内 1 处居住点的儿童", rises.Why.SentenceZh, StringComparison.Ordinal);
        Assert.Contains(there.Notes, n => n.En.StartsWith("There is no scale of this rule yet", StringComparison.Ordinal));
        Assert.False(there.Scale!.IsKept);
        Assert.Equal("0 2026-1", await register.ScalarAsync<string>(
            "select (select count(*) from register.risk_scales) || ' ' || string_agg(distinct rule, ' ') from register.hazard_risks"));

        await RiskRun.RunAsync(register.Database, "2027-1", "test", None);
        var back = await RiskComparison.CompareAsync(register.Database, "2026-1", None);
        Assert.Equal(("hamlet-pond homesNotCounted", "school-pond schoolCounted"),
            (Told(Assert.Single(back.Falls)), Told(Assert.Single(back.Rises))));
        Assert.Null(back.Scale);
        Assert.Single(back.Notes);   // scores of different kinds
        Assert.NotEmpty(back.Lines());

        // Without roads ways on foot are straight; then one goes 6 km round to a pond at 400 m, farther than children go.
        await register.ExecuteAsync(TripValley.Tools + """
            insert into register.hazards (code, name, kind, shape, division_code, depth_metres, flow, bank, access, source) values
              ('far-pond', '寨后塘', 'Pond', pg_temp.at(400, 0), '532601001101', 2.5, 'Still', 'Steep', 'Open', 'test')
            """);
        await RiskRun.RunAsync(register.Database, "2027-1", "test", None);
        Assert.Equal(0, (await RiskComparison.CompareAsync(register.Database, "2027-1-walk", None)).LevelsChanged);
        await register.ExecuteAsync(TripValley.Tools + """
            insert into register.road_edges (way_id, segment, source, target, class, geom, length_metres, walk_forward, walk_backward,
              drive_forward, drive_backward, division_code, origin)
            select 1, 0, 1, 2, 'path', l, st_length(l::geography), true, true, false, false, '532601001101', 'test'
            from pg_temp.line(0, 0, -2000, 0, -2000, 1000, 400, 1000, 400, 100) l
            """);
        var walk = await RiskComparison.CompareAsync(register.Database, "2027-1-walk", None);
        Assert.Equal("far-pond waysOnFoot", Told(Assert.Single(walk.Falls)));
        Assert.Contains("of 0 homes within 600 m on foot, and none within reach", walk.Falls[0].Why!.SentenceEn, StringComparison.Ordinal);
        Assert.Contains("改按步行路程计", walk.Falls[0].Why!.SentenceZh, StringComparison.Ordinal);
        Assert.DoesNotContain(walk.Notes, n => n.En.StartsWith("Scores of the two rules", StringComparison.Ordinal));

        static string Told(LevelShift shift) => $"{shift.Code} {shift.Why!.What}";
        static string Moved(RiskComparisonReport report, string from) =>
            $"{from} -> {string.Join(' ', report.Matrix[from].Select(t => $"{t.Key} {t.Value}"))}";
    }
}

/// <summary>Registers that have next to nothing, asked everything.</summary>
public sealed class TripBadInputTests : IAsyncLifetime
{
    private const string Pond = "insert into register.hazards (code, name, kind, shape, division_code, depth_metres, source) "
        + "values ('pond', 'pond', 'Pond', 'point(104.001 23)', '99', 2, 'test')";

    private static readonly CancellationToken None = CancellationToken.None;
    private readonly EmptyRegister _register = new();

    public async Task InitializeAsync()
    {
        await _register.InitializeAsync();
        await _register.ExecuteAsync("insert into register.divisions (code, name, level, centre, children, source) "
            + "values ('99', 'Village', 'Village', 'point(104 23)', null, 'test')");
    }

    public Task DisposeAsync() => _register.DisposeAsync();

    [Fact]
    public async Task Without_children_or_without_waters_every_question_has_a_clear_answer()
    {
        await _register.ExecuteAsync(Pond);
        await RiskRun.RunAsync(_register.Database, "2027-1", "test", None);
        await AskEverythingAsync();
        await _register.ExecuteAsync("delete from register.hazards; update register.divisions set children = 1000");
        await RiskRun.RunAsync(_register.Database, "2027-1", "test", None);
        await AskEverythingAsync();
    }

    private async Task AskEverythingAsync()
    {
        var dry = await RiskComparison.CompareAsync(_register.Database, "2027-1", None);
        Assert.Contains(dry.Notes, n => n.En.StartsWith("No scale could be made", StringComparison.Ordinal) && n.Zh.Length > 0);
        Assert.Empty(await TripQuestions.CountHereAsync(_register.Database, null, 5, None));
        Assert.Null(await TripQuestions.NewestScaleAsync(_register.Database, None));
        await TripQuestionTests.AssertRefusedAsync("ScaleNeedsChildren",
            () => TripSensitivityRun.RunAsync(_register.Database, null, 20, None));
        await TripQuestionTests.AssertRefusedAsync("ScaleNeedsChildren", () => TripDrawRun.RunAsync(_register.Database, null, 5, 1, None));
        await TripQuestionTests.AssertRefusedAsync("ScaleNeedsChildren", () => TripCalibrationRun.RunAsync(_register.Database, null, None));
        await TripQuestionTests.AssertRefusedAsync("NoScores", () => TripQuestions.FitLevelsAsync(_register.Database, 5, None));
        await TripQuestionTests.AssertRefusedAsync("NoOwnGrades", () => TripQuestions.AgainstOwnAsync(_register.Database, None));
    }

    [Fact]
    public async Task A_countys_own_deaths_make_the_level_of_a_new_scale_and_those_before_its_record_do_not()
    {
        await _register.ExecuteAsync(Pond + """
            ; update register.divisions set children = 100000;
            insert into register.incidents (hazard_id, division_code, occurred_on, age_band, outcome, source)
            select id, '99', occurred_on, age_band, outcome, 'test' from register.hazards, (values
              (current_date - 100, 'Aged5To14', 'Died'), (current_date - 100, 'Under5', 'Died'), (current_date - 400, 'Aged5To14', 'Died'),
              (current_date - 50, 'Aged15To59', 'Died'), (current_date - 60, 'Aged5To14', 'Rescued'),
              (current_date - 1462, 'Aged5To14', 'Died'), (current_date - 3000, 'Under5', 'Died')) i (occurred_on, age_band, outcome);
            """);
        await ScaleAsync();
        var nation = 100_000 * 0.9 * (0.2456 * 3.69 + 0.693 * 3.06) / 1e5;
        var said = await TripQuestions.NewestScaleAsync(_register.Database, None);
        Assert.Equal((null, null), (said!.OwnDeaths, said.OwnYears));
        Assert.Equal(nation, said.DeathsPerYear, 1e-12);
        Assert.Contains("IncidentsCompleteSince", said.SaidEn, StringComparison.Ordinal);

        await _register.ExecuteAsync("update register.divisions set incidents_complete_since = current_date - 1461");
        await ScaleAsync();
        said = (await TripQuestions.NewestScaleAsync(_register.Database, None))!;
        Assert.Equal((3, 4.0), (said.OwnDeaths, said.OwnYears!.Value));
        Assert.Equal(nation * (5 + 3) / (5 + 4 * nation), said.DeathsPerYear, 1e-12);
        Assert.Equal(nation, said.DeathsPerYearByNation, 1e-12);
        Assert.Contains("4 年内有 3 名儿童溺亡", said.SaidZh, StringComparison.Ordinal);
        Assert.Equal("3 4", await _register.ScalarAsync<string>("select concat_ws(' ', scale->'OwnDeaths'->>'Deaths', "
            + "scale->'OwnDeaths'->>'Years') from register.risk_scales order by created_at desc limit 1"));
        await TripExaminer.AssertAgreesAsync(_register.ConnectionString, ofScale: true);
        await TripExaminer.AssertAgreesAsync(_register.ConnectionString);

        // A record that begins tomorrow says nothing yet.
        await _register.ExecuteAsync("update register.divisions set incidents_complete_since = current_date + 1");
        await ScaleAsync();
        Assert.Null((await TripQuestions.NewestScaleAsync(_register.Database, None))!.OwnDeaths);
    }

    private async Task ScaleAsync()
    {
        await RiskRun.RunAsync(_register.Database, "2027-1", "test", None);
        await using var connection = await _register.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await RiskRun.RunAsync(connection, null, RiskCause.Import, RiskRunProgress.ToNobody, None, ScaleWish.Anew);
        await transaction.CommitAsync();
    }
}
