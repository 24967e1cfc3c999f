using System.CommandLine;
using System.CommandLine.Help;
using System.Reflection;

namespace HazardMap.Service.Commands;

/// <summary>The command line as a whole: every <see cref="ICommand"/> of this assembly under one root.</summary>
internal sealed class CommandLine
{
    // Not a RootCommand, which is called after its file: people start the launcher.
    private readonly Command _root = new("./hazardmap", "One map, one table / 一图一表") { new VersionOption() };

    public CommandLine()
    {
        Commands = [.. typeof(CommandLine).Assembly.GetCustomAttributes<CommandAttribute>().Select(found => found.Create())
            .Select(found => new ListedCommand(found.Group, found.Build()))
            .OrderBy(listed => listed.Group).ThenBy(listed => listed.Command.Name, StringComparer.Ordinal)];
        foreach (var (group, command) in Commands)
        {
            command.Hidden = group == CommandGroup.Internal;
            _root.Add(command);
        }
        _root.Add(new HelpOption { Action = new HelpOfCommand(this) });
    }

    /// <summary>In the order of the help.</summary>
    public IReadOnlyList<ListedCommand> Commands { get; }

    /// <summary>Does what the arguments say; the exit code.</summary>
    public async Task<int> RunAsync(string[] arguments)
    {
        var parsed = _root.Parse(arguments);
        if (parsed.Errors.Count == 0) return await parsed.InvokeAsync(new() { ProcessTerminationTimeout = Exit.StoppingTimeOf(arguments) });
        await Console.Error.WriteAsync(IsForRoot(parsed) ? Usage.OfRoot(arguments, Help.Of(Commands)) : Usage.Of(parsed));
        return Exit.Usage;
    }

    /// <summary>Is this about the whole rather than one command?</summary>
    public bool IsForRoot(ParseResult parsed) => parsed.CommandResult.Command == _root;
}

/// <summary>A command and the heading it stands under.</summary>
internal sealed record ListedCommand(CommandGroup Group, Command Command);
