using System.CommandLine;
using System.Text.Json;
using HazardMap.Service.Commands;
using HazardMap.Service.Database;

namespace HazardMap.Service.Proximity;

/// <summary><c>risk [--rule V] [--check]</c>: the full recomputation, or the proof that nothing is left behind.</summary>
internal static class RiskCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Build()
    {
        var data = DataOption.Create();
        var rule = new Option<string?>("--rule") { Description = "Version of the rule; without it the one in use", HelpName = "VERSION" };
        var check = new Option<bool>("--check") { Description = "Write nothing; exit 1 when a stored score is not what a full run gives" };
        var command = new Command("risk", "Compute every water's risk and store it; prints a JSON report") { data, rule, check };
        command.Does((parsed, stop) => parsed.GetValue(check)
            ? CheckAsync(parsed.GetValue(data)!, parsed.GetValue(rule), stop)
            : RunAsync(parsed.GetValue(data)!, parsed.GetValue(rule), stop));
        return command;
    }

    private static async Task<int> RunAsync(string data, string? rule, CancellationToken stop)
    {
        await using var register = await RegisterSession.OpenAsync(data, ClusterRole.Service, stop);
        var report = await RiskStore.RunAsync(register.Database, rule, $"risk:{Environment.UserName}", stop);
        Console.WriteLine(JsonSerializer.Serialize(report, Json));
        return Exit.Done;
    }

    private static async Task<int> CheckAsync(string data, string? rule, CancellationToken stop)
    {
        await using var register = await RegisterSession.OpenAsync(data, ClusterRole.Reader, stop);
        var report = await RiskStore.CheckAsync(register.Database, rule, stop);
        Console.WriteLine(JsonSerializer.Serialize(report, Json));
        return report.Different == 0 ? Exit.Done : Exit.Refused;
    }
}
