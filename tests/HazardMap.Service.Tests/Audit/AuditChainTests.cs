using HazardMap.Service.Audit;
using HazardMap.Service.Database;
using HazardMap.Service.Tests.Worlds;
using Npgsql;

namespace HazardMap.Service.Tests.Audit;

/// <summary>Whoever changes the audit by SQL, as the superuser and past all triggers, is found, and what he changed is named.</summary>
public sealed class AuditChainTests : EmptyRegister
{
    private const int Entries = 12;

    [Fact]
    public async Task A_chain_that_nobody_touched_is_whole()
    {
        await FillAsync(Entries);
        Assert.Empty(await ProblemsAsync());
        Assert.Equal(Enumerable.Range(1, Entries).Select(n => (long)n).ToArray(),
            (await ScalarAsync<long[]>("select array(select number from account.audit_entries order by number)"))!);
    }

    [Theory]
    [InlineData("actor = 'somebody else'"), InlineData("at = at + interval '1 second'"), InlineData("details = '{\"n\": 99}'")]
    [InlineData("reason = null"), InlineData("entity = 'Hazards'"), InlineData("action = 'Nothing'"), InlineData("division_code = '5326'")]
    [InlineData("entity_id = 'x'"), InlineData("id = register.uuid_v7()"), InlineData("hash = sha256('x')")]
    public async Task An_altered_entry_is_named(string change)
    {
        await FillAsync(Entries);
        await AsSuperuserAsync($"update account.audit_entries set {change} where number = 5");
        Assert.Contains("Altered 5", await ProblemsAsync(), StringComparer.Ordinal);
        Assert.DoesNotContain(await ProblemsAsync(), p => p.EndsWith(" 3", StringComparison.Ordinal) || p.EndsWith(" 8",
            StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_entry_that_was_altered_and_hashed_anew_is_named_by_the_one_that_was_chained_to_it()
    {
        await FillAsync(Entries);
        await AsSuperuserAsync("""
            update account.audit_entries set actor = 'somebody else' where number = 5;
            update account.audit_entries e set hash = account.audit_hash(e) where number = 5
            """);
        Assert.Equal(["Altered 5"], await ProblemsAsync());
    }

    [Fact]
    public async Task Removed_entries_are_named()
    {
        await FillAsync(Entries);
        await AsSuperuserAsync("delete from account.audit_entries where number in (1, 5, 6, 9)");
        Assert.Equal(["Removed 1", "Removed 5-6", "Removed 9"], await ProblemsAsync());
    }

    [Fact]
    public async Task A_gap_that_was_closed_by_new_numbers_is_named()
    {
        await FillAsync(Entries);
        await AsSuperuserAsync("""
            delete from account.audit_entries where number = 5;
            update account.audit_entries set number = number - 1 + 1000 where number > 5;
            update account.audit_entries set number = number - 1000 where number > 1000;
            """);
        var problems = await ProblemsAsync();
        Assert.Contains("Removed 5", problems, StringComparer.Ordinal);
        Assert.Contains("Reordered 5", problems, StringComparer.Ordinal);
        Assert.Contains("Reordered 11", problems, StringComparer.Ordinal);
    }

    [Fact]
    public async Task An_entry_that_was_put_in_is_named()
    {
        await FillAsync(Entries);
        await AsSuperuserAsync($"""
            insert into account.audit_entries (number, actor, action, previous_hash, hash)
            values ({Entries + 1}, 'admin', 'LoggedIn', sha256('a'), sha256('b')), (null, 'admin', 'LoggedIn', null, null)
            """);
        var problems = await ProblemsAsync();
        Assert.Contains($"Inserted {Entries + 1}", problems, StringComparer.Ordinal);
        Assert.Contains("Inserted ", problems, StringComparer.Ordinal);
    }

    [Fact]
    public async Task An_entry_that_was_put_in_by_hand_with_the_triggers_is_named_and_says_who_did_it()
    {
        await FillAsync(3);
        await ExecuteAsync("insert into account.audit_entries (number, actor, action) values (99, 'admin', 'LoggedIn')");
        await FillAsync(2);
        Assert.Equal(["Inserted 4"], await ProblemsAsync());
        Assert.StartsWith("database:", await ScalarAsync<string>("select actor from account.audit_entries where number = 4"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entries_that_changed_places_are_named()
    {
        await FillAsync(Entries);
        await AsSuperuserAsync("""
            update account.audit_entries set number = -1 where number = 4;
            update account.audit_entries set number = 4 where number = 7;
            update account.audit_entries set number = 7 where number = -1
            """);
        Assert.Equal(["Reordered 4", "Reordered 7"], await ProblemsAsync());
    }

    [Fact]
    public async Task A_tail_that_was_cut_off_is_shown_by_the_head_that_was_kept_elsewhere()
    {
        await FillAsync(Entries);
        var head = await HeadAsync();
        await FillAsync(1);
        Assert.Empty(await ProblemsAsync(head));
        await AsSuperuserAsync("delete from account.audit_entries where number > 9");
        Assert.Equal(["Truncated 10-13"], await ProblemsAsync());
        // Whoever mends the database's own head too is found by the exported one alone.
        await AsSuperuserAsync("""
            update account.audit_head set number = 9, hash = (select hash from account.audit_entries where number = 9)
            """);
        Assert.Empty(await ProblemsAsync());
        Assert.Equal(["Truncated 10-12"], await ProblemsAsync(head));
        await FillAsync(5);
        Assert.Empty(await ProblemsAsync());
        Assert.Contains("Altered 12", await ProblemsAsync(head), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Everything_at_once_is_named()
    {
        await FillAsync(40);
        await AsSuperuserAsync("""
            update account.audit_entries set actor = 'x' where number = 7;
            delete from account.audit_entries where number in (11, 12);
            update account.audit_entries set number = -1 where number = 20;
            update account.audit_entries set number = 20 where number = 21;
            update account.audit_entries set number = 21 where number = -1;
            delete from account.audit_entries where number > 37
            """);
        Assert.Equal(["Altered 7", "Removed 11-12", "Reordered 20", "Reordered 21", "Truncated 38-40"], await ProblemsAsync());
    }

    [Fact]
    public async Task Many_who_write_at_once_make_one_chain_and_who_is_called_off_leaves_no_gap()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async writer =>
        {
            for (var n = 0; n < 10; n++)
            {
                await using var connection = await Database.OpenConnectionAsync();
                await using var transaction = await connection.BeginAsAsync($"writer{writer}", CancellationToken.None);
                await AuditLog.WriteAsync(connection, new("Tried", "Hazards", $"{n}"), CancellationToken.None);
                if (n % 3 == 0) await transaction.RollbackAsync();
                else await transaction.CommitAsync();
            }
        }));
        Assert.Empty(await ProblemsAsync());
        Assert.Equal(48L, await ScalarAsync<long>("select max(number) from account.audit_entries"));
    }

    [Fact]
    public async Task Who_has_written_and_not_committed_keeps_nobody_waiting()
    {
        await using var slow = await Database.OpenConnectionAsync();
        await using var transaction = await slow.BeginAsAsync("slow", CancellationToken.None);
        await AuditLog.WriteAsync(slow, new("Slow"), CancellationToken.None);
        await AuditLog.WriteAsync(Database, "quick", new("Quick"), CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10));
        await transaction.CommitAsync();
        Assert.Empty(await ProblemsAsync());
        Assert.Equal("quick,slow", await ScalarAsync<string>("select string_agg(actor, ',' order by number) from account.audit_entries"));
    }

    [Theory]
    [InlineData("update account.audit_entries set actor = 'x'"), InlineData("delete from account.audit_entries")]
    [InlineData("truncate account.audit_entries")]
    public async Task Even_the_owner_is_refused_by_the_table_itself(string attempt)
    {
        await FillAsync(2);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(attempt));
        Assert.Equal("append-only", refused.MessageText[^11..]);
    }

    [Theory]
    [InlineData("update account.audit_entries set actor = 'x'"), InlineData("delete from account.audit_entries")]
    [InlineData("truncate account.audit_entries"), InlineData("update account.audit_head set number = 0"),
        InlineData("delete from account.audit_head")]
    [InlineData("alter table account.audit_entries disable trigger all")]
    public async Task The_service_s_role_may_only_add(string attempt)
    {
        await using var connection = await Database.OpenConnectionAsync();
        await connection.ExecuteAsync("set role hazardmap_service", CancellationToken.None);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => connection.ExecuteAsync(attempt, CancellationToken.None));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        await using var transaction = await connection.BeginAsAsync("service", CancellationToken.None);
        await AuditLog.WriteAsync(connection, new("Added"), CancellationToken.None);
        await transaction.CommitAsync();
        Assert.Empty(await ProblemsAsync());
    }

    [Fact]
    public void A_head_that_is_none_is_refused()
    {
        var path = Path.GetTempFileName();
        foreach (var text in new[] { "", "{}", "{\"number\": 1}", "{\"number\": 1, \"hash\": \"zz\"}", "[]",
            "{\"number\": \"x\", \"hash\": \"x\"}" })
        {
            File.WriteAllText(path, text);
            Assert.Equal("NotAHead", Assert.Throws<RefusalException>(() => AuditHead.FromFile(path)).Code);
        }
        File.Delete(path);
    }

    private async Task FillAsync(int count)
    {
        for (var n = 1; n <= count; n++)
            await AuditLog.WriteAsync(Database, "管理员", new("Revealed", "People", $"{n}")
                { Reason = $"核实电话 {n}\n第二行", Details = new { n, text = "a:b-\"c\"" } }, CancellationToken.None);
    }

    private async Task<AuditHead?> HeadAsync()
    {
        await using var connection = await Database.OpenConnectionAsync();
        return await AuditHead.ReadAsync(connection, CancellationToken.None);
    }

    private async Task<List<string>> ProblemsAsync(AuditHead? exported = null) =>
        [.. (await AuditChain.VerifyAsync(Database, exported, CancellationToken.None)).Problems.Select(p =>
            p.Through is { } end && end != p.Number ? $"{p.Kind} {p.Number}-{end}" : $"{p.Kind} {p.Number}")];

    // Past all triggers, as only a superuser can.
    private async Task AsSuperuserAsync(string sql)
    {
        await using var connection = await Database.OpenConnectionAsync();
        await connection.ExecuteAsync("set session_replication_role = replica", CancellationToken.None);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
        await connection.ExecuteAsync("reset session_replication_role", CancellationToken.None);
    }
}
