using System.Diagnostics;
using System.Security.Cryptography;

namespace HazardMap.Service.Tests.Clients;

/// <summary>
/// <c>tests/clients</c>: typed clients that npm's tools make from <c>$metadata</c>. What is made is kept by the hash of what it is made
/// from, so that a run in which neither the metadata nor the clients changed generates and compiles nothing.
/// </summary>
internal static class NodeClients
{
    private static readonly SemaphoreSlim OneAtATime = new(1);

    private static string Folder { get; } = Repository.PathOf("tests/clients");

    /// <summary>The folder of the compiled clients for these metadata, in version 4.01 and, for who knows no other, in 4.0.</summary>
    public static async Task<string> MakeAsync(string metadata, string metadata40)
    {
        await OneAtATime.WaitAsync();
        try
        {
            await InstallAsync();
            var made = Path.Combine(Folder, "obj", Hash(metadata));
            if (File.Exists(Path.Combine(made, ".made"))) return made;
            if (Directory.Exists(Path.Combine(Folder, "obj"))) Directory.Delete(Path.Combine(Folder, "obj"), recursive: true);
            Directory.CreateDirectory(made);
            await File.WriteAllTextAsync(Path.Combine(made, "metadata.xml"), metadata);
            await File.WriteAllTextAsync(Path.Combine(made, "metadata-4.0.xml"), metadata40);
            await RunAsync("node", [Path.Combine(Folder, "make.mjs"), made]);
            await File.WriteAllTextAsync(Path.Combine(made, ".made"), "");
            return made;
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    /// <summary>Runs a script of the folder and gives what it wrote.</summary>
    public static Task<string> RunAsync(string script, params (string Name, string Value)[] environment) =>
        RunAsync("node", [script], environment);

    /// <summary>Runs a validator of the folder.</summary>
    public static async Task<string> ScriptAsync(string name, params string[] arguments)
    {
        await InstallAsync();
        return await RunAsync("node", [Path.Combine(Folder, name), .. arguments]);
    }

    // The build installs in Release; here for those who build in Debug. The stamp is the build's.
    private static async Task InstallAsync()
    {
        var stamp = Path.Combine(Folder, "node_modules", ".installed");
        if (File.Exists(stamp) && File.GetLastWriteTimeUtc(stamp) >= File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json")))
            return;
        await RunAsync("npm", ["ci", "--ignore-scripts", "--no-fund", "--loglevel=error"]);
        await File.WriteAllTextAsync(stamp, "");
    }

    private static async Task<string> RunAsync(string program, IEnumerable<string> arguments,
        params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, UseShellExecute = false,
            RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException late)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end.", late);
        }
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {await output}\n{await errors}");
        return await output;
    }

    private static string Hash(string metadata)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(System.Text.Encoding.UTF8.GetBytes(metadata));
        foreach (var file in Directory.GetFiles(Folder).Concat(Directory.GetFiles(Path.Combine(Folder, "src")))
            .Order(StringComparer.Ordinal))
            hash.AppendData(File.ReadAllBytes(file));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
