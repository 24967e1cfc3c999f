using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace HazardMap.OData.Tests.World;

/// <summary>A database of its own with the yard in it, and a real Kestrel that serves it.</summary>
public sealed class Yard : IAsyncLifetime
{
    private readonly string _database = "yard_" + Guid.NewGuid().ToString("N")[..12];
    private WebApplication? _application;

    public NpgsqlDataSource Source { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    public List<Exception> Unexpected { get; } = [];

    private static string Server => Environment.GetEnvironmentVariable("HAZARDMAP_TEST_DATABASE")
        ?? throw new InvalidOperationException("HAZARDMAP_TEST_DATABASE is not set: ./hazardmap test starts a PostGIS and sets it.");

    public async Task InitializeAsync()
    {
        await using (var server = NpgsqlDataSource.Create(Server)) await Coast.RunAsync(server, $"create database {_database}");
        Source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Server) { Database = _database, Timeout = 5 });
        await Coast.RunAsync(Source, await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "World", "yard.sql")));
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _application = builder.Build();
        _application.MapOData("/yard", YardModel.Build(), YardModel.Options(Source, Unexpected));
        await _application.StartAsync();
        Http = new HttpClient { BaseAddress = new Uri(_application.Urls.First() + "/yard/") };
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        if (_application is not null) await _application.DisposeAsync();
        await Source.DisposeAsync();
        await using var server = NpgsqlDataSource.Create(Server);
        await Coast.RunAsync(server, $"drop database if exists {_database} with (force)");
    }

    /// <summary>Sends a request; headers are written <c>Name: value</c>.</summary>
    public async Task<Reply> SendAsync(string method, string url, string? body = null, params string[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), url);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        foreach (var header in headers)
        {
            var (name, value) = (header[..header.IndexOf(':', StringComparison.Ordinal)],
                header[(header.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
            if (name == "Content-Type") request.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(value);
            else request.Headers.TryAddWithoutValidation(name, value);
        }
        using var response = await Http.SendAsync(request);
        var all = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(x => x.Key, x => string.Join(", ", x.Value), StringComparer.OrdinalIgnoreCase);
        return new Reply((int)response.StatusCode, await response.Content.ReadAsStringAsync(), all);
    }

    /// <summary>A new ship; its key.</summary>
    public async Task<Guid> ShipAsync(string name = "Rose", string dock = "A1")
    {
        var made = await SendAsync("POST", "Ships", $$"""{"Name":"{{name}}","DockCode":"{{dock}}"}""");
        Assert.Equal(201, made.Status);
        return (Guid)made.Json["Id"]!;
    }

    public async Task<T> AskAsync<T>(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public Task<long> DeedsAsync(object id) => AskAsync<long>($"select count(*) from yard.deeds where id = '{id}'");
}

/// <summary>What came back.</summary>
public sealed record Reply(int Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonObject Json => JsonNode.Parse(Text)!.AsObject();

    public string? Target => (string?)Json["error"]!["target"];

    public string? Header(string name) => Headers.GetValueOrDefault(name);
}

[CollectionDefinition(nameof(Yard))]
public sealed class YardCollection : ICollectionFixture<Yard>;
