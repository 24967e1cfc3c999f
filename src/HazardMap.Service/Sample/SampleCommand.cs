using System.CommandLine;
using System.Text.Json;
using HazardMap.Service.Commands;
using HazardMap.Service.Database;

[assembly: Command<HazardMap.Service.Sample.SampleCommand>]

namespace HazardMap.Service.Sample;

/// <summary><c>sample</c>: loads the made-up register of a prefecture, each flagged as such.</summary>
internal sealed class SampleCommand : ICommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public CommandGroup Group => CommandGroup.Data;

    public Command Build()
    {
        var prefecture =
            new Option<string>("--prefecture") { Description = "wenshan, leshan or all", DefaultValueFactory = _ => "wenshan" };
        prefecture.AcceptOnlyFromAmong([.. SamplePlan.All.Select(plan => plan.Folder), "all"]);
        var data = DataOption.Create();
        var command =
            new Command("sample", "Load the made-up register of a prefecture / 载入示例数据（虚构）") { prefecture, data };
        command.Does(async (parsed, stop) =>
        {
            await using var register = await RegisterSession.OpenAsync(parsed.GetValue(data)!, ClusterRole.Superuser, stop);
            var chosen = parsed.GetValue(prefecture);
            SamplePlan[] plans = [.. SamplePlan.All.Where(plan => chosen == "all" || plan.Folder == chosen)];
            await SampleLoader.RefuseTwiceAsync(register.Database, plans, stop);
            foreach (var plan in plans)
                Console.WriteLine(JsonSerializer.Serialize(await SampleLoader.LoadAsync(register.Database, plan, stop), Json));
            return Exit.Done;
        });
        return command;
    }
}
