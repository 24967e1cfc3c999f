using System.Text.RegularExpressions;
using HazardMap.Service.Database;
using HazardMap.Service.Tests.Worlds;

namespace HazardMap.Service.Tests.Database;

/// <summary>What stands in the folders of geodata is what the database has: nothing beside it, nothing twice, in the order told.</summary>
public sealed partial class DefinitionTests(EmptyRegister register) : IClassFixture<EmptyRegister>
{
    [Fact]
    public async Task A_table_has_exactly_the_triggers_of_its_file()
    {
        var inFiles = TriggerFiles().SelectMany(file =>
            Created(file.Text).Select(trigger => $"{file.Table}: {trigger.Name} on {trigger.Table}"));
        var inDatabase = await RowsAsync("""
            select format('%s: %s on %s', relname, tgname, relname) from pg_trigger t join pg_class c on c.oid = tgrelid
            where not tgisinternal and relnamespace::regnamespace::text in ('register', 'account', 'odata', 'tiles', 'journal')
            """);
        Assert.Equal(inDatabase.Order(StringComparer.Ordinal), inFiles.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_file_tells_its_triggers_in_the_order_in_which_they_fire()
    {
        foreach (var file in TriggerFiles())
        {
            var triggers = Created(file.Text).ToList();
            Assert.All(triggers.SkipWhile(trigger => trigger.Time == "before"), trigger => Assert.Equal("after", trigger.Time));
            var fired = triggers.SelectMany(trigger => trigger.Events.Select(what => (Moment: $"{trigger.Time} {what}", trigger.Name)));
            foreach (var together in fired.GroupBy(t => t.Moment, t => t.Name, StringComparer.Ordinal))
                Assert.True(together.SequenceEqual(together.Order(StringComparer.Ordinal), StringComparer.Ordinal),
                    $"triggers/{file.Table}.sql: {string.Join(", ", together)} fire {together.Key} in the order of their names");
        }
    }

    [Fact]
    public async Task Each_function_is_made_by_one_script()
    {
        var scripts = MigrationScript.Schema().Concat(MigrationScript.Definitions());
        var inScripts = scripts.SelectMany(script => Function().Matches(script.Text).Select(match => match.Groups["name"].Value));
        var inDatabase = await RowsAsync("""
            select format('%s.%s', pronamespace::regnamespace, proname) from pg_proc
            where pronamespace::regnamespace::text in ('register', 'account', 'odata', 'tiles')
              and coalesce(obj_description(oid, 'pg_proc'), '') not like 'made by %' /* by a script that makes one for each table */
            """);
        Assert.Equal(inDatabase.Order(StringComparer.Ordinal), inScripts.Order(StringComparer.Ordinal));
    }

    // The migrator does not check bodies, for a function may call what a later file makes. Everything exists here.
    [Fact]
    public async Task Every_function_is_understood()
    {
        foreach (var script in MigrationScript.Definitions())
        {
            var functions = WholeFunction().Matches(script.Text);
            Assert.Equal(Function().Count(script.Text), functions.Count);
            foreach (Match function in functions)
                await register.ExecuteAsync("set check_function_bodies = on; "
                    + function.Value.Replace("create function", "create or replace function", StringComparison.Ordinal));
        }
    }

    private static IEnumerable<(string Table, string Text)> TriggerFiles() =>
        MigrationScript.Definitions().Where(script => script.Key.StartsWith("triggers/", StringComparison.Ordinal))
            .Select(script => (Path.GetFileNameWithoutExtension(script.Key), script.Text));

    private static IEnumerable<(string Name, string Time, string[] Events, string Table)> Created(string text) =>
        Trigger().Matches(text).Select(match => (match.Groups["name"].Value, match.Groups["time"].Value,
            Column().Replace(match.Groups["events"].Value, "").Split(" or "), match.Groups["table"].Value));

    private async Task<string[]> RowsAsync(string sql) => (await register.ScalarAsync<string[]>($"select array({sql})"))!;

    [GeneratedRegex(@"^create (constraint )?trigger (?<name>\w+) (?<time>before|after) (?<events>[\w ,]+?) "
        + @"on (register|account)\.(?<table>\w+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Trigger();

    [GeneratedRegex(@" of [\w, ]+", RegexOptions.None, 10_000)]
    private static partial Regex Column();

    [GeneratedRegex(@"^create (or replace )?(function|procedure) (?<name>\w+\.\w+)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Function();

    [GeneratedRegex(@"^create function .*?\$\$.*?\$\$;$", RegexOptions.Multiline | RegexOptions.Singleline, 10_000)]
    private static partial Regex WholeFunction();
}
