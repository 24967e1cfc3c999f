using System.Net.Mime;
using System.Text;
using HazardMap.Service.Accounts;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.History;

/// <summary>
/// <c>GET /api/hazards/{id}/changes?since=VERSION</c>: who changed which columns of a water after that version and when, oldest first,
/// and who deleted it. For whoever finds that somebody else was faster.
/// </summary>
internal static class WaterAuthors
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/hazards/{id:guid}/changes", ReadAsync).OpenTo(Roles.SeesPeople);

    private static async Task<IResult> ReadAsync(Guid id, int? since, HttpContext http, NpgsqlDataSource database, CancellationToken stop)
    {
        var territory = Areas.Of(http).Of(Roles.SeesPeople);
        var told = await database.ScalarAsync<string>(
            EmbeddedSql.Of(typeof(WaterAuthors), "WaterAuthors"), stop, id, since ?? 0, territory.Patterns);
        return Results.Content(told, MediaTypeNames.Application.Json, Encoding.UTF8);
    }
}
