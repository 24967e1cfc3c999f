using System.Text.Json.Nodes;
using HazardMap.Register;

namespace HazardMap.Service.Tiles;

/// <summary>
/// Puts the register's words in the place of what a <c>style.json</c> borrows from them, so that no colour, symbol or label is
/// copied into a style. A placeholder is an object with a key that begins with <c>$</c> and names an enumeration;
/// <c>tiles/README.md</c> lists them.
/// </summary>
internal static class StyleWords
{
    /// <summary>For features whose property holds no word of the enumeration, such as a water not scored yet.</summary>
    private const string NoWord = "#6b7a82";

    /// <summary>A copy of the style with every placeholder replaced.</summary>
    /// <exception cref="InvalidDataException">A placeholder names an enumeration or a member that there is not.</exception>
    public static JsonNode? Resolve(JsonNode? style) => style switch
    {
        JsonObject asked when asked["$colourOf"] is { } words => ColourOf(WordsOf(words), asked),
        JsonObject asked when asked["$rankOf"] is { } words => RankOf(WordsOf(words), asked),
        JsonObject some => new JsonObject(some.Select(one => KeyValuePair.Create(one.Key, Resolve(one.Value)))),
        JsonArray many => new JsonArray([.. many.SelectMany(ResolveItem)]),
        _ => style?.DeepClone(),
    };

    private static IEnumerable<JsonNode?> ResolveItem(JsonNode? item) =>
        item is JsonObject asked && asked["$legendOf"] is { } words ? LegendOf(WordsOf(words), asked) : [Resolve(item)];

    private static Words WordsOf(JsonNode name)
    {
        var type = typeof(Words).Assembly.GetType($"{typeof(Words).Namespace}.{name}");
        return type is { IsEnum: true } ? Words.Of(type) : throw new InvalidDataException($"There is no enumeration {name}.");
    }

    /// <summary>One member's colour, a <c>match</c> over a property of the features, or the colours of all members in order.</summary>
    private static JsonNode ColourOf(Words words, JsonObject asked)
    {
        if (asked["member"] is { } member)
            return (string?)member == "None" ? NoWord
                : words.All.FirstOrDefault(word => word.Member == (string?)member)?.Told.Colour
                ?? throw new InvalidDataException($"{asked["$colourOf"]} has no colour of {member}.");
        if (asked["property"] is { } property)
            return Match(property, words, word => word.Told.Colour!, (string?)asked["else"] ?? NoWord);
        return new JsonArray([.. words.All.Select(word => (JsonNode?)word.Told.Colour)]);
    }

    /// <summary>A <c>match</c> that puts the first member on top: the first of an enumeration of grades is the worst.</summary>
    private static JsonArray RankOf(Words words, JsonObject asked)
    {
        var rank = words.All.Count;
        return Match(asked["property"]!, words, _ => rank--, 0);
    }

    private static JsonArray Match(JsonNode property, Words words, Func<Word, JsonNode> value, JsonNode otherwise) =>
    [
        "match",
        new JsonArray("get", property.DeepClone()),
        .. words.All.SelectMany(word => new[] { (JsonNode)word.Member, value(word) }),
        otherwise,
    ];

    private static IEnumerable<JsonNode?> LegendOf(Words words, JsonObject asked) => words.All.Select(word => new JsonObject
    {
        ["value"] = word.Member,
        ["label"] = new JsonObject { ["zh"] = word.Told.LongZh ?? word.Zh, ["en"] = word.Told.LongEn ?? word.En },
        ["short"] = new JsonObject { ["zh"] = word.Zh, ["en"] = word.En },
        ["symbol"] = asked["badge"] is { } badge ? OnBadge(word, badge) : new JsonArray(new JsonObject
        {
            ["path"] = word.Told.Symbol, ["fill"] = word.Told.Colour, ["stroke"] = "#ffffff", ["width"] = 2.5,
        }),
    });

    // A white symbol, three quarters of its size, on a patch of its colour.
    private static JsonArray OnBadge(Word word, JsonNode badge) =>
    [
        new JsonObject { ["path"] = badge.DeepClone(), ["fill"] = word.Told.Colour, ["stroke"] = "#ffffff", ["width"] = 1.5 },
        new JsonObject { ["path"] = word.Told.Symbol, ["fill"] = "#ffffff", ["offset"] = 3, ["scale"] = 0.75 },
    ];
}
