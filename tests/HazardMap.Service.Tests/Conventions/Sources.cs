namespace HazardMap.Service.Tests;

/// <summary>The files that people write here, read from the folder that has the solution.</summary>
internal static class Sources
{
    private static readonly string[] Rooms = ["src", "tests", "geodata", "tiles"];
    private static readonly string[] NotOurs = ["bin", "obj", "node_modules", "dist"];

    /// <summary>Made by a tool from something else that is here; nobody wraps their lines.</summary>
    private static readonly string[] Generated = ["schema.sql", "model.ts"];

    /// <summary>Path from the root and lines of each file with one of these endings.</summary>
    public static IEnumerable<(string Path, string[] Lines)> WithEnding(params string[] endings) =>
        Rooms.SelectMany(room => Files(new DirectoryInfo(Repository.PathOf(room))))
            .Where(file => endings.Contains(file.Extension, StringComparer.Ordinal)
                && !Generated.Contains(file.Name, StringComparer.Ordinal))
            .Select(file => (Path.GetRelativePath(Repository.Root, file.FullName), File.ReadAllLines(file.FullName)));

    private static IEnumerable<FileInfo> Files(DirectoryInfo folder) =>
        folder.EnumerateFiles().Concat(
            folder.EnumerateDirectories().Where(d => !NotOurs.Contains(d.Name, StringComparer.Ordinal)).SelectMany(Files));
}
