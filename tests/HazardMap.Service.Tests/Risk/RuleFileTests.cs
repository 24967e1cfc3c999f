using System.Text;
using HazardMap.Service.Database;
using HazardMap.Service.Risk;
using HazardMap.Service.Risk.Rules;
using HazardMap.Service.Risk.Runs;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Risk;

/// <summary>A pond beside a school, scored by a rule whose file the customer edits.</summary>
public sealed class RuledPond : EmptyRegister
{
    protected override Task FillAsync() => ExecuteAsync("""
        insert into register.divisions (code, name, level, centre, source) values ('99', '鱼塘村', 'Village', 'point(104 23)', 'test');
        insert into register.hazards (code, name, kind, shape, division_code, source)
          values ('pond', '校旁鱼塘', 'Pond', 'point(104 23)', '99', 'test');
        insert into register.facilities (code, name, kind, location, division_code, aged_5_to_14, source)
        values ('school', '鱼塘小学', 'School', 'point(104.001 23)', '99', 400, 'test')
        """);
}

public sealed class RuleFileTests(RuledPond pond) : IClassFixture<RuledPond>, IDisposable
{
    private readonly string _version = $"pond-{Guid.NewGuid():N}"[..20];

    private string RuleFile => ContentPath.Of($"geodata/rules/{_version}.json");

    public void Dispose() => File.Delete(RuleFile);

    [Fact]
    public async Task Where_the_file_of_the_rule_in_force_changes_every_score_follows_and_is_explained_by_it()
    {
        Write(oldest: 517);
        await ChooseAsync();
        var before = await ScoreAsync();
        Write(oldest: 1034);
        await CatchUpAsync();
        Assert.True(await ScoreAsync() > 1.05 * before, "the score did not follow the file");
        var hazard = await pond.ScalarAsync<Guid>("select id from register.hazards");
        var explanation = await RiskExplainer.ExplainAsync(pond.Database, hazard, CancellationToken.None);
        Assert.Equal(await ScoreAsync(), explanation!.Score, 1e-9 * before);
        Assert.False(await RiskQueueWorker.CatchUpAsync(pond.Database, CancellationToken.None));
    }

    [Fact]
    public async Task While_the_file_of_the_rule_in_force_is_broken_an_edit_is_kept_and_its_score_waits()
    {
        Write(oldest: 517);
        await ChooseAsync();
        var before = await ScoreAsync();
        await File.WriteAllTextAsync(RuleFile, "{");
        await using (var connection = await pond.Database.OpenConnectionAsync())
        {
            await using var edit = await connection.BeginAsAsync("inspector", CancellationToken.None);
            await using (var fence = connection.Command("update register.hazards set access = 'Fenced'"))
                await fence.ExecuteNonQueryAsync();
            Assert.Equal(0, await RiskUpdate.ScoreWaitingAsync(connection, RiskCause.Edit, CancellationToken.None));
            await edit.CommitAsync();
        }
        await Assert.ThrowsAsync<RefusalException>(() => RiskQueueWorker.CatchUpAsync(pond.Database, CancellationToken.None));
        Assert.Equal(before, await ScoreAsync());
        Write(oldest: 517);
        await CatchUpAsync();
        Assert.Equal(0.27 * before, await ScoreAsync(), 1e-9 * before);
        await pond.ExecuteAsync("update register.hazards set access = null");
    }

    [Theory]
    [InlineData("not UTF-8", "UTF-8")]
    [InlineData("too large", "1 MB")]
    [InlineData("not there", "无法读取")]
    public void A_file_that_is_no_text_is_refused_by_its_name(string what, string said)
    {
        var path = Path.Combine(Path.GetTempPath(), $"{_version}.json");
        var text = Text(517);
        if (what == "not UTF-8") File.WriteAllBytes(path, [.. Encoding.UTF8.GetBytes(text[..^3]), 0xCE, 0xC4, (byte)'}']);
        if (what == "too large") File.WriteAllText(path, text + new string(' ', 1_000_000));
        try
        {
            var refusal = Assert.Throws<RefusalException>(() => RuleFiles.Read(path));
            Assert.Equal("InvalidRule", refusal.Code);
            Assert.StartsWith($"geodata/rules/{_version}.json ", refusal.MessageZh);
            Assert.Contains(said, refusal.MessageZh);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_byte_order_mark_and_lines_of_Windows_are_no_matter()
    {
        File.WriteAllText(RuleFile, Text(517).ReplaceLineEndings("\r\n"), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Assert.Equal(517, RuleFiles.Proximity(_version).DecayAged5To14Metres);
    }

    [Fact]
    public void A_version_of_ten_kilobytes_is_not_echoed()
    {
        var refusal = Assert.Throws<RefusalException>(() => RuleFiles.Find(new string('x', 10_000)));
        Assert.Equal("UnknownRule", refusal.Code);
        Assert.InRange(refusal.Message.Length, 1, 1_000);
    }

    private string Text(int oldest) => File.ReadAllText(ContentPath.Of("geodata/rules/2026-1.json"))
        .Replace("\"version\": \"2026-1\"", $"\"version\": \"{_version}\"", StringComparison.Ordinal)
        .Replace("\"metres\": 517", $"\"metres\": {oldest}", StringComparison.Ordinal);

    private void Write(int oldest) => File.WriteAllText(RuleFile, Text(oldest));

    private Task<RiskRunReport> ChooseAsync() => RiskRun.RunAsync(pond.Database, _version, "test", CancellationToken.None);

    // What the worker does every second.
    private async Task CatchUpAsync()
    {
        await RuleShelf.PublishAllAsync(pond.Database, _ => { }, CancellationToken.None);
        Assert.True(await RiskQueueWorker.CatchUpAsync(pond.Database, CancellationToken.None));
    }

    private Task<double> ScoreAsync() => pond.ScalarAsync<double>("select score from register.hazard_risks");
}
