namespace HazardMap.Service.Hosting;

/// <summary>Is the process alive, and can it serve?</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Text("alive")).AllowAnonymous();
        routes.MapGet("/health/ready", async (Readiness readiness, HttpContext http, CancellationToken stop) =>
        {
            if (await readiness.WhyNotAsync().WaitAsync(stop) is not { } reason) return Results.Text("ready");
            http.Response.Headers.RetryAfter = "2";
            return Results.Text(reason, statusCode: StatusCodes.Status503ServiceUnavailable);
        }).AllowAnonymous();
    }
}
