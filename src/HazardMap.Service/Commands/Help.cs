using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Globalization;
using System.Text;

namespace HazardMap.Service.Commands;

/// <summary>What <c>./hazardmap --help</c> prints: every command in a line, in both languages.</summary>
internal static class Help
{
    /// <summary>The launcher's own word: it builds the tests before there is anything to start.</summary>
    private const string Test = "test [--fast] [DOTNET-TEST-OPTIONS]";

    private const int Width = 40;

    /// <summary>The text for these commands, which come in the order of their groups.</summary>
    public static string Of(IEnumerable<ListedCommand> commands)
    {
        var text = new StringBuilder(
            "usage / 用法: ./hazardmap COMMAND [OPTIONS]    一图一表：危险水域与未成年人防溺水\n");
        foreach (var group in commands.Where(listed => listed.Group != CommandGroup.Internal).GroupBy(listed => listed.Group))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{Heading(group.Key)}\n");
            foreach (var (line, does) in group.SelectMany(listed => Lines(listed.Command, ""))) Add(text, line, does);
            if (group.Key == CommandGroup.Serve)
                Add(text, Test, "Pass all tests, or in half a minute the quick ones / 运行全部测试，或仅快速测试");
        }
        return text.Append("""

            ./hazardmap COMMAND --help tells its options / 查看选项说明
            --data DIR names the data directory (default .hazardmap/ beside the launcher) / 数据目录
            HAZARDMAP_DATABASE (an Npgsql connection string) uses an existing PostGIS database instead / 使用已有的 PostGIS 数据库
            exit codes: 0 done, 1 refused, 2 wrong usage / 退出码：0 完成，1 已拒绝，2 用法错误

            """).ToString();
    }

    // "user password NAME": a command that only holds others is told by them.
    private static IEnumerable<(string Line, string Does)> Lines(Command command, string before)
    {
        var name = before + command.Name;
        if (command.Subcommands.Count > 0) return command.Subcommands.SelectMany(sub => Lines(sub, name + " "));
        var required = command.Options.Where(option => option.Required).Select(option => $" {option.Name} {Value(option)}");
        var arguments = command.Arguments.Select(
            argument => argument.Arity.MinimumNumberOfValues > 0 ? $" {argument.Name}" : $" [-- {argument.Name}]");
        return [(name + string.Concat(required) + string.Concat(arguments), command.Description ?? "")];
    }

    private static string Value(Option option) => option.HelpName ?? option.Name.TrimStart('-').ToUpperInvariant();

    private static void Add(StringBuilder text, string line, string does) =>
        text.Append(CultureInfo.InvariantCulture, $"  {line.PadRight(Width)} {does}\n");

    private static string Heading(CommandGroup group) => group switch
    {
        CommandGroup.Serve => "Run / 运行",
        CommandGroup.Data => "Data in and out / 数据导入导出",
        CommandGroup.Analysis => "Analysis / 分析",
        CommandGroup.Inside => "Look inside / 查看",
        CommandGroup.Accounts => "Accounts / 账户",
        _ => throw new ArgumentOutOfRangeException(nameof(group), group, "has no heading"),
    };
}

/// <summary><c>--help</c>: our text for the whole, the library's for the options of one command.</summary>
internal sealed class HelpOfCommand(CommandLine line) : SynchronousCommandLineAction
{
    /// <inheritdoc />
    public override bool ClearsParseErrors => true;

    /// <inheritdoc />
    public override int Invoke(ParseResult parseResult)
    {
        if (!line.IsForRoot(parseResult)) return new HelpAction().Invoke(parseResult);
        parseResult.InvocationConfiguration.Output.Write(Help.Of(line.Commands));
        return Exit.Done;
    }
}
