using System.CommandLine;
using System.Text.RegularExpressions;

namespace HazardMap.Service.Commands;

/// <summary>What is wrong with a command line, in words that do not name the program's own types.</summary>
internal static partial class Usage
{
    /// <summary>Of a command: each complaint in a line, and where its options are told.</summary>
    public static string Of(ParseResult parsed)
    {
        var words = parsed.CommandResult.Command.Parents.OfType<Command>().Reverse().Append(parsed.CommandResult.Command)
            .Select(command => command.Name);
        return string.Concat(parsed.Errors.Select(error => Of(error.Message) + "\n"))
            + $"usage / 用法: {string.Join(' ', words)} --help\n";
    }

    /// <summary>Of a line that names no command of ours: what it is, and what there is.</summary>
    public static string OfRoot(string[] arguments, string help) =>
        arguments is [] ? help : $"unknown command: {arguments[0]} / 未知命令：{arguments[0]}\n{help}";

    /// <summary>The parser's complaint, in both languages where it is one of the usual ones.</summary>
    public static string Of(string complaint)
    {
        if (WrongType().Match(complaint) is { Success: true } wrong)
        {
            var (what, whatZh) = wrong.Groups["type"].Value switch
            {
                var t when t.Contains("Int", StringComparison.Ordinal) => ("a whole number", "整数"),
                var t when t.Contains("Double", StringComparison.Ordinal) => ("a number", "数字"),
                var t when t.Contains("Boolean", StringComparison.Ordinal) => ("true or false", "true 或 false"),
                _ => ("something else", "其他形式"),
            };
            return $"{wrong.Groups["option"]} takes {what}, not '{wrong.Groups["value"]}' / {wrong.Groups["option"]} 须为{whatZh}，"
                + $"而不是“{wrong.Groups["value"]}”";
        }
        if (Missing().Match(complaint) is { Success: true } missing)
            return $"{missing.Groups["option"]} needs a value / {missing.Groups["option"]} 缺少取值";
        if (MissingArgument().Match(complaint) is { Success: true } argument)
            return $"{argument.Groups["command"]} needs {argument.Groups["argument"]} / {argument.Groups["command"]} "
                + $"缺少参数 {argument.Groups["argument"]}";
        if (Required().Match(complaint) is { Success: true } required)
            return $"{required.Groups["option"]} is needed / 缺少 {required.Groups["option"]}";
        if (complaint == "Required command was not provided.") return "One of its commands is needed / 缺少子命令";
        return Unknown().Match(complaint) is { Success: true } unknown
            ? $"{complaint} / 无法识别“{unknown.Groups["word"]}”" : complaint;
    }

    [GeneratedRegex("^Cannot parse argument '(?<value>.*)' for option '(?<option>.*)' as expected type '(?<type>.*)'",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex WrongType();

    [GeneratedRegex("^Required argument missing for option: '(?<option>.*)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Missing();

    [GeneratedRegex("^Required argument '(?<argument>.*)' missing for command: '(?<command>.*)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MissingArgument();

    [GeneratedRegex("^Option '(?<option>.*)' is required", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Required();

    [GeneratedRegex("^Unrecognized command or argument '(?<word>.*)'", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Unknown();
}
