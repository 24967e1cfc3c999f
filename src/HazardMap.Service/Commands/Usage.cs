using System.Text.RegularExpressions;

namespace HazardMap.Service.Commands;

/// <summary>What is wrong with a command line, in words that do not name the program's own types.</summary>
internal static partial class Usage
{
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
            return $"{wrong.Groups["option"]} takes {what}, not '{wrong.Groups["value"]}' / {wrong.Groups["option"]} 须为{whatZh}，而不是“{wrong.Groups["value"]}”";
        }
        if (Missing().Match(complaint) is { Success: true } missing) return $"{missing.Groups["option"]} needs a value / {missing.Groups["option"]} 缺少取值";
        return Unknown().Match(complaint) is { Success: true } unknown ? $"{complaint} / 无法识别“{unknown.Groups["word"]}”" : complaint;
    }

    [GeneratedRegex("^Cannot parse argument '(?<value>.*)' for option '(?<option>.*)' as expected type '(?<type>.*)'", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex WrongType();

    [GeneratedRegex("^Required argument missing for option: '(?<option>.*)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Missing();

    [GeneratedRegex("^Unrecognized command or argument '(?<word>.*)'", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Unknown();
}
