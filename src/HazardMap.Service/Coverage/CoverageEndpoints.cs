using HazardMap.Service.Network;
using Npgsql;

namespace HazardMap.Service.Coverage;

/// <summary><c>GET /api/coverage</c>: the same answer as the command line.</summary>
internal static class CoverageEndpoints
{
    private const int MostLeftOut = 500;

    public static void MapCoverage(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/roads", async (RoadNetworks networks, CancellationToken stop) => Results.Json(await RoadReport.ReadAsync(networks, stop)));
        routes.MapGet("/api/coverage", async (string? kind, double? within, string? demand, string? level, NpgsqlDataSource database, CancellationToken stop) =>
        {
            var question = CoverageQuestion.Parse(kind, within ?? 0, demand, level);
            return Results.Json(CoverageAnswer.Json(question, await CoverageStore.MeasureAsync(database, question, stop), MostLeftOut));
        });
    }
}
