using System.Text.RegularExpressions;
using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests.Metadata;

/// <summary>
/// The clauses of OData 4.01 Part 1, Conformance, that one URL can show, and the table in CONFORMANCE.md: every test that it names
/// exists.
/// </summary>
[Collection(nameof(Coast))]
public sealed partial class ConformanceTests(Coast coast)
{
    private static readonly string[] TestProjects = ["HazardMap.OData.Tests", "HazardMap.Service.Tests", "HazardMap.EndToEnd"];

    [Theory]
    [InlineData("4.0 Intermediate 3", "Lighthouses?$top=1&$select=Name,Kind"), InlineData("4.0 Intermediate 5", "Lighthouses?$top=0")]
    [InlineData("4.0 Intermediate 6", "Lighthouses({pharos})/Name/$value"),
        InlineData("4.0 Intermediate 7.1", "Lighthouses?$top=1&$filter=Name eq 'a' or Name ne 'b'")]
    [InlineData("4.0 Intermediate 7.2", "Lighthouses?$filter=Name eq @n&@n='Pharos'"),
        InlineData("4.0 Intermediate 7.5", "Lighthouses?$top=1&$expand=Keepers($filter=Age gt 5)")]
    [InlineData("4.0 Intermediate 11", "Lighthouses?$top=1&$search=phar OR NOT sker"),
        InlineData("4.0 Intermediate 12", "Lighthouses?$top=1&$skip=2")]
    [InlineData("4.0 Intermediate 13", "Lighthouses?$top=1&$count=true"),
        InlineData("4.0 Intermediate 15", "Lighthouses?$top=1&$filter=Keepers/any(k:k/Age gt 1) or Keepers/all(k:k/Age gt 1)")]
    [InlineData("4.0 Intermediate 16", "Lighthouses({pharos})/Keepers/$count"),
        InlineData("4.0 Intermediate 17", "Lighthouses?$top=1&$orderby=Height desc,Name asc")]
    [InlineData("4.0 Advanced 9.1", "Lighthouses?$top=1&$expand=Keepers/$ref"),
        InlineData("4.0 Advanced 9.2", "Harbours?$top=1&$expand=Lighthouses($filter=Lit eq true)")]
    [InlineData("4.0 Advanced 9.4", "Harbours?$top=1&$expand=Lighthouses($orderby=Name desc)"),
        InlineData("4.0 Advanced 9.5", "Harbours?$top=1&$expand=Lighthouses($count=true),Lighthouses/$count")]
    [InlineData("4.0 Advanced 9.6", "Harbours?$top=1&$expand=Lighthouses($top=1;$skip=1)"),
        InlineData("4.0 Advanced 9.7", "Harbours?$top=1&$expand=Lighthouses($search=a)")]
    [InlineData("4.0 Advanced 9.9", "Harbours?$top=1&$expand=Lighthouses($compute=Height mul 2 as Twice;$select=Twice)")]
    [InlineData("4.0 Advanced 12", "Lighthouses({pharos})/Harbour/Name"), InlineData("4.0 Advanced 12", "$entity?$id=Harbours('AL1')")]
    [InlineData("4.01 Minimal 5", "Lighthouses?$top=1&$schemaversion=*"),
        InlineData("4.01 Minimal 6", "Lighthouses?top=1&filter=Name ne 'a'&orderby=Name&select=Name&count=true")]
    [InlineData("4.01 Minimal 7", "Lighthouses?$TOP=1&$FILTER=CONTAINS(Name,'a') AND Steps GT 1"),
        InlineData("4.01 Minimal 9.1", "Lighthouses?$top=1&$filter=Steps eq cast('5',Edm.Int32)")]
    [InlineData("4.01 Minimal 9.2", "Lighthouses?$top=1&$filter=Kind eq 'Tower' or Kind eq Coast.LighthouseKind'Tower'")]
    [InlineData("4.01 Minimal 9.2", "Lighthouses?$top=1&$filter=Blink eq duration'PT1H30M' or Blink eq 'PT1H30M'"),
        InlineData("4.01 Minimal 9.5", "Lighthouses({pharos})/Coast.LookOut()")]
    [InlineData("4.01 Minimal 9.6", "Harbours(@k)?@k='AL1'"),
        InlineData("4.01 Minimal 9.8", "Lighthouses?$top=1&$filter=Harbour eq null or Harbour ne null")]
    [InlineData("4.01 Minimal 9.9", "Lighthouses?$top=1&$filter=Steps in (1,2) or not (Name in ('a'))"),
        InlineData("4.01 Minimal 9.10", "Lighthouses?$top=1&$filter=Steps divby 2 gt 0.5")]
    [InlineData("4.01 Minimal 9.11", "Lighthouses?$top=1&$filter=substring(Name,-3) eq 'ros'"),
        InlineData("4.01 Minimal 9.12", "Harbours/AL1/Name")]
    [InlineData("4.01 Minimal 9.13", "Harbours?$filter=Lighthouses/$count($filter=Lit eq true) ge 0"),
        InlineData("4.01 Minimal 15", "Lighthouses?$top=1&$compute=Steps add 1 as More&$filter=More gt 1&$orderby=More&$select=More")]
    [InlineData("4.01 Advanced 3", "Harbours?$filter=Lighthouses/$count($search=a) ge 0"),
        InlineData("4.01 Advanced 8", "Lighthouses/$filter(Steps gt 1)/$count")]
    [InlineData("4.01 Advanced 9", "Lighthouses?$top=1&$expand=Keepers($filter=Age gt @a;@a=5)"),
        InlineData("URL conventions 4.11", "Lighthouses/$filter(@f)?@f=Steps gt 1&$top=1")]
    public async Task A_clause_is_kept(string clause, string url)
    {
        using var answer = await coast.Http.GetAsync(url.Replace("{pharos}", CoastRows.Pharos.ToString(), StringComparison.Ordinal));
        Assert.True(answer.IsSuccessStatusCode, $"{clause}: {url} -> {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    [Theory]
    [InlineData("4.0 Advanced 15", "$crossjoin(Harbours,Lighthouses)"), InlineData("URL conventions 4.14", "$all")]
    [InlineData("4.0 Minimal 7", "Lighthouses?$filter=geo.area(Outline) gt 1"), InlineData("4.0 Minimal 7", "Lighthouses?$index=1")]
    public async Task What_is_not_supported_is_refused_and_not_ignored(string clause, string url)
    {
        var (status, error) = await coast.Http.RefusedAsync(url);
        Assert.True(status is 400 or 404 or 501 && error is not null, $"{clause}: {url} -> {status}");
    }

    [Fact]
    public void Every_test_that_the_table_names_exists()
    {
        var root = Repository.Root;
        var named = Reference().Matches(File.ReadAllText(Path.Combine(root, "src/HazardMap.OData/CONFORMANCE.md")))
            .Select(x => x.Groups["test"].Value).Distinct(StringComparer.Ordinal).ToList();
        var sources =
            TestProjects.SelectMany(x => Directory.GetFiles(Path.Combine(root, "tests", x), "*Tests.cs", SearchOption.AllDirectories))
                .Where(x => !x.Contains("/obj/", StringComparison.Ordinal))
                .ToLookup(x => Path.GetFileNameWithoutExtension(x)!, StringComparer.Ordinal);
        Assert.True(named.Count > 40, $"The table names {named.Count} tests.");
        Assert.All(named, name =>
        {
            var parts = name.Split('.');
            Assert.True(sources[parts[0]].Any(x => File.ReadAllText(x).Contains($" {parts[1]}(", StringComparison.Ordinal)),
                $"There is no test {name}.");
        });
    }

    [GeneratedRegex(@"`(?<test>\w+Tests\.\w+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference();
}
