namespace HazardMap.Service.Tests.Exchange;

/// <summary>Real extracts that stand beside the repository. Where they are absent a test says so and passes, but never in CI.</summary>
internal static class SharedData
{
    /// <summary>The file's path, or <see langword="null"/> where the shared data is absent.</summary>
    public static string? Find(string relative)
    {
        var root = Environment.GetEnvironmentVariable("HAZARDMAP_SHARED") ?? Path.Combine(Repository(), "..", "shared");
        var path = Path.Combine(root, relative);
        if (File.Exists(path)) return path;
        if (Environment.GetEnvironmentVariable("CI") is { Length: > 0 })
            throw new FileNotFoundException($"CI is set and the shared data is not there: {path}");
        Console.Error.WriteLine($"SKIPPED, the shared data is not there: {path}");
        return null;
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "HazardMap.sln"))) folder = folder.Parent;
        return folder?.FullName ?? AppContext.BaseDirectory;
    }
}
