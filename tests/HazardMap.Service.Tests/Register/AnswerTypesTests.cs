using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace HazardMap.Service.Tests.Register;

/// <summary>
/// What functions answer is what clients are generated from: a property that is renamed, moved or may suddenly be null breaks
/// them. <c>Register/answers.txt</c> says what they rely on; who changes an answer on purpose changes it there. A new function
/// breaks nobody; it is written there when it is released.
/// </summary>
public sealed class AnswerTypesTests(SchoolPond register) : IClassFixture<SchoolPond>
{
    private static readonly XNamespace Edm = "http://docs.oasis-open.org/odata/ns/edm";

    [Fact]
    public async Task Functions_and_their_answers_are_what_clients_rely_on()
    {
        var told = Parts(await DescribeAsync()).ToHashSet(StringComparer.Ordinal);
        foreach (var part in Parts(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Register", "answers.txt"))))
            Assert.True(told.Contains(part), $"Clients rely on this, and it is not so any more:\n{part}");
    }

    [Fact]
    public async Task An_answer_has_the_properties_that_the_metadata_say_in_their_order()
    {
        foreach (var (call, type) in new[]
        {
            ("Hazards(01900000-0000-7000-8000-000000000001)/HazardMap.ExplainRisk()", "RiskExplanation"),
            ("Divisions('5326')/HazardMap.WorstHazards()", "WorstHazardsReport"),
            ("Hazards(01900000-0000-7000-8000-000000000001)/HazardMap.WhatIf()", "RiskWhatIf"),
            ("Divisions('5326')/HazardMap.FourOnes()", "FourOnesReport"),
            ("RiskRules('2026-1')/HazardMap.Profile()", "RiskProfile"),
            ("Facilities(01900000-0000-7000-8000-00000000000a)/HazardMap.WayToSchoolHazards()", "WaysToSchool"),
        })
            Match(await register.Administrator.GetFromJsonAsync<JsonObject>($"/odata/{call}"), type, await TypesAsync());
    }

    private static void Match(JsonNode? answer, string type, IReadOnlyDictionary<string, XElement> types)
    {
        var told = answer!.AsObject().Select(p => p.Key).Where(name => !name.StartsWith('@'));
        Assert.Equal(string.Join(' ', Properties(types[type]).Select(p => (string)p.Attribute("Name")!)), string.Join(' ', told));
        foreach (var property in Properties(types[type]))
        {
            var value = answer[(string)property.Attribute("Name")!];
            Assert.True(value is not null || (string?)property.Attribute("Nullable") != "false",
                $"{type}.{property.Attribute("Name")} is null");
            var nested = ((string)property.Attribute("Type")!).Split('.')[^1].TrimEnd(')');
            if (!types.ContainsKey(nested)) continue;
            foreach (var part in value is JsonArray list ? list : [value])
                if (part is not null) Match(part, nested, types);
        }
    }

    // The lines of functions one by one, then each type whole.
    private static IEnumerable<string> Parts(string text)
    {
        var blocks = text.Split("\n\n");
        return [.. blocks[0].Split('\n', StringSplitOptions.RemoveEmptyEntries), .. blocks.Skip(1).Select(block => block.Trim())];
    }

    private async Task<string> DescribeAsync()
    {
        var text = new StringBuilder();
        foreach (var function in (await MetadataAsync()).Descendants(Edm + "Function")
            .OrderBy(f => (string)f.Attribute("Name")!, StringComparer.Ordinal))
        {
            var parameters = function.Elements(Edm + "Parameter").Select(Line).ToList();
            text.Append(parameters[0]).Append(" / ").Append((string)function.Attribute("Name")!).Append('(')
                .AppendJoin(", ", parameters.Skip(1)).Append(") -> ")
                .Append((string)function.Element(Edm + "ReturnType")!.Attribute("Type")!).Append('\n');
        }
        foreach (var (name, type) in (await TypesAsync()).OrderBy(t => t.Key, StringComparer.Ordinal))
            text.Append('\n').Append(name).Append('\n').AppendJoin("", Properties(type).Select(p => $"  {Line(p)}\n"));
        return text.ToString();
    }

    private static string Line(XElement named) => $"{(string)named.Attribute("Name")!} "
        + $"{(string)named.Attribute("Type")!}{((string?)named.Attribute("Nullable") == "false" ? "" : "?")}";

    private static IEnumerable<XElement> Properties(XElement type) => type.Elements(Edm + "Property");

    private async Task<Dictionary<string, XElement>> TypesAsync() =>
        (await MetadataAsync()).Descendants(Edm + "ComplexType").ToDictionary(t => (string)t.Attribute("Name")!, StringComparer.Ordinal);

    private async Task<XDocument> MetadataAsync() => XDocument.Parse(await register.Administrator.GetStringAsync("/odata/$metadata"));
}
