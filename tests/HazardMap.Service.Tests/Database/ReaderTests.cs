using HazardMap.Service.Database;
using HazardMap.Service.Tests.Worlds;
using Npgsql;

namespace HazardMap.Service.Tests.Database;

/// <summary>A village with a pond, a school, a warden and a visit, and somebody who is logged in as the role of <c>psql</c>.</summary>
public class PsqlReader : EmptyRegister, IAsyncLifetime
{
    private const string Password = "of a throw-away cluster";

    /// <summary>A session's settings are those that the role begins with.</summary>
    internal NpgsqlDataSource Reader { get; private set; } = null!;

    public new async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await ExecuteAsync($"alter role hazardmap_reader password '{Password}'");
        await Migrator.MigrateAsync(Database, _ => { }, CancellationToken.None);   // a copy comes without the rights on its database
        Reader = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(ConnectionString)
        {
            Username = "hazardmap_reader", Password = Password, Pooling = false,
        });
    }

    public override async Task DisposeAsync()
    {
        await Reader.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override Task FillAsync() => ExecuteAsync("""
        insert into register.divisions (code, name, level, centre, source)
          values ('5326', '文山州', 'Prefecture', 'POINT(104.2 23.4)', 'test');
        insert into register.hazards (code, name, kind, shape, division_code, source)
          values ('pond', '池塘', 'Pond', 'POINT(104.2 23.4)', '5326', 'test');
        insert into register.people (name, phone, division_code, source) values ('王某', '13812345678', '5326', 'test');
        insert into register.inspections (hazard_id, division_code, at, result, position)
          select id, '5326', now(), 'Safe', 'POINT(104.2345 23.4567)' from register.hazards;
        """);

    /// <summary>What the reader is told, after it has switched off that it may only read.</summary>
    internal async Task<PostgresException?> TryAsync(string sql)
    {
        await using var connection = await Reader.OpenConnectionAsync();
        await connection.ExecuteAsync("set default_transaction_read_only = off", CancellationToken.None);
        try
        {
            await connection.ExecuteAsync(sql, CancellationToken.None);
            return null;
        }
        catch (PostgresException refused)
        {
            return refused;
        }
    }
}

/// <summary>People with psql see the register, leave nothing behind, and keep nobody from his work.</summary>
public sealed class ReaderTests(PsqlReader world) : IClassFixture<PsqlReader>
{
    // What the reader does not see, and why is told in geodata/grants.sql.
    private static readonly string[] Closed =
        ["register.people", "register.history", "register.photo_contents", "register.photo_origins", "register.uploads",
            "register.inspections.position", "account.accounts",
            "account.grants", "account.tokens", "account.login_codes", "account.repeatable_requests", "account.sessions",
            "account.second_factors", "account.recovery_codes", "account.audit_entries", "account.audit_head", "odata.devices",
            "odata.audit_entries", "account.receipts", "account.webhooks", "register.conflicts"];

    [Theory]
    [InlineData("create temp table t (x int)"), InlineData("create table public.t (x int)"), InlineData("create schema mine")]
    [InlineData("create function pg_temp.f() returns int language sql as 'select 1'"), InlineData("create view public.v as select 1")]
    [InlineData("select * into temp t from register.hazards"), InlineData("copy register.hazards from stdin")]
    [InlineData("select register.fold_map_cells()"), InlineData("select register.notify_many('Hazards')")]
    [InlineData("select register.notify_changed('Hazards', '1', 'point(104 23)', '53')")]
    [InlineData("select register.may_announce_singly('Hazards', 'hazards', 1000)")]
    [InlineData("select register.lock_risk_scores()"), InlineData("select register.wait_to_lock_risk_scores()")]
    [InlineData("select register.update_places_of_moved_waters()"), InlineData("select register.queue_all_ways('x')")]
    [InlineData("select register.queue_risks(array[]::uuid[], array[]::geography[])")]
    [InlineData("select register.add_incidents(array[]::uuid[], 1)"), InlineData("select register.end_overlong_reads('0')")]
    [InlineData("select pg_advisory_lock(hashtext('hazardmap.risk'))"), InlineData("select pg_try_advisory_lock(1, 2)")]
    [InlineData("select pg_advisory_xact_lock_shared(1)"), InlineData("select pg_try_advisory_xact_lock(hashtext('hazardmap.fold'))")]
    [InlineData("select lo_create(0)"), InlineData("select lo_from_bytea(0, 'x')"), InlineData("select lo_import('/etc/passwd')")]
    [InlineData("select pg_logical_emit_message(true, 'x', 'y')"), InlineData("select pg_notify('hazardmap_changes', '{}')")]
    [InlineData("select pg_current_xact_id()"), InlineData("select txid_current()")]
    [InlineData("select nextval('register.history_id_seq')"), InlineData("copy (select 1) to program 'id'")]
    [InlineData("copy (select 1) to '/tmp/x'"), InlineData("copy register.words from '/etc/passwd'")]
    [InlineData("select pg_read_file('/etc/passwd')"), InlineData("select pg_ls_dir('.')"), InlineData("select pg_reload_conf()")]
    [InlineData("insert into register.words values ('x', 'x', 0, 'x', 'x')"), InlineData("delete from register.hazards")]
    [InlineData("select * from register.hazards for share"), InlineData("do $$ begin lock table register.hazards in share mode; end $$")]
    [InlineData("select * from register.people"), InlineData("select fields from register.history")]
    [InlineData("select content from register.photo_contents"), InlineData("select position from register.inspections")]
    [InlineData("select * from register.inspections"), InlineData("select hash from account.tokens")]
    [InlineData("set temp_file_limit = -1"), InlineData("set session_replication_role = replica"), InlineData("set role hazardmap_service")]
    [InlineData("alter role hazardmap_reader connection limit -1"), InlineData("grant select on register.people to public")]
    public async Task Who_may_only_read_may_not(string attempt)
    {
        var refused = await world.TryAsync(attempt);
        Assert.True(refused?.SqlState == PostgresErrorCodes.InsufficientPrivilege, $"{attempt}: {refused?.MessageText ?? "was done"}");
    }

    [Fact]
    public async Task No_routine_of_ours_is_for_everybody_and_what_a_reader_may_call_writes_nothing()
    {
        const string Ours = "pronamespace::regnamespace::text in ('register', 'account', 'odata', 'tiles', 'journal')";
        Assert.Empty(await TextsAsync($"""
            select oid::regprocedure::text from pg_proc, aclexplode(coalesce(proacl, acldefault('f', proowner))) a
            where {Ours} and a.grantee = 0
            """));
        Assert.Empty(await TextsAsync($"""
            select oid::regprocedure::text from pg_proc
            where {Ours} and has_function_privilege('hazardmap_reader', oid, 'execute') and (prosecdef or provolatile = 'v')
            """));
    }

    [Fact]
    public async Task Everything_of_the_register_is_either_shown_to_a_reader_or_closed_by_name()
    {
        var unseen = await TextsAsync("""
            select format('%s.%s', c.oid::regclass, a.attname) from pg_class c join pg_attribute a on a.attrelid = c.oid
            where c.relnamespace::regnamespace::text in ('register', 'odata', 'account') and c.relkind in ('r', 'v', 'm', 'p')
              and attnum > 0 and not attisdropped and not has_column_privilege('hazardmap_reader', c.oid, attnum, 'select')
            """);
        Assert.Equal(Closed.Order(StringComparer.Ordinal),
            unseen.Select(column => TableOf(column) is var table && Closed.Contains(table, StringComparer.Ordinal) ? table : column)
                .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_reader_reads_every_view_and_draws_every_layer()
    {
        var views = await TextsAsync("""
            select oid::regclass::text from pg_class where relnamespace::regnamespace::text in ('register', 'odata') and relkind = 'v'
            """);
        Assert.Contains("register.walk_edges", views, StringComparer.Ordinal);
        foreach (var view in views.Where(v => !Closed.Contains(v, StringComparer.Ordinal)))
            Assert.Null(await world.TryAsync($"select * from {view}"));
        foreach (var view in new[] { "walk_edges", "drive_edges", "change_log" })
            Assert.Null(await world.TryAsync($"select * from {view}"));
        var layers = await TextsAsync("""
            select oid::regproc::text from pg_proc
            where pronamespace = 'tiles'::regnamespace and proargnames = '{z,x,y}' and prorettype = 'bytea'::regtype
            """);
        Assert.NotEmpty(layers);
        foreach (var layer in layers) Assert.Null(await world.TryAsync($"select {layer}(14, 12933, 7098), {layer}(6, 50, 27)"));
        foreach (var about in await TextsAsync("select oid::regproc::text from pg_proc where proname like '%\\_about'"))
            Assert.Null(await world.TryAsync($"select {about}()"));
    }

    [Fact]
    public async Task A_reader_s_session_begins_with_limits()
    {
        await using var connection = await world.Reader.OpenConnectionAsync();
        Assert.Equal("on 1min 1min 1h 1GB", await connection.ScalarAsync<string>("""
            select concat_ws(' ', current_setting('default_transaction_read_only'), current_setting('statement_timeout'),
              current_setting('idle_in_transaction_session_timeout'), current_setting('idle_session_timeout'),
              current_setting('temp_file_limit'))
            """, CancellationToken.None));
        Assert.Equal("10 f f", string.Join(' ', await TextsAsync("""
            select format('%s %s %s', rolconnlimit, has_database_privilege(oid, 'postgres', 'connect'),
                          has_database_privilege(oid, current_database(), 'temporary'))
            from pg_roles where rolname = 'hazardmap_reader'
            """)));
    }

    [Fact]
    public async Task A_reader_that_lifted_its_timeouts_is_ended_and_one_that_works_is_not()
    {
        await using var working = await world.Reader.OpenConnectionAsync();
        await using var idle = await world.Reader.OpenConnectionAsync();
        await idle.ExecuteAsync("set statement_timeout = 0; set idle_in_transaction_session_timeout = 0", CancellationToken.None);
        await idle.ExecuteAsync("begin; select count(*) from hazards", CancellationToken.None);
        Assert.Equal(0, await OverlongReads.EndAsync(world.Database, TimeSpan.FromMinutes(5), CancellationToken.None));
        await Task.Delay(50);
        Assert.Equal(1, await OverlongReads.EndAsync(world.Database, TimeSpan.FromMilliseconds(20), CancellationToken.None));
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => idle.ExecuteAsync("select 1", CancellationToken.None));
        Assert.Equal(1, await working.ScalarAsync<int>("select 1", CancellationToken.None));
    }

    [Fact]
    public async Task A_function_that_is_made_later_is_nobody_s_but_an_extension_s_is_everybody_s()
    {
        await world.ExecuteAsync("create function register.later() returns int language sql as 'select 1'");
        await world.ExecuteAsync("create function public.of_an_extension() returns int language sql as 'select 1'");
        Assert.Equal("42501", (await world.TryAsync("select register.later()"))?.SqlState);
        Assert.Null(await world.TryAsync("select of_an_extension()"));
        await world.ExecuteAsync("drop function register.later(); drop function public.of_an_extension()");
    }

    [Fact]
    public async Task A_register_of_before_gets_the_same_grants_when_it_migrates()
    {
        await using var former = new Former();
        await former.InitializeAsync();
        await former.ExecuteAsync("""
            grant select on all tables in schema register to hazardmap_reader, public;
            grant execute on all functions in schema register to hazardmap_reader, public;
            grant execute on function pg_advisory_lock(bigint), lo_create(oid) to public;
            do $$ begin execute format('grant temporary on database %I to public', current_database()); end $$;
            update journal.scripts set sha256 = 'of another version' where name = 'definitions';
            """);
        Assert.Null(await former.TryAsync("create temp table t (x int); select register.fold_map_cells(), pg_advisory_lock(1)"));
        await Migrator.MigrateAsync(former.Database, _ => { }, CancellationToken.None);
        foreach (var attempt in new[] { "create temp table t (x int)", "select register.fold_map_cells()", "select pg_advisory_lock(1)",
            "select lo_create(0)", "select * from register.people", "select position from register.inspections" })
            Assert.Equal("42501", (await former.TryAsync(attempt))?.SqlState);
    }

    [Theory]
    [InlineData("13812345678", "138****5678"), InlineData("+86 138 1234 5678", "861****5678"), InlineData("1234567", "****67")]
    [InlineData("0876-2123456", "087****3456"), InlineData("119", "****9"), InlineData("12", "****"), InlineData("", "****")]
    [InlineData("2123456 转 801", "****801"), InlineData("王某 13812345678", "138****5678"), InlineData("王某的电话", "****")]
    [InlineData("1234567890", "****890"), InlineData("１３８１２３４５６７８", "****")]
    public async Task A_phone_is_masked_by_its_length(string phone, string masked)
    {
        Assert.Equal(masked, await world.ScalarAsync<string>("select register.masked_phone($1)", phone));
        if (phone.Length is > 0 and < 11) Assert.True(masked.TrimStart('*').Length * 3 <= phone.Length);
    }

    [Theory]
    [InlineData("13812345678", true), InlineData("+86 138-1234-5678", true), InlineData("(0876) 2123456", true), InlineData("119", true)]
    [InlineData("（0876）2123456 转 801", true), InlineData("0876-2123456 ext. 12", true), InlineData("2123456x9", true)]
    [InlineData("12", false), InlineData("", false), InlineData(" 13812345678", false), InlineData("1381234567a", false)]
    [InlineData("13812345678/13912345678", false), InlineData("138 1234   5678", false), InlineData("无", false)]
    [InlineData("123456789012345678901", false), InlineData("13812345678\n", false), InlineData("１３８１２３４５６７８", false)]
    public async Task A_phone_is_one_number_that_can_be_called(string phone, bool isOne) =>
        Assert.Equal(isOne, await world.ScalarAsync<bool>("select register.is_phone($1)", phone));

    [Fact]
    public async Task The_database_itself_refuses_a_phone_that_is_none_and_lets_a_former_one_be()
    {
        var refused = await Assert.ThrowsAsync<PostgresException>(
            () => world.ExecuteAsync("update register.people set phone = 'ask at the mill'"));
        Assert.Equal(("23514", "people_phone_is_a_number"), (refused.SqlState, refused.ConstraintName));
        await world.ExecuteAsync("""
            set session_replication_role = replica;
            insert into register.people (name, phone, division_code, source) values ('旧', '办公室', '5326', 'test');
            reset session_replication_role;
            update register.people set unit = '水务站', phone = phone where name = '旧'
            """);
        Assert.Equal("****", await world.ScalarAsync<string>("select phone from odata.people where name = '旧' and unit = '水务站'"));
    }

    [Fact]
    public async Task What_a_set_calls_personal_is_not_told_by_the_change_log_nor_where_an_inspector_stood_by_anything()
    {
        await world.ExecuteAsync("""
            insert into register.inspections (hazard_id, at, result, position)
            select hazard_id, now(), 'Safe', 'POINT(104.3456 23.5678)' from register.inspections limit 1
            """);
        await world.ExecuteAsync("update register.people set name = '王某某', phone = '13987654321' where name = '王某'");
        var told = await world.ScalarAsync<string>("""
            select string_agg(l::text, ' ') from register.change_log l where entity in ('People', 'Inspections')
            """);
        foreach (var secret in new[] { "王某", "13812345678", "13987654321", "104.2345", "104.3456", "0101000020E6" })
            Assert.DoesNotContain(secret, told, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("position", told, StringComparison.Ordinal);
        Assert.Equal(0, await world.ScalarAsync<long>("select count(position) from odata.inspections"));
    }

    private static string TableOf(string column) => column[..column.LastIndexOf('.')];

    private async Task<string[]> TextsAsync(string sql) => (await world.ScalarAsync<string[]>($"select array({sql})"))!;

    private sealed class Former : PsqlReader, IAsyncDisposable
    {
        async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();
    }
}
