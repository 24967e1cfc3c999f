using HazardMap.Risk.Rules;
using HazardMap.Risk.Trips;

namespace HazardMap.Tests.Risk;

/// <summary>The rule files of the product, found beside the solution.</summary>
internal static class Rules
{
    public static readonly string Text2026 = Text("2026-1");
    public static readonly ProximityRule Rule2026 = Of("2026-1");

    public static string[] Versions => [.. Directory.GetFiles(Repository.PathOf("geodata/rules"), "*.json")
        .Select(f => Path.GetFileNameWithoutExtension(f)!).Where(name => name != "schema")];

    public static RiskRule Any(string version) => RiskRule.Parse(Text(version), $"{version}.json");

    public static ProximityRule Of(string version) => (ProximityRule)Any(version);

    public static TripRule Trips(string version = "2027-1") => (TripRule)Any(version);

    public static string Text(string version) => File.ReadAllText(Repository.PathOf($"geodata/rules/{version}.json"));
}
