using System.Text.RegularExpressions;
using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests.Languages;

/// <summary>Whatever the library refuses, it says in the second language too.</summary>
[Collection(nameof(Coast))]
public sealed class SecondLanguageTests(Coast coast)
{
    private static readonly Lazy<Sentences> Said = new(Sentences.Read);

    /// <summary>What PostgreSQL and PostGIS say, and what SQL of ours says; no source of C# has it.</summary>
    private static readonly string[] OfTheDatabase =
    [
        "{0} breaks the rule {1}.", "{0} cannot be null.", "The entity is still referred to by {0}.", "{0} conflicts with another entity.",
        "{0} refers to something that does not exist.", "{0} is already used by another entity.", "A value is out of range: {0}.",
        "The database does not allow this change.",
        "division by zero", "smallint out of range", "integer out of range", "bigint out of range", "numeric field overflow",
        "value overflows numeric format", "value out of range: overflow", "value out of range: underflow", "date out of range",
        "timestamp out of range", "interval out of range", "Self-intersection", "Ring Self-intersection", "Hole lies outside shell",
        "Holes are nested", "Interior is disconnected", "Nested shells", "Duplicate Rings", "Too few points in geometry component",
        "Invalid Coordinate", "Ring is not closed",
        "an edge crosses the 180th meridian; cut the shape there into parts (RFC 7946, 3.1.9)",
    ];

    [Fact]
    public void Every_code_has_both_languages()
    {
        Assert.True(Said.Value.ByCode.Count > 40, string.Join(", ", Said.Value.ByCode.Keys));
        var missing = Said.Value.ByCode
            .SelectMany(x => x.Value.Where(s => !SecondLanguage.Chinese.Sentences.ContainsKey(s)).Select(s => $"{x.Key}: \"{s}\""))
            .ToList();
        Assert.True(missing.Count == 0, $"src/HazardMap.OData/Languages/zh.json lacks {missing.Count}:\n{string.Join('\n', missing)}");
    }

    [Fact]
    public void A_sentence_is_written_where_it_is_thrown_so_that_a_language_can_know_it() =>
        Assert.True(Said.Value.Unknowable.Count == 0, string.Join('\n', Said.Value.Unknowable));

    [Fact]
    public void A_translation_is_Chinese_and_has_the_places_of_its_sentence()
    {
        foreach (var (english, chinese) in SecondLanguage.Chinese.Sentences)
        {
            Assert.True(chinese.Any(x => x > '\u2000'), english);
            // A detail that only exists in English (what .NET says of broken JSON) may be left out; nothing may be made up.
            Assert.True(Places(chinese).IsSubsetOf(Places(english)), $"{english}\n{chinese}");
            Assert.True(Places(english).Count - Places(chinese).Count <= 1, $"{english}\n{chinese}");
        }
    }

    [Fact]
    public void No_translation_is_of_something_that_is_not_said()
    {
        var said = Said.Value.All;
        var idle = SecondLanguage.Chinese.Sentences.Keys.Where(x => !said.Contains(x))
            .Except(OfTheDatabase, StringComparer.Ordinal).ToList();
        Assert.True(idle.Count == 0, string.Join('\n', idle));
    }

    [Theory]
    [InlineData("Lighthouses?$filter=Nam eq 'x'"), InlineData("Lighthouses?$filter=Name eq"), InlineData("Lighthouses?$top=-1")]
    [InlineData("Lighthouses?$filter=Height eq 'x'"), InlineData("Windmills"), InlineData("Lighthouses(1)"), InlineData("$all")]
    [InlineData("Lighthouses?$format=xml"), InlineData("Lighthouses?$orderby=Name,Height,Steps,Lit,Note,Price")]
    [InlineData("Lighthouses?$filter=geo.intersects(Place,geography'SRID=4326;Polygon((1 1,2 2,3 3,1 1.5))')")]
    [InlineData("Keepers?$filter=Secret eq 'hush'"), InlineData("Lighthouses?$apply=rubbish"), InlineData("$batch")]
    public async Task A_refusal_has_its_Chinese_in_details(string url)
    {
        var (status, error) = await coast.Http.RefusedAsync(url);
        Assert.InRange(status, 400, 501);
        var chinese = (string)error!["details"]!.AsArray().Single(x => (string?)x!["code"] == "zh")!["message"]!;
        Assert.Contains(chinese, x => x > '\u4e00');
        // what is filled in is filled in both, and its parts are translated too
        Assert.DoesNotMatch(new Regex(@"\{\d\}", RegexOptions.NonBacktracking), chinese + (string)error["message"]!);
        Assert.DoesNotContain("is expected", chinese, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_second_language_there_is_English_alone()
    {
        using var http = new HttpClient { BaseAddress = coast.EnglishOnly };
        var (_, error) = await http.RefusedAsync("Lighthouses?$top=-1");
        Assert.Null(error!["details"]);
    }

    [Fact]
    public void A_language_of_one_s_own_is_a_resource()
    {
        using var resource = new MemoryStream("{\"{0} is given twice.\":\"{0} steht zweimal da.\"}"u8.ToArray());
        var german = SecondLanguage.Read("de", resource);
        RefusalText said = $"{"$top"} is given twice.";
        Assert.Equal("$top steht zweimal da.", said.In(german));
        Assert.Null(((RefusalText)"The URL is too long.").In(german));
    }

    private static HashSet<string> Places(string sentence) =>
        [.. Regex.Matches(sentence, @"\{\d\}", RegexOptions.NonBacktracking).Select(x => x.Value)];
}
