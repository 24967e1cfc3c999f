using System.Net;
using System.Text.Json.Nodes;

namespace HazardMap.OData.Tests.World;

/// <summary>A client that keeps a copy of a set: reads it once, then follows delta links.</summary>
public sealed class DeltaReaderCopy(HttpClient http, string url, string key, int pageSize = 1000, Action<HttpRequestMessage>? with = null)
{
    /// <summary>The copy: entities by key.</summary>
    public Dictionary<string, JsonObject> Rows { get; } = new(StringComparer.Ordinal);

    /// <summary>Where to go on.</summary>
    public string Link { get; private set; } = "";

    /// <summary>What the last reading brought: changed or new entities, and keys that are gone with the reason.</summary>
    public List<JsonObject> Changed { get; } = [];

    public List<(string Key, string Reason)> Removed { get; } = [];

    public int Pages { get; private set; }

    public Task LoadAsync() => FollowAsync(url, track: true);

    public Task CatchAsync() => FollowAsync(Link, track: false);

    private async Task FollowAsync(string start, bool track)
    {
        Changed.Clear();
        Removed.Clear();
        Pages = 0;
        for (string? next = start; next is not null; Pages++)
        {
            var page = await PageAsync(next, track && Pages == 0);
            foreach (var item in page["value"]!.AsArray()) Take(item!.AsObject());
            next = (string?)page["@odata.nextLink"];
            if (next is null)
                Link = (string?)page["@odata.deltaLink"] ?? throw new InvalidOperationException("no delta link: " + page.ToJsonString());
            else Assert.Null(page["@odata.deltaLink"]);
        }
    }

    private void Take(JsonObject item)
    {
        var id = item[key]!.ToString();
        if (item["@removed"] is { } removed)
        {
            Removed.Add((id, (string)removed["reason"]!));
            Rows.Remove(id);
            return;
        }
        Changed.Add(item);
        Rows[id] = item;
    }

    private async Task<JsonObject> PageAsync(string address, bool track)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("Prefer", (track ? "track-changes," : "") + $"maxpagesize={pageSize}");
        with?.Invoke(request);
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{address} -> {(int)response.StatusCode} {text}");
        return JsonNode.Parse(text)!.AsObject();
    }
}
