using System.Security.Cryptography;
using System.Text;

namespace HazardMap.Service.Database;

/// <summary>A script of <c>geodata</c> or <c>tiles</c>.</summary>
/// <param name="Key">Its path below <c>geodata</c>, such as <c>schema/02_register.sql</c>; a layer's below the root.</param>
/// <param name="Text">What it says.</param>
internal sealed record MigrationScript(string Key, string Text)
{
    public string Hash { get; } = HashOf(Text);

    /// <summary>Tables and data: each runs once, in the order of their numbers.</summary>
    public static IReadOnlyList<MigrationScript> Schema() => [.. Folder("schema")];

    /// <summary>
    /// What is made anew whenever one text changed, in this order: the old goes; what constraints say; functions, which triggers
    /// and views call; triggers; views, which layers read; layers; grants on all of it. Within a folder by name.
    /// </summary>
    public static IReadOnlyList<MigrationScript> Definitions() =>
    [
        Read("clear.sql"), Read("sentences.sql"),
        .. Folder("functions"), .. Folder("triggers"), .. Folder("views"),
        .. Layers(),
        Read("grants.sql"),
    ];

    /// <summary>What belongs to the database itself, such as the settings of a role in it: at each migration.</summary>
    public static MigrationScript OfTheDatabase() => Read("database.sql");

    /// <summary>SHA-256 of several scripts together: of their names and texts.</summary>
    public static string HashOf(IEnumerable<MigrationScript> scripts) =>
        HashOf(string.Join('\n', scripts.Select(script => $"{script.Key} {script.Hash}")));

    internal static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static IEnumerable<MigrationScript> Folder(string name) =>
        Directory.GetFiles(ContentPath.Of($"geodata/{name}"), "*.sql").Select(Path.GetFileName).Order(StringComparer.Ordinal)
            .Select(file => Read($"{name}/{file}"));

    private static MigrationScript Read(string key) => new(key, File.ReadAllText(ContentPath.Of($"geodata/{key}")));

    private static IEnumerable<MigrationScript> Layers() =>
        Directory.GetDirectories(ContentPath.Of("tiles")).Order(StringComparer.Ordinal).Select(Path.GetFileName)
            .Select(layer => $"tiles/{layer}/layer.sql").Where(key => File.Exists(ContentPath.Of(key)))
            .Select(key => new MigrationScript(key, File.ReadAllText(ContentPath.Of(key))));
}

/// <summary>Rows of a table that come from a file: <c>geodata/basemap/land.sql</c> makes them of the lines of <c>land.txt</c>.</summary>
/// <param name="Table">The table in schema register.</param>
/// <param name="Statement">One statement; its parameter $1 is the lines.</param>
/// <param name="Lines">The data.</param>
internal sealed record MigrationData(string Table, string Statement, string[] Lines)
{
    public string Key => $"basemap/{Table}";

    public string Hash { get; } = MigrationScript.HashOf(Statement + string.Join('\n', Lines));

    /// <summary>What the base map shows of the world, loaded anew when statement or data changed.</summary>
    public static IEnumerable<MigrationData> BaseMap() =>
        Directory.GetFiles(ContentPath.Of("geodata/basemap"), "*.sql").Order(StringComparer.Ordinal).Select(path =>
            new MigrationData(
                Path.GetFileNameWithoutExtension(path), File.ReadAllText(path), File.ReadAllLines(Path.ChangeExtension(path, ".txt"))));
}

/// <summary>Where the files that travel with the executable are.</summary>
internal static class ContentPath
{
    /// <summary>The absolute path of a folder or file such as <c>geodata/rules</c>.</summary>
    public static string Of(string relative) => Path.Combine(AppContext.BaseDirectory, relative);
}
