using System.Data;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace HazardMap.Benchmarks;

/// <summary>
/// The least a service can do: a bare Kestrel endpoint that hands on what PostgreSQL's json_agg makes of the very SQL that the
/// library sends. No log-in, no URL to understand, no limits; its statements are prepared where the library's are.
/// </summary>
internal static partial class JsonAggEndpoint
{
    public const string Argument = "json-agg-endpoint";

    /// <summary>What it serves under <c>/NAME/NUMBER</c>.</summary>
    internal sealed record Plan(string Database, Dictionary<string, List<List<PlannedStatement>>> Pages);

    /// <summary>A statement that can travel to another process.</summary>
    internal sealed record PlannedStatement(string Sql, List<PlannedValue> Values);

    /// <summary>A value of it: bytes or double.</summary>
    internal sealed record PlannedValue(NpgsqlDbType Type, JsonElement Value);

    /// <summary>The library's statement with its shapes as GeoJSON and its rows as one JSON text.</summary>
    public static List<PlannedStatement> Wrap(List<Statement> statements) => statements.ConvertAll(statement => new PlannedStatement(
        $"select coalesce(json_agg(p), '[]')::text from ({Shapes().Replace(statement.Sql, "ST_AsGeoJSON(${shape}, 15)::json")}) p",
        [.. statement.Parameters.Select(x => new PlannedValue(x.NpgsqlDbType, JsonSerializer.SerializeToElement(x.Value)))]));

    /// <summary>Starts it as a process.</summary>
    public static async Task<(ChildProcess Process, Target Target)> StartAsync(Plan plan, CancellationToken stop)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(plan), stop);
        var process = ChildProcess.Start(Path.Combine(AppContext.BaseDirectory, "HazardMap.Benchmarks"), [Argument, file]);
        var url = (await process.SaysAsync("^ready (.*)$", stop)).Groups[1].Value;
        return (process, new Target("bare Kestrel, json_agg", [new Uri(url)]));
    }

    /// <summary>Is it.</summary>
    public static async Task<int> ServeAsync(string planFile)
    {
        var plan = JsonSerializer.Deserialize<Plan>(await File.ReadAllTextAsync(planFile))!;
        File.Delete(planFile);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        await using var app = builder.Build();
        await using var database = NpgsqlDataSource.Create(plan.Database + ";Max Auto Prepare=20;Auto Prepare Min Usages=1");
        // A second statement is for boxes that hold much: as with the library, it is planned for its box.
        await using var planning = NpgsqlDataSource.Create(plan.Database);
        app.Run(http => AnswerAsync(http, plan, database, planning));
        await app.StartAsync();
        Console.WriteLine("ready " + app.Urls.First());
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static async Task AnswerAsync(HttpContext http, Plan plan, NpgsqlDataSource database, NpgsqlDataSource planning)
    {
        var parts = http.Request.Path.Value!.Split('/');
        var pages = plan.Pages[parts[1]];
        var page = pages[int.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture) % pages.Count];
        var json = await JsonAsync(database, page[0], http.RequestAborted);
        if (json == "[]" && page.Count > 1) json = await JsonAsync(planning, page[1], http.RequestAborted);
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(json, http.RequestAborted);
    }

    private static async Task<string> JsonAsync(NpgsqlDataSource database, PlannedStatement page, CancellationToken stop)
    {
        await using var command = database.CreateCommand(page.Sql);
        foreach (var value in page.Values) command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = value.Type, Value = Value(value) });
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SingleRow, stop);
        await reader.ReadAsync(stop);
        return reader.GetString(0);
    }

    private static object Value(PlannedValue value) => value.Type switch
    {
        NpgsqlDbType.Bytea => value.Value.GetBytesFromBase64(),
        NpgsqlDbType.Double => value.Value.GetDouble(),
        _ => value.Value.GetString()!,
    };

    [GeneratedRegex(@"ST_AsBinary\((?<shape>[^()]*)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shapes();
}
