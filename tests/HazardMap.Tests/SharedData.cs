namespace HazardMap.Tests;

/// <summary>Known answers and real data beside the repository; absent on a customer's machine, never in CI.</summary>
internal static class SharedData
{
    public static string? Find(string relative)
    {
        var path = Path.Combine(Root(), relative);
        if (File.Exists(path)) return path;
        Assert.True(Environment.GetEnvironmentVariable("CI") is null or "", $"{path} is missing, and this is CI.");
        Console.WriteLine($"SKIPPED: {path} is not on this machine.");
        return null;
    }

    public static IEnumerable<string[]> Rows(string relative) =>
        Find(relative) is { } path ? File.ReadLines(path).Skip(1).Select(line => line.Split(',')) : [];

    private static string Root()
    {
        if (Environment.GetEnvironmentVariable("HAZARDMAP_SHARED") is { Length: > 0 } set) return set;
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "HazardMap.sln"))) folder = folder.Parent;
        return Path.Combine(folder?.Parent?.FullName ?? "/", "shared");
    }
}
