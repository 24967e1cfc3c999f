using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.OData;
using Microsoft.AspNetCore.OData.Query;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.OData.ModelBuilder;
using Npgsql;

namespace HazardMap.Benchmarks;

/// <summary>
/// The reference stack as a process of its own: Microsoft.AspNetCore.OData on Entity Framework Core and Npgsql, over the views that our own
/// service reads, no log-in.
/// </summary>
internal static class ReferencePeer
{
    public const string Argument = "aspnetcore-odata-endpoint";
    private const string DatabaseVariable = "HAZARDMAP_BENCHMARK_DATABASE";

    /// <summary>With the version that is referenced.</summary>
    public static string Name { get; } =
        "Microsoft.AspNetCore.OData " + typeof(EnableQueryAttribute).Assembly.GetName().Version!.ToString(3);

    public static async Task<(ChildProcess Process, Target Target)> StartAsync(
        NpgsqlConnectionStringBuilder database, CancellationToken stop)
    {
        var process = ChildProcess.Start(Path.Combine(AppContext.BaseDirectory, "HazardMap.Benchmarks"), [Argument],
            new Dictionary<string, string>(StringComparer.Ordinal) { [DatabaseVariable] = database.ConnectionString });
        var url = (await process.SaysAsync("^ready (.*)$", stop)).Groups[1].Value;
        return (process, new Target(Name, [new Uri(url)]));
    }

    /// <summary>Is it.</summary>
    public static async Task<int> ServeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var database = new NpgsqlConnectionStringBuilder(Environment.GetEnvironmentVariable(DatabaseVariable)) { MaxAutoPrepare = 60 };
        builder.Services.AddDbContextPool<ReferenceRegister>(x => x.UseNpgsql(database.ConnectionString));
        builder.Services.AddControllers().AddApplicationPart(typeof(ReferencePeer).Assembly).AddOData(x =>
        {
            x.EnableQueryFeatures(maxTopValue: null).AddRouteComponents("odata", Model());
            x.TimeZone = TimeZoneInfo.Utc;
        });
        await using var app = builder.Build();
        app.MapControllers();
        await app.StartAsync();
        Console.WriteLine("ready " + app.Urls.First());
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static Microsoft.OData.Edm.IEdmModel Model()
    {
        var model = new ODataConventionModelBuilder();
        model.EntitySet<ReferenceHazard>("Hazards");
        model.EntitySet<ReferenceDivision>("Divisions").EntityType.HasKey(x => x.Code);
        return model.GetEdmModel();
    }
}
