using System.Reflection;
using HazardMap.OData;
using HazardMap.Register;
using HazardMap.Service.Database;

namespace HazardMap.Service.Tests;

/// <summary>The house's rules that a compiler does not know.</summary>
public sealed class ConventionTests
{
    private static readonly Assembly Core = typeof(HazardKind).Assembly;
    private static readonly Assembly OData = typeof(ODataOptions).Assembly;
    private static readonly Assembly Service = typeof(Migrator).Assembly;

    [Fact]
    public void The_core_stands_on_geometry_and_projections_alone() =>
        Assert.DoesNotContain(Core.GetReferencedAssemblies(), a => a.Name!.StartsWith("Npgsql", StringComparison.Ordinal)
            || a.Name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
            || a.Name is "HazardMap.OData" or "System.Net.Http" or "System.Diagnostics.Process");

    [Fact]
    public void The_core_is_neither_asynchronous_nor_random_nor_on_the_clock()
    {
        Assert.DoesNotContain(Methods(Core),
            m => typeof(Task).IsAssignableFrom(m.ReturnType) || m.ReturnType.Name.StartsWith("ValueTask", StringComparison.Ordinal));
        var source = SourceOf("src/HazardMap");
        foreach (var banned in new[] { "DateTime.Now", "DateTime.UtcNow", "DateTimeOffset.UtcNow", "Stopwatch", "new Random(",
            "Random.Shared", "Guid.NewGuid", "File.", "Console." })
            Assert.DoesNotContain(source, file => file.Text.Contains(banned, StringComparison.Ordinal));
    }

    [Fact]
    public void The_OData_library_knows_no_hazard()
    {
        Assert.DoesNotContain(OData.GetReferencedAssemblies(), a => a.Name is "HazardMap" or "hazardmap-service");
        var code = SourceOf("src/HazardMap.OData").SelectMany(file => file.Text.Split('\n'))
            .Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal));
        Assert.DoesNotContain(code,
            line => line.Replace("HazardMap.OData", "", StringComparison.Ordinal).Contains("hazard", StringComparison.OrdinalIgnoreCase));
    }

    [Theory, InlineData("Common"), InlineData("Helper"), InlineData("Helpers"), InlineData("Utils"), InlineData("Manager"),
        InlineData("Repository"), InlineData("Mediator")]
    public void No_room_is_called(string name) =>
        Assert.DoesNotContain(new[] { Core, OData, Service }.SelectMany(a => a.GetTypes()),
            t => t.Namespace?.EndsWith($".{name}", StringComparison.Ordinal) == true || t.Name.EndsWith(name, StringComparison.Ordinal));

    [Fact]
    public void Program_is_a_table_of_contents() =>
        Assert.InRange(SourceOf("src/HazardMap.Service").Single(f => Path.GetFileName(f.Path) == "Program.cs").Text.Split('\n').Length, 1,
            70);

    [Fact]
    public void Connections_are_opened_patiently_so_that_a_full_server_is_waited_for() =>
        Assert.DoesNotContain(SourceOf("src/HazardMap.Service").Concat(SourceOf("src/HazardMap.OData")),
            file => Path.GetFileName(file.Path) != "PatientConnections.cs"
                && file.Text.Contains(".OpenConnectionAsync(", StringComparison.Ordinal));

    private static IEnumerable<MethodInfo> Methods(Assembly assembly) =>
        assembly.GetTypes().SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance
            | BindingFlags.Static | BindingFlags.DeclaredOnly));

    private static List<(string Path, string Text)> SourceOf(string folder) =>
        [.. Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
            .Select(path => (path, File.ReadAllText(path)))];
}
