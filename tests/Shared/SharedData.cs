namespace HazardMap.Testing;

/// <summary>
/// Known answers and real extracts, too large for the repository: in the folder that <c>HAZARDMAP_SHARED</c> names, else in
/// <c>shared</c> beside the repository. Where they are absent a test says so and passes, but never in CI.
/// </summary>
internal static class SharedData
{
    /// <summary>The file's path, or <see langword="null"/> where it is absent.</summary>
    public static string? Find(string relative)
    {
        var path = Path.Combine(Folder(), relative);
        if (File.Exists(path)) return path;
        if (Environment.GetEnvironmentVariable("CI") is { Length: > 0 })
            throw new FileNotFoundException($"CI is set and the shared data is not there: {path}", path);
        Console.Error.WriteLine($"SKIPPED, the shared data is not there: {path}");
        return null;
    }

    /// <summary>The cells of a table without its headers; none where it is absent.</summary>
    public static IEnumerable<string[]> Rows(string relative) =>
        Find(relative) is { } path ? File.ReadLines(path).Skip(1).Select(line => line.Split(',')) : [];

    private static string Folder() => Environment.GetEnvironmentVariable("HAZARDMAP_SHARED") is { Length: > 0 } named
        ? named : Path.Combine(Repository.Root, "..", "shared");
}
