using System.Collections.Concurrent;
using HazardMap.Geodesy;
using HazardMap.Risk.Trips;
using HazardMap.Service.Database;
using HazardMap.Service.Risk.Runs;

namespace HazardMap.Service.Risk.Trips;

/// <summary>What turns places of children and waters into scores: a rule, a scale, the calendars of its year. For any number of
/// threads.</summary>
internal sealed class TripWorld
{
    private readonly UnknownFacts _unknown;
    private readonly Dictionary<string, SchoolCalendar> _calendars;
    private readonly ConcurrentDictionary<string, TripWeights> _weights = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<SchoolCalendar, TripWeights> _ofCalendar = new(ReferenceEqualityComparer.Instance);

    public TripWorld(TripRule rule, TripScale scale)
    {
        (Rule, Scale, Parameters, Scores) = (rule, scale, TripParameters.Of(rule), new TripScores(rule, scale));
        _unknown = scale.UnknownFacts();
        _calendars = CalendarFiles.Of(scale.Year);
    }

    public TripRule Rule { get; }

    public TripScale Scale { get; }

    public TripParameters Parameters { get; }

    public TripScores Scores { get; }

    /// <summary>The weights of the calendar that holds in a division: of the nearest at or above it that has one.</summary>
    public TripWeights WeightsOf(string division) => _weights.GetOrAdd(division, Find);

    /// <summary>What a day is in a division; a day of another year than the scale's is that day of its own calendar.</summary>
    public static DayKind DayOf(string division, DateOnly day) => CalendarOf(division, day.Year).Of(day);

    /// <summary>The calendar of a year that holds in a division.</summary>
    public static SchoolCalendar CalendarOf(string division, int year) => CalendarOf(CalendarFiles.Of(year), division, year);

    /// <summary>A stored water as trips see it.</summary>
    /// <param name="row">The water.</param>
    /// <param name="shapes">Of the thread that asks; without it one is made.</param>
    public TripWater WaterOf(in TripRow row, ShapeIndexBuilder? shapes = null) => WaterOf(row.Hazard, row.Traits, shapes);

    /// <summary>The same with other facts.</summary>
    public TripWater WaterOf(in HazardRow row, in TripTraits traits, ShapeIndexBuilder? shapes = null)
    {
        var attraction = new PerAge<double>(Rule.Attraction.Aged1To4.Of(traits, _unknown), Rule.Attraction.Aged5To14.Of(traits, _unknown));
        var bytes = row.Shape.Span;
        if (Ewkb.TryReadPoint(bytes) is var (longitude, latitude)) return new TripWater(row.Id, longitude, latitude, null, attraction);
        // Only lines are cut into reaches.
        return !EwkbShape.IsLine(bytes) && EwkbShape.TryRead(bytes, shapes ?? new ShapeIndexBuilder()) is var ((x, y), shape)
            ? new TripWater(row.Id, x, y, shape, attraction)
            : TripWater.Of(row.Id, Ewkb.Read(row.Shape.ToArray()), attraction, Parameters.ReachMetres);
    }

    /// <summary>A water's numbers, and those of its reaches.</summary>
    public (TripScore Score, IEnumerable<ScoredReach> Reaches) Score(in TripRow row, in TripWater water, TripSums sums,
        IReadOnlyList<TripSums>? reaches, OwnRecords records)
    {
        var (weights, traits) = (WeightsOf(row.DivisionCode), row.Traits);
        var (id, parts) = (water.Id, water.Reaches);
        var score = Scores.Of(sums.Trips, sums.Slopes(weights.Year), traits, records.Of(row.Hazard.Id, row.DivisionCode), weights);
        return (score, reaches is null ? [] : [.. parts!.Select((reach, i) =>
        {
            // A reach has no record of its own: that of the water says nothing of where.
            var part = Scores.Of(reaches[i].Trips, reaches[i].Slopes(weights.Year), traits, null, weights);
            return new ScoredReach(id, reach.Ordinal, Ewkb.Write(reach.Part), reach.FromMetres, reach.ToMetres, part.RiskScore,
                part.Level);
        })]);
    }

    private TripWeights Find(string division) => _ofCalendar.GetOrAdd(CalendarOf(_calendars, division, Scale.Year),
        calendar => new TripWeights(Rule.Times, Scale.Rhythm, calendar.Days));

    private static SchoolCalendar CalendarOf(Dictionary<string, SchoolCalendar> calendars, string division, int year)
    {
        for (var length = division.Length; length >= 2; length--)
            if (calendars.TryGetValue(division[..length], out var calendar)) return calendar;
        return CalendarFiles.Default(year);
    }
}
