using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using HazardMap.OData;
using HazardMap.Risk.Rules;
using HazardMap.Risk.Trips;
using HazardMap.Service.Commands;
using HazardMap.Service.Database;
using HazardMap.Service.Risk.Rules;
using HazardMap.Service.Risk.Runs;
using HazardMap.Service.Risk.Trips;
using HazardMap.Service.Runs;
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
        Converters = { new JsonStringEnumConverter() },
    };

    public CommandGroup Group => CommandGroup.Analysis;

    public Command Build()
    {
        var options = new RiskOptions();
        var command = new Command("risk", "Compute every water's risk anew, or ask what it depends on / 重新计算或查询风险");
        options.AddTo(command);
        command.Does((given, stop) => DoAsync(options, given, stop));
        return command;
    }

    private static Task<int> DoAsync(RiskOptions options, ParseResult given, CancellationToken stop)
    {
        var (version, division) = (given.GetValue(options.Rule), given.GetValue(options.Division));
        Task<int> ReadAsync(Func<NpgsqlDataSource, Task<object>> ask) =>
            AnswerAsync(given.GetValue(options.Data)!, ClusterRole.Question, ask, stop);
        Task<int> WriteAsync(Func<NpgsqlDataSource, Task<object>> ask) =>
            AnswerAsync(given.GetValue(options.Data)!, ClusterRole.Service, ask, stop);
        if (given.GetValue(options.Check))
            return ReadAsync(async d => await RiskRun.CheckAsync(await WithWordOfMissingRoadsAsync(d, version, stop), version, stop));
        if (given.GetValue(options.DryRun))
            return ReadAsync(async d =>
                await RiskComparison.CompareAsync(await WithWordOfMissingRoadsAsync(d, version, stop), version, stop));
        if (given.GetValue(options.Sensitivity) is { } percent)
            return ReadAsync(async d =>
                await SensitivityAsync(await WithWordOfMissingRoadsAsync(d, version, stop), version, percent, stop));
        if (given.GetValue(options.Draws) is { } draws)
            return ReadAsync(async d => await TripDrawRun.RunAsync(await WithWordOfMissingRoadsAsync(d, version, stop), version, draws,
                given.GetValue(options.Seed) ?? TripDrawRun.Seed, stop));
        if (given.GetValue(options.Calibrate))
            return ReadAsync(async d => await TripCalibrationRun.RunAsync(await WithWordOfMissingRoadsAsync(d, version, stop), version,
                stop));
        if (given.GetValue(options.Worst) is { } top) return ReadAsync(async d => await RiskViews.WorstAsync(d, division, top, stop));
        if (given.GetValue(options.FourOnes)) return ReadAsync(async d => await RiskViews.FourOnesAsync(d, division, stop));
        if (given.GetValue(options.FitLevels) is { } most) return ReadAsync(async d => await TripQuestions.FitLevelsAsync(d, most, stop));
        if (given.GetValue(options.Against) is not null) return ReadAsync(async d => await TripQuestions.AgainstOwnAsync(d, stop));
        if (given.GetValue(options.CountHere) is { } count)
            return ReadAsync(async d => await TripQuestions.CountHereAsync(d, version, count, stop));
        if (given.GetValue(options.Cancel)) return WriteAsync(async d => await CancelAsync(d, stop));
        return WriteAsync(async d => await RunAsync(await WithWordOfMissingRoadsAsync(d, version, stop), version,
            given.GetValue(options.Scale), stop));
    }

    // A check that finds another score than the stored one has failed.
    private static async Task<int> AnswerAsync(string directory, ClusterRole role,
        Func<NpgsqlDataSource, Task<object>> ask, CancellationToken stop)
    {
        await using var register = await RegisterSession.OpenAsync(directory, role, stop);
        var answer = await ask(register.Database);
        Console.WriteLine(JsonSerializer.Serialize(answer, Json));
        if (answer is ITold told)
            foreach (var line in told.Lines()) await Console.Error.WriteLineAsync(line);
        return answer is RiskCheckReport { Different: > 0 } ? Exit.Refused : Exit.Done;
    }

    private static async Task<object> SensitivityAsync(NpgsqlDataSource database, string? version, double percent, CancellationToken stop)
    {
        await using var connection = await database.OpenPatientlyAsync(stop);
        var asked = version ?? await RuleShelf.InForceAsync(connection, stop);
        return RuleFiles.Find(asked) is TripRule ? await TripSensitivityRun.RunAsync(database, asked, percent, stop)
            : await RiskSensitivityRun.RunAsync(database, asked, percent, stop);
    }

    // Ways on foot where no road is loaded are straight ones: whoever compares should know why nothing differs.
    private static async Task<NpgsqlDataSource> WithWordOfMissingRoadsAsync(NpgsqlDataSource database,
        string? version, CancellationToken stop)
    {
        if (version is null || RuleFiles.Find(version).Distance.Mode != DistanceMode.Walk) return database;
        if (await database.ScalarAsync<bool>("select exists (select from register.road_edges where walk_forward or walk_backward)", stop))
            return database;
        await Console.Error.WriteLineAsync("no roads are loaded: every distance stays straight; "
            + "./hazardmap import FILE.osm.pbf loads them");
        await Console.Error.WriteLineAsync("尚未导入道路：所有距离仍为直线距离；"
            + "请用 ./hazardmap import FILE.osm.pbf 导入");
        return database;
    }

    // An order like any other: a service that runs may do it, else this process does.
    private static async Task<RiskRunReport> RunAsync(NpgsqlDataSource database, string? version, bool makesScale, CancellationToken stop)
    {
        if (makesScale) await TripQuestions.RefuseWithoutScaleAsync(database, version, stop);
        await SayWhatWillChangeAsync(database, version, stop);
        var id = await RiskRuns.OrderAsync(database, version, makesScale, $"risk:{Environment.UserName}", stop);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var telling = TellAsync(database, id, over.Token);
        try
        {
            await RunOrders.SeeThroughAsync(database, RiskRuns.Kind, id, stop);
        }
        finally
        {
            await over.CancelAsync();
            await telling;
        }
        var report = await RiskRuns.ReportAsync(database, id);
        if (!makesScale) return report;
        var scale = await TripQuestions.NewestScaleAsync(database, stop);
        await Console.Error.WriteLineAsync(scale?.SaidEn ?? "No scale could be made, for no child is known to come to any water.");
        await Console.Error.WriteLineAsync(scale?.SaidZh ?? "无法制作标度，因为还不知道有儿童前往任何水域。");
        return report with { Scale = scale };
    }

    // A register in service that gets another rule: who changes and why is said before anything is written.
    private static async Task SayWhatWillChangeAsync(NpgsqlDataSource database, string? version, CancellationToken stop)
    {
        if (version is null) return;
        await using (var connection = await database.OpenPatientlyAsync(stop))
        {
            if (await RuleShelf.InForceAsync(connection, stop) == version
                || !await connection.ScalarAsync<bool>("select exists (select from register.hazard_risks where score is not null)", stop))
                return;
        }
        var comparison = await RiskComparison.CompareAsync(database, version, stop);
        foreach (var line in comparison.Lines()) await Console.Error.WriteLineAsync(line);
    }

    private static async Task TellAsync(NpgsqlDataSource database, Guid id, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(1000, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested) return;
            var progress = await database.ScalarAsync<double>("select progress from register.risk_runs where id = $1",
                CancellationToken.None, id);
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
