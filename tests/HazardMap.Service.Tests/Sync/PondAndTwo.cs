using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Sync;

/// <summary>Two counties; Wang, who may go everywhere, and Li, who is confined to the east, both with a phone.</summary>
public sealed class PondAndTwo : ServedRegister
{
    private static int _ponds;

    /// <summary>Sends Li's token.</summary>
    internal HttpClient Li { get; private set; } = null!;

    /// <summary>Sends Wang's.</summary>
    internal HttpClient Wang { get; private set; } = null!;

    protected override Task FillAsync() => ExecuteAsync("""
        insert into register.divisions (code, name, level, centre, source) values
          ('532601', '文山市', 'County', 'POINT(104.24 23.37)', 'test'), ('532622', '砚山县', 'County', 'POINT(104.33 23.6)', 'test');
        """);

    /// <summary>Makes the accounts, once.</summary>
    internal async Task ReadyAsync()
    {
        if (Li is not null) return;
        Li = await this.AccountAsync("li", ("Clerk", "532601"));
        Wang = await this.AccountAsync("wang", ("Administrator", null));
    }

    /// <summary>A new pond in the east, in its first version.</summary>
    internal async Task<Guid> PondAsync()
    {
        var (id, number) = (Guid.CreateVersion7(), Interlocked.Increment(ref _ponds));
        await ExecuteAsync($"""
            insert into register.hazards (id, code, name, kind, shape, division_code, depth_metres, source)
            values ('{id}', 'P{number}', '塘{number}', 'Pond', 'POINT(104.24 23.37)', '532601', 2, 'test')
            """);
        return id;
    }

    /// <summary>What a phone sends of an edit; the id says which, when it is sent again.</summary>
    internal static HttpRequestMessage Late(
        HttpMethod method, string path, object? body, string? etag, string device = "phone", string? request = null)
    {
        var sent = new HttpRequestMessage(method, "/odata/" + path)
        {
            Content = body is null ? null : JsonContent.Create(body, options: JsonSerializerOptions.Default),
        };
        if (etag is not null) sent.Headers.TryAddWithoutValidation("If-Match", etag);
        sent.Headers.Add("Prefer", "merge");
        sent.Headers.Add("Repeatability-Request-ID", request ?? Guid.NewGuid().ToString());
        sent.Headers.Add("Repeatability-First-Sent", DateTimeOffset.UtcNow.ToString("r", CultureInfo.InvariantCulture));
        sent.Headers.Add("Repeatability-Client-ID", device);
        sent.Headers.Add("HazardMap-Made-At", "2026-07-01T08:00:00Z");
        sent.Headers.Add("HazardMap-Order", "7");
        return sent;
    }

    /// <summary>An edit of a pond.</summary>
    internal static Task<HttpResponseMessage> EditAsync(
        HttpClient who, Guid pond, object body, string etag, string device = "phone", string? request = null) =>
        who.SendAsync(Late(HttpMethod.Patch, $"Hazards({pond})", body, etag, device, request));

    /// <summary>The pond as the administrator reads it.</summary>
    internal Task<JsonElement> ReadAsync(Guid pond) => Administrator.GetFromJsonAsync<JsonElement>($"/odata/Hazards({pond})");

    /// <summary>Conflicts about something, as somebody sees them.</summary>
    internal static async Task<List<JsonElement>> ConflictsAsync(HttpClient who, Guid about) =>
        [.. (await who.GetFromJsonAsync<JsonElement>($"/odata/Conflicts?$filter=EntityId eq '{about}'&$orderby=ReceivedAt"))
            .GetProperty("value").EnumerateArray()];

    /// <summary>Decides one.</summary>
    internal static Task<HttpResponseMessage> DecideAsync(HttpClient who, JsonElement conflict, object choice) =>
        who.PostAsJsonAsync($"/odata/Conflicts({conflict.GetProperty("Id").GetGuid()})/HazardMap.Decide", choice,
            JsonSerializerOptions.Default);

    /// <summary>The status, and the body when there is one.</summary>
    internal static async Task<(HttpStatusCode Status, JsonElement Body)> AnswerAsync(Task<HttpResponseMessage> asked)
    {
        using var answer = await asked;
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }
}
