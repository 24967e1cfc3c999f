using System.Text.Json;
using System.Text.RegularExpressions;

namespace HazardMap.OData.Tests.Fuzz;

/// <summary>
/// What every request must get, however harmed: an answer within eight seconds, below 500 (or 501, where something is not built), a
/// refusal as an OData error in both languages, and no part of a batch with less.
/// </summary>
public static class Survival
{
    private static readonly Regex BrokenPart = new("\"status\":50[02-9]|HTTP/1.1 50[02-9]", RegexOptions.NonBacktracking);

    public static async Task MustAnswerAsync(this HttpClient http, HttpRequestMessage request, string what, List<Exception> unexpected)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(8));
        using var response = await http.SendAsync(request, patience.Token);
        var answer = await response.Content.ReadAsStringAsync(patience.Token);
        var status = (int)response.StatusCode;
        lock (unexpected)
            Assert.True(status is < 500 or 501 && !BrokenPart.IsMatch(answer),
                $"{status} for {what}\n{answer}\n{string.Join('\n', unexpected)}");
        if (status < 400 || answer.Length == 0) return;
        using var json = JsonDocument.Parse(answer);
        var error = json.RootElement.GetProperty("error");
        Assert.NotNull(error.GetProperty("code").GetString());
        Assert.True(error.TryGetProperty("details", out var details)
            && details.EnumerateArray().Any(x => x.GetProperty("code").GetString() == "zh"), $"not in Chinese, for {what}: {answer}");
    }
}
