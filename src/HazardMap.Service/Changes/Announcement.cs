using System.Text.Json;
using HazardMap.Service.Accounts;

namespace HazardMap.Service.Changes;

/// <summary>
/// What <c>geodata/functions/announce.sql</c> sends. Whoever may connect to the database may send something else on its channel
/// (PostgreSQL has no right for NOTIFY), and it must not territory a map.
/// </summary>
internal static class Announcement
{
    private const int Longest = 1000;
    private static readonly string[] Texts = ["entity", "id", "division", "from", "to"], Numbers = ["lon", "lat"];

    /// <summary>Whether it is one object in one line, with an entity's name and otherwise only what we say of a change.</summary>
    public static bool IsOurs(string payload)
    {
        if (payload.Length > Longest || payload.AsSpan().ContainsAny('\r', '\n')) return false;
        try
        {
            using var json = JsonDocument.Parse(payload);
            return json.RootElement is { ValueKind: JsonValueKind.Object } told && told.TryGetProperty("entity", out var entity)
                && IsName(entity) && told.EnumerateObject().All(IsKnown);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Whether it may be told in that territory: it is about one thing there, or about many and says nothing of any.</summary>
    public static bool IsFor(Territory territory, string payload)
    {
        if (territory.IsEverywhere) return true;
        using var json = JsonDocument.Parse(payload);
        return json.RootElement.TryGetProperty("many", out _)
            || json.RootElement.TryGetProperty("division", out var division) && territory.Has(division.GetString());
    }

    private static bool IsName(JsonElement entity) =>
        entity.ValueKind == JsonValueKind.String && entity.GetString() is { Length: > 0 } name && name.All(char.IsAsciiLetter);

    private static bool IsKnown(JsonProperty told) => told.Value.ValueKind switch
    {
        JsonValueKind.String => Texts.Contains(told.Name, StringComparer.Ordinal),
        JsonValueKind.Number => Numbers.Contains(told.Name, StringComparer.Ordinal),
        JsonValueKind.True => told.Name == "many",
        JsonValueKind.Null => told.Name is "division" or "from" or "to" or "lon" or "lat",
        _ => false,
    };
}
