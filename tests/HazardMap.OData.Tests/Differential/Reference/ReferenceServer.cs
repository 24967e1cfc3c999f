using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OData;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.OData.Edm;
using Microsoft.OData.ModelBuilder;
using Npgsql;

namespace HazardMap.OData.Tests.Differential.Reference;

/// <summary>Microsoft.AspNetCore.OData on Entity Framework Core and Npgsql, over the coast that we serve too,
/// on a Kestrel of its own.</summary>
public sealed class ReferenceServer(WebApplication application) : IAsyncDisposable
{
    public HttpClient Http { get; } = new() { BaseAddress = new Uri(application.Urls.First() + "/reference/") };

    public static async Task<ReferenceServer> StartAsync(NpgsqlDataSource coast)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0").ConfigureKestrel(x => x.Limits.MaxRequestLineSize = 64 * 1024);
        builder.Logging.ClearProviders();
        builder.Services.AddDbContext<CoastContext>(x => x.UseNpgsql(coast));
        builder.Services.AddControllers().AddApplicationPart(typeof(ReferenceServer).Assembly).AddOData(x =>
        {
            x.EnableQueryFeatures(maxTopValue: null).AddRouteComponents("reference", Model());
            x.TimeZone = TimeZoneInfo.Utc;
        });
        var application = builder.Build();
        application.Use(SayWhyAsync);
        application.MapControllers();
        await application.StartAsync();
        return new ReferenceServer(application);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await application.DisposeAsync();
    }

    private static IEdmModel Model()
    {
        var model = new ODataConventionModelBuilder { Namespace = "Coast" };
        model.EnumType<LighthouseKind>().Namespace = "Coast";
        model.EntitySet<Harbour>("Harbours").EntityType.HasKey(x => x.Code);
        model.EntitySet<Lighthouse>("Lighthouses");
        model.EntitySet<Keeper>("Keepers");
        foreach (var type in model.StructuralTypes) type.Namespace = "Coast";
        return model.GetEdmModel();
    }

    // It runs its query while it writes the answer: what fails then would be half an answer and no reason.
    private static async Task SayWhyAsync(HttpContext http, RequestDelegate next)
    {
        var (body, held) = (http.Response.Body, new MemoryStream());
        http.Response.Body = held;
        var failure = "";
        try
        {
            await next(http);
        }
        catch (Exception thrown)
        {
            failure = thrown.ToString();
        }
        http.Response.Body = body;
        if (failure.Length > 0)
        {
            http.Response.Clear();
            http.Response.StatusCode = 500;
            await http.Response.WriteAsync(failure);
        }
        else await body.WriteAsync(held.ToArray());
    }
}
