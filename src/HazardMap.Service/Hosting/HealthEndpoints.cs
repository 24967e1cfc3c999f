using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Hosting;

/// <summary>Is the process alive, and can it serve?</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Text("alive")).AllowAnonymous();
        routes.MapGet("/health/ready", async (NpgsqlDataSource database, HttpContext http, CancellationToken stop) =>
        {
            try
            {
                await database.ScalarAsync<int>("select 1", stop);
                return Results.Text("ready");
            }
            catch (Exception away) when (away is NpgsqlException or TimeoutException)
            {
                http.Response.Headers.RetryAfter = "2";
                return Results.Text("database away", statusCode: StatusCodes.Status503ServiceUnavailable);
            }
        }).AllowAnonymous();
    }
}
