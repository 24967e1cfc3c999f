using System.Text.RegularExpressions;

namespace HazardMap.OData.Tests.Differential;

/// <summary>The list in code and the list that readers see are one.</summary>
public sealed partial class ExplainedDifferenceTests
{
    [Fact]
    public void Every_kind_is_a_line_of_the_conformance_table_and_every_line_a_kind()
    {
        var text = File.ReadAllText(Repository.PathOf("src/HazardMap.OData/CONFORMANCE.md"));
        var table = text[text.IndexOf("| Difference |", StringComparison.Ordinal)..];
        var lines = FirstCell().Matches(table).Select(x => x.Groups["cell"].Value).Where(x => x is not ("Difference" or "---")).ToList();
        Assert.Equal(ExplainedDifference.Kinds.Select(x => x.Name).Order(StringComparer.Ordinal), lines.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_place_is_said_carefully_only_where_its_kind_is_asked_for()
    {
        var text = Wording.Place("a", "x" + Wording.Place("b", "1", "2"), "y" + Wording.Place("b", "3", "4")) + "!";
        Assert.Equal(["a", "b"], Wording.Kinds(text).Order());
        Assert.Equal("x1!", Wording.Say(text, new HashSet<string>()));
        Assert.Equal("y3!", Wording.Say(text, new HashSet<string> { "a" }));
        Assert.Equal("y4!", Wording.Say(text, new HashSet<string> { "a", "b" }));
    }

    [GeneratedRegex(@"^\| ?(?<cell>[^|]*?) ?\|", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FirstCell();
}
