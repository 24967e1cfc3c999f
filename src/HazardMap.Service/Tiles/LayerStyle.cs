using System.Text.Json;
using System.Text.Json.Nodes;
using HazardMap.Service.Database;

namespace HazardMap.Service.Tiles;

/// <summary>
/// How a layer is drawn, named, asked for and hit, as its folder says it: <c>tiles/LAYER/style.json</c>, with the register's words put in.
/// </summary>
internal sealed class LayerStyle
{
    private LayerStyle(string layer, JsonObject style)
    {
        (Layer, Json) = (layer, style);
        Order = (double?)style["metadata"]?["hazardmap:order"] ?? 0;
        Sent = new Tile(JsonSerializer.SerializeToUtf8Bytes(style));
    }

    /// <summary>Name of the layer, its folder and its function.</summary>
    public string Layer { get; }

    /// <summary>The MapLibre style; its <c>metadata</c> say everything else.</summary>
    public JsonObject Json { get; }

    /// <summary>What is drawn first lies lowest.</summary>
    public double Order { get; }

    /// <summary>The style as it is sent.</summary>
    public Tile Sent { get; }

    /// <summary>The names of all folders with a style, whether the database knows their layers or not.</summary>
    public static IEnumerable<string> Folders => Directory.GetDirectories(ContentPath.Of("tiles"))
        .Where(folder => File.Exists(Path.Combine(folder, "style.json")))
        .Select(folder => Path.GetFileName(folder)!);

    /// <summary>Reads a layer's style; null when it has none.</summary>
    /// <exception cref="InvalidDataException">The style can't be used; the message names the file and why.</exception>
    public static LayerStyle? Read(string layer)
    {
        var file = ContentPath.Of(Path.Combine("tiles", layer, "style.json"));
        if (!File.Exists(file))
            return null;
        try
        {
            using var text = File.OpenRead(file);
            return StyleWords.Resolve(JsonNode.Parse(text)) is JsonObject style
                ? new(layer, style)
                : throw new InvalidDataException("It is no JSON object.");
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidDataException)
        {
            throw new InvalidDataException($"tiles/{layer}/style.json: {wrong.Message}", wrong);
        }
    }

    /// <summary>Several styles as one document, <c>{ "layers": [{ "name", "tiles", "style" }, ...] }</c>, what lies lowest first.</summary>
    public static byte[] Document(IEnumerable<LayerStyle> styles)
    {
        var ordered = styles.OrderBy(style => style.Order).ThenBy(style => style.Layer, StringComparer.Ordinal);
        var layers = ordered.Select(style => new JsonObject
        {
            ["name"] = style.Layer, ["tiles"] = $"/tiles/{style.Layer}.json", ["style"] = style.Json.DeepClone(),
        });
        return JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["layers"] = new JsonArray([.. layers]) });
    }
}
