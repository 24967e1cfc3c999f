using System.Diagnostics;
using HazardMap.EndToEnd.Worlds;

namespace HazardMap.EndToEnd;

/// <summary>The launcher at the top of the project: it passes on what it does not know and builds no more than that needs.</summary>
public sealed class LauncherTests
{
    [Theory]
    [InlineData("fly", "unknown command: fly / 未知命令：fly")]
    [InlineData("backup", "unknown command: backup / 未知命令：backup")]
    [InlineData("", "usage / 用法: ./hazardmap COMMAND")]
    [InlineData("import", "import needs FILE / import 缺少参数 FILE")]
    public async Task Wrong_usage_ends_with_two_and_says_what_there_is_in_both_languages(string command, string told)
    {
        var (code, output, errors) = await LaunchAsync(command.Length == 0 ? [] : [command]);
        Assert.Equal(2, code);
        Assert.Equal("", output);
        Assert.Contains(told, errors, StringComparison.Ordinal);
        Assert.Contains("用法", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("building tests", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("help")]
    public async Task Help_is_a_result(string word)
    {
        var (code, output, _) = await LaunchAsync([word]);
        Assert.Equal(0, code);
        Assert.Contains("\n  up ", output, StringComparison.Ordinal);
        Assert.Contains("\n  test [--fast] ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_commands_own_help_is_told_under_the_launchers_name()
    {
        var (code, output, _) = await LaunchAsync(["risk", "--help"]);
        Assert.Equal(0, code);
        Assert.Contains("./hazardmap risk [options]", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_found_through_a_link_and_works_in_the_callers_directory()
    {
        using var place = new TemporaryDirectory();
        Directory.CreateDirectory(place.Path);
        var link = Path.Combine(place.Path, "hm");
        File.CreateSymbolicLink(link, Repository.PathOf("hazardmap"));
        const string problem = """{ "problem": "crs.transform", "from": "EPSG:4326", "to": "EPSG:4326", "points": [[104, 23]] }""";
        await File.WriteAllTextAsync(Path.Combine(place.Path, "p.json"), problem);
        var (code, output, _) = await LaunchAsync(["solve", "p.json"], link, place.Path);
        Assert.Equal(0, code);
        Assert.Contains("104", output, StringComparison.Ordinal);
    }

    // What the launcher asks where PostgreSQL is not installed.
    [Theory]
    [InlineData("up --empty", "database")]
    [InlineData("psql -- -c select", "database")]
    [InlineData("user password admin", "database")]
    [InlineData("up --help", "")]
    [InlineData("help up", "")]
    [InlineData("solve -", "")]
    [InlineData("fly", "")]
    [InlineData("import", "")]
    public async Task PostgreSQL_is_installed_for_what_works_on_the_register_alone(string words, string needed)
    {
        using var needs = Executable.Start(["needs", "--", .. words.Split(' ')]);
        Assert.Equal(0, await needs.ExitCodeAsync());
        Assert.Equal(needed, needs.Output);
    }

    [Fact]
    public async Task The_fast_tests_are_those_of_the_core_and_of_the_web_app()
    {
        var (code, output, errors) = await LaunchAsync(["test", "--fast", "--filter", "FullyQualifiedName~Geodesy"]);
        Assert.Matches(@"^[1-9]\d* passed, 0 failed(, \d+ skipped)?\n$", output);
        Assert.Equal(0, code);
        Assert.Matches(@"HazardMap\.Tests +\d+ s\nHazardMap\.Web +\d+ s\n$", errors);
        Assert.DoesNotContain("HazardMap.EndToEnd", errors, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Errors)> LaunchAsync(string[] arguments, string? launcher = null,
        string? directory = null)
    {
        using var process = Process.Start(new ProcessStartInfo(launcher ?? Repository.PathOf("hazardmap"), arguments)
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory =
                directory ?? Path.GetTempPath(),
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await errors);
    }
}
