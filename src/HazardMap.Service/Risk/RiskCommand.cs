using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using HazardMap.Risk.Rules;
using HazardMap.Service.Commands;
using HazardMap.Service.Database;
using HazardMap.Service.Risk.Rules;
using HazardMap.Service.Risk.Runs;
using HazardMap.Service.Runs;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

[assembly: Command<HazardMap.Service.Risk.RiskCommand>]

namespace HazardMap.Service.Risk;

/// <summary><c>risk</c>: the full recomputation, and what people ask of risk without opening a map.</summary>
internal sealed class RiskCommand : ICommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public CommandGroup Group => CommandGroup.Analysis;

    public Command Build()
    {
        var data = DataOption.Create();
        var rule = new Option<string?>("--rule") { Description = "Version of the rule; it becomes the one in force. Without it the one in force", HelpName = "VERSION" };
        var check = new Option<bool>("--check") { Description = "Write nothing; exit 1 when a stored score is not what a full run gives" };
        var cancel = new Option<bool>("--cancel") { Description = "Call off the runs that wait or go on" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Write nothing; tell which levels the rule would change, and why" };
        var sensitivity = new Option<double?>("--sensitivity") { Description = "Write nothing; turn every number of the rule by this percentage and count the levels it changes", HelpName = "PERCENT" };
        var worst = new Option<int?>("--worst") { Description = "The worst waters of each county, or of --division, each with its reasons", HelpName = "COUNT" };
        var fourOnes = new Option<bool>("--four-ones") { Description = "How complete signs, rings, ropes and poles are, by county or below --division" };
        var division = new Option<string?>("--division") { Description = "Code of a division", HelpName = "CODE" };
        var command = new Command("risk", "Compute every water's risk anew, or ask what it depends on / 重新计算或查询风险") { data, rule, check, dryRun, sensitivity, worst, fourOnes, division, cancel };
        var questions = new Option[] { check, dryRun, sensitivity, worst, fourOnes, cancel };
        command.Validators.Add(given =>
        {
            string[] asked = [.. questions.Where(o => given.GetResult(o) is not null).Select(o => o.Name)];
            if (asked.Length > 1) given.AddError($"{asked[0]} and {asked[1]} are two questions: ask one at a time / {asked[0]} 与 {asked[1]} 不能同时使用");
            if (given.GetResult(division) is not null && !asked.Any(name => name is "--worst" or "--four-ones"))
                given.AddError("--division goes with --worst or --four-ones; scores are always those of the whole register / --division 只能与 --worst 或 --four-ones 同用；分值总是对全部水域计算");
            if (given.GetResult(rule) is not null && asked.Any(name => name is "--worst" or "--four-ones" or "--cancel"))
                given.AddError($"--rule does not go with {asked[0]} / --rule 不能与 {asked[0]} 同用");
        });
        worst.Validators.Add(given =>
        {
            if (given.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out var number) && number is < 1 or > RiskViews.MostWorst)
                given.AddError($"--worst must be from 1 to {RiskViews.MostWorst} / --worst 须为 1 到 {RiskViews.MostWorst}");
        });
        command.Does((parsed, stop) =>
        {
            var (directory, version) = (parsed.GetValue(data)!, parsed.GetValue(rule));
            Task<int> Ask(Func<NpgsqlDataSource, Task<object>> ask) => AnswerAsync(directory, ask, _ => true, stop);
            if (parsed.GetValue(check)) return AnswerAsync(directory, async d => await RiskStore.CheckAsync(await WithWordOfMissingRoadsAsync(d, version, stop), version, stop), r => ((RiskCheckReport)r).Different == 0, stop);
            if (parsed.GetValue(dryRun)) return Ask(async d => await RiskComparison.CompareAsync(await WithWordOfMissingRoadsAsync(d, version, stop), version, stop));
            if (parsed.GetValue(sensitivity) is { } percent) return Ask(async d => await RiskSensitivityRun.RunAsync(await WithWordOfMissingRoadsAsync(d, version, stop), version, percent, stop));
            if (parsed.GetValue(worst) is { } top) return Ask(async d => await RiskViews.WorstAsync(d, parsed.GetValue(division), top, stop));
            if (parsed.GetValue(fourOnes)) return Ask(async d => await RiskViews.FourOnesAsync(d, parsed.GetValue(division), stop));
            if (parsed.GetValue(cancel)) return AnswerAsync(directory, async d => await CancelAsync(d, stop), _ => true, stop, ClusterRole.Service);
            return AnswerAsync(directory, async d => await RunAsync(await WithWordOfMissingRoadsAsync(d, version, stop), version, stop), _ => true, stop, ClusterRole.Service);
        });
        return command;
    }

    private static async Task<int> AnswerAsync(
        string directory, Func<NpgsqlDataSource, Task<object>> ask, Func<object, bool> isGood, CancellationToken stop, ClusterRole role = ClusterRole.Reader)
    {
        await using var register = await RegisterSession.OpenAsync(directory, role, stop);
        var answer = await ask(register.Database);
        Console.WriteLine(JsonSerializer.Serialize(answer, Json));
        return isGood(answer) ? Exit.Done : Exit.Refused;
    }

    // Ways on foot where no road is loaded are straight ones: whoever compares should know why nothing differs.
    private static async Task<NpgsqlDataSource> WithWordOfMissingRoadsAsync(NpgsqlDataSource database, string? version, CancellationToken stop)
    {
        if (version is null || RuleFiles.Find(version).Distance.Mode != DistanceMode.Walk) return database;
        if (await database.ScalarAsync<bool>("select exists (select from register.road_edges where walk_forward or walk_backward)", stop)) return database;
        await Console.Error.WriteLineAsync("no roads are loaded: every distance stays straight; ./hazardmap import FILE.osm.pbf loads them");
        await Console.Error.WriteLineAsync("尚未导入道路：所有距离仍为直线距离；请用 ./hazardmap import FILE.osm.pbf 导入");
        return database;
    }

    // An order like any other: a service that runs may do it, else this process does.
    private static async Task<RiskRunReport> RunAsync(NpgsqlDataSource database, string? version, CancellationToken stop)
    {
        var id = await RiskRuns.OrderAsync(database, version, $"risk:{Environment.UserName}", stop);
        using var worker = new RunWorker(database, [RiskRuns.Kind], NullLogger<RunWorker>.Instance);
        await using var calledOff = stop.Register(() => _ = RunOrders.CancelAsync(database, RiskRuns.Table, id, CancellationToken.None));
        using var over = new CancellationTokenSource();
        var telling = TellAsync(database, id, over.Token);
        while (await RiskRuns.IsOpenAsync(database, id))
            if (!await worker.WorkOnceAsync(CancellationToken.None)) await Task.Delay(100, CancellationToken.None);
        await over.CancelAsync();
        await telling;
        stop.ThrowIfCancellationRequested();
        return await RiskRuns.ReportAsync(database, id);
    }

    private static async Task TellAsync(NpgsqlDataSource database, Guid id, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            await Task.Delay(1000, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (over.IsCancellationRequested) return;
            var progress = await database.ScalarAsync<double>("select progress from register.risk_runs where id = $1", CancellationToken.None, id);
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"run {id}: {progress:P0}"));
        }
    }

    private static async Task<object> CancelAsync(NpgsqlDataSource database, CancellationToken stop)
    {
        var open = await RiskRuns.OpenAsync(database, stop);
        foreach (var id in open) await RunOrders.CancelAsync(database, RiskRuns.Table, id, stop);
        return new { Cancelled = open };
    }
}
