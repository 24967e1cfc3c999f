using System.Collections.Concurrent;
using HazardMap.Proximity;
using HazardMap.Service.Database;

namespace HazardMap.Service.Proximity;

/// <summary>The risk rules that travel with the executable, one file a version.</summary>
internal static class RuleFiles
{
    /// <summary>The rule of a register that was never scored with another.</summary>
    public const string Default = "2026-1";

    private static readonly ConcurrentDictionary<string, RiskRule> Known = new(StringComparer.Ordinal);

    /// <summary>The versions at hand.</summary>
    public static IReadOnlyList<string> Versions =>
        [.. Directory.GetFiles(ContentPath.Of("geodata/rules"), "*.json").Select(f => Path.GetFileNameWithoutExtension(f)).Where(name => name != "schema").Order(StringComparer.Ordinal)];

    /// <summary>The rule of a version.</summary>
    /// <exception cref="RefusalException">No such version, or its file is wrong (the message names the key).</exception>
    public static RiskRule Find(string version) => Known.GetOrAdd(version, Load);

    private static RiskRule Load(string version)
    {
        if (!Versions.Contains(version, StringComparer.Ordinal))
            throw new RefusalException("UnknownRule", $"There is no risk rule '{version}'; there is: {string.Join(", ", Versions)}.",
                $"没有风险规则 '{version}'；可用的有：{string.Join("、", Versions)}。", "rule");
        var rule = RiskRule.Parse(File.ReadAllText(ContentPath.Of($"geodata/rules/{version}.json")), $"geodata/rules/{version}.json");
        return rule.Version == version ? rule : throw new RefusalException("InvalidRule",
            $"geodata/rules/{version}.json calls itself {rule.Version}.", $"geodata/rules/{version}.json 的 version 为 {rule.Version}。", "version");
    }
}
