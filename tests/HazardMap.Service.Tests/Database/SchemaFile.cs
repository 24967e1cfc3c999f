using System.Diagnostics;
using System.Text.RegularExpressions;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Tests.Database;

/// <summary>
/// A database as pg_dump tells it, without what differs from server to server (versions, owners, settings, grants) and without the
/// functions of map layers: a layer is its folder, where they can be read, and adding one changes nothing else.
/// </summary>
internal static partial class SchemaFile
{
    private const string Header = "\n--\n-- Name: ";   // of each object

    private static readonly string Program =
        Path.Combine(Environment.GetEnvironmentVariable("HAZARDMAP_POSTGRES_BIN") ?? "/usr/lib/postgresql/15/bin", "pg_dump");

    /// <summary>Where the file is, in the repository.</summary>
    public static string FilePath { get; } = Repository.PathOf("geodata/schema.sql");

    /// <summary>Tables, checks, indexes, functions, views and triggers, in pg_dump's order.</summary>
    public static async Task<string> DumpAsync(string connectionString)
    {
        var text = WithoutLayers(await RunAsync(new NpgsqlConnectionStringBuilder(connectionString)));
        var told = text.Split('\n').Where(line => !Noise().IsMatch(line));
        return BlankLines().Replace(string.Join('\n', told), "\n\n").Trim('\n') + "\n";
    }

    private static string WithoutLayers(string dump)
    {
        var scripts = Directory.EnumerateFiles(ContentPath.Of("tiles"), "layer.sql", SearchOption.AllDirectories);
        var made = scripts.SelectMany(script => MadeByLayer().Matches(File.ReadAllText(script))).Select(Name)
            .ToHashSet(StringComparer.Ordinal);
        return string.Join(Header,
            dump.Split(Header).Where(part => TilesFunction().Match(part) is not { Success: true } told || !made.Contains(Name(told))));
    }

    private static string Name(Match told) => told.Groups["name"].Value;

    private static async Task<string> RunAsync(NpgsqlConnectionStringBuilder database)
    {
        var start = new ProcessStartInfo(Program) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments = ["--schema-only", "--no-owner", "--no-privileges", "--host", database.Host!, "--port", $"{database.Port}",
            "--username", database.Username!, "--dbname", database.Database!, "--schema=(register|account|odata|tiles|journal)"];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment["PGPASSWORD"] = database.Password;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? text : throw new InvalidOperationException(await errors);
    }

    [GeneratedRegex(@"^create (or replace )?function tiles\.(?<name>\w+)\(", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 10_000)]
    private static partial Regex MadeByLayer();

    [GeneratedRegex(@"^(?<name>\w+)\(.*\); Type: FUNCTION; Schema: tiles;", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex TilesFunction();

    // Comments of pg_dump itself (a function's own comments are indented or follow its body), settings, one-time tokens.
    [GeneratedRegex(@"^(--($| Name: | Dumped | PostgreSQL database dump)|SET |SELECT pg_catalog\.set_config|\\(un)?restrict )",
        RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Noise();

    [GeneratedRegex(@"\n{3,}", RegexOptions.None, 10_000)]
    private static partial Regex BlankLines();
}
