using System.Text.RegularExpressions;
using HazardMap.Service.Commands;

namespace HazardMap.Service.Tests.Commands;

/// <summary>A command is one file: what makes it known, and what the help says of it.</summary>
public sealed partial class CommandLineTests
{
    private readonly CommandLine _line = new();

    [Fact]
    public void Every_command_makes_itself_known()
    {
        var written = typeof(ICommand).Assembly.GetTypes().Where(type => type.IsClass && typeof(ICommand).IsAssignableFrom(type));
        var named = typeof(ICommand).Assembly.GetCustomAttributes(typeof(CommandAttribute), inherit: false)
            .Select(a => ((CommandAttribute)a).Create().GetType());
        Assert.Equal(Names(written), Names(named), StringComparer.Ordinal);
    }

    [Fact]
    public void The_help_lists_exactly_the_commands_that_are_for_people_and_the_launchers_own_word()
    {
        var forPeople = _line.Commands.Where(listed => listed.Group != CommandGroup.Internal)
            .Select(listed => listed.Command.Name).ToList();
        Assert.Contains("up", forPeople, StringComparer.Ordinal);
        var told = Help.Of(_line.Commands).Split('\n').Select(line => Listed().Match(line)).Where(found => found.Success);
        var names = told.Select(found => found.Groups["name"].Value).Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
        Assert.Equal(forPeople.Append("test").Order(StringComparer.Ordinal), names, StringComparer.Ordinal);
    }

    [Fact]
    public void The_help_fits_its_columns_and_speaks_both_languages()
    {
        var lines = Help.Of(_line.Commands).Split('\n').Where(line => Listed().IsMatch(line)).ToList();
        Assert.All(lines, line => Assert.Matches(@"^  .{40} \p{L}.* / \p{IsCJKUnifiedIdeographs}", line));
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 140));
    }

    [Fact]
    public void A_hidden_command_is_hidden_from_every_help() =>
        Assert.All(_line.Commands, listed => Assert.Equal(listed.Group == CommandGroup.Internal, listed.Command.Hidden));

    private static IEnumerable<string> Names(IEnumerable<Type> types) => types.Select(type => type.FullName!).Order(StringComparer.Ordinal);

    [GeneratedRegex("^  (?<name>[a-z]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Listed();
}
