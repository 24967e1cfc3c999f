using System.IO.Compression;
using HazardMap.OData;
using HazardMap.Service.Accounts;
using HazardMap.Service.Database;
using HazardMap.Service.Photos;
using HazardMap.Service.Photos.Uploads;
using HazardMap.Service.Register;
using HazardMap.Service.Sync.Late;
using Microsoft.AspNetCore.ResponseCompression;

namespace HazardMap.Service.Hosting;

/// <summary>What the web application is built from.</summary>
/// <param name="ConnectionString">The migrated database, as the service's role.</param>
/// <param name="Front">Where to listen, with which certificate.</param>
internal sealed record HazardMapOptions(string ConnectionString, Front Front)
{
    /// <summary>On an address by plain HTTP, such as <c>http://127.0.0.1:8080</c>; port 0 takes a free one.</summary>
    public HazardMapOptions(string connectionString, string url) : this(connectionString, Front.At(url)) { }

    /// <summary>Origins of web pages elsewhere that may call the service.</summary>
    public IReadOnlyList<string> Origins { get; init; } = CrossOrigin.Listed();

    /// <summary>Where the keys are that encrypt second factors; null: nobody may have one.</summary>
    public string? KeyDirectory { get; init; }

    /// <summary>Through which proxies and under which names it is reached.</summary>
    public WayIn WayIn { get; init; } = WayIn.Local;

    /// <summary>How many photos are taken, and how large.</summary>
    public PhotoLimits PhotoLimits { get; init; } = PhotoLimits.Read();

    /// <summary>Where the pieces of photos lie that are not whole yet; null: where <see cref="UploadFiles"/> says.</summary>
    public string? UploadDirectory { get; init; }
}

/// <summary>Builds the web application. Every endpoint needs a login unless it says otherwise.</summary>
internal static class HazardMapApp
{
    public static WebApplication Build(HazardMapOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
            WebRootPath = ContentPath.Of("wwwroot"),
        });
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            options.Front.Listen(kestrel);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 11 << 20;
            kestrel.Limits.MaxRequestLineSize = 64 << 10;
        });
        AddLogging(builder);
        AddServices(builder.Services, options);
        var (model, house) = House.Build(builder.Services);
        builder.Services.AddSingleton(model);
        var app = builder.Build();
        app.Services.GetRequiredService<Metrics>(); // listens from the start
        Pipeline(app, model, house, options);
        return app;
    }

    // stdout belongs to results ("ready ..."); the log goes to stderr, without query strings (a login code is one).
    private static void AddLogging(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // Where the keys of data protection lie, and that they are not encrypted themselves, is as it should be (KeyRing.cs).
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
    }

    private static void AddServices(IServiceCollection services, HazardMapOptions options)
    {
        services.AddSingleton(options);
        services.AddCrossOrigin(options.Origins);
        services.AddKeyRing(options.KeyDirectory);
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true); // so that Errors can say what was wrong
        services.AddSingleton(_ => RegisterDatabase.OpenForService(options.ConnectionString));
        // JSON shrinks to a tenth; tiles and the web app's files bring their own encoding.
        services.AddResponseCompression(compression => compression.EnableForHttps = true);
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
    }

    private static void Pipeline(WebApplication app, ODataModel model, House house, HazardMapOptions options)
    {
        app.Use(AnswerHeaders.AddAsync);
        options.WayIn.UseForwardedHeaders(app);
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = Errors.HandleAsync, AllowStatusCode404Response = true,
            // A refusal is an answer, and nothing for the log.
            SuppressDiagnosticsCallback = failed => Errors.IsRefusal(failed.Exception),
        });
        app.UseStatusCodePages(bare => BareAnswers.WriteAsync(bare.HttpContext));
        options.WayIn.UseAllowedHosts(app, options.Front);
        app.UseWebClient(app.Environment.WebRootFileProvider);
        app.UseResponseCompression();
        app.UseRouting();
        app.UseCrossOrigin(options.Origins);
        app.UseOtherMethods();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseSenderCheck();
        house.MapRoutes(app);
        RegisterRoom.MapModel(app, model);
        app.MapFallback(http => BareAnswers.WriteAsync(http, StatusCodes.Status404NotFound, reason: null)).WithMetadata(new Nowhere());
    }
}
