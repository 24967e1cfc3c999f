using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace HazardMap.Benchmarks;

/// <summary>One row: what was measured, ours, and the peer's in the same run.</summary>
/// <param name="Name">What.</param>
/// <param name="Ours">Our figure.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Peer">Whom we stand beside; null when nobody does the same.</param>
/// <param name="Theirs">The peer's figure.</param>
/// <param name="MoreIsBetter">A rate, not a time.</param>
internal sealed record Measurement(string Name, double Ours, string Unit, string? Peer = null, double? Theirs = null,
    bool MoreIsBetter = false)
{
    /// <summary>How many times as good as the peer we are: theirs over ours for times, ours over theirs for rates.</summary>
    public double? Ratio => MoreIsBetter ? Ours / Theirs : Theirs / Ours;
}

/// <summary>What a benchmark prints and keeps.</summary>
internal sealed record Measurements(string Benchmark, IReadOnlyList<Measurement> Rows, IReadOnlyList<string> Notes)
{
    private static readonly JsonSerializerOptions Readable =
        new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string ToJson() => JsonSerializer.Serialize(new { Benchmark, Machine.Description, Rows, Notes }, Readable);

    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"## {Benchmark}").AppendLine().AppendLine(Machine.Description).AppendLine();
        text.AppendLine("| what | ours | peer | theirs | ratio |").AppendLine("|---|---:|---|---:|---:|");
        foreach (var row in Rows)
            text.AppendLine(CultureInfo.InvariantCulture, $"| {row.Name} | {row.Ours:#,0.###} {row.Unit} | {row.Peer ?? "-"} "
                + $"| {(row.Theirs is { } t ? $"{t.ToString("#,0.###", CultureInfo.InvariantCulture)} {row.Unit}" : "-")} "
                + $"| {(row.Ratio is { } r ? r.ToString(r < 2 ? "0.00" : "0.0", CultureInfo.InvariantCulture) + "x" : "-")} |");
        if (Notes.Count > 0) text.AppendLine();
        foreach (var note in Notes) text.AppendLine(CultureInfo.InvariantCulture, $"- {note}");
        return text.ToString();
    }
}

/// <summary>What it ran on.</summary>
internal static class Machine
{
    public static string Description { get; } = string.Create(CultureInfo.InvariantCulture,
        $"{Processor()}, {Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1L << 30)} "
            + $"GB, {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}, {DateTime.UtcNow:yyyy-MM-dd}");

    private static string Processor() => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
            ?? "unknown processor"
        : "unknown processor";
}
