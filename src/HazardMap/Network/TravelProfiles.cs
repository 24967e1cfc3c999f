using System.Text.Json;

namespace HazardMap.Network;

/// <summary>How one moves: what a kilometre of road costs is in the edges; this is the rest.</summary>
/// <param name="AccessKmh">Speed on foot between door and road; when walking, on the road too.</param>
/// <param name="SnapMetres">A door farther than this from every road is off the network.</param>
/// <param name="OffRoadMetres">How far from a reached road a catchment is still drawn.</param>
public sealed record TravelProfile(double AccessKmh, double SnapMetres, double OffRoadMetres);

/// <summary>The checked file <c>geodata/network/profiles.json</c>: speeds and rules, each number with its source.</summary>
/// <param name="Version">Name of this set of numbers.</param>
/// <param name="Walk">On foot; edges cost metres.</param>
/// <param name="Drive">By car; edges cost seconds.</param>
public sealed record TravelProfiles(string Version, TravelProfile Walk, TravelProfile Drive)
{
    private static readonly string[] Lists =
    [
        "walkTags", "driveTags", "closedValues", "openingValues", "onewayForward", "onewayBackward", "onewayClosed",
        "onewayImpliedByJunction", "onewayImpliedByHighway",
    ];

    /// <summary>Reads and checks the whole file, also the part that only the import of roads uses.</summary>
    /// <exception cref="RefusalException">A key is missing, unknown or out of range; the target is its place.</exception>
    public static TravelProfiles Parse(string json)
    {
        JsonElement root;
        try
        {
            root = JsonSerializer.Deserialize<JsonElement>(json);
        }
        catch (JsonException wrong)
        {
            throw Refuse("profiles.json", $"is not JSON: {wrong.Message}");
        }
        var sources = Only(root, "sources").EnumerateObject().Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        Keys(root, "", ["version", "sources", "profiles", "roads", "rules"]);
        CheckRoads(Only(root, "roads"), sources);
        CheckRules(Only(root, "rules"), sources);
        var profiles = Only(root, "profiles");
        Keys(profiles, "profiles", ["walk", "drive"]);
        return new TravelProfiles(root.TryGetProperty("version", out var version) && version.ValueKind == JsonValueKind.String
            ? version.GetString()! : throw Refuse("version", "must be text"),
            Profile(profiles, "walk", "metres", "speedKmh", sources), Profile(profiles, "drive", "seconds", "accessKmh", sources));
    }

    private static TravelProfile Profile(JsonElement profiles, string name, string cost, string speed, HashSet<string> sources)
    {
        var place = $"profiles.{name}";
        var profile = Only(profiles, name, "profiles");
        Keys(profile, place, ["cost", speed, "snapMetres", "offRoadMetres"]);
        if (!profile.TryGetProperty("cost", out var unit) || unit.ValueKind != JsonValueKind.String || unit.GetString() != cost)
            throw Refuse($"{place}.cost", $"must be {cost}: the unit of the view {name}_edges");
        double Sourced(string key, double least, double most)
        {
            var holder = Only(profile, key, place);
            Keys(holder, $"{place}.{key}", ["value", "source"]);
            CheckSource(holder, $"{place}.{key}", sources);
            return Number(holder, $"{place}.{key}", "value", least, most);
        }
        return new TravelProfile(Sourced(speed, 0.5, 20), Sourced("snapMetres", 1, RoadIndex.FarthestMetres),
            Sourced("offRoadMetres", 1, 2000));
    }

    private static void CheckRoads(JsonElement roads, HashSet<string> sources)
    {
        foreach (var road in roads.EnumerateObject())
        {
            var place = $"roads.{road.Name}";
            var holder = Only(roads, road.Name, "roads");
            Keys(holder, place, ["walk", "drive", "speedKmh", "source"]);
            Number(holder, place, "speedKmh", 1, 150);
            CheckSource(holder, place, sources);
            foreach (var key in new[] { "walk", "drive" })
                if (!holder.TryGetProperty(key, out var flag) || flag.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
                    throw Refuse($"{place}.{key}", "must be true or false");
        }
    }

    private static void CheckRules(JsonElement rules, HashSet<string> sources)
    {
        Keys(rules, "rules", [.. Lists, "source", "fastestKmh", "maxspeedWords"]);
        CheckSource(rules, "rules", sources);
        Number(rules, "rules", "fastestKmh", 1, 400);
        foreach (var list in Lists)
            if (!rules.TryGetProperty(list, out var items) || items.ValueKind != JsonValueKind.Array
                || items.EnumerateArray().Any(i => i.ValueKind != JsonValueKind.String))
                throw Refuse($"rules.{list}", "must be a list of texts");
        var words = Only(rules, "maxspeedWords", "rules");
        foreach (var word in words.EnumerateObject()) Number(words, "rules.maxspeedWords", word.Name, 1, 400);
    }

    private static JsonElement Only(JsonElement holder, string key, string place = "") =>
        holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(key, out var found) && found.ValueKind == JsonValueKind.Object
            ? found : throw Refuse(Join(place, key), "must be an object");

    private static double Number(JsonElement holder, string place, string key, double least, double most) =>
        holder.TryGetProperty(key, out var json) && json.ValueKind == JsonValueKind.Number && json.TryGetDouble(out var value)
            && value >= least && value <= most
            ? value : throw Refuse(Join(place, key),
                string.Create(System.Globalization.CultureInfo.InvariantCulture, $"must be a number from {least} to {most}"));

    private static void CheckSource(JsonElement holder, string place, HashSet<string> sources)
    {
        if (!holder.TryGetProperty("source", out var source) || source.ValueKind != JsonValueKind.String
            || !sources.Contains(source.GetString()!))
            throw Refuse(Join(place, "source"), "must name one of the sources");
    }

    private static void Keys(JsonElement holder, string place, string[] known)
    {
        foreach (var member in holder.EnumerateObject())
            if (!known.Contains(member.Name, StringComparer.Ordinal)) throw Refuse(Join(place, member.Name), "is not known here");
    }

    private static string Join(string place, string key) => place.Length == 0 ? key : $"{place}.{key}";

    private static RefusalException Refuse(string place, string what) =>
        new("InvalidProfiles", $"geodata/network/profiles.json: {place} {what}.",
            $"geodata/network/profiles.json：{place} 不正确（{what}）。", place);
}
