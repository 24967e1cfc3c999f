using HazardMap.Proximity;

namespace HazardMap.Tests.Proximity;

/// <summary>The rule files of the product, found beside the solution.</summary>
internal static class Rules
{
    public static readonly string Text2026 = File.ReadAllText(Path.Combine(Root(), "geodata/rules/2026-1.json"));
    public static readonly RiskRule Rule2026 = RiskRule.Parse(Text2026, "2026-1.json");

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "HazardMap.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
