using HazardMap.Service.Tests.Worlds;
using Npgsql;

namespace HazardMap.Service.Tests.Register;

/// <summary>One county with a pond, a reach of river and a school.</summary>
public sealed class PondCounty : EmptyRegister
{
    protected override Task FillAsync() => ExecuteAsync("""
        insert into register.divisions (code, name, level, centre, source)
          values ('5326', '文山州', 'Prefecture', 'POINT(104.2 23.4)', 'test');
        insert into register.divisions (code, name, level, parent_code, centre, source)
          values ('532601', '文山市', 'County', '5326', 'POINT(104.2 23.4)', 'test');
        insert into register.hazards (code, name, kind, shape, division_code, source) values
          ('pond', '村口池塘', 'Pond', 'POLYGON((104.2 23.4, 104.201 23.4, 104.201 23.401, 104.2 23.401, 104.2 23.4))', '532601',
            'test'),
          ('well', '水井', 'Well', 'POINT(104.21 23.41)', '532601', 'test');
        insert into register.facilities (code, name, kind, location, division_code, aged_5_to_14, source) values
          ('school', '中心小学', 'School', 'POINT(104.2005 23.402)', '532601', 200, 'test');
        """);
}

public sealed class SchemaTests(PondCounty register) : IClassFixture<PondCounty>
{
    [Fact]
    public async Task Every_hazard_has_its_risk_row_from_the_start() =>
        Assert.Equal(0L, await register.ScalarAsync<long>("select count(*) from register.hazards h left "
            + "join register.hazard_risks r on r.hazard_id = h.id where r.hazard_id is null"));

    [Fact]
    public async Task The_location_of_a_polygon_lies_on_it() =>
        Assert.True(await register.ScalarAsync<bool>("select st_intersects(shape::geometry, location::geometry) "
            + "from register.hazards where code = 'pond'"));

    [Fact]
    public async Task A_change_is_history_with_who_which_from_and_to()
    {
        await register.ExecuteAsync("select set_config('hazardmap.actor', '巡查员', false); update register.hazards "
            + "set depth_metres = 3.5 where code = 'well'");
        Assert.Equal("巡查员 depth_metres null 3.5", await register.ScalarAsync<string>("""
            select changed_by || ' ' || field || ' ' || old_value || ' ' || new_value
            from register.change_log where entity = 'Hazards' and field = 'depth_metres'
            """));
    }

    [Fact]
    public async Task An_update_that_changes_nothing_is_no_version_and_no_history()
    {
        await register.ExecuteAsync("update register.facilities set name = name, version = 40, updated_at = '1999-01-01' "
            + "where code = 'school'");
        Assert.Equal(1, await register.ScalarAsync<int>("select version from register.facilities where code = 'school'"));
        Assert.Equal(0L,
            await register.ScalarAsync<long>("select count(*) from register.history where entity = 'Facilities' and operation = 'update'"));
    }

    [Theory]
    [InlineData("update register.history set changed_by = 'nobody'"), InlineData("delete from register.history"),
        InlineData("truncate register.history")]
    public async Task History_is_not_rewritten(string attempt) =>
        Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => register.ExecuteAsync(attempt))).SqlState);

    [Theory]
    [InlineData("a self-crossing polygon", "shape = 'POLYGON((104 23, 104.1 23.1, 104.1 23, 104 23.1, 104 23))'")]
    [InlineData("an empty geometry", "shape = 'POINT EMPTY'")]
    [InlineData("another SRID", "shape = st_setsrid('POINT(500000 2600000)'::geometry, 4544)::geography")]
    [InlineData("a third dimension", "shape = 'POINT Z (104 23 5)'")]
    [InlineData("an unknown kind", "kind = 'Ocean'")]
    [InlineData("a negative depth", "depth_metres = -1")]
    [InlineData("a depth that is not a number", "depth_metres = 'NaN'")]
    [InlineData("an unknown division", "division_code = '999999'")]
    [InlineData("a blank name", "name = '  '")]
    public async Task The_database_itself_refuses(string what, string assignment)
    {
        await Assert.ThrowsAsync<PostgresException>(
            () => register.ExecuteAsync($"update register.hazards set {assignment} where code = 'pond'"));
        Assert.NotEmpty(what);
    }

    [Fact]
    public async Task Who_answered_for_it_on_that_day_can_be_asked()
    {
        await register.ExecuteAsync("""
            with p as (insert into register.people (name, division_code, source)
              values ('站长甲', '532601', 'test'), ('站长乙', '532601', 'test') returning id, name)
            insert into register.responsibilities (person_id, hazard_id, division_code, role, valid_from, valid_to, source)
            select p.id, h.id, '532601', 'Warden',
                   case p.name when '站长甲' then date '2024-01-01' else '2025-07-01' end,
                   case p.name when '站长甲' then date '2025-07-01' end, 'test'
            from p, register.hazards h where h.code = 'pond'
            """);
        const string OnThatDay = """
            select string_agg(p.name, ',') from register.responsibilities r join register.people p on p.id = r.person_id
            where r.valid_from <= $1 and (r.valid_to is null or $1 < r.valid_to)
            """;
        Assert.Equal("站长甲", await register.ScalarAsync<string>(OnThatDay, new DateOnly(2025, 6, 30)));
        Assert.Equal("站长乙", await register.ScalarAsync<string>(OnThatDay, new DateOnly(2025, 7, 1)));
    }

    [Fact]
    public async Task A_verifier_may_not_be_the_one_who_did_it() =>
        await Assert.ThrowsAsync<PostgresException>(() => register.ExecuteAsync("""
            with p as (insert into register.people (name, division_code, source) values ('同一人', '532601', 'test') returning id)
            insert into register.rectifications (hazard_id, division_code, found_at, description, state, done_by_id, verified_by_id)
            select h.id, '532601', now(), '缺少救生圈', 'Verified', p.id, p.id from p, register.hazards h where h.code = 'pond'
            """));

    [Fact]
    public async Task Phones_leave_masked_and_the_change_log_does_not_tell_them()
    {
        await register.ExecuteAsync("insert into register.people (name, phone, division_code, source) "
            + "values ('王某', '13812345678', '532601', 'test')");
        Assert.Equal("138****5678", await register.ScalarAsync<string>("select phone from odata.people where name = '王某'"));
        Assert.Equal(0L,
            await register.ScalarAsync<long>("select count(*) from register.change_log where new_value::text like '%13812345678%'"));
    }
}
