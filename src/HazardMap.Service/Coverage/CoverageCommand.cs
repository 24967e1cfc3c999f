using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using HazardMap.Register;
using HazardMap.Service.Commands;
using HazardMap.Service.Database;
using HazardMap.Service.Network;
using HazardMap.Service.Runs;
using Microsoft.Extensions.Logging.Abstractions;

[assembly: Command<HazardMap.Service.Coverage.CoverageCommand>]

namespace HazardMap.Service.Coverage;

/// <summary><c>coverage --kind K --within M --demand D</c>: who is served, who is left out, is there enough room.</summary>
internal sealed class CoverageCommand : ICommand
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public CommandGroup Group => CommandGroup.Analysis;

    public Command Build()
    {
        var data = DataOption.Create();
        var kind = new Option<string>("--kind") { Description = $"What serves: {string.Join(", ", Enum.GetNames<FacilityKind>())}", HelpName = "KIND", Required = true };
        var within = new Option<double?>("--within") { Description = "What is near enough: one band" };
        var bands = new Option<string?>("--bands") { Description = "Rising limits, such as 1000,3000,5000: all measures for each" };
        var mode = new Option<string?>("--mode") { Description = "Straight (default), Walk or Drive" };
        var unit = new Option<string?>("--unit") { Description = "Metres (default) or Minutes; driving is measured in minutes" };
        var method = new Option<string?>("--weights") { Description = "Weight of each band in E2SFCA and 3SFCA, such as 1,0.68,0.22" };
        var beta = new Option<double?>("--beta") { Description = "Gaussian decay exp(-cost²/beta) of E2SFCA" };
        var demand = new Option<string>("--demand") { Description = $"Who is served: {string.Join(", ", Enum.GetNames<CoverageDemand>().Select(n => n.ToLowerInvariant()))}", HelpName = "WHO", Required = true };
        var demandKinds = new Option<string?>("--demand-kinds") { Description = "At which kinds of facility, such as School,Kindergarten" };
        var planned = new Option<bool>("--planned") { Description = "Planned facilities serve too" };
        var keep = new Option<string?>("--keep") { Description = "Keep the result as a run of this name, with its catchments on the map" };
        var baseline = new Option<Guid?>("--baseline") { Description = "With --keep: the run to compare with" };
        var level = new Option<string?>("--level") { Description = "Prefecture, County, Township or Village; all levels without it" };
        var format = new Option<string>("--format") { Description = "json or csv", DefaultValueFactory = _ => "json" };
        format.AcceptOnlyFromAmong("json", "csv");
        var leftOut = new Option<bool>("--left-out") { Description = "With csv: the points that are left out instead of the divisions" };
        var command = new Command("coverage", "Who has a facility within reach, who is left out, is there enough room / 设施覆盖分析")
        {
            data, kind, within, bands, mode, unit, method, beta, demand, demandKinds, planned, keep, baseline, level, format, leftOut,
        };
        command.Does(async (parsed, stop) =>
        {
            var csv = parsed.GetValue(format) == "csv";
            if (new Option[] { bands, mode, unit, method, beta, demandKinds, planned, keep }.All(o => parsed.GetResult(o) is null))
            {
                var question = CoverageQuestion.Parse(parsed.GetValue(kind), parsed.GetValue(within) ?? 0, parsed.GetValue(demand), parsed.GetValue(level));
                return await AnswerAsync(parsed.GetValue(data)!, question, csv, parsed.GetValue(leftOut), stop);
            }
            var limits = parsed.GetValue(bands) ?? parsed.GetValue(within)?.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
            var order = CoverageOrder.Parse(parsed.GetValue(kind), parsed.GetValue(mode), parsed.GetValue(unit), limits, parsed.GetValue(method), parsed.GetValue(beta),
                parsed.GetValue(demand), parsed.GetValue(demandKinds), parsed.GetValue(planned), drawAreas: parsed.GetValue(keep) is not null);
            DivisionLevel? told = parsed.GetValue(level) is { } word ? CoverageQuestion.Word<DivisionLevel>(word, "level") : null;
            return parsed.GetValue(keep) is { } name
                ? await KeepAsync(parsed.GetValue(data)!, order, name, parsed.GetValue(baseline), stop)
                : await MeasureAsync(parsed.GetValue(data)!, order, told, csv, parsed.GetValue(leftOut), stop);
        });
        return command;
    }

    // The short question: one straight distance.
    private static async Task<int> AnswerAsync(string data, CoverageQuestion question, bool csv, bool leftOut, CancellationToken stop)
    {
        await using var register = await RegisterSession.OpenAsync(data, ClusterRole.Reader, stop);
        var result = await CoverageStore.MeasureAsync(register.Database, question, stop);
        Console.Write(!csv ? CoverageAnswer.Json(question, result, int.MaxValue).ToJsonString(Readable) + "\n"
            : leftOut ? CoverageAnswer.LeftOutCsv(result) : CoverageAnswer.DivisionsCsv(question, result));
        return Exit.Done;
    }

    private static async Task<int> MeasureAsync(string data, CoverageOrder order, DivisionLevel? level, bool csv, bool leftOut, CancellationToken stop)
    {
        await using var register = await RegisterSession.OpenAsync(data, ClusterRole.Reader, stop);
        using var networks = new RoadNetworks(register.Database);
        var outcome = await CoverageRunner.RunAsync(register.Database, networks, order, _ => { }, stop);
        Console.Write(!csv ? CoverageReport.Json(outcome, level).ToJsonString(Readable) + "\n"
            : leftOut ? CoverageReport.LeftOutCsv(outcome) : CoverageReport.DivisionsCsv(outcome, level));
        return Exit.Done;
    }

    // A service that runs may be quicker to take the order; either way it is waited for.
    private static async Task<int> KeepAsync(string data, CoverageOrder order, string name, Guid? baseline, CancellationToken stop)
    {
        await using var register = await RegisterSession.OpenAsync(data, ClusterRole.Service, stop);
        using var networks = new RoadNetworks(register.Database);
        var id = await CoverageRuns.OrderAsync(register.Database, order, name, baseline, $"coverage:{Environment.UserName}", stop);
        using var worker = new RunWorker(register.Database, [CoverageRuns.Kind(networks)], NullLogger<RunWorker>.Instance);
        while (await register.Database.ScalarAsync<bool>("select state in ('Queued', 'Running') from register.coverage_runs where id = $1", stop, id))
            if (!await worker.WorkOnceAsync(stop)) await Task.Delay(200, stop);
        var row = await register.Database.ScalarAsync<string>("select to_jsonb(r)::text from odata.coverage_runs r where id = $1", stop, id) ?? "{}";
        using var run = JsonDocument.Parse(row);
        if (run.RootElement.GetProperty("state").GetString() != "Done")
            throw new RefusalException("RunIsNotDone", run.RootElement.GetProperty("error").GetString() ?? "The run was called off.", "运行未完成。");
        Console.WriteLine(JsonSerializer.Serialize(run.RootElement, Readable));
        return Exit.Done;
    }
}
