using System.Text.Json;
using HazardMap.Risk.Trips;

namespace HazardMap.Service.Risk.Trips;

/// <summary>
/// What maps need of a rule. Few ways to be free fill the day, and among hours that are alike visits differ by the month's and the hour's
/// share alone: tiles carry the visits of each way, and any hour of any day is coloured without asking again.
/// </summary>
internal static class TripMaps
{
    /// <summary>
    /// <c>of</c>: by kind of day, for each hour the number of its weights, -1: nobody is free; <c>weights</c>: what one trip of each
    /// entry of <see cref="Presence"/> is in visits before month and hour; <c>levels</c>: when a level is held firmly.
    /// </summary>
    public static string Json(TripRule rule, TripScale scale)
    {
        var (of, weights) = (new Dictionary<string, int[]>(StringComparer.Ordinal), new List<double[]>());
        foreach (var day in Enum.GetValues<DayKind>())
            of.Add(day.ToString(), [.. Enumerable.Range(0, scale.Hours.Count).Select(hour => Number(rule, scale, weights, day, hour))]);
        var levels = new { heldAtLeast = rule.HeldAtLeast.Value, intervalSigmas = rule.IntervalSigmas.Value };
        return JsonSerializer.Serialize(new { of, weights, levels });
    }

    private static int Number(TripRule rule, TripScale scale, List<double[]> weights, DayKind day, int hour)
    {
        double[] own = [.. Presences.All.Select(entry => scale.Visits * rule.Times.Of(entry, day, hour))];
        if (Array.TrueForAll(own, weight => weight == 0)) return -1;
        if (weights.FindIndex(known => known.AsSpan().SequenceEqual(own)) is >= 0 and var number) return number;
        weights.Add(own);
        return weights.Count - 1;
    }
}
