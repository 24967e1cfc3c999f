using System.Text.Json.Nodes;

namespace HazardMap.OData.Tests.World;

/// <summary>Asking and reading in one line each.</summary>
public static class Answer
{
    public static async Task<JsonObject> JsonAsync(this HttpClient http, string url)
    {
        using var response = await http.GetAsync(url);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{url} -> {(int)response.StatusCode} {text}");
        return JsonNode.Parse(text)!.AsObject();
    }

    public static async Task<List<string>> NamesAsync(this HttpClient http, string url) =>
        [.. (await http.JsonAsync(url))["value"]!.AsArray().Select(x => (string)x!["Name"]!)];

    public static async Task<(int Status, JsonNode? Error)> RefusedAsync(this HttpClient http, string url)
    {
        using var response = await http.GetAsync(url);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.StartsWith('{') ? JsonNode.Parse(text)!["error"] : null);
    }

    /// <summary>A filter on the three named lighthouses only.</summary>
    public static Task<List<string>> NamedAsync(this HttpClient http, string filter) =>
        http.NamesAsync("Lighthouses?$select=Name&$orderby=Name"
            + $"&$filter=Name in ('Pharos','Skerryvore','Empty') and ({Uri.EscapeDataString(filter)})");
}
