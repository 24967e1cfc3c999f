using System.Text.Json;

namespace HazardMap.Service.Changes;

/// <summary>
/// What <c>geodata/functions/announce.sql</c> sends. Whoever may connect to the database may send something else on its channel
/// (PostgreSQL has no right for NOTIFY), and it must not reach a map.
/// </summary>
internal static class Announcement
{
    private const int Longest = 1000;
    private static readonly string[] Texts = ["entity", "id", "from", "to"], Numbers = ["lon", "lat"];

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

    private static bool IsName(JsonElement entity) =>
        entity.ValueKind == JsonValueKind.String && entity.GetString() is { Length: > 0 } name && name.All(char.IsAsciiLetter);

    private static bool IsKnown(JsonProperty told) => told.Value.ValueKind switch
    {
        JsonValueKind.String => Texts.Contains(told.Name, StringComparer.Ordinal),
        JsonValueKind.Number => Numbers.Contains(told.Name, StringComparer.Ordinal),
        JsonValueKind.True => told.Name == "many",
        JsonValueKind.Null => told.Name is "from" or "to" or "lon" or "lat",
        _ => false,
    };
}
