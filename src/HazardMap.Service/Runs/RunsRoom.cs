using HazardMap.Service.Database;
using HazardMap.Service.Hosting;

namespace HazardMap.Service.Runs;

/// <summary>The worker that does ordered runs; a capability adds its kind of run with <see cref="AddRun"/>.</summary>
internal static class RunsRoom
{
    public static void Add(House house)
    {
        house.Services.AddKeyedSingleton(RunWorker.Pool,
            (services, _) => RegisterDatabase.OpenForRuns(services.GetRequiredService<HazardMapOptions>().ConnectionString));
        house.Services.AddSingleton<RunWorker>().AddHostedService(services => services.GetRequiredService<RunWorker>());
    }

    /// <summary>Lets the worker do orders of this kind, and wakes it when one is committed.</summary>
    public static void AddRun(this House house, string set, Func<IServiceProvider, RunKind> kind)
    {
        house.Services.AddSingleton(kind);
        house.Model.Extend(set, orders => orders.Committed((change, _) =>
        {
            change.Http.RequestServices.GetRequiredService<RunWorker>().Wake();
            return Task.CompletedTask;
        }));
    }
}
