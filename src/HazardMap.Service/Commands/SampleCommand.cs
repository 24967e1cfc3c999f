using System.CommandLine;
using System.Text.Json;
using HazardMap.Service.Database;
using HazardMap.Service.Sample;

namespace HazardMap.Service.Commands;

/// <summary><c>sample</c>: loads the made-up register of a prefecture, each flagged as such.</summary>
internal static class SampleCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Build()
    {
        var prefecture = new Option<string>("--prefecture") { Description = "wenshan, leshan or all", DefaultValueFactory = _ => "wenshan" };
        prefecture.AcceptOnlyFromAmong([.. SamplePlan.All.Select(plan => plan.Folder), "all"]);
        var data = DataOption.Create();
        var command = new Command("sample", "Load a synthetic sample register (示例数据)") { prefecture, data };
        command.Does(async (parsed, stop) =>
        {
            await using var register = await RegisterSession.OpenAsync(parsed.GetValue(data)!, ClusterRole.Superuser, stop);
            var chosen = parsed.GetValue(prefecture);
            foreach (var plan in SamplePlan.All.Where(plan => chosen == "all" || plan.Folder == chosen))
                Console.WriteLine(JsonSerializer.Serialize(await SampleLoader.LoadAsync(register.Database, plan, stop), Json));
            return Exit.Done;
        });
        return command;
    }
}
