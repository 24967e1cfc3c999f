using HazardMap.OData.Tests.World;

namespace HazardMap.OData.Tests.Translation;

/// <summary>What each operator and function answers for the three named lighthouses; Empty has nothing but nulls.</summary>
[Collection(nameof(Coast))]
public sealed class FilterTests(Coast coast)
{
    [Theory]
    // Comparison with null: eq and ne tell, the others are false.
    [InlineData("Height eq null", "Empty")]
    [InlineData("Height ne null", "Pharos,Skerryvore")]
    [InlineData("null eq Height", "Empty")]
    [InlineData("Height gt null", "")]
    [InlineData("Height le null", "")]
    [InlineData("not (Height gt null)", "Empty,Pharos,Skerryvore")]
    [InlineData("null eq null", "Empty,Pharos,Skerryvore")]
    [InlineData("null ne null", "")]
    // A null on one side: not equal, not greater; and "not" of that is true.
    [InlineData("Height eq 48", "Skerryvore")]
    [InlineData("Height ne 48", "Empty,Pharos")]
    [InlineData("not (Height eq 48)", "Empty,Pharos")]
    [InlineData("not (Height ne 48)", "Skerryvore")]
    [InlineData("Height gt 50", "Pharos")]
    [InlineData("not (Height gt 50)", "Empty,Skerryvore")]
    [InlineData("not (Height lt 50)", "Empty,Pharos")]
    [InlineData("(Height gt 50) eq false", "Empty,Skerryvore")]
    [InlineData("Height eq Steps", "Empty")]
    [InlineData("Height ne Steps", "Pharos,Skerryvore")]
    [InlineData("Height lt Steps", "Pharos,Skerryvore")]
    // Logic is three-valued: not null is null, and null does not pass.
    [InlineData("Lit", "Pharos")]
    [InlineData("not Lit", "Skerryvore")]
    [InlineData("Lit eq false", "Skerryvore")]
    [InlineData("Lit ne true", "Empty,Skerryvore")]
    [InlineData("Lit or Height eq null", "Empty,Pharos")]
    [InlineData("not (Lit and Steps gt 200)", "Empty,Skerryvore")]
    [InlineData("not (Lit or Steps gt 200)", "Skerryvore")]
    // Functions of null are null.
    [InlineData("contains(Note,'won')", "Pharos")]
    [InlineData("not contains(Note,'won')", "Skerryvore")]
    [InlineData("contains(Note,null)", "")]
    [InlineData("length(Note) eq 0", "Skerryvore")]
    [InlineData("length(Note) eq null", "Empty")]
    [InlineData("concat(Name,Note) eq null", "Empty")]
    [InlineData("Height add Steps eq null", "Empty")]
    // Sets.
    [InlineData("Name in ('Pharos','Empty')", "Empty,Pharos")]
    [InlineData("Height in (48,103.5)", "Pharos,Skerryvore")]
    [InlineData("not (Height in (48))", "Empty,Pharos")]
    [InlineData("Kind in ('Beacon','Lightship')", "Empty")]
    [InlineData("Steps in (151)", "Skerryvore")]
    [InlineData("HarbourCode in ('AL1','it''s, (odd)')", "Pharos")]
    // Enumerations.
    [InlineData("Kind eq 'Tower'", "Pharos,Skerryvore")]
    [InlineData("Kind eq Coast.LighthouseKind'Tower'", "Pharos,Skerryvore")]
    [InlineData("Kind ne 'Tower'", "Empty")]
    [InlineData("Kind gt 'Lightship'", "Empty")]
    [InlineData("'Beacon' eq Kind", "Empty")]
    // Arithmetic.
    [InlineData("Height mul 2 eq 207", "Pharos")]
    [InlineData("Steps div 2 eq 75", "Skerryvore")]
    [InlineData("Steps mod 2 eq 1", "Skerryvore")]
    [InlineData("Height mod 10 eq 3.5", "Pharos")]
    [InlineData("Steps sub 151 eq 0", "Skerryvore")]
    [InlineData("-Steps eq -300", "Pharos")]
    [InlineData("Price eq 12.34", "Pharos")]
    [InlineData("Price add 0.01 eq 12.35", "Pharos")]
    [InlineData("Visitors eq 9000000000", "Pharos")]
    [InlineData("RangeNm eq 23", "Skerryvore")]
    [InlineData("Height eq 103.5", "Pharos")]
    [InlineData("round(Height) eq 104", "Pharos")]
    [InlineData("floor(Height) eq 103", "Pharos")]
    [InlineData("ceiling(Height) eq 104", "Pharos")]
    // Text.
    [InlineData("startswith(Name,'P')", "Pharos")]
    [InlineData("endswith(Name,'e')", "Skerryvore")]
    [InlineData("indexof(Name,'a') eq 2", "Pharos")]
    [InlineData("substring(Name,1) eq 'haros'", "Pharos")]
    [InlineData("substring(Name,1,2) eq 'ha'", "Pharos")]
    [InlineData("substring(Name,-2) eq 'os'", "Pharos")]
    [InlineData("tolower(Name) eq 'pharos'", "Pharos")]
    [InlineData("toupper(Name) eq 'PHAROS'", "Pharos")]
    [InlineData("trim(concat(' ',concat(Name,' '))) eq 'Pharos'", "Pharos")]
    [InlineData("matchesPattern(Name,'^P.*s$')", "Pharos")]
    [InlineData("contains(Name,'_')", "")]
    [InlineData("Name gt 'Q'", "Skerryvore")]
    // Dates and times, in UTC.
    [InlineData("year(BuiltOn) eq 2000 and month(BuiltOn) eq 2 and day(BuiltOn) eq 29", "Pharos")]
    [InlineData("BuiltOn lt 1900-01-01", "Skerryvore")]
    [InlineData("LastSeenAt gt 2024-06-30T23:59:59Z", "Pharos")]
    [InlineData("LastSeenAt eq 2024-01-01T08:00:00+08:00", "Skerryvore")]
    [InlineData("hour(LastSeenAt) eq 23 and minute(LastSeenAt) eq 59 and second(LastSeenAt) eq 59", "Pharos")]
    [InlineData("fractionalseconds(LastSeenAt) eq 0.123456", "Pharos")]
    [InlineData("date(LastSeenAt) eq 2024-06-30", "Pharos")]
    [InlineData("time(LastSeenAt) eq 00:00:00", "Skerryvore")]
    [InlineData("totaloffsetminutes(LastSeenAt) eq 0", "Pharos,Skerryvore")]
    [InlineData("LastSeenAt lt now()", "Pharos,Skerryvore")]
    [InlineData("LastSeenAt gt mindatetime() and LastSeenAt lt maxdatetime()", "Pharos,Skerryvore")]
    [InlineData("LastSeenAt add duration'P1D' gt 2024-07-01T00:00:00Z", "Pharos")]
    [InlineData("Blink eq duration'PT5S'", "Skerryvore")]
    [InlineData("totalseconds(Blink) eq 5400", "Pharos")]
    [InlineData("OpensAt gt 08:00:00", "Pharos")]
    // Other types.
    [InlineData("Id eq 01900000-0000-7000-8000-000000000001", "Pharos")]
    [InlineData("Badge eq binary'AP8Q'", "Pharos")]
    [InlineData("cast(Steps,Edm.String) eq '300'", "Pharos")]
    [InlineData("isof(Outline,Edm.GeographyPolygon)", "Pharos")]
    // Navigation.
    [InlineData("Harbour/Name eq 'Tiree'", "Skerryvore")]
    [InlineData("Harbour/Name ne 'Tiree'", "Empty,Pharos")]
    [InlineData("Harbour eq null", "Empty")]
    [InlineData("Harbour/Depth gt 10", "Pharos")]
    [InlineData("Keepers/any(k:k/Age gt 50)", "Pharos")]
    [InlineData("Keepers/any()", "Pharos,Skerryvore")]
    [InlineData("Keepers/all(k:k/Age gt 20)", "Empty,Pharos")]
    [InlineData("not Keepers/any(k:k/Name eq 'Thomas')", "Empty,Pharos")]
    [InlineData("Keepers/any(k:k/Name eq 'Sostratus' and $it/Steps gt 200)", "Pharos")]
    [InlineData("Keepers/$count gt 1", "Pharos")]
    public async Task A_filter_lets_through(string filter, string expected) =>
        Assert.Equal(expected, string.Join(',', await coast.Http.NamedAsync(filter)));

    [Theory]
    [InlineData("geo.distance(Place,geography'SRID=4326;Point(29.8853 31.2135)') lt 1", "Pharos")]
    [InlineData("geo.distance(Place,geography'SRID=4326;Point(29.8853 31.2135)') le 0", "Pharos")]
    [InlineData("geo.distance(Place,geography'SRID=4326;Point(29.8853 31.2135)') lt 0", "")]
    [InlineData("geo.distance(Place,geography'SRID=4326;Point(29.8853 31.2135)') gt 1", "Empty,Skerryvore")]
    [InlineData("1000000 gt geo.distance(geography'SRID=4326;Point(0 1)',Place)", "Empty")]
    [InlineData("not (geo.distance(Place,geography'SRID=4326;Point(0 0)') lt 1)", "Pharos,Skerryvore")]
    [InlineData("geo.distance(Outline,geography'SRID=4326;Point(0 0)') lt 100000000", "Pharos,Skerryvore")]
    [InlineData("not (geo.distance(Outline,geography'SRID=4326;Point(0 0)') lt 1)", "Empty,Pharos,Skerryvore")]
    [InlineData("geo.distance(Place,Outline) lt 1", "Pharos")]
    [InlineData("geo.distance(Place,Harbour/Basin) lt 1", "Pharos")]
    [InlineData("geo.intersects(Place,Harbour/Basin)", "Pharos")]
    [InlineData("geo.intersects(Place,geography'SRID=4326;Polygon((29 31,30 31,30 32,29 32,29 31))')", "Pharos")]
    [InlineData("not geo.intersects(Place,geography'SRID=4326;Polygon((29 31,30 31,30 32,29 32,29 31))')", "Empty,Skerryvore")]
    [InlineData("geo.intersects(Outline,geography'SRID=4326;LineString(-8 56.2,-7 56.4)') or Height gt 100", "Pharos")]
    [InlineData("geo.intersects(Place,geography'SRID=4326;MultiPolygon(((29 31,30 31,30 32,29 32,29 31)),((-1 -1,1 -1,1 1,-1 1,-1 -1)))')",
        "Empty,Pharos")]
    [InlineData("geo.length(Outline) gt 1000 and geo.length(Outline) lt 2000", "Skerryvore")]
    [InlineData("geo.length(geography'SRID=4326;LineString(0 0,1 0)') gt 111319", "Empty,Pharos,Skerryvore")]
    public async Task A_spatial_filter_lets_through(string filter, string expected) =>
        Assert.Equal(expected, string.Join(',', await coast.Http.NamedAsync(filter)));

    [Fact]
    public async Task Aliases_stand_for_literals()
    {
        const string url = "Lighthouses?$select=Name&$filter=geo.distance(Place,@p) lt @r and Name ne @n"
            + "&@p=geography'SRID=4326;Point(29.8853 31.2135)'&@r=100&@n='x'";
        Assert.Equal(["Pharos"], await coast.Http.NamesAsync(url));
    }

    [Fact]
    public async Task Options_may_be_written_without_the_dollar() =>
        Assert.Equal(["Pharos"], await coast.Http.NamesAsync("Lighthouses?select=Name&filter=Steps eq 300"));

    [Fact]
    public async Task Search_looks_into_the_searchable_properties()
    {
        Assert.Equal(["Pharos"], await coast.Http.NamesAsync("Lighthouses?$select=Name&$search=wonders"));
        Assert.Equal(["文山港 'quoted'"], await coast.Http.NamesAsync("Harbours?$select=Name&$search=文山"));
        Assert.Empty(await coast.Http.NamesAsync("Lighthouses?$search=wonders AND NOT seven"));
    }

    [Fact]
    public async Task Nearest_first_is_exact_on_the_spheroid()
    {
        // On the sphere the first is nearer, on the spheroid the second: meridian arcs near the equator are shorter.
        await Coast.RunAsync(coast.Source,
            "insert into coast.lighthouses (id, name, kind, place) values (gen_random_uuid(), 'East', 'Beacon', 'POINT(60.9990 -10)'),"
                + " (gen_random_uuid(), 'North', 'Beacon', 'POINT(60 -9.0000)')");
        var names = await coast.Http.NamesAsync(
            "Lighthouses?$select=Name&$top=1&$orderby=geo.distance(Place,geography'SRID=4326;Point(60 -10)')");
        await using var command = coast.Source.CreateCommand("select name from coast.lighthouses "
            + "order by st_distance(place, 'POINT(60 -10)'::geography) limit 1");
        Assert.Equal([(string)(await command.ExecuteScalarAsync())!], names);
        await Coast.RunAsync(coast.Source, "delete from coast.lighthouses where name in ('East', 'North')");
    }

    [Theory]
    [InlineData("Lighthouses?$search=AND")]
    [InlineData("Lighthouses?$search=OR")]
    [InlineData("Lighthouses?$search=NOT")]
    [InlineData("Lighthouses?$search=NOT NOT fog")]
    [InlineData("Lighthouses?$search=fog AND")]
    [InlineData("Lighthouses?$search=AND fog")]
    [InlineData("Lighthouses?$search=fog OR")]
    [InlineData("Lighthouses?$search=(fog OR) wonders")]
    [InlineData("Lighthouses?$search=fog AND OR wonders")]
    [InlineData("Harbours?$expand=Lighthouses($search=AND)")]
    [InlineData("Harbours?$filter=Lighthouses/$count($search=NOT) eq 1")]
    [InlineData("Lighthouses?$apply=search(OR)/aggregate($count as N)")]
    public async Task An_operator_of_a_search_without_its_words_is_refused(string url)
    {
        var (status, error) = await coast.Http.RefusedAsync(url);
        Assert.True(status == 400, $"{status} {error?.ToJsonString()}");
        Assert.Contains("$search", (string)error!["message"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"AND\"")]
    [InlineData("and")]
    [InlineData("ORKNEY")]
    [InlineData("NOTHING NOT (fog OR mist)")]
    public async Task A_word_like_an_operator_is_searched_for(string search) =>
        Assert.Empty(await coast.Http.NamesAsync($"Lighthouses?$select=Name&$search={search}"));
}
