using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using HazardMap.Service.Database;

namespace HazardMap.Service.Tiles;

/// <summary>
/// How a layer is drawn, named, asked for and hit, as its folder says it: <c>tiles/LAYER/style.json</c>, with the register's words put in.
/// </summary>
internal sealed class LayerStyle
{
    // Chinese stays Chinese; what is sent is JSON, never part of a page.
    private static readonly JsonSerializerOptions AsWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private LayerStyle(string layer, JsonObject style)
    {
        (Layer, Json) = (layer, style);
        Order = (double?)style["metadata"]?["hazardmap:order"] ?? 0;
        Sent = new Tile(JsonSerializer.SerializeToUtf8Bytes(style, AsWritten));
    }

    /// <summary>Name of the layer, its folder and its function.</summary>
    public string Layer { get; }

    /// <summary>The MapLibre style; its <c>metadata</c> say everything else.</summary>
    public JsonObject Json { get; }

    /// <summary>What is drawn first lies lowest.</summary>
    public double Order { get; }

    /// <summary>The entity set whose entities its features are; null: none.</summary>
    public string? Set => (string?)Json["metadata"]?["hazardmap:set"];

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

    /// <summary>The announced changes that redraw some layer (<c>hazardmap:redraw</c>), each once.</summary>
    public static IEnumerable<string> RedrawnBy() => Folders.Select(ReadUsable)
        .Select(style => style?.Json["metadata"]?["hazardmap:redraw"]).OfType<JsonObject>()
        .SelectMany(redraw => redraw.Select(change => change.Key)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    // What can't be used is told by the catalogue, in the log.
    private static LayerStyle? ReadUsable(string layer)
    {
        try
        {
            return Read(layer);
        }
        catch (InvalidDataException)
        {
            return null;
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
        return JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["layers"] = new JsonArray([.. layers]) }, AsWritten);
    }
}
