using System.Collections.Concurrent;
using System.Text;
using HazardMap.Risk.Rules;
using HazardMap.Risk.Trips;
using HazardMap.Service.Database;

namespace HazardMap.Service.Risk.Rules;

/// <summary>The risk rules that travel with the executable, one file a version.</summary>
internal static class RuleFiles
{
    /// <summary>The rule of a register that was never scored with another.</summary>
    public const string Default = "2027-1";

    private const int MostBytes = 1_000_000, LongestQuoted = 60;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly ConcurrentDictionary<string, (Stamp Stamp, RiskRule Rule)> Known = new(StringComparer.Ordinal);

    /// <summary>The versions at hand.</summary>
    public static IReadOnlyList<string> Versions =>
        [.. Directory.GetFiles(ContentPath.Of("geodata/rules"), "*.json").Select(f => Path.GetFileNameWithoutExtension(f))
            .Where(name => name != "schema").Order(StringComparer.Ordinal)];

    /// <summary>What tells whether any rule has changed since it was asked last.</summary>
    public static string State => string.Join('\n', Versions.Select(v => $"{v} {Stamp.Of(PathOf(v))}"));

    /// <summary>The rule of a version as its file says now; a file is read again when it has changed.</summary>
    /// <exception cref="RefusalException">No such version, or its file is wrong (the message names the key).</exception>
    public static RiskRule Find(string version)
    {
        if (Known.TryGetValue(version, out var known) && Stamp.Of(PathOf(version)) is var now && (now == known.Stamp || now == Stamp.None))
            return known.Rule;
        if (!Versions.Contains(version, StringComparer.Ordinal))
            throw new RefusalException("UnknownRule",
                $"There is no risk rule '{Quoted(version)}'; there is: {string.Join(", ", Versions)}.",
                $"没有风险规则 '{Quoted(version)}'；可用的有：{string.Join("、", Versions)}。", "rule");
        var stamp = Stamp.Of(PathOf(version));   // before reading: what changes meanwhile is read again
        var rule = Read(PathOf(version));
        Known[version] = (stamp, rule);
        return rule;
    }

    /// <summary>The same, of a rule that weighs children near by: for whoever has looked which model it is of.</summary>
    /// <exception cref="RefusalException">The version is of another model, or see <see cref="Find"/>.</exception>
    public static ProximityRule Proximity(string version) => Find(version) as ProximityRule
        ?? throw new RefusalException("RuleOfAnotherModel",
            $"Risk rule {version} is of trips that children make; this asks for one that weighs children near by, such as 2026-1.",
            $"风险规则 {version} 属于出行模型；此处需要按附近儿童计的规则，例如 2026-1。", "rule");

    /// <summary>The same, of a rule of trips.</summary>
    /// <exception cref="RefusalException">The version is of another model, or see <see cref="Find"/>.</exception>
    public static TripRule Trips(string version) => Find(version) as TripRule
        ?? throw new RefusalException("NeedsTrips",
            $"Risk rule {version} is not one of trips, which this question is about: name one (--rule 2027-1), or put one in force first "
                + "(risk --rule 2027-1).",
            $"风险规则 {version} 不是出行规则，无法回答此问题：请指定（--rule 2027-1），"
                + "或先启用（risk --rule 2027-1）。", "--rule");

    /// <summary>Reads a rule file; its version is its name.</summary>
    /// <exception cref="RefusalException">It is not one.</exception>
    public static RiskRule Read(string path)
    {
        var (version, name) = (Path.GetFileNameWithoutExtension(path), $"geodata/rules/{Path.GetFileName(path)}");
        var rule = RiskRule.Parse(TextOf(path, name), name);
        return rule.Version == version ? rule : throw Refuse(name, $"calls itself {rule.Version}; its version must be its name",
            $"的 version 为 {rule.Version}，须与文件名一致", "version");
    }

    private static string TextOf(string path, string name)
    {
        try
        {
            if (new FileInfo(path).Length > MostBytes)
                throw Refuse(name, "is larger than 1 MB: that is no rule", "超过 1 MB，不是规则文件", "the file");
            return Utf8.GetString(File.ReadAllBytes(path)).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            throw Refuse(name, "is not UTF-8 text: save it in that encoding", "不是 UTF-8 文本，请以 UTF-8 编码保存",
                "the file");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw Refuse(name, $"cannot be read: {unreadable.Message}", $"无法读取：{unreadable.Message}", "the file");
        }
    }

    private static RefusalException Refuse(string name, string what, string whatZh, string target) =>
        new("InvalidRule", $"{name} {what}.", $"{name} {whatZh}。", target);

    private static string PathOf(string version) => ContentPath.Of($"geodata/rules/{version}.json");

    private static string Quoted(string version) => version.Length <= LongestQuoted ? version : version[..LongestQuoted] + "…";

    /// <summary>When a file was written and how long it is; a file that is away for a moment, such as during an update, has none.</summary>
    private readonly record struct Stamp(DateTime WrittenAt, long Bytes)
    {
        public static Stamp None => default;

        public static Stamp Of(string path) =>
            new FileInfo(path) is { Exists: true } file ? new Stamp(file.LastWriteTimeUtc, file.Length) : None;
    }
}
