using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using HazardMap.Service.Commands;
using HazardMap.Service.Database;
using HazardMap.Service.Runs;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace HazardMap.Service.Proximity;

/// <summary><c>risk</c>: the full recomputation, and what people ask of risk without opening a map.</summary>
internal static class RiskCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Build()
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
        var command = new Command("risk", "Compute every water's risk and store it; prints a JSON report") { data, rule, check, dryRun, sensitivity, worst, fourOnes, division, cancel };
        command.Does((parsed, stop) =>
        {
            var (directory, version) = (parsed.GetValue(data)!, parsed.GetValue(rule));
            Task<int> Ask(Func<NpgsqlDataSource, Task<object>> ask) => AnswerAsync(directory, ask, _ => true, stop);
            if (parsed.GetValue(check)) return AnswerAsync(directory, async d => await RiskStore.CheckAsync(d, version, stop), r => ((RiskCheckReport)r).Different == 0, stop);
            if (parsed.GetValue(dryRun)) return Ask(async d => await RiskComparison.CompareAsync(d, version, stop));
            if (parsed.GetValue(sensitivity) is { } percent) return Ask(async d => await RiskSensitivityRun.RunAsync(d, version, percent, stop));
            if (parsed.GetValue(worst) is { } top) return Ask(async d => await RiskViews.WorstAsync(d, parsed.GetValue(division), Math.Clamp(top, 1, 1000), stop));
            if (parsed.GetValue(fourOnes)) return Ask(async d => await RiskViews.FourOnesAsync(d, parsed.GetValue(division), stop));
            if (parsed.GetValue(cancel)) return AnswerAsync(directory, async d => await CancelAsync(d, stop), _ => true, stop, ClusterRole.Service);
            return AnswerAsync(directory, async d => await RunAsync(d, version, stop), _ => true, stop, ClusterRole.Service);
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

    // An order like any other: a service that runs may do it, else this process does.
    private static async Task<RiskRunReport> RunAsync(NpgsqlDataSource database, string? version, CancellationToken stop)
    {
        if (version is not null) RuleFiles.Find(version);
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
