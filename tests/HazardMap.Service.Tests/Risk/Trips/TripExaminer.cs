using System.Diagnostics;
using Npgsql;

namespace HazardMap.Service.Tests.Risk.Trips;

/// <summary><c>tests/oracles/risk_2027.py</c>: the same numbers by a script that shares nothing with the program.</summary>
internal static class TripExaminer
{
    /// <summary>Runs it against a register; null where there is no python3, which is said, and is an error in CI.</summary>
    /// <param name="connectionString">Where the register is.</param>
    /// <param name="ofScale">Whether it looks at the scale instead of scores.</param>
    public static async Task<(int ExitCode, string Text)?> AskAsync(string connectionString, bool ofScale = false)
    {
        var database = new NpgsqlConnectionStringBuilder(connectionString);
        string[] arguments = [Repository.PathOf("tests/oracles/risk_2027.py"), .. ofScale ? ["--scale"] : Array.Empty<string>(),
            $"host='{database.Host}' port={database.Port} user='{database.Username}' dbname='{database.Database}'"];
        var start = new ProcessStartInfo("python3", arguments) { UseShellExecute = false, RedirectStandardOutput = true,
            RedirectStandardError = true };
        start.Environment["PGPASSWORD"] = database.Password;
        start.Environment["PATH"] = (Environment.GetEnvironmentVariable("HAZARDMAP_POSTGRES_BIN") ?? "/usr/lib/postgresql/15/bin")
            + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");
        try
        {
            using var process = Process.Start(start)!;
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            return (process.ExitCode, await output + await errors);
        }
        catch (System.ComponentModel.Win32Exception) when (Environment.GetEnvironmentVariable("CI") is null or "")
        {
            await Console.Error.WriteLineAsync("SKIPPED, there is no python3 to examine rule 2027-1 with");
            return null;
        }
    }

    /// <summary>Fails with what it says unless all is equal.</summary>
    public static async Task AssertAgreesAsync(string connectionString, bool ofScale = false)
    {
        if (await AskAsync(connectionString, ofScale) is { } answer) Assert.True(answer.ExitCode == 0, answer.Text);
    }
}
