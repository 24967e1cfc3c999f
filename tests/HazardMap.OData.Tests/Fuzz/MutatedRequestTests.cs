using System.Text;
using HazardMap.OData.Tests.World;
using YamlDotNet.RepresentationModel;

namespace HazardMap.OData.Tests.Fuzz;

/// <summary>Questions to the coast, and bodies for it, that were right once.</summary>
[Collection(nameof(Coast))]
public sealed class MutatedRequestTests(Coast coast)
{
    [Fact]
    public async Task Mutated_URLs_never_break_the_service()
    {
        var mutations = new Mutations(7, MutatedReads.Pieces);
        for (var i = Mutations.Cases(1500); i > 0; i--) await AskAsync(mutations.Harm(mutations.OneOf(MutatedReads.Seeds)));
    }

    [Fact]
    public async Task Mutated_bodies_never_break_the_service()
    {
        const string seed = """{"Name":"x","Kind":"Tower","Place":{"type":"Point","coordinates":[1,"""
            + """2]},"Height":12.5,"BuiltOn":"2020-01-01","Lit":true,"Blink":"PT5S","Badge":"AAAA"}""";
        string[] pieces = ["\"", "{", "}", "[", "]", ",", ":", "null", "1e999", "-0", "\\u0000", "\\ud800", "NaN", "\"@odata.type\":1,",
            "999999999999999999", "[[[[1]]]]", "\"\"", "true", "\0"];
        var mutations = new Mutations(11, pieces);
        for (var i = Mutations.Cases(300); i > 0; i--)
        {
            var body = mutations.Harm(seed);
            using var request = new HttpRequestMessage(HttpMethod.Patch, coast.Http.BaseAddress + $"Lighthouses({Guid.Empty})")
            {
                Content = new StringContent(body, Encoding.UTF8, "application/json"),
            };
            request.Headers.TryAddWithoutValidation("If-Match", "*");
            await coast.Http.MustAnswerAsync(request, body, coast.Unexpected);
        }
    }

    [Fact]
    public async Task The_published_geo_cases_never_break_the_service()
    {
        if (SharedData.Find("cases/odata/geo_cases.yaml") is not { } file) return;
        var yaml = new YamlStream();
        yaml.Load(new StringReader(await File.ReadAllTextAsync(file)));
        var cases = (YamlSequenceNode)yaml.Documents[0].RootNode["TestCases"];
        foreach (var input in cases.Select(x => (string)x["Input"]!))
        {
            var literal = input.StartsWith("$filter=", StringComparison.Ordinal) ? input[8..] : input;
            foreach (var filter in new[] { literal, $"geo.distance(Place,{literal}) lt 5", $"geo.intersects(Place,{literal})",
                $"{literal} eq null", $"{literal} gt 1" })
                await AskAsync("Lighthouses?$top=1&$filter=" + Uri.EscapeDataString(filter));
        }
    }

    private async Task AskAsync(string url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, coast.Http.BaseAddress + Mutations.Sendable(url));
        await coast.Http.MustAnswerAsync(request, url, coast.Unexpected);
    }
}
