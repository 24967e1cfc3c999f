using System.CommandLine;
using System.CommandLine.Help;
using HazardMap.Service.Commands;

[assembly: Command<HazardMap.Service.Commands.NeedsCommand>]

namespace HazardMap.Service.Commands;

/// <summary>
/// <c>needs -- WORD...</c> (hidden): prints "database" when this command line would work on the register. The launcher asks when PostgreSQL
/// is not installed, so that it need not know which commands there are.
/// </summary>
internal sealed class NeedsCommand : ICommand
{
    public CommandGroup Group => CommandGroup.Internal;

    public Command Build()
    {
        var words = new Argument<string[]>("WORD") { Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("needs", "What a command line needs / 命令所需组件") { words };
        command.SetAction(parsed =>
        {
            if (NeedsDatabase(parsed.RootCommandResult.Command.Parse(parsed.GetValue(words) ?? []))) Console.WriteLine("database");
        });
        return command;
    }

    private static bool NeedsDatabase(ParseResult asked) =>
        asked is { Errors.Count: 0, Action: not (HelpOfCommand or HelpAction) } && asked.CommandResult.Command.Options.Any(DataOption.Is);
}
