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

    // A unit without User=, a cron job, a system user: what is built already is not built again for that.
    [Theory]
    [InlineData(null)]
    [InlineData("/nonexistent")]
    public async Task A_bare_environment_needs_no_home(string? home)
    {
        using var place = new TemporaryDirectory();
        Directory.CreateDirectory(place.Path);
        await File.WriteAllTextAsync(Path.Combine(place.Path, "p.json"), """{ "problem": "none" }""");
        string[] environment = home is null ? ["-i"] : ["-i", $"HOME={home}"];
        var (code, _, errors) = await LaunchAsync(
            [.. environment, $"PATH={Environment.GetEnvironmentVariable("PATH")}", Repository.PathOf("hazardmap"), "solve", "p.json"],
            "/usr/bin/env", place.Path);
        Assert.Equal(1, code);
        Assert.Contains("problem", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("building", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("error NU1301: Unable to load the service index for source", "The network does not reach", "网络无法访问")]
    [InlineData("npm error code EAI_AGAIN", "The network does not reach", "网络无法访问")]
    [InlineData("Err:1 bookworm\n  Could not resolve 'deb.debian.org'", "The network does not reach", "网络无法访问")]
    [InlineData("MSB3491: Could not write lines. No space left on device", "The disk is full", "磁盘已满")]
    [InlineData("npm error code ENOSPC\nENOSPC: no space left on device, write", "The disk is full", "磁盘已满")]
    [InlineData("The user's home directory could not be determined.", "no home directory", "主目录")]
    [InlineData("Killed", "too little memory", "内存不足")]
    [InlineData("FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory", "too little memory", "内存不足")]
    [InlineData("Access to the path '/home/clerk/.nuget' is denied.", "belongs to somebody else", "属于其他用户")]
    [InlineData("Program.cs(3,5): error CS1002: ; expected", "do not compile", "无法编译")]
    [InlineData("Could not resolve \"./map\" from \"src/main.ts\"", "do not compile", "无法编译")]
    [InlineData("error NU1101: Unable to find package X", "lack a package", "缺少或拒绝")]
    [InlineData("E: Could not get lock /var/lib/dpkg/lock-frontend", "Another program is installing", "另一个程序")]
    [InlineData("E: Unable to locate package osm2pgsql", "do not know a package", "没有所需的包")]
    [InlineData("something nobody has seen yet", "the whole log is", "完整日志")]
    public async Task A_failed_build_or_installation_is_told_with_its_own_cause(string logged, string told, string toldZh)
    {
        using var place = new TemporaryDirectory();
        Directory.CreateDirectory(place.Path);
        var log = Path.Combine(place.Path, "step.log");
        await File.WriteAllTextAsync(log, $"Determining projects to restore...\n{logged}\n");
        var (code, _, errors) = await LaunchAsync(
            ["-c", $"source '{Repository.PathOf("hazardmap")}'; log='{log}'; refuse_failed 'Building failed' '构建失败'"], "/bin/bash");
        Assert.Equal(1, code);
        Assert.Contains(told, errors, StringComparison.Ordinal);
        Assert.Contains(toldZh, errors, StringComparison.Ordinal);
        Assert.Equal(told.Contains("network", StringComparison.Ordinal), errors.Contains("~/.npm.", StringComparison.Ordinal));
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
