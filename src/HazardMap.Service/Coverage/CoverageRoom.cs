using System.Globalization;
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
        house.Routes(routes => routes.MapGet("/api/coverage", MeasureAsync).OpenToWhole(Roles.Everybody));
    }

    private static async Task<IResult> MeasureAsync(
        string? kind, string? within, string? demand, string? level, string? division, NpgsqlDataSource database, CancellationToken stop)
    {
        var question = CoverageQuestion.Parse(kind, Metres(within), demand, level, division);
        var (result, notes) = await CoverageStore.MeasureAsync(database, question, stop);
        return Results.Json(CoverageAnswer.Json(question, result, notes, MostLeftOut));
    }

    private static double Metres(string? within) =>
        within is null ? 0 : double.TryParse(within, NumberStyles.Float, CultureInfo.InvariantCulture, out var metres) ? metres
            : throw new RefusalException("NotANumber", $"within: '{within}' is not a number of metres, such as 5000.",
                $"within：'{within}' 不是以米为单位的数值，例如 5000。", "within");
}
