namespace HazardMap.OData.Tests.World;

/// <summary>Known answers kept beside the repository; absent on a plain clone, required under CI.</summary>
public static class SharedCases
{
    public static string? Find(string path)
    {
        var root = Environment.GetEnvironmentVariable("HAZARDMAP_SHARED") ?? Beside();
        var file = Path.Combine(root, path);
        if (File.Exists(file)) return file;
        if (Environment.GetEnvironmentVariable("CI") is { Length: > 0 })
            throw new FileNotFoundException($"{path} is needed under CI.", file);
        Console.Error.WriteLine($"SKIPPED: {path} is not beside the repository ({file}).");
        return null;
    }

    private static string Beside()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "HazardMap.sln"))) folder = folder.Parent;
        return Path.Combine(folder?.Parent?.FullName ?? ".", "shared");
    }
}
