using System.Collections.Concurrent;
using System.Globalization;

namespace HazardMap.Service.Tests.Fuzz;

/// <summary>What became of the requests.</summary>
internal sealed class TrafficReport
{
    private readonly ConcurrentBag<(string Kind, int Status, double Seconds, string What)> _answers = [];

    public ConcurrentQueue<string> Wrong { get; } = [];

    public double Slowest => _answers.Max(x => x.Seconds);

    public int Failures => _answers.Count(x => x.Status is 500 or 502 or 504 or > 504);

    public void Add(string kind, int status, TimeSpan took, string what) =>
        _answers.Add((kind, status, took.TotalSeconds, what.Length > 600 ? what[..600] + "..." : what));

    public override string ToString()
    {
        var lines = new List<string>
        {
            Line($"{_answers.Count} requests: {Failures} x 500, slowest {Slowest:0.000} s, {Wrong.Count} otherwise wrong"),
        };
        var kinds = _answers.GroupBy(x => x.Kind, StringComparer.Ordinal).OrderBy(x => x.Key, StringComparer.Ordinal);
        lines.AddRange(kinds.Select(kind => Line(
            $"  {kind.Key,-8} {kind.Count(),6}, slowest {kind.Max(x => x.Seconds):0.000} s: ")
            + string.Join(", ", kind.GroupBy(x => x.Status).OrderBy(x => x.Key).Select(x => Line($"{x.Key} x {x.Count()}")))));
        lines.AddRange(_answers.OrderByDescending(x => x.Seconds).Take(5).Select(x =>
            Line($"  {x.Seconds:0.000} s, {x.Status}: {x.What.ReplaceLineEndings("\\n")}")));
        return string.Join('\n', lines);
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
