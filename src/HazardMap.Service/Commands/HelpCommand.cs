using System.CommandLine;
using HazardMap.Service.Commands;

[assembly: Command<HazardMap.Service.Commands.HelpCommand>]

namespace HazardMap.Service.Commands;

/// <summary><c>help [COMMAND]</c>: the same as <c>[COMMAND] --help</c>.</summary>
internal sealed class HelpCommand : ICommand
{
    public CommandGroup Group => CommandGroup.Internal;

    public Command Build()
    {
        var words = new Argument<string[]>("COMMAND") { Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("help", "What there is / 帮助") { words };
        command.SetAction(parsed => parsed.RootCommandResult.Command.Parse([.. parsed.GetValue(words) ?? [], "--help"]).Invoke());
        return command;
    }
}
