using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;
using HazardMap.OData.Tests.World;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;
using Microsoft.OData.Edm.Validation;

namespace HazardMap.OData.Tests.Metadata;

/// <summary>$metadata is well-formed, can be read back, and everything it says about a set is what the service does.</summary>
[Collection(nameof(Coast))]
public sealed class MetadataTests(Coast coast)
{
    private static readonly XNamespace Edm = "http://docs.oasis-open.org/odata/ns/edm";

    // The package's copies of the vocabularies are of 2019: they lack these two properties and all of Aggregation, and their
    // validator has no value that it would take for Edm.PrimitiveType, the type of Validation.Minimum and Maximum.
    private static readonly string[] Young =
        ["'RequiredProperties'", "'NonUpdatableProperties'", "'SingleHierarchy'", "ExpressionPrimitiveKindNotValidForAssertedType"];

    private HttpClient Http => coast.Http;

    [Fact]
    public async Task The_XML_is_read_back_and_validated_without_an_error()
    {
        using var text = new StringReader(await Http.GetStringAsync("$metadata"));
        using var reader = XmlReader.Create(text);
        Assert.True(CsdlReader.TryParse(reader, out var model, out var errors), string.Join('\n', errors));
        model.Validate(out var problems);
        var real = problems.Select(x => x.ToString()).Where(x => !Young.Any(x.Contains)).ToList();
        Assert.True(real.Count == 0, string.Join('\n', real));
        Assert.Equal(["Harbours", "Keepers", "Lighthouses", "Markers", "Tides"],
            model.EntityContainer.EntitySets().Select(x => x.Name).Order());
    }

    [Fact]
    public async Task The_JSON_says_the_same_as_the_XML()
    {
        var json = await Http.JsonAsync("$metadata?$format=json");
        var xml = await XmlAsync();
        Assert.Equal("Coast.Container", (string)json["$EntityContainer"]!);
        var sets = json["Coast"]!["Container"]!.AsObject();
        foreach (var set in xml.Descendants(Edm + "EntitySet"))
        {
            var inJson = sets[(string)set.Attribute("Name")!]!.AsObject();
            var terms = set.Elements(Edm + "Annotation").Select(x => "@" + (string)x.Attribute("Term")!);
            Assert.Equal(terms.Order(), inJson.Select(x => x.Key).Where(x => x.StartsWith("@Org", StringComparison.Ordinal)).Order());
        }
        var types = json["Coast"]!.AsObject();
        foreach (var property in xml.Descendants(Edm + "EntityType").Elements(Edm + "Property"))
            Assert.NotNull(types[(string)property.Parent!.Attribute("Name")!]![(string)property.Attribute("Name")!]);
    }

    [Fact]
    public async Task The_service_says_which_versions_and_formats_it_speaks()
    {
        var container = (await Http.JsonAsync("$metadata?$format=json"))["Coast"]!["Container"]!;
        Assert.Equal("4.0 4.01", (string)container["@Org.OData.Core.V1.ODataVersions"]!);
        foreach (var format in container["@Org.OData.Capabilities.V1.SupportedFormats"]!.AsArray())
            await HoldsAsync($"Harbours?$top=1&$format={(string)format!}", expected: true);
        Assert.Equal(["application/xml", "application/json"],
            container["@Org.OData.Capabilities.V1.SupportedMetadataFormats"]!.AsArray().Select(x => (string)x!));
        Assert.Equal(["multipart/mixed", "application/json"],
            container["@Org.OData.Capabilities.V1.BatchSupport"]!["SupportedFormats"]!.AsArray().Select(x => (string)x!));
    }

    [Fact]
    public async Task A_description_is_in_English_and_qualified_in_Chinese()
    {
        var name = (await XmlAsync()).Descendants(Edm + "EntityType").Single(x => (string)x.Attribute("Name")! == "Lighthouse")
            .Elements(Edm + "Property").Single(x => (string)x.Attribute("Name")! == "Name");
        var descriptions = name.Elements(Edm + "Annotation").Where(x => (string)x.Attribute("Term")! == "Org.OData.Core.V1.Description")
            .ToDictionary(x => (string?)x.Attribute("Qualifier") ?? "", x => (string)x.Attribute("String")!, StringComparer.Ordinal);
        Assert.Equal("Name on the chart", descriptions[""]);
        Assert.Equal("海图上的名称", descriptions["zh"]);
    }

    [Fact]
    public async Task Every_property_is_filterable_and_sortable_exactly_where_the_capabilities_say_so()
    {
        // A tide takes longer to read than any request may.
        foreach (var (name, set) in CoastModel.Build().EntitySets.Where(x => x.Key != "Tides"))
        {
            var filterable = await PathsAsync(name, "FilterRestrictions", "NonFilterableProperties");
            var sortable = await PathsAsync(name, "SortRestrictions", "NonSortableProperties");
            foreach (var property in set.Properties)
            {
                await HoldsAsync($"{name}?$top=1&$filter={property.Name} ne null", !filterable.Contains(property.Name));
                await HoldsAsync($"{name}?$top=1&$orderby={property.Name}", !sortable.Contains(property.Name));
            }
        }
    }

    [Fact]
    public async Task Every_set_can_be_searched_and_expanded_exactly_where_the_capabilities_say_so()
    {
        foreach (var (name, set) in CoastModel.Build().EntitySets)
        {
            await HoldsAsync($"{name}?$search=x&$top=1", await FlagAsync(name, "SearchRestrictions", "Searchable"));
            Assert.Equal(set.Navigations.Count > 0, await FlagAsync(name, "ExpandRestrictions", "Expandable"));
            foreach (var navigation in set.Navigations) await HoldsAsync($"{name}?$top=1&$expand={navigation.Name}", expected: true);
        }
        var levels = (int)(await RecordAsync("Harbours", "ExpandRestrictions"))["MaxLevels"]!;
        Assert.Equal(2, levels);
        await HoldsAsync("Harbours?$top=1&$expand=Lighthouses($expand=Keepers)", expected: true);
        await HoldsAsync("Harbours?$top=1&$expand=Lighthouses($expand=Keepers($expand=Lighthouse))", expected: false);
    }

    [Fact]
    public async Task Every_set_can_be_written_exactly_where_the_capabilities_say_so()
    {
        foreach (var (name, set) in CoastModel.Build().EntitySets)
        {
            var key = set.Key.Type == ODataType.String
                ? "'x'" : set.Key.Type == ODataType.Guid ? "01900000-0000-7000-8000-00000000ffff" : "77";
            Assert.Equal(await FlagAsync(name, "InsertRestrictions", "Insertable"), await StatusAsync(HttpMethod.Post, name) != 405);
            Assert.Equal(await FlagAsync(name, "DeleteRestrictions", "Deletable"),
                await StatusAsync(HttpMethod.Delete, $"{name}({key})") != 405);
            Assert.Equal(await FlagAsync(name, "UpdateRestrictions", "Updatable"),
                await StatusAsync(HttpMethod.Patch, $"{name}({key})") != 405);
        }
    }

    [Fact]
    public async Task What_an_insertion_requires_is_what_it_cannot_do_without()
    {
        Assert.Equal(["LighthouseId", "Name"], await PathsAsync("Keepers", "InsertRestrictions", "RequiredProperties"));
        Assert.Equal(["Secret", "Age"], await PathsAsync("Keepers", "InsertRestrictions", "NonInsertableProperties"));
        var whole = new JsonObject { ["LighthouseId"] = CoastRows.Pharos, ["Name"] = "Isidora" };
        foreach (var missing in new[] { "LighthouseId", "Name" })
        {
            var part = whole.DeepClone().AsObject();
            part.Remove(missing);
            using var refused = await Http.PostAsync("Keepers", Body(part));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            Assert.Contains(missing, await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        using var created = await Http.PostAsync("Keepers", Body(whole));
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        (await Http.DeleteAsync(created.Headers.Location)).Dispose();
    }

    [Theory]
    [InlineData("contains(Name,'a')"), InlineData("startswith(Name,'a')"), InlineData("endswith(Name,'a')"),
        InlineData("length(Name) gt 1")]
    [InlineData("indexof(Name,'a') eq 1"), InlineData("substring(Name,1) eq 'a'"), InlineData("tolower(Name) eq 'a'"),
        InlineData("toupper(Name) eq 'a'")]
    [InlineData("trim(Name) eq 'a'"), InlineData("concat(Name,'a') eq 'a'"), InlineData("matchesPattern(Name,'^a')"),
        InlineData("year(BuiltOn) eq 2000")]
    [InlineData("month(BuiltOn) eq 1"), InlineData("day(BuiltOn) eq 1"), InlineData("hour(LastSeenAt) eq 1"),
        InlineData("minute(LastSeenAt) eq 1")]
    [InlineData("second(LastSeenAt) eq 1"), InlineData("fractionalseconds(LastSeenAt) lt 1"), InlineData("date(LastSeenAt) eq 2000-01-01")]
    [InlineData("time(LastSeenAt) lt 12:00:00"), InlineData("totaloffsetminutes(LastSeenAt) eq 0"), InlineData("LastSeenAt lt now()")]
    [InlineData("LastSeenAt gt mindatetime()"), InlineData("LastSeenAt lt maxdatetime()"), InlineData("round(Height) eq 1"),
        InlineData("floor(Height) eq 1")]
    [InlineData("ceiling(Height) eq 1"), InlineData("cast(Steps,Edm.Double) eq 1"), InlineData("isof(Height,Edm.Double)")]
    [InlineData("totalseconds(Blink) gt 1"), InlineData("case(Height gt 1:true,true:false)"),
        InlineData("geo.distance(Place,geography'SRID=4326;Point(1 2)') lt 5"), InlineData("geo.length(Outline) lt 5")]
    [InlineData("geo.intersects(Place,geography'SRID=4326;Polygon((0 0,1 0,1 1,0 0))')")]
    public async Task Every_function_that_the_capabilities_name_is_answered(string filter)
    {
        await HoldsAsync($"Lighthouses?$top=1&$filter={Uri.EscapeDataString(filter)}", expected: true);
        var functions = (await ContainerAsync("FilterFunctions")).Descendants(Edm + "String").Select(x => x.Value).ToList();
        Assert.Contains(functions, x => filter.Contains(x + "(", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("identity"), InlineData("filter(Steps gt 1)"), InlineData("search(a)"), InlineData("compute(Steps add 1 as More)"),
        InlineData("orderby(Name)")]
    [InlineData("top(1)"), InlineData("skip(1)"), InlineData("topcount(1,Steps)"), InlineData("topsum(1,Steps)"),
        InlineData("toppercent(1,Steps)")]
    [InlineData("bottomcount(1,Steps)"), InlineData("bottomsum(1,Steps)"), InlineData("bottompercent(1,Steps)"),
        InlineData("aggregate($count as N)")]
    [InlineData("groupby((Kind),aggregate($count as N))"), InlineData("groupby((rollup(Kind,HarbourCode)),aggregate($count as N))")]
    [InlineData("concat(aggregate($count as N),groupby((Kind)))")]
    public async Task Every_transformation_that_the_capabilities_name_is_answered(string apply)
    {
        await HoldsAsync($"Lighthouses?$apply={Uri.EscapeDataString(apply)}", expected: true);
        var record = (await XmlAsync()).Descendants(Edm + "EntityContainer").Elements(Edm + "Annotation")
            .Single(x => (string)x.Attribute("Term")! == "Org.OData.Aggregation.V1.ApplySupported");
        Assert.Contains(apply[..(apply + "(").IndexOf('(', StringComparison.Ordinal)],
            record.Descendants(Edm + "String").Select(x => x.Value));
    }

    [Fact]
    public void What_the_capabilities_name_has_a_case_of_its_own_above()
    {
        var (functions, transformations) = (Cases(nameof(Every_function_that_the_capabilities_name_is_answered)).ToList(),
            Cases(nameof(Every_transformation_that_the_capabilities_name_is_answered)).ToList());
        Assert.All(Features.FilterFunctions, x => Assert.Contains(functions, c => c.Contains(x + "(", StringComparison.OrdinalIgnoreCase)));
        Assert.All(Features.ApplyTransformations,
            x => Assert.Contains(transformations, c => (c + "(").StartsWith(x + "(", StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Cases(string test) => typeof(MetadataTests).GetMethod(test)!
        .GetCustomAttributes(typeof(InlineDataAttribute), inherit: false).Cast<InlineDataAttribute>()
        .Select(x => (string)x.GetData(null!).Single()[0]);

    [Theory]
    [InlineData("", "", "application/xml"), InlineData("", "*/*", "application/xml"),
        InlineData("", "application/json", "application/json")]
    [InlineData("", "application/xml;q=0.5, application/json", "application/json"),
        InlineData("", "application/json;q=0, */*", "application/xml")]
    [InlineData("?$format=json", "application/xml", "application/json"), InlineData("?$format=xml", "application/json", "application/xml")]
    [InlineData("?format=application/json", "", "application/json"),
        InlineData("", "application/json;odata.metadata=minimal", "application/json")]
    public async Task The_format_is_the_one_that_was_asked_for(string query, string accept, string expected)
    {
        using var answer = await AskAsync("$metadata" + query, accept);
        Assert.Equal(expected, answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("$metadata", "text/html", 406), InlineData("$metadata?$format=yaml", "", 415),
        InlineData("Lighthouses?$top=1", "application/xml", 406)]
    [InlineData("Lighthouses?$top=1&$format=xml", "", 415)]
    public async Task A_format_that_is_not_served_is_refused(string url, string accept, int status)
    {
        using var answer = await AskAsync(url, accept);
        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_client_that_has_the_metadata_is_told_so()
    {
        using var first = await AskAsync("$metadata", "");
        using var again = new HttpRequestMessage(HttpMethod.Get, "$metadata");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await Http.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.NotEqual(first.Headers.ETag, (await AskAsync("$metadata", "application/json")).Headers.ETag);
    }

    [Theory]
    [InlineData("4.0", "4.0"), InlineData("4.01", "4.01"), InlineData("4.02", "4.01"), InlineData("5.0", "4.01"), InlineData(null, "4.01")]
    public async Task The_version_is_the_greatest_that_both_know(string? greatest, string expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "Harbours?$top=1");
        if (greatest is not null) request.Headers.Add("OData-MaxVersion", greatest);
        using var answer = await Http.SendAsync(request);
        Assert.Equal(expected, answer.Headers.GetValues("OData-Version").Single());
    }

    [Theory]
    [InlineData("OData-MaxVersion", "3.0"), InlineData("OData-MaxVersion", "new"), InlineData("OData-Version", "3.0"),
        InlineData("OData-Version", "5.0")]
    public async Task A_version_that_is_not_spoken_is_refused(string header, string version)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "Harbours?$top=1");
        request.Headers.Add(header, version);
        using var answer = await Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Every_value_has_room_in_what_its_type_says_of_digits_and_lengths()
    {
        using var text = new StringReader(await Http.GetStringAsync("$metadata"));
        using var reader = XmlReader.Create(text);
        var model = CsdlReader.Parse(reader);
        var types = model.SchemaElements.OfType<IEdmStructuredType>().SelectMany(x => x.DeclaredProperties.Select(y => y.Type))
            .Concat(model.SchemaElements.OfType<IEdmOperation>().SelectMany(x => x.Parameters.Select(y => y.Type)))
            .Where(x => x.IsPrimitive()).ToList();
        Assert.True(types.Count(x => x.IsTemporal()) >= 6, "There are few times.");
        Assert.All(types.Where(x => x.IsTemporal()), x => Assert.Equal(6, x.AsTemporal().Precision));
        Assert.All(types.Where(x => x.IsDecimal()), x => Assert.Equal((null, null), (x.AsDecimal().Precision, x.AsDecimal().Scale)));
        Assert.All(types.Where(x => x.IsSpatial()), x => Assert.Equal(4326, x.AsSpatial().SpatialReferenceIdentifier));
        // What is not said means no digits in XML and any number of them in JSON.
        var json = (await Http.JsonAsync("$metadata?$format=json"))["Coast"]!["Lighthouse"]!;
        Assert.Equal((6, null, 6, 60), ((int)json["LastSeenAt"]!["$Precision"]!, json["Price"]!["$Scale"],
            (int)json["Blink"]!["$Precision"]!, (int)json["Name"]!["$MaxLength"]!));
        var price = (await XmlAsync()).Descendants(Edm + "Property").Single(x => (string)x.Attribute("Name")! == "Price");
        Assert.Equal("variable", (string)price.Attribute("Scale")!);
    }

    [Theory]
    [InlineData("application/xml", "4.0", "Version=\"4.0\"")]
    [InlineData("application/xml", "4.01", "Version=\"4.01\"")]
    [InlineData("application/xml", null, "Version=\"4.01\"")]
    [InlineData("application/json", "4.0", "\"$Version\":\"4.0\"")]
    [InlineData("application/json", "4.01", "\"$Version\":\"4.01\"")]
    [InlineData("application/json", null, "\"$Version\":\"4.01\"")]
    public async Task The_document_is_in_the_version_of_the_answer(string type, string? greatest, string version)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "$metadata");
        request.Headers.Add("Accept", type);
        if (greatest is not null) request.Headers.Add("OData-MaxVersion", greatest);
        using var answer = await Http.SendAsync(request);
        var text = (await answer.Content.ReadAsStringAsync()).Replace(": ", ":", StringComparison.Ordinal);
        Assert.Contains(version, text, StringComparison.Ordinal);
        Assert.Equal(greatest ?? "4.01", answer.Headers.GetValues("OData-Version").Single());
        Assert.Equal("Accept,OData-MaxVersion", string.Join(',', answer.Headers.Vary));
    }

    private async Task<XDocument> XmlAsync() => XDocument.Parse(await Http.GetStringAsync("$metadata"));

    private async Task<XElement> ContainerAsync(string term) =>
        (await XmlAsync()).Descendants(Edm + "EntityContainer").Elements(Edm + "Annotation")
            .Single(x => (string)x.Attribute("Term")! == "Org.OData.Capabilities.V1." + term);

    private async Task<JsonObject> RecordAsync(string set, string term) =>
        (await Http.JsonAsync("$metadata?$format=json"))["Coast"]!["Container"]![set]!["@Org.OData.Capabilities.V1." + term]!.AsObject();

    private async Task<bool> FlagAsync(string set, string term, string property) => (bool)(await RecordAsync(set, term))[property]!;

    private async Task<List<string>> PathsAsync(string set, string term, string property) =>
        [.. (await RecordAsync(set, term))[property]!.AsArray().Select(x => (string)x!)];

    private async Task HoldsAsync(string url, bool expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Add("X-Personal", "yes");
        using var answer = await Http.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode == expected, $"{url}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    private async Task<int> StatusAsync(HttpMethod method, string url)
    {
        using var request = new HttpRequestMessage(method, url) { Content = Body([]) };
        request.Headers.IfMatch.Add(System.Net.Http.Headers.EntityTagHeaderValue.Any);
        using var answer = await Http.SendAsync(request);
        return (int)answer.StatusCode;
    }

    private Task<HttpResponseMessage> AskAsync(string url, string accept)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (accept.Length > 0) request.Headers.TryAddWithoutValidation("Accept", accept);
        return Http.SendAsync(request);
    }

    private static StringContent Body(JsonObject body) => new(body.ToJsonString(), Encoding.UTF8, "application/json");
}
