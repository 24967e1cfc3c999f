using System.Diagnostics;
using System.Text.RegularExpressions;
using HazardMap.EndToEnd.Worlds;

namespace HazardMap.EndToEnd;

/// <summary>The launcher at the top of the project, without what it would install or build.</summary>
public sealed partial class LauncherTests
{
    [Theory]
    [InlineData("")]
    [InlineData("fly")]
    public async Task Wrong_usage_ends_with_two_and_says_what_there_is(string command)
    {
        var (code, output, errors) = await LaunchAsync(command.Length == 0 ? [] : [command]);
        Assert.Equal(2, code);
        Assert.Equal("", output);
        Assert.Contains("./hazardmap COMMAND", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_is_a_result()
    {
        var (code, output, _) = await LaunchAsync(["--help"]);
        Assert.Equal(0, code);
        Assert.Contains("up [--data DIR]", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_command_of_the_service_is_known_to_the_launcher()
    {
        using var help = Executable.Start("--help");
        Assert.Equal(0, await help.ExitCodeAsync());
        var commands = help.Output[help.Output.IndexOf("Commands:", StringComparison.Ordinal)..].Split('\n').Skip(1)
            .Select(line => CommandName().Match(line).Groups["name"].Value).Where(name => name.Length > 0).ToList();
        Assert.Contains("up", commands, StringComparer.Ordinal);
        var launcher = await File.ReadAllTextAsync(Path.Combine(Executable.Root, "hazardmap"));
        var known = launcher[launcher.LastIndexOf("case $command in", StringComparison.Ordinal)..];
        Assert.All(commands, command => Assert.Matches($@"[ |]{command}( \||\))", known));
    }

    private static async Task<(int Code, string Output, string Errors)> LaunchAsync(string[] arguments)
    {
        using var launcher = Process.Start(new ProcessStartInfo(Path.Combine(Executable.Root, "hazardmap"), arguments)
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var errors = launcher.StandardError.ReadToEndAsync();
        var output = await launcher.StandardOutput.ReadToEndAsync();
        await launcher.WaitForExitAsync();
        return (launcher.ExitCode, output, await errors);
    }

    [GeneratedRegex(@"^  (?<name>[a-z]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CommandName();
}
