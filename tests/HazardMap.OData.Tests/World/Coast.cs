using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace HazardMap.OData.Tests.World;

/// <summary>A database of its own on the test server, the coast in it, and a real Kestrel that serves it.</summary>
public sealed class Coast : IAsyncLifetime
{
    private readonly string database = "coast_" + Guid.NewGuid().ToString("N")[..12];
    private WebApplication? application;

    public NpgsqlDataSource Source { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    /// <summary>The same service with pages of five.</summary>
    public Uri SmallPages { get; private set; } = null!;

    /// <summary>The same service, its database unreachable.</summary>
    public Uri WithoutDatabase { get; private set; } = null!;

    private static NpgsqlDataSource Nowhere { get; } = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Username=nobody;Timeout=2");

    public List<Exception> Unexpected { get; } = [];

    public static string Server => Environment.GetEnvironmentVariable("HAZARDMAP_TEST_DATABASE")
        ?? throw new InvalidOperationException("HAZARDMAP_TEST_DATABASE is not set: ./hazardmap test starts a PostGIS and sets it.");

    public async Task InitializeAsync()
    {
        await using (var server = NpgsqlDataSource.Create(Server)) await Run(server, $"create database {database}");
        Source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Server) { Database = database, Timeout = 5 });
        await Run(Source, await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "World", "coast.sql")));
        await Run(Source, await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "World", "tracked.sql")));
        await CoastRows.Fill(Source);
        await Serve();
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        if (application is not null) await application.DisposeAsync();
        await Source.DisposeAsync();
        await using var server = NpgsqlDataSource.Create(Server);
        await Run(server, $"drop database if exists {database} with (force)");
    }

    public static async Task Run(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private async Task Serve()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0").ConfigureKestrel(x => x.Limits.MaxRequestLineSize = 64 * 1024);
        builder.Logging.ClearProviders();
        application = builder.Build();
        application.MapOData("/odata", CoastModel.Build(), CoastModel.Options(Source, Unexpected));
        application.MapOData("/small", CoastModel.Build(), CoastModel.Options(Source, Unexpected, pageSize: 5));
        application.MapOData("/nowhere", CoastModel.Build(), CoastModel.Options(Nowhere, Unexpected));
        await application.StartAsync();
        Http = new HttpClient { BaseAddress = new Uri(application.Urls.First() + "/odata/") };
        SmallPages = new Uri(application.Urls.First() + "/small/");
        WithoutDatabase = new Uri(application.Urls.First() + "/nowhere/");
    }
}

[CollectionDefinition(nameof(Coast))]
public sealed class CoastCollection : ICollectionFixture<Coast>;
