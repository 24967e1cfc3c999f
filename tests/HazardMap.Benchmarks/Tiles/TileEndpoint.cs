using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace HazardMap.Benchmarks.Tiles;

/// <summary>
/// What a plain tile server does: a bare Kestrel endpoint that draws every tile anew with ST_AsMVT over the same tables, as martin or
/// pg_tileserv would. No log-in, no counts below z9, no simplifying, no cache.
/// </summary>
internal static class TileEndpoint
{
    public const string Argument = "tile-endpoint";
    public const string Name = "bare Kestrel, ST_AsMVT";

    // Parsed once and planned for its tile; no just-in-time compiling, no parallel workers: the settings of our layers.
    private const string Settings = "Max Auto Prepare=20;Auto Prepare Min Usages=1;"
        + "Options=-c plan_cache_mode=force_custom_plan -c jit=off -c max_parallel_workers_per_gather=0";

    private static readonly Dictionary<string, string> Layers = new(StringComparer.Ordinal)
    {
        ["hazards"] = TileSet.Sql("PeerHazards"),
        ["facilities"] = TileSet.Sql("PeerFacilities"),
        ["divisions"] = TileSet.Sql("PeerDivisions"),
    };

    /// <summary>Starts it as a process.</summary>
    public static async Task<(ChildProcess Process, Target Target)> StartAsync(string database, CancellationToken stop)
    {
        var process = ChildProcess.Start(Path.Combine(AppContext.BaseDirectory, "HazardMap.Benchmarks"), [Argument],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["HAZARDMAP_DATABASE"] = database });
        var url = (await process.SaysAsync("^ready (.*)$", stop)).Groups[1].Value;
        return (process, new Target(Name, [new Uri(url)]));
    }

    /// <summary>Is it.</summary>
    public static async Task<int> ServeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        await using var app = builder.Build();
        await using var database = NpgsqlDataSource.Create(Environment.GetEnvironmentVariable("HAZARDMAP_DATABASE") + ";" + Settings);
        app.Run(http => AnswerAsync(http, database));
        await app.StartAsync();
        Console.WriteLine("ready " + app.Urls.First());
        await app.WaitForShutdownAsync();
        return 0;
    }

    // /tiles/LAYER/Z/X/Y.mvt
    private static async Task AnswerAsync(HttpContext http, NpgsqlDataSource database)
    {
        var parts = http.Request.Path.Value!.Split('/', '.');
        int[] place = [.. parts[3..6].Select(x => int.Parse(x, CultureInfo.InvariantCulture))];
        var tile = await DrawAsync(database, Layers[parts[2]], place, http.RequestAborted);
        http.Response.StatusCode = tile.Length == 0 ? StatusCodes.Status204NoContent : StatusCodes.Status200OK;
        if (tile.Length == 0) return;
        http.Response.ContentType = "application/vnd.mapbox-vector-tile";
        http.Response.ContentLength = tile.Length;
        await http.Response.Body.WriteAsync(tile, http.RequestAborted);
    }

    private static async Task<byte[]> DrawAsync(NpgsqlDataSource database, string sql, int[] place, CancellationToken stop)
    {
        await using var command = database.CreateCommand(sql);
        foreach (var number in place) command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = number });
        return await command.ExecuteScalarAsync(stop) as byte[] ?? [];
    }
}
