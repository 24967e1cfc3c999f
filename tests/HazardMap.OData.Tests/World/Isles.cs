using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace HazardMap.OData.Tests.World;

/// <summary>What a function of an island answers.</summary>
public sealed record Weather(string? Wind);

/// <summary>
/// Everything may be written, but not everybody may see everything: <c>X-Area: N</c> is the north, <c>*</c> all, and without
/// the header there is no area and so nothing at all; <c>X-Reads: personal</c> unmasks.
/// </summary>
public sealed class Isles : IAsyncLifetime
{
    private readonly string _database = "isles_" + Guid.NewGuid().ToString("N")[..12];
    private WebApplication? _application;

    public NpgsqlDataSource Source { get; private set; } = null!;

    public Uri Root { get; private set; } = null!;

    public List<Exception> Unexpected { get; } = [];

    public static ODataModel Model { get; } = ODataModel.Build("Isles", m =>
    {
        m.EntitySet("Islands", "isles.islands", e =>
        {
            e.WriteTo("isles.islands").Insertable().Deletable();
            e.Key("Code", ODataType.String).Creatable();
            e.Property("Name", ODataType.String).Required().Writable().Searchable();
            e.Property("Treasure", ODataType.String).Personal().Writable().Searchable();
            e.Property("Size", ODataType.Int32).Required().Writable();
            e.Version("Version");
            e.ChangesFrom("isles.island_changes").HistoryFrom("isles.islands_as_of");
            e.Many("Huts", "Huts", "IslandCode");
            e.Function("Forecast", (_, _) => Task.FromResult(new Weather("fair")));
        });
        m.EntitySet("Huts", "isles.huts", e =>
        {
            e.WriteTo("isles.huts").Insertable().Deletable();
            e.Key("Id", ODataType.Int32).Creatable();
            e.Property("IslandCode", ODataType.String).Required().Writable();
            e.Property("Name", ODataType.String).Required().Writable().Searchable();
            e.Property("Owner", ODataType.String).Personal().Writable().Searchable();
            e.Property("Beds", ODataType.Int32).Required().Writable();
            e.Version("Version");
            e.ChangesFrom("isles.hut_changes", "IslandCode").HistoryFrom("isles.huts_as_of");
            e.One("Island", "Islands", "IslandCode");
            e.Many("Visits", "Visits", "HutId");
        });
        m.EntitySet("Visits", "isles.visits", e =>
        {
            e.WriteTo("isles.visits").Insertable().Deletable();
            e.Key("Id", ODataType.Int32).Creatable();
            e.Property("HutId", ODataType.Int32).Writable();
            e.Property("IslandCode", ODataType.String).Required().Writable();
            e.Property("Note", ODataType.String).Required().Writable().Searchable();
            e.Property("Guest", ODataType.String).Personal().Writable().Searchable();
            e.Property("Fee", ODataType.Int32).Required().Writable();
            e.ChangesFrom("isles.visit_changes", "HutId", "IslandCode").HistoryFrom("isles.visits_as_of");
            e.One("Hut", "Huts", "HutId");
        });
    });

    public async Task InitializeAsync()
    {
        await using (var server = NpgsqlDataSource.Create(Coast.Server)) await Coast.RunAsync(server, $"create database {_database}");
        Source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Coast.Server) { Database = _database, Timeout = 5 });
        await Coast.RunAsync(Source, await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "World", "isles.sql")));
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0").ConfigureKestrel(x => x.Limits.MaxRequestLineSize = 64 * 1024);
        builder.Logging.ClearProviders();
        _application = builder.Build();
        _application.MapOData("/odata", Model, Options());
        _application.MapOData("/expired", Model, Options(retention: TimeSpan.FromSeconds(-1)));
        _application.MapOData("/restored", Model, Options(epoch: "'another cluster'"));
        _application.MapOData("/strict", Model,
            new ODataOptions { DataSource = Source, MaxExpansionCount = 1, MaxInsertEntities = 2, MaxInsertDepth = 1, MaxPositions = 4 });
        _application.MapOData("/otherkey", Model, Options(key: "another key"));
        await _application.StartAsync();
        Root = new Uri(_application.Urls.First());
    }

    public async Task DisposeAsync()
    {
        if (_application is not null) await _application.DisposeAsync();
        await Source.DisposeAsync();
        await using var server = NpgsqlDataSource.Create(Coast.Server);
        await Coast.RunAsync(server, $"drop database if exists {_database} with (force)");
    }

    /// <summary>A client of an area (null: none is set), that reads personal properties or not.</summary>
    public HttpClient Client(string? area, bool personal = false, string root = "odata")
    {
        var http = new HttpClient { BaseAddress = new Uri(Root, $"/{root}/") };
        if (area is not null) http.DefaultRequestHeaders.Add("X-Area", area);
        if (personal) http.DefaultRequestHeaders.Add("X-Reads", "personal");
        return http;
    }

    private ODataOptions Options(TimeSpan? retention = null, string? epoch = null, string? key = null)
    {
        var defaults = new ODataOptions { DataSource = Source };
        return new ODataOptions
        {
            DataSource = Source,
            Caller = Caller,
            StatementTimeout = TimeSpan.FromSeconds(2),
            DeltaRetention = retention ?? defaults.DeltaRetention,
            ChangeEpochSql = epoch ?? defaults.ChangeEpochSql,
            TokenKey = key is null ? defaults.TokenKey : System.Text.Encoding.UTF8.GetBytes(key),
            OnUnexpected = (_, error) =>
            {
                lock (Unexpected) Unexpected.Add(error);
            },
        };
    }

    private static ODataCaller Caller(HttpContext http)
    {
        var area = http.Request.Headers["X-Area"].ToString();
        return new ODataCaller
        {
            // Several areas are tested longer than a division: the planner would rather divide first.
            Restrict = set => area == "*" ? Restriction.Everything
                : Restriction.Either(
                    [.. area.Split(',').Select(x => Restriction.StartsWith(set.Name == "Islands" ? "Code" : "IslandCode", x))]),
            MayRead = (_, property) => !property.Personal || http.Request.Headers["X-Reads"] == "personal",
        };
    }
}
