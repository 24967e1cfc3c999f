using HazardMap.Network;
using NetTopologySuite.Geometries;

namespace HazardMap.Risk.Trips;

/// <summary>A water of a study.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Shape">Longitude before latitude, degrees on WGS84.</param>
/// <param name="Traits">Its facts.</param>
/// <param name="Own">Its own record; null: nobody says that it is complete.</param>
/// <param name="Days">The calendar of its area: the same object for all waters of the area.</param>
public sealed record StudiedWater(Guid Id, Geometry Shape, TripTraits Traits, OwnRecord? Own, DayCounts Days);

/// <summary>What a rule makes of a studied register.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Scale">The scale that it makes of the register.</param>
/// <param name="Sums">Trips, water by water.</param>
/// <param name="Scores">Numbers, water by water.</param>
public sealed record StudyOutcome(TripRule Rule, TripScale Scale, TripSums[] Sums, TripScore[] Scores);

/// <summary>
/// A whole register in memory, scored by one variant of a rule after the other, each with a scale of its own: what a full run would
/// give if the rule's file said so. What a variant does not change is not computed again.
/// </summary>
/// <remarks>One variant at a time; each takes all cores. About 3 kB a water and 0.5 kB a place with children.</remarks>
public sealed class TripStudy
{
    private readonly ChildrenKnown _children;
    private readonly RoadNetwork? _roads;
    private readonly DateOnly _day;
    private readonly OwnDeaths? _own;
    private TripWater[]? _shapes;
    private double _reachMetres;
    private Placed? _placed;
    private Known? _first, _last;

    /// <summary>Of a register as it is.</summary>
    /// <param name="waters">All waters, in a fixed order.</param>
    /// <param name="children">Where children live and go.</param>
    /// <param name="day">Today.</param>
    /// <param name="own">Children who died in waters whose record is complete.</param>
    /// <param name="roads">The walking network: a rule on foot needs it.</param>
    public TripStudy(IReadOnlyList<StudiedWater> waters, ChildrenKnown children, DateOnly day, OwnDeaths? own = null,
        RoadNetwork? roads = null) => (Waters, _children, _day, _own, _roads) = (waters, children, day, own, roads);

    /// <summary>The waters.</summary>
    public IReadOnlyList<StudiedWater> Waters { get; }

    /// <summary>Scores all waters by a rule.</summary>
    /// <param name="rule">A variant.</param>
    /// <param name="onlyCentres">Whether to forget where within its division anybody lives.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="RefusalException">No scale can be made: nobody comes to any water.</exception>
    public StudyOutcome Score(TripRule rule, bool onlyCentres = false, CancellationToken stop = default)
    {
        var counter = new UnknownFacts.Counter(rule);
        foreach (var water in Waters) counter.Add(water.Traits);
        var unknown = counter.Make();
        var sums = Trips(rule, unknown, onlyCentres, stop);
        var maker = new ScaleMaker(rule, unknown);
        var provisional = new Dictionary<DayCounts, TripWeights>(ReferenceEqualityComparer.Instance);
        var rhythm = TripRhythm.Of(rule.Times);
        for (var i = 0; i < sums.Length; i++)
        {
            var (water, weights) = (Waters[i], Of(provisional, Waters[i].Days, rule, rhythm));
            maker.Add(water.Traits, sums[i].Trips, sums[i].Slopes(weights.Year), water.Days);
        }
        var scale = maker.Make(_placed!.Children, _day, _own);
        var (scores, found) = (new TripScores(rule, scale), new TripScore[sums.Length]);
        var raked = new Dictionary<DayCounts, TripWeights>(ReferenceEqualityComparer.Instance);
        foreach (var days in provisional.Keys) Of(raked, days, rule, scale.Rhythm);
        Parallel.For(0, found.Length, new ParallelOptions { CancellationToken = stop }, i =>
        {
            var (water, weights) = (Waters[i], raked[Waters[i].Days]);
            found[i] = scores.Of(sums[i].Trips, sums[i].Slopes(weights.Year), water.Traits, water.Own, weights);
        });
        return new StudyOutcome(rule, scale, sums, found);
    }

    private static TripWeights Of(Dictionary<DayCounts, TripWeights> known, DayCounts days, TripRule rule, TripRhythm rhythm)
    {
        if (!known.TryGetValue(days, out var weights)) known[days] = weights = new TripWeights(rule.Times, rhythm, days);
        return weights;
    }

    // Who goes where depends on parameters and attraction alone; deadliness, times and rates move no trip.
    private TripSums[] Trips(TripRule rule, UnknownFacts unknown, bool onlyCentres, CancellationToken stop)
    {
        var parameters = TripParameters.Of(rule);
        // What the homes of a place are spread by is no record: its numbers are compared.
        var spread = string.Join(' ', rule.Numbers
            .Where(n => n.Path.StartsWith("homes.", StringComparison.Ordinal) && n.Path != rule.Town.Path).Select(n => n.Value));
        parameters = parameters with { Spread = _first is { } f && f.Spread == spread ? f.Parameters.Spread
            : _last is { } l && l.Spread == spread ? l.Parameters.Spread : parameters.Spread };
        Place(parameters, spread, onlyCentres);
        if (_shapes is null || _reachMetres != parameters.ReachMetres) Cut(parameters.ReachMetres, stop);
        var attraction = new PerAge<double>[Waters.Count];
        for (var i = 0; i < attraction.Length; i++)
            attraction[i] = new(rule.Attraction.Aged1To4.Of(Waters[i].Traits, unknown),
                rule.Attraction.Aged5To14.Of(Waters[i].Traits, unknown));
        foreach (var known in (Known?[])[_first, _last])
            if (known is not null && known.Parameters == parameters && known.OnlyCentres == onlyCentres
                && known.Attraction.AsSpan().SequenceEqual(attraction)) return known.Sums;
        var waters = new TripWater[attraction.Length];
        for (var i = 0; i < waters.Length; i++) waters[i] = _shapes![i] with { Attraction = attraction[i] };
        var scorer = new TripScorer(parameters, [.. _placed!.Origins], roads: _roads);
        scorer.Pull(waters, stop);
        _last = new Known(parameters, spread, onlyCentres, attraction, scorer.Score(waters, stop));
        _first ??= _last;
        return _last.Sums;
    }

    // Where children live and go depends on neither lengths nor attraction.
    private void Place(TripParameters parameters, string spread, bool onlyCentres)
    {
        var asked = (parameters with
        {
            DecayMetres = default, StayingAway = default, CutoffMetres = 0, ReachMetres = 0, TownFactor = 0, BankMetres = null,
            OnFoot = false, Spread = null!,
        }, spread, onlyCentres);
        if (_placed is { } placed && placed.Asked == asked) return;
        var homes = onlyCentres ? Homes.Of(parameters, _children.Divisions, [], [])
            : Homes.Of(parameters, _children.Divisions, _children.Points, _children.Facilities);
        var stays = Stays.Of(parameters, homes.Origins, _children.Facilities);
        _placed = new Placed(asked, [.. homes.Origins, .. stays.Facilities.Where(f => f.HasChildren)],
            new(homes.Divisions.Sum(d => d.Aged1To4 ?? 0), homes.Divisions.Sum(d => d.Aged5To14 ?? 0)));
    }

    private void Cut(double reachMetres, CancellationToken stop)
    {
        var shapes = new TripWater[Waters.Count];
        Parallel.For(0, shapes.Length, new ParallelOptions { CancellationToken = stop },
            i => shapes[i] = TripWater.Of(Waters[i].Id, Waters[i].Shape, default, reachMetres));
        (_shapes, _reachMetres) = (shapes, reachMetres);
    }

    private sealed record Placed((TripParameters, string, bool) Asked, TripOrigin[] Origins, PerAge<double> Children);

    private sealed record Known(TripParameters Parameters, string Spread, bool OnlyCentres, PerAge<double>[] Attraction, TripSums[] Sums);
}
