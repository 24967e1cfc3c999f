using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using HazardMap.Register;
using HazardMap.Service.Commands;
using HazardMap.Service.Database;
using HazardMap.Service.Network;
using HazardMap.Service.Runs;

[assembly: Command<HazardMap.Service.Coverage.CoverageCommand>]

namespace HazardMap.Service.Coverage;

/// <summary><c>coverage --kind K --within M --demand D</c>: who is served, who is left out, is there enough room.</summary>
internal sealed class CoverageCommand : ICommand
{
    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public CommandGroup Group => CommandGroup.Analysis;

    public Command Build()
    {
        var options = new CoverageOptions();
        var command = new Command("coverage",
            "Who has a facility near enough, who is left out, is there enough room / 设施覆盖分析");
        options.AddTo(command);
        command.Does((given, stop) => DoAsync(options, given, stop));
        return command;
    }

    private static Task<int> DoAsync(CoverageOptions options, ParseResult given, CancellationToken stop)
    {
        var (data, isCsv, isLeftOut) = (given.GetValue(options.Data)!, given.GetValue(options.Format) == "csv",
            given.GetValue(options.LeftOut));
        if (options.IsShort(given)) return AnswerAsync(data, options.QuestionOf(given), isCsv, isLeftOut, stop);
        var order = options.OrderOf(given);
        DivisionLevel? level = given.GetValue(options.Level) is { } word ? CoverageQuestion.Word<DivisionLevel>(word, "level") : null;
        return given.GetValue(options.Keep) is { } name
            ? KeepAsync(data, order, name, given.GetValue(options.Baseline), stop)
            : MeasureAsync(data, order, (level, given.GetValue(options.Division)), isCsv, isLeftOut, stop);
    }

    // The short question: one straight distance.
    private static async Task<int> AnswerAsync(string data, CoverageQuestion question, bool csv, bool leftOut, CancellationToken stop)
    {
        await using var register = await RegisterSession.OpenAsync(data, ClusterRole.Question, stop);
        var (result, notes) = await CoverageStore.MeasureAsync(register.Database, question, stop);
        Console.Write(!csv ? CoverageAnswer.Json(question, result, notes, int.MaxValue).ToJsonString(Readable) + "\n"
            : leftOut ? CoverageAnswer.LeftOutCsv(result) : CoverageAnswer.DivisionsCsv(question, result));
        return Exit.Done;
    }

    private static async Task<int> MeasureAsync(string data, CoverageOrder order, (DivisionLevel? Level, string? Division) asked,
        bool csv, bool leftOut, CancellationToken stop)
    {
        await using var register = await RegisterSession.OpenAsync(data, ClusterRole.Question, stop);
        if (asked.Division is not null) await CoverageStore.FindDivisionAsync(register.Database, asked.Division, stop);
        using var networks = new RoadNetworks(register.Database);
        var outcome = await CoverageRunner.RunAsync(register.Database, networks, order, _ => { }, stop);
        if (asked.Division is { } code) outcome = outcome with { Measured = outcome.Measured.In(code) };
        Console.Write(!csv ? CoverageReport.Json(outcome, asked.Level, asked.Division).ToJsonString(Readable) + "\n"
            : leftOut ? CoverageReport.LeftOutCsv(outcome) : CoverageReport.DivisionsCsv(outcome, asked.Level));
        return Exit.Done;
    }

    private static async Task<int> KeepAsync(string data, CoverageOrder order, string name, Guid? baseline, CancellationToken stop)
    {
        await using var register = await RegisterSession.OpenAsync(data, ClusterRole.Service, stop);
        using var networks = new RoadNetworks(register.Database);
        var id = await CoverageRuns.OrderAsync(register.Database, order, name, baseline, $"coverage:{Environment.UserName}", stop);
        await RunOrders.SeeThroughAsync(register.Database, CoverageRuns.Kind(networks), id, stop);
        var row = await register.Database.ScalarAsync<string>("select to_jsonb(r)::text from odata.coverage_runs r where id = $1", stop, id)
            ?? "{}";
        using var run = JsonDocument.Parse(row);
        if (run.RootElement.GetProperty("state").GetString() != "Done")
            throw new RefusalException("RunIsNotDone",
                run.RootElement.GetProperty("error").GetString() ?? "The run was called off.", "运行未完成。");
        Console.WriteLine(JsonSerializer.Serialize(run.RootElement, Readable));
        return Exit.Done;
    }
}
