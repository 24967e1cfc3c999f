using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Xml;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;

namespace HazardMap.Service.Tests.Register;

/// <summary>The register's own metadata: what they say of its sets is what the service does.</summary>
public sealed class RegisterMetadataTests(SchoolPond register) : IClassFixture<SchoolPond>
{
    private const string Capabilities = "@Org.OData.Capabilities.V1.";

    private static readonly string[] Ledger =
        ["Divisions", "Hazards", "Facilities", "Settlements", "People", "Responsibilities", "Inspections", "Photos",
            "Rectifications", "Incidents"];

    [Fact]
    public async Task Every_property_is_filterable_and_sortable_exactly_where_the_metadata_say_so()
    {
        foreach (var (name, set, type) in await SetsAsync())
        {
            var (filterable, sortable) = (Paths(set[Capabilities + "FilterRestrictions"]!, "NonFilterableProperties"),
                Paths(set[Capabilities + "SortRestrictions"]!, "NonSortableProperties"));
            foreach (var property in type.StructuralProperties().Select(x => x.Name))
            {
                await HoldsAsync($"{name}?$top=1&$filter={property} ne null", !filterable.Contains(property));
                await HoldsAsync($"{name}?$top=1&$orderby={property}", !sortable.Contains(property));
            }
            foreach (var navigation in type.NavigationProperties())
                await HoldsAsync($"{name}?$top=1&$expand={navigation.Name}", expected: true);
        }
    }

    [Fact]
    public async Task Every_set_and_property_of_the_ledger_has_a_name_in_Chinese()
    {
        foreach (var (name, set, type) in (await SetsAsync()).Where(x => Ledger.Contains(x.Name, StringComparer.Ordinal)))
        {
            Assert.True(set.ContainsKey("@Org.OData.Core.V1.Description#zh"), name);
            var described = (await JsonAsync())["HazardMap"]![type.Name]!.AsObject();
            Assert.All(type.StructuralProperties(),
                x => Assert.True(described[x.Name]!.AsObject().ContainsKey("@Org.OData.Core.V1.Description#zh"), $"{name}.{x.Name}"));
        }
    }

    [Fact]
    public async Task No_two_names_differ_by_case_only()
    {
        var sets = await SetsAsync();
        Assert.Equal(sets.Count, sets.Select(x => x.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(sets, x => Assert.Equal(x.Type.Properties().Count(),
            x.Type.Properties().Select(p => p.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count()));
    }

    private async Task<List<(string Name, JsonObject Set, IEdmEntityType Type)>> SetsAsync()
    {
        using var text = new StringReader(await register.Administrator.GetStringAsync("/odata/$metadata"));
        using var reader = XmlReader.Create(text);
        Assert.True(CsdlReader.TryParse(reader, out var model, out _));
        var container = (await JsonAsync())["HazardMap"]!["Container"]!;
        return [.. model.EntityContainer.EntitySets().Select(x => (x.Name, container[x.Name]!.AsObject(), x.EntityType))];
    }

    private async Task<JsonObject> JsonAsync() =>
        (await register.Administrator.GetFromJsonAsync<JsonObject>("/odata/$metadata?$format=json"))!;

    private static List<string> Paths(JsonNode restrictions, string name) => [.. restrictions[name]!.AsArray().Select(x => (string)x!)];

    private async Task HoldsAsync(string url, bool expected)
    {
        using var answer = await register.Administrator.GetAsync("/odata/" + url);
        Assert.True(answer.IsSuccessStatusCode == expected, $"{url}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }
}
