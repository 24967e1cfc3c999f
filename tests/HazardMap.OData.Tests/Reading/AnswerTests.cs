using System.Xml.Linq;
using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests;

/// <summary>What a function answers is a record: the metadata, the OpenAPI description and the JSON come from it.</summary>
[Collection(nameof(Coast))]
public sealed class AnswerTests(Coast coast)
{
    private static readonly XNamespace Edm = "http://docs.oasis-open.org/odata/ns/edm";

    private static readonly string Sight = $"Lighthouses({CoastRows.Pharos})/Coast.Sight";

    private sealed record Linked(Uri Address);

    private sealed record Sparse(IReadOnlyList<string>? Names);

    private sealed record Keyed(Dictionary<string, int> Counts);

    [TypeName("View")]
    private sealed record Prospect(double Metres);

    [Fact]
    public async Task The_complex_type_has_the_record_s_properties_in_their_order_and_knows_which_can_be_null()
    {
        var types = XDocument.Parse(await coast.Http.GetStringAsync("$metadata")).Descendants(Edm + "ComplexType")
            .ToDictionary(x => (string)x.Attribute("Name")!);
        Assert.Equal(
            [
                "Id Edm.Guid", "Title Edm.String", "Note Edm.String?", "Steps Edm.Int32", "Waves Edm.Int64", "Height Edm.Double",
                "Depth Edm.Double?", "Cost Edm.Decimal",
                "Fog Edm.Boolean", "On Edm.Date", "At Edm.DateTimeOffset", "Until Edm.DateTimeOffset?", "Kind Coast.LighthouseKind",
                "Main Coast.SurveyBearing",
                "Spare Coast.SurveyBearing?", "Bearings Collection(Coast.SurveyBearing)", "Names Collection(Edm.String)",
                "Soundings Collection(Edm.Double)?", "Count Edm.Int32",
            ],
            Properties(types["Survey"]));
        Assert.Equal(["Degrees Edm.Double", "To Coast.LighthouseKind", "Sea Coast.SeaState?"], Properties(types["SurveyBearing"]));
    }

    [Fact]
    public async Task An_enum_of_a_record_or_a_parameter_is_the_model_s_where_there_is_one_and_declared_where_not()
    {
        var xml = XDocument.Parse(await coast.Http.GetStringAsync("$metadata"));
        Assert.Equal(["LighthouseKind", "SeaState"], xml.Descendants(Edm + "EnumType").Select(x => (string)x.Attribute("Name")!));
        var function = xml.Descendants(Edm + "Function").Single(x => (string)x.Attribute("Name")! == "Sight");
        Assert.Equal("Coast.LighthouseKind",
            (string)function.Elements(Edm + "Parameter").Single(x => (string)x.Attribute("Name")! == "seenFrom").Attribute("Type")!);
        Assert.Equal(400, (await coast.Http.RefusedAsync($"{Sight}(seenFrom='Castle')")).Status);
    }

    [Fact]
    public async Task The_OpenAPI_description_says_the_same()
    {
        var schemas = (await coast.Http.JsonAsync("openapi.json"))["components"]!["schemas"]!;
        var survey = schemas["Coast.Survey"]!["properties"]!.AsObject();
        Assert.Equal(typeof(Survey).GetProperties().Select(x => x.Name).Except(["Made"], StringComparer.Ordinal),
            survey.Select(x => x.Key));
        Assert.Equal("string", (string)survey["Title"]!["type"]!);
        Assert.Equal(["string", "null"], survey["Note"]!["type"]!.AsArray().Select(x => (string)x!));
        Assert.Equal("#/components/schemas/Coast.SurveyBearing", (string)survey["Bearings"]!["items"]!["$ref"]!);
        Assert.Equal("null", (string)survey["Spare"]!["anyOf"]![1]!["type"]!);
    }

    [Fact]
    public async Task The_JSON_is_the_record_whose_numbers_lose_no_digit()
    {
        var text = await coast.Http.GetStringAsync($"{Sight}?$format=application/json;odata.metadata=none");
        Assert.Equal(
            $$"""
            {"Id":"{{CoastRows.Pharos}}","Title":"灯塔 <1>","Note":null,"Steps":3,"Waves":9007199254740993,"Height":0.30000000000000004,
            "Depth":"INF","Cost":12.340,
            "Fog":true,"On":"2026-08-15","At":"2026-08-15T15:00:00+08:00","Until":"2026-08-15T07:00:00.25Z","Kind":"Beacon",
            "Main":{"Degrees":90,"To":"Tower","Sea":null},
            "Spare":null,"Bearings":[{"Degrees":1E+21,"To":"Lightship","Sea":"Rough"}],"Names":["a","b"],"Soundings":[1,null],"Count":1}
            """.ReplaceLineEndings(""), text);
    }

    [Fact]
    public async Task Who_asks_for_it_gets_large_numbers_as_text()
    {
        var survey = await coast.Http.JsonAsync($"{Sight}?$format=application/json;IEEE754Compatible=true");
        Assert.Equal(("9007199254740993", "12.340", 3), ((string)survey["Waves"]!, (string)survey["Cost"]!, (int)survey["Steps"]!));
        Assert.EndsWith("$metadata#Coast.Survey", (string)survey["@odata.context"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_answer_is_404() => Assert.Equal(404, (await coast.Http.RefusedAsync($"{Sight}(lost=true)")).Status);

    [Fact]
    public void A_type_that_OData_does_not_know_is_refused_with_its_place_when_the_model_is_built()
    {
        Assert.StartsWith("Linked.Address is a System.Uri", Refusal<Linked>(), StringComparison.Ordinal);
        Assert.StartsWith("Keyed.Counts is a System.Collections.Generic.Dictionary", Refusal<Keyed>(), StringComparison.Ordinal);
        Assert.StartsWith("String is a System.String", Refusal<string>(), StringComparison.Ordinal);
        Assert.StartsWith("Sparse.Names may be null", Refusal<Sparse>(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_of_such_a_type_is_refused_too() =>
        Assert.Contains("System.Uri", Assert.Throws<InvalidOperationException>(() => FunctionParameter.Of<Uri>("address")).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Two_records_of_one_name_are_refused() => Assert.EndsWith("called View.", Build(e =>
    {
        e.Function("One", (call, _) => Task.FromResult(View.Of(call)));
        e.Function("Two", (_, _) => Task.FromResult(new Prospect(1)));
    }), StringComparison.Ordinal);

    [Fact]
    public void An_enum_that_is_declared_with_other_members_is_refused()
    {
        var refusal = Assert.Throws<InvalidOperationException>(() => ODataModel.Build("Coast", m =>
        {
            m.Enum(nameof(SeaState), "Calm", "Stormy");
            m.Enum(typeof(SeaState));
        }));
        Assert.Contains("Calm, Stormy", refusal.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Properties(XElement type) => type.Elements(Edm + "Property").Select(x =>
        $"{(string)x.Attribute("Name")!} {(string)x.Attribute("Type")!}{((string?)x.Attribute("Nullable") == "false" ? "" : "?")}");

    private static string Refusal<T>() where T : class => Build(e => e.Function("Ask", (_, _) => Task.FromResult<T?>(null)));

    private static string Build(Action<EntitySetBuilder> describe) =>
        Assert.Throws<InvalidOperationException>(() => ODataModel.Build("Coast", m => m.EntitySet("Rocks", "coast.rocks", e =>
        {
            e.Key("Id", ODataType.Int32);
            describe(e);
        }))).Message;
}
