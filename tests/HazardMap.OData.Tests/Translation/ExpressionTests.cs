using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests.Translation;

/// <summary>Operators, functions and literals of OData 4.01 beyond those of <see cref="FilterTests"/>,
/// each on the named lighthouses.</summary>
[Collection(nameof(Coast))]
public sealed class ExpressionTests(Coast coast)
{
    [Theory]
    // divby promotes integers to decimal, div does not; neither fails for floating point.
    [InlineData("Steps divby 8 eq 37.5", "Pharos")]
    [InlineData("Steps div 8 eq 37", "Pharos")]
    [InlineData("Steps divby 0 eq INF", "Pharos,Skerryvore")]
    [InlineData("-Steps divby 0 eq -INF", "Pharos,Skerryvore")]
    [InlineData("Height div 0 eq INF", "Pharos,Skerryvore")]
    [InlineData("Height eq NaN", "")]
    [InlineData("not (Height ne NaN)", "")]
    [InlineData("(Height sub Height) div 0 gt 5", "")]
    [InlineData("5 lt (Steps sub Steps) divby 0", "")]
    [InlineData("not ((Height sub Height) div 0 ge 0) and Height ne null", "Pharos,Skerryvore")]
    [InlineData("RangeNm mul 2000 eq 60000", "Pharos")]
    [InlineData("Price div 2 eq 6.17", "Pharos")]
    [InlineData("Blink mul 2 eq duration'PT3H'", "Pharos")]
    [InlineData("Blink div 2 eq 'PT45M'", "Pharos")]
    [InlineData("Blink eq 'PT5S'", "Skerryvore")]
    [InlineData("BuiltOn sub 2000-02-28 eq duration'P1D'", "Pharos")]
    [InlineData("RangeNm lt 40000", "Pharos,Skerryvore")]
    [InlineData("Steps gt 99999999999999999999", "")]
    [InlineData("Steps lt 1e300", "Pharos,Skerryvore")]
    [InlineData("Steps gt 150.5 and Steps lt 151.5", "Skerryvore")]
    // has, in, precedence, names in any case.
    [InlineData("Kind has 'Tower'", "Pharos,Skerryvore")]
    [InlineData("Kind has Coast.LighthouseKind'Beacon'", "Empty")]
    [InlineData("Steps in (151,300.0,null)", "Empty,Pharos,Skerryvore")]
    [InlineData("Height in (48,Steps)", "Empty,Skerryvore")]
    [InlineData("300 in (Steps,5)", "Pharos")]
    [InlineData("not Kind in ('Tower','Lightship')", "Empty")]
    [InlineData("(Steps mod 7) in (6)", "Pharos")]
    [InlineData("Kind has 'Tower' eq true", "Pharos,Skerryvore")]
    [InlineData("true eq Kind has 'Tower'", "Pharos,Skerryvore")]
    [InlineData("Steps in [151,300]", "Pharos,Skerryvore")]
    [InlineData("Name in [\"Pharos\"]", "Pharos")]
    [InlineData("RangeNm in (23,99999)", "Skerryvore")]
    [InlineData("BuiltOn in (2000-02-29)", "Pharos")]
    [InlineData("LastSeenAt in (2024-01-01T00:00:00Z)", "Skerryvore")]
    [InlineData("Blink in ('PT5S')", "Skerryvore")]
    [InlineData("Steps add 2 mul 10 eq 320", "Pharos")]
    [InlineData("(Steps add 2) mul 10 eq 3020", "Pharos")]
    [InlineData("Steps EQ 300 OR Steps Eq 151 AND Name eq 'x'", "Pharos")]
    [InlineData("NOT (CONTAINS(Name,'r')) AND StartsWith(Name,'E')", "Empty")]
    [InlineData("Keepers/ANY(k:k/Age gt 50)", "Pharos")]
    [InlineData("not startswith(Name,'P') and Lit eq false", "Skerryvore")]
    // case
    [InlineData("case(Steps gt 200:'many',Steps gt 0:'few',true:'none') eq 'few'", "Skerryvore")]
    [InlineData("case(Steps gt 200:1,Steps gt 0:0.5) eq null", "Empty")]
    [InlineData("case(Lit:Kind,true:'Lightship') eq 'Tower'", "Pharos")]
    [InlineData("case(Steps gt 200:Height,true:0) gt 100", "Pharos")]
    // Text; characters are counted, not bytes.
    [InlineData("substring(Name,100) eq ''", "Empty,Pharos,Skerryvore")]
    [InlineData("substring(Name,-100,2) eq 'Ph'", "Pharos")]
    [InlineData("substring(Name,-2,100) eq 'os'", "Pharos")]
    [InlineData("substring(Name,2,0) eq ''", "Empty,Pharos,Skerryvore")]
    [InlineData("indexof(Name,'zz') eq -1", "Empty,Pharos,Skerryvore")]
    [InlineData("length('雾号😀') eq 3", "Empty,Pharos,Skerryvore")]
    [InlineData("matchespattern(Name,'^p','i')", "Pharos")]
    [InlineData("matchesPattern(Name,'^p')", "")]
    [InlineData("concat(concat(Name,', '),'it''s') eq 'Pharos, it''s'", "Pharos")]
    // cast and isof
    [InlineData("cast(Height,Edm.Int32) eq 104", "Pharos")]
    [InlineData("cast(Visitors,Edm.Int32) eq null", "Empty,Pharos")]
    [InlineData("cast('12',Edm.Int32) lt Steps", "Pharos,Skerryvore")]
    [InlineData("cast('2000-02-29',Edm.Date) eq BuiltOn", "Pharos")]
    [InlineData("cast('rubbish',Edm.Date) eq null", "Empty,Pharos,Skerryvore")]
    [InlineData("cast(CallSign,Edm.Int32) eq null", "Empty,Pharos,Skerryvore")]
    [InlineData("cast(LastSeenAt,Edm.String) eq '2024-06-30T23:59:59.123456Z'", "Pharos")]
    [InlineData("cast(BuiltOn,Edm.String) eq '2000-02-29'", "Pharos")]
    [InlineData("cast(Blink,Edm.String) eq 'PT1H30M'", "Pharos")]
    [InlineData("cast(Badge,Edm.String) eq 'AP8Q'", "Pharos")]
    [InlineData("cast(Kind,Edm.String) eq 'Beacon'", "Empty")]
    [InlineData("cast(Kind,Edm.Int32) eq 2", "Empty")]
    [InlineData("cast('Beacon',Coast.LighthouseKind) eq Kind", "Empty")]
    [InlineData("cast(2,Coast.LighthouseKind) eq Kind", "Empty")]
    [InlineData("cast(Lit,Edm.String) eq 'true'", "Pharos")]
    [InlineData("startswith(cast(Place,Edm.String),'SRID=4326;POINT(29.')", "Pharos")]
    [InlineData("isof(Coast.Lighthouse)", "Empty,Pharos,Skerryvore")]
    [InlineData("isof(Harbour,Coast.Harbour)", "Pharos,Skerryvore")]
    [InlineData("isof(Kind,Coast.LighthouseKind)", "Empty,Pharos,Skerryvore")]
    [InlineData("isof(Steps,Edm.Int32) and not isof(Steps,Edm.String)", "Pharos,Skerryvore")]
    // $it, $this, $root, counts of what is filtered or searched.
    [InlineData("$it/Steps eq 300", "Pharos")]
    [InlineData("$this/Steps eq 300", "Pharos")]
    [InlineData("Harbour/Depth eq $root/Harbours('AL1')/Depth", "Pharos")]
    [InlineData("Harbour eq $root/Harbours('AL1')", "Pharos")]
    [InlineData("$root/Harbours/$count gt Steps", "")]
    [InlineData("Keepers/$count($filter=Age gt 40) eq 1", "Pharos")]
    [InlineData("Keepers/$count(filter=Age gt 40 and $it/Steps eq 300) eq 1", "Pharos")]
    [InlineData("Keepers/$filter(Age gt 20)/$count eq 2", "Pharos")]
    [InlineData("Harbour/Lighthouses/$count($search=wonders) eq 1", "Pharos")]
    [InlineData("Harbour/Lighthouses/any(l:l/Name eq $it/Name)", "Pharos,Skerryvore")]
    [InlineData("Coast.Lighthouse/Name eq 'x' or Name eq 'Pharos'", "Pharos")]
    public async Task A_filter_lets_through(string filter, string expected) =>
        Assert.Equal(expected, string.Join(',', await coast.Http.NamedAsync(filter)));

    [Theory]
    [InlineData("Steps div 0 eq 1", 400, "zero")]
    [InlineData("Steps mod 0 eq 1", 400, "zero")]
    [InlineData("substring(Name,1,-1) eq 'x'", 400, "negative")]
    [InlineData("hour(2024-01-01T08:00:00+08:00) eq 0", 400, "UTC")]
    [InlineData("year(Name) eq 0", 400, "Name")]
    [InlineData("round('a') eq 0", 400, "")]
    [InlineData("hassubset([1,2],[1])", 501, "hassubset")]
    [InlineData("hassubsequence([1,2],[1])", 501, "hassubsequence")]
    [InlineData("frobnicate(Name)", 400, "frobnicate")]
    [InlineData("length(Name,Name) eq 1", 400, "length")]
    [InlineData("Harbour eq 'AL1'", 400, "entity")]
    [InlineData("concat(Harbour,'x') eq 'x'", 400, "Harbours")]
    [InlineData("Keepers eq null", 400, "Keepers")]
    [InlineData("Keepers/Age gt 3", 400, "Keepers")]
    [InlineData("case(Lit:1,true:'x') eq 1", 400, "")]
    [InlineData("case(Steps:1)", 400, "")]
    [InlineData("BuiltOn eq 2024-02-30", 400, "2024-02-30")]
    [InlineData("Blink eq duration'P1Y'", 400, "duration")]
    [InlineData("Name eq 'open", 400, "quote")]
    [InlineData("@a eq 1&@a=@b&@b=@a", 400, "@")]
    [InlineData("Kind has 'Castle'", 400, "Castle")]
    [InlineData("Steps eq Steps eq Steps", 400, "")]
    [InlineData("cast(Place,Edm.Int32) eq 1", 400, "")]
    [InlineData("$root/Windmills(1)/Name eq 'x'", 400, "Windmills")]
    public async Task A_filter_is_refused_with_the_reason(string filter, int status, string place)
    {
        var (actual, error) = await coast.Http.RefusedAsync("Lighthouses?$filter=" + filter.Replace("+", "%2B", StringComparison.Ordinal));
        Assert.True(status == actual, $"{actual} {error?.ToJsonString()}");
        Assert.Contains(place, error!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_may_be_as_long_as_the_URL()
    {
        var numbers = string.Join(',', Enumerable.Range(0, 1000).Select(x => x + 300));
        Assert.Equal(["Pharos"], await coast.Http.NamedAsync($"Steps in ({numbers})"));
        Assert.Equal(["Pharos"], await coast.Http.NamedAsync($"Steps in [{numbers}]"));
    }

    [Theory]
    [InlineData("Lighthouses?$select=Name&$filter=Name in @l&@l=[\"Pharos\",\"x\"]", "Pharos")]
    [InlineData("Lighthouses?$select=Name&$filter=Name in (@a,@b)&@a='Pharos'&@b='x'", "Pharos")]
    [InlineData("Lighthouses?$select=Name&$search=wonders&$filter=Steps eq @s mul @t and Lit&@s=100&@t=@s divby 50 add 1", "Pharos")]
    [InlineData("Lighthouses?$select=Name&$filter=@f&@f=Steps eq 300", "Pharos")]
    [InlineData("Lighthouses?$select=Name&$filter=Kind eq @k and Steps eq 300&@k='Tower'", "Pharos")]
    [InlineData("Lighthouses?$select=Name&$filter=Steps eq 300 and Height ne @missing", "Pharos")]
    [InlineData("Lighthouses?$select=Name&$filter=geo.intersects(Place,@g)"
        + "&@g={\"type\":\"Polygon\",\"coordinates\":[[[29,31],[30,31],[30,32],[29,32],[29,31]]]}", "Pharos")]
    [InlineData("Lighthouses?$select=Name&$filter=Steps ne null&$orderby=@o desc&@o=Steps mod 300&$top=1&$search=wonders", "Pharos")]
    [InlineData("Harbours(@c)/Lighthouses?$select=Name&@c='AL1'", "Pharos")]
    [InlineData("Harbours(Code=@c)/Lighthouses?$select=Name&@c='AL1'", "Pharos")]
    [InlineData("Lighthouses?SELECT=Name&Filter=Steps eq 300", "Pharos")]
    public async Task An_alias_stands_for(string url, string expected) =>
        Assert.Equal(expected, string.Join(',', await coast.Http.NamesAsync(url)));
}
