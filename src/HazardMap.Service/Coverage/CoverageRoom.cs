using HazardMap.Service.Accounts;
using HazardMap.Service.Hosting;
using HazardMap.Service.Network;
using HazardMap.Service.Runs;
using Npgsql;

namespace HazardMap.Service.Coverage;

/// <summary>Coverage: the quick question over HTTP, and runs that are kept and compared.</summary>
internal static class CoverageRoom
{
    private const int MostLeftOut = 500;

    public static void Add(House house)
    {
        CoverageModel.Describe(house.Model);
        house.AddRun(CoverageRuns.Set, services => CoverageRuns.Kind(services.GetRequiredService<RoadNetworks>()));
        house.Routes(routes => routes.MapGet("/api/coverage", MeasureAsync).AddEndpointFilter(Areas.NeedEverywhereAsync));
    }

    private static async Task<IResult> MeasureAsync(
        string? kind, double? within, string? demand, string? level, NpgsqlDataSource database, CancellationToken stop)
    {
        var question = CoverageQuestion.Parse(kind, within ?? 0, demand, level);
        return Results.Json(CoverageAnswer.Json(question, await CoverageStore.MeasureAsync(database, question, stop), MostLeftOut));
    }
}
