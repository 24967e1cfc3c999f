using System.Text.RegularExpressions;
using HazardMap.OData;
using HazardMap.Service.Database;
using HazardMap.Service.Register;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Database;

/// <summary>What a constraint says to a person, and which characters a text is made of.</summary>
public sealed partial class ConstraintTests(EmptyRegister register) : IClassFixture<EmptyRegister>
{
    [Fact]
    public async Task Every_constraint_has_a_sentence_in_both_languages()
    {
        var all = (await register.ScalarAsync<string[]>("""
            select array(select format('%s %s: %s', conrelid::regclass, conname, obj_description(oid, 'pg_constraint')) from pg_constraint
                         where connamespace::regnamespace::text in ('register', 'account', 'journal') and contype in ('c', 'u', 'f', 'x'))
            """))!;
        Assert.True(all.Length > 150, $"{all.Length} constraints");
        var silent = all.Where(x => !Sentence().IsMatch(x)).ToList();
        Assert.True(silent.Count == 0, $"geodata/sentences.sql says nothing, or in one language, of {string.Join("; ", silent)}");
    }

    [Fact]
    public async Task No_sentence_is_SQL()
    {
        var sql = await register.ScalarAsync<string>("""
            select string_agg(conname, ', ') from pg_constraint
            where connamespace::regnamespace::text in ('register', 'account', 'journal')
              and obj_description(oid, 'pg_constraint') ~ '(::|<>|>=|<=|CHECK|ANY|ARRAY|\mnull\M|_)'
            """);
        Assert.Null(sql);
    }

    [Fact]
    public void Every_refusal_of_a_trigger_says_the_same_in_Chinese()
    {
        foreach (var script in MigrationScript.Definitions())
            foreach (var raised in Raised().Matches(script.Text).Select(x => x.Value))
                Assert.True(raised.Any(c => c is >= '\u4E00' and <= '\u9FFF')
                    || raised.Contains("foreign_key_violation", StringComparison.Ordinal), $"{script.Key}: {raised}");
    }

    [Fact]
    public void Every_text_that_people_write_has_a_form()
    {
        // What is read as numbers, words or a reference is checked as that.
        HashSet<string> read =
            new(["Bands", "Weights", "DemandKinds", "Rule", "OpenFrom", "OpenTo", "Account", "Area"], StringComparer.Ordinal);
        var formless = RegisterModel.Model.EntitySets.Values.SelectMany(set => set.Properties
            .Where(p => p is { IsInsertable: true, Type: ODataType.String, Form: TextForm.Any } && !read.Contains(p.Name)
                && !p.Name.EndsWith("Code", StringComparison.Ordinal)).Select(p => $"{set.Name}.{p.Name}"));
        Assert.Empty(formless);
    }

    [Fact]
    public async Task A_form_is_the_table_s_own()
    {
        foreach (var set in RegisterModel.Model.EntitySets.Values.Where(x => x.Table is not null))
        {
            foreach (var property in set.Properties.Where(p => p.Form != TextForm.Any))
            {
                var check = $"register.is_{property.Form.ToString().ToLowerInvariant()}({property.Column})";
                Assert.True(await register.ScalarAsync<bool>($"""
                    select exists (select from pg_constraint where conrelid = '{set.Table}'::regclass
                                   and position('{check}' in pg_get_constraintdef(oid)) > 0)
                    """), $"{set.Table} does not check {check}");
            }
        }
    }

    [Fact]
    public async Task Service_and_database_agree_on_every_character()
    {
        foreach (var (form, pattern) in new[]
        {
            (TextForm.Word, "{0}"), (TextForm.Word, "a{0}b"), (TextForm.Line, "{0}"), (TextForm.Line, "a{0}b"), (TextForm.Prose, "{0}"),
            (TextForm.Prose, "a{0}b"),
        })
        {
            var accepted = await register.ScalarAsync<int[]>($$"""
                select array(
                  select i from (select i from generate_series(1, 922000) i
                                 where i < 55296 or i between 57344 and 131071 or i >= 917000 offset 0) known
                  where register.is_{{form.ToString().ToLowerInvariant()}}(replace('{{pattern}}', '{0}', chr(i))) order by i)
                """);
            var mine = Enumerable.Range(1, 922_000).Where(i => i is < 55296 or >= 57344 and <= 131071 or >= 917000)
                .Where(i => TextForms.Has(pattern.Replace("{0}", char.ConvertFromUtf32(i), StringComparison.Ordinal), form)).ToArray();
            var (only, other) = (accepted!.Except(mine).Take(5), mine.Except(accepted!).Take(5));
            Assert.True(accepted!.AsSpan().SequenceEqual(mine),
                $"{form} {pattern}: the database alone takes {string.Join(' ', only.Select(x => $"{x:X}"))}, the service alone "
                    + string.Join(' ', other.Select(x => $"{x:X}")));
        }
    }

    [Fact]
    public async Task A_register_that_holds_blank_names_and_codes_comes_out_of_the_migration_with_visible_ones()
    {
        await using var world = new Scratch();
        await world.InitializeAsync();
        await world.ExecuteAsync("""
            do $$ declare c record; begin
              for c in select conrelid::regclass as t, conname from pg_constraint
                       where pg_get_constraintdef(oid) ~ 'register.is_(line|word|prose)' loop
                execute format('alter table %s drop constraint %I', c.t, c.conname);
              end loop;
            end $$;
            drop trigger require_phone on register.people;
            drop function register.one_line(text), register.is_line(text), register.is_word(text), register.is_prose(text);
            delete from journal.scripts where name = 'schema/15_texts.sql';
            update journal.scripts set sha256 = 'of another version' where name = 'definitions';
            insert into register.divisions (code, name, level, centre, source)
              values ('5326', e'\t', 'Prefecture', 'POINT(104.2 23.4)', 'test');
            insert into register.hazards (id, code, name, kind, shape, division_code, owner_unit) values
              ('01900000-0000-7000-8000-000000000001', '   ', e'\t', 'Well', 'POINT(104 23)', '5326', ' '),
              ('01900000-0000-7000-8000-000000000002', e'W\u200B 1', e'a\tb\nc ', 'Well', 'POINT(104 23)', '5326', 'x'),
              ('01900000-0000-7000-8000-000000000003', 'W-1', 'plain', 'Well', 'POINT(104 23)', '5326', null);
            insert into register.people (name, phone, division_code) values (e'\t', ' ', '5326');
            """);
        Assert.NotEqual(0, await Migrator.MigrateAsync(world.Database, _ => { }, CancellationToken.None));
        Assert.Equal(
            "code-01900000-0000-7000-8000-000000000001|code-01900000-0000-7000-8000-000000000001|- "
                + "code-01900000-0000-7000-8000-000000000002|a b c|x W-1|plain|-",
            await world.ScalarAsync<string>(
                "select string_agg(code || '|' || name || '|' || coalesce(owner_unit, '-'), ' ' order by id) from register.hazards"));
        Assert.Equal("（无姓名）|-|5326", await world.ScalarAsync<string>(
            "select p.name || '|' || coalesce(p.phone, '-') || '|' || d.name from register.people p, register.divisions d "
                + "where d.code = '5326'"));
    }

    private sealed class Scratch : EmptyRegister, IAsyncDisposable
    {
        async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();
    }

    [GeneratedRegex(@"^\S+ \S+: [^\u4E00-\u9FFF]+ / .*[\u4E00-\u9FFF].*$", RegexOptions.None, 10_000)]
    private static partial Regex Sentence();

    [GeneratedRegex(@"raise exception [^;]+;", RegexOptions.None, 10_000)]
    private static partial Regex Raised();
}
