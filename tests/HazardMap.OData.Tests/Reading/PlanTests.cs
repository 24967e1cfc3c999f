using HazardMap.OData.Tests.World;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace HazardMap.OData.Tests.Reading;

/// <summary>What PostgreSQL plans for our statements on a table of some size: the indexes are used, without being forced.</summary>
[Collection(nameof(Coast))]
public sealed class PlanTests(Coast coast) : IAsyncLifetime
{
    private const string Buoys = """
        create table coast.buoys (id uuid primary key, name text not null, depth float8, place geography(Point, 4326) not null);
        insert into coast.buoys
        select md5('buoy' || i)::uuid, 'Buoy ' || i, case when i % 10 = 0 then null else i % 997 end,
          st_setsrid(st_makepoint(104 + (i * 7919 % 20011) / 10000.0, 23 + (i * 104729 % 20011) / 10000.0), 4326)::geography
        from generate_series(1, 20000) i;
        create index buoys_place on coast.buoys using gist (place);
        create index buoys_name on coast.buoys (name, id);
        create index buoys_depth on coast.buoys (depth desc nulls last, id);
        analyze coast.buoys;
        """;

    private static readonly ODataModel Model = ODataModel.Build("Sea", m => m.EntitySet("Buoys", "coast.buoys", e =>
    {
        e.Key("Id", ODataType.Guid);
        e.Property("Name", ODataType.String).Required();
        e.Property("Depth", ODataType.Double);
        e.Property("Place", ODataType.GeographyPoint).Required();
    }));

    public Task InitializeAsync() => Coast.RunAsync(coast.Source, Buoys);

    public Task DisposeAsync() => Coast.RunAsync(coast.Source, "drop table coast.buoys");

    [Fact]
    public async Task Distance_and_intersection_filters_are_answered_from_the_spatial_index()
    {
        const string near = "$filter=geo.distance(Place,geography'SRID=4326;Point(104.5 23.5)') lt 2000";
        const string box = "$filter=geo.intersects(Place,geography'SRID=4326;Polygon((104.5 23.5,104.6 23.5,104.6 "
            + "23.6,104.5 23.6,104.5 23.5))')";
        foreach (var filter in new[] { near, box, near + " and Depth gt 5", box + " and startswith(Name,'B')" })
        {
            foreach (var rest in new[] { "&$top=100", "&$orderby=Name&$top=100", "&$orderby=Depth desc" })
                Assert.Contains("buoys_place", await PlanAsync(filter + rest), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_nearest_are_found_in_the_spatial_index()
    {
        var plan = await PlanAsync("$orderby=geo.distance(Place,geography'SRID=4326;Point(104.5 23.5)')&$top=10");
        Assert.Contains("Order By: (place <->", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Name", "buoys_name")]
    [InlineData("Depth desc", "buoys_depth")]
    [InlineData("Id", "buoys_pkey")]
    public async Task A_page_in_the_middle_starts_in_the_index_where_the_last_one_ended(string orderBy, string index)
    {
        var (request, query) = Query("$orderby=" + orderBy + "&$top=10");
        _ = query.PageSql(Selection.Of(Model.EntitySets["Buoys"], clause: null, request.Caller), 0, 10);
        var key = Guid.Parse("80000000-0000-0000-0000-000000000000");
        object?[] last = orderBy switch { "Name" => ["Buoy 5", key], "Depth desc" => [500.0, key], _ => [key] };
        var plan = await PlanAsync($"$orderby={orderBy}&$top=10&$skiptoken={SkipToken.Write(query.Ordering, query.Keys, last)}");
        Assert.Contains(index, plan, StringComparison.Ordinal);
        Assert.Contains("Index Cond", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_in_the_middle_of_a_view_reads_neither_of_its_tables_from_the_beginning()
    {
        await Coast.RunAsync(coast.Source, """
            create table coast.buoy_lamps as select id, name as lamp from coast.buoys;
            alter table coast.buoy_lamps add primary key (id);
            analyze coast.buoy_lamps;
            create view coast.lit_buoys as select b.*, l.lamp from coast.buoys b join coast.buoy_lamps l on l.id = b.id;
            """);
        var sql = "explain (analyze, timing off, summary off) select * from coast.lit_buoys "
            + "where id > '80000000-0000-0000-0000-000000000000' order by id limit 100";
        await using var connection = await coast.Source.OpenConnectionAsync();
        var batch = new ReadBatch(new ODataOptions { DataSource = coast.Source }, ODataCaller.Unrestricted);
        batch.Add(sql, new SqlParameters());
        var lines = new List<string>();
        await using (var reader = await batch.RunAsync(connection, CancellationToken.None))
            while (await reader.ReadAsync()) lines.Add(reader.GetString(0));
        await Coast.RunAsync(coast.Source, "drop view coast.lit_buoys; drop table coast.buoy_lamps");
        Assert.DoesNotContain(lines, x => x.Contains("rows=10000", StringComparison.Ordinal)
            || x.Contains("rows=20000 loops", StringComparison.Ordinal) || x.Contains("Merge Join", StringComparison.Ordinal));
        Assert.Contains(lines, x => x.Contains("buoy_lamps_pkey", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0.02, "")]
    [InlineData(0.3, "")]
    [InlineData(0.3, "&$orderby=Depth desc")]
    [InlineData(1.2, "")]
    [InlineData(1.2, "&$orderby=Name&$skip=50")]
    [InlineData(1.2, " and Depth gt 400&$orderby=Depth")]
    public async Task A_box_is_the_same_page_whether_it_holds_little_or_much(double degrees, string rest)
    {
        var box = FormattableString.Invariant(
            $"Polygon((104.4 23.4,{104.4 + degrees} 23.4,{104.4 + degrees} {23.4 + degrees},104.4 {23.4 + degrees},104.4 23.4))");
        var (request, query) = Query($"$filter=geo.intersects(Place,geography'SRID=4326;{box}'){rest}&$top=100");
        var sql = query.PageSql(Selection.Of(Model.EntitySets["Buoys"], clause: null, request.Caller), request.Wanted.Skip ?? 0, 100);
        var steps = query.Steps!.Value;
        var whole = await IdsAsync(sql, query);
        var few = await IdsAsync(steps.Few, query);
        Assert.Equal(whole, few.Count > 0 ? few : await IdsAsync(steps.Many, query));
        if (degrees > 1) Assert.Empty(few);
        Assert.Equal(whole, await IdsAsync(steps.Many, query));
    }

    [Fact]
    public async Task The_first_step_of_a_box_is_planned_well_without_knowing_the_box()
    {
        var (request, query) = Query("$filter=geo.intersects(Place,geography'SRID=4326;"
            + "Polygon((104.5 23.5,104.6 23.5,104.6 23.6,104.5 23.6,104.5 23.5))')&$top=100");
        _ = query.PageSql(Selection.Of(Model.EntitySets["Buoys"], clause: null, request.Caller), 0, 100);
        await using var connection = await coast.Source.OpenConnectionAsync();
        await using (var prepare =
            new NpgsqlCommand($"set plan_cache_mode = force_generic_plan; prepare box(geography) as {query.Steps!.Value.Few}", connection))
            await prepare.ExecuteNonQueryAsync();
        await using var explain = new NpgsqlCommand("explain execute box('SRID=4326;Point(104 23)')", connection);
        var plan = string.Join('\n', await FirstAsync<string>(explain));
        Assert.Contains("buoys_place", plan, StringComparison.Ordinal);
    }

    private static (ODataRequest Request, PageQuery Query) Query(string options)
    {
        var http =
            new DefaultHttpContext { Request = { Method = "GET", Scheme = "http", Host = new HostString("sea"), Path = "/odata/Buoys" } };
        http.Request.QueryString = new QueryString("?" + options.Replace(" ", "%20", StringComparison.Ordinal));
        var services = new ODataOptions { DataSource = null! };
        var request = ODataRequest.Parse(ODataOperation.Of(http, "/odata", services), Model, services);
        return (request, new PageQuery(request, Resource.Of(request)).Filter());
    }

    private async Task<string> PlanAsync(string options)
    {
        var (request, query) = Query(options);
        var sql = query.PageSql(Selection.Of(Model.EntitySets["Buoys"], clause: null, request.Caller), 0, 100);
        await using var command = coast.Source.CreateCommand("explain " + sql);
        query.Parameters.CopyTo(command.Parameters, command.CommandText);
        return string.Join('\n', await FirstAsync<string>(command));
    }

    private async Task<List<Guid>> IdsAsync(string sql, PageQuery query)
    {
        await using var command = coast.Source.CreateCommand(sql);
        query.Parameters.CopyTo(command.Parameters, command.CommandText);
        return await FirstAsync<Guid>(command);
    }

    private static async Task<List<T>> FirstAsync<T>(NpgsqlCommand command)
    {
        await using var reader = await command.ExecuteReaderAsync();
        var values = new List<T>();
        while (await reader.ReadAsync()) values.Add(reader.GetFieldValue<T>(0));
        return values;
    }
}
