using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HazardMap.Register;
using HazardMap.Service.Database;
using HazardMap.Service.Tiles;

namespace HazardMap.Service.Tests.Tiles;

/// <summary>The list of layers, and what their styles borrow from the register's words.</summary>
public sealed partial class LayerListTests(ValleyOfWaters valley) : IClassFixture<ValleyOfWaters>
{
    [Fact]
    public async Task Every_folder_is_listed_once_in_drawing_order_with_its_style()
    {
        var listed = (await ListAsync()).ToList();
        Assert.Equal(LayerStyle.Folders.Order(StringComparer.Ordinal), listed.Select(Name).Order(StringComparer.Ordinal));
        var orders = listed.ConvertAll(one => one.GetProperty("style").GetProperty("metadata").GetProperty("hazardmap:order").GetDouble());
        Assert.Equal(orders.Order(), orders);
        Assert.Equal("basemap", Name(listed[0]));
        foreach (var one in listed)
        {
            var alone = await valley.Administrator.GetStringAsync($"/tiles/{Name(one)}/style.json");
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(alone), JsonNode.Parse(one.GetProperty("style").GetRawText())));
            var about = await valley.Administrator.GetFromJsonAsync<JsonElement>(one.GetProperty("tiles").GetString());
            Assert.Equal("3.0.0", about.GetProperty("tilejson").GetString());
        }
    }

    [Fact]
    public async Task A_style_listens_to_what_is_announced_when_its_layer_becomes_stale()
    {
        var announced = Directory.GetFiles(ContentPath.Of("geodata"), "*.sql", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(Path.GetDirectoryName(file)) is "triggers" or "functions")
            .SelectMany(file => Announced().Matches(File.ReadAllText(file)))
            .SelectMany(match => match.Groups["layers"].Value.Split(',')
                .Select(layer => (Layer: layer, Entity: match.Groups["entity"].Value)))
            .ToLookup(one => one.Layer, one => one.Entity, StringComparer.Ordinal);
        foreach (var layer in await ListAsync())
        {
            if (!layer.GetProperty("style").GetProperty("metadata").TryGetProperty("hazardmap:redraw", out var redraw)) continue;
            Assert.All(redraw.EnumerateObject(), heard => Assert.Contains(heard.Name, announced[Name(layer)], StringComparer.Ordinal));
        }
    }

    [Fact]
    public void A_folder_has_its_function_and_its_style() =>
        Assert.All(Directory.GetDirectories(ContentPath.Of("tiles")), folder => Assert.All(["layer.sql", "style.json"],
            file => Assert.True(File.Exists(Path.Combine(folder, file)), $"{file} is missing in tiles/{Path.GetFileName(folder)}")));

    [Fact]
    public async Task A_legend_has_an_entry_for_each_word_that_it_names()
    {
        var facilities = (await ListAsync()).Single(one => Name(one) == "facilities");
        var legend = facilities.GetProperty("style").GetProperty("metadata").GetProperty("hazardmap:legend").EnumerateArray();
        Assert.Equal(Enum.GetNames<FacilityKind>(), legend.Select(entry => entry.GetProperty("value").GetString()), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("""{"$colourOf": "RiskLevel", "member": "Red"}""", "\"#c4262e\"")]
    [InlineData("""{"$colourOf": "RiskLevel", "member": "None"}""", "\"#6b7a82\"")]
    [InlineData("""{"$colourOf": "RiskLevel"}""", """["#c4262e","#e8710a","#f0b90b","#2b6cb8"]""")]
    [InlineData("""{"$colourOf": "RiskLevel", "property": "worst", "else": "#000000"}""",
        """["match",["get","worst"],"Red","#c4262e","Orange","#e8710a","Yellow","#f0b90b","Blue","#2b6cb8","#000000"]""")]
    [InlineData("""{"$rankOf": "RiskLevel", "property": "level"}""",
        """["match",["get","level"],"Red",4,"Orange",3,"Yellow",2,"Blue",1,0]""")]
    [InlineData("""{"a": [1, {"b": null}]}""", """{"a":[1,{"b":null}]}""")]
    public void A_placeholder_becomes_what_the_words_say(string style, string resolved) =>
        Assert.Equal(resolved, StyleWords.Resolve(JsonNode.Parse(style))!.ToJsonString());

    [Theory]
    [InlineData("""{"$colourOf": "Weather"}"""), InlineData("""{"$colourOf": "RiskLevel", "member": "Purple"}""")]
    [InlineData("""[{"$legendOf": "Words"}]""")]
    public void A_word_that_there_is_not_is_refused(string style) =>
        Assert.Throws<InvalidDataException>(() => StyleWords.Resolve(JsonNode.Parse(style)));

    [GeneratedRegex(@"(announce_layers|announce_rows|may_announce_singly)\('(?<entity>\w+)', '\{?(?<layers>[\w,]+)\}?'",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Announced();

    private static string Name(JsonElement layer) => layer.GetProperty("name").GetString()!;

    private async Task<IEnumerable<JsonElement>> ListAsync() =>
        (await valley.Administrator.GetFromJsonAsync<JsonElement>("/tiles/layers.json")).GetProperty("layers").EnumerateArray();
}
