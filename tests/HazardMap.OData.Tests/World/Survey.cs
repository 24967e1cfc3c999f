using System.Globalization;

namespace HazardMap.OData.Tests.World;

/// <summary>The members that the model declares by name.</summary>
public enum LighthouseKind { Tower, Lightship, Beacon }

/// <summary>An enumeration that only answers use.</summary>
public enum SeaState { Calm, Rough }

/// <summary>What one sees from a lighthouse: the arguments of the call.</summary>
public sealed record View(double? Metres, string? Remark)
{
    public static View Of(FunctionCall call)
    {
        var said = call.Arguments.OrderBy(a => a.Key, StringComparer.Ordinal)
            .Select(a => string.Create(CultureInfo.InvariantCulture, $"{a.Key}:{a.Value ?? "null"}")).ToList();
        return new View(12.5, said.Count > 0 ? string.Join(' ', said) : call.Key.ToString());
    }
}

/// <summary>A bearing of a survey.</summary>
[TypeName("SurveyBearing")]
public sealed record Bearing(double Degrees, LighthouseKind To, SeaState? Sea);

/// <summary>An answer with everything that an answer may have.</summary>
public sealed record Survey(
    Guid Id, string Title, string? Note, int Steps, long Waves, double Height, double? Depth, decimal Cost, bool Fog, DateOnly On,
    DateTimeOffset At, DateTime? Until,
    LighthouseKind Kind, Bearing Main, Bearing? Spare, IReadOnlyList<Bearing> Bearings, string[] Names, IReadOnlyList<double?> Soundings)
{
    /// <summary>Worked out, and therefore last.</summary>
    public int Count => Bearings.Count;

    public static Survey? Made { get; } = new(
        CoastRows.Pharos, "灯塔 <1>", null, 3, 9_007_199_254_740_993, 0.1 + 0.2, double.PositiveInfinity, 12.340m, true,
        new DateOnly(2026, 8, 15),
        new DateTimeOffset(2026, 8, 15, 15, 0, 0, TimeSpan.FromHours(8)), new DateTime(2026, 8, 15, 7, 0, 0, 250, DateTimeKind.Utc),
        LighthouseKind.Beacon, new Bearing(90, LighthouseKind.Tower, null), null,
        [new Bearing(1e21, LighthouseKind.Lightship, SeaState.Rough)], ["a", "b"], [1, null]);
}
