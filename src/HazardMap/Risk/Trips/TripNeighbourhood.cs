using HazardMap.Network;

namespace HazardMap.Risk.Trips;

/// <summary>A water that children of some place go to instead.</summary>
/// <param name="Water">Its key.</param>
/// <param name="DistanceMetres">From the place.</param>
/// <param name="Share">What share of their trips it has, by age.</param>
/// <param name="Contribution">Weighted trips from the place to it.</param>
public sealed record TripRival(Guid Water, double DistanceMetres, PerAge<double> Share, double Contribution);

/// <summary>A place and where else its children go.</summary>
/// <param name="Share">What it gives the water that is explained.</param>
/// <param name="Rivals">Other waters, the largest contribution first.</param>
/// <param name="RivalCount">How many there are in all.</param>
public sealed record TripReason(TripShare Share, IReadOnlyList<TripRival> Rivals, int RivalCount);

/// <summary>Why children come to a water.</summary>
/// <param name="Trips">Weighted trips to it.</param>
/// <param name="Reasons">Every place within the cut-off, the largest contribution first; rivals for as many as were asked for.</param>
/// <param name="Rivals">Over those places: the other waters together, the largest contribution first.</param>
public sealed record TripExplanation(double Trips, IReadOnlyList<TripReason> Reasons, IReadOnlyList<TripRival> Rivals);

/// <summary>How the trips to a water change.</summary>
/// <param name="Water">Its key.</param>
/// <param name="Change">Of X, by entry.</param>
/// <param name="Trips">Weighted.</param>
public sealed record TripChange(Guid Water, PresenceNumbers Change, double Trips);

/// <summary>Where trips go when one water changes.</summary>
/// <param name="Own">The change of the water itself.</param>
/// <param name="Others">Of the others whose trips change, the largest change first.</param>
/// <param name="Trips">Of all together: what is no longer made is below 0.</param>
public sealed record TripShift(TripChange Own, IReadOnlyList<TripChange> Others, double Trips);

/// <summary>A small part of the world, to explain one water and to ask what a change of it would do.</summary>
/// <remarks>Right for waters when all waters within twice the cut-off of them and all origins within the cut-off are there.</remarks>
public sealed class TripNeighbourhood
{
    private readonly TripParameters _parameters;
    private readonly TripOrigin[] _origins;
    private readonly IReadOnlyList<TripWater> _waters;
    private readonly RoadNetwork? _roads;
    private readonly TripScorer _scorer;

    /// <summary>Of waters as they are.</summary>
    /// <param name="parameters">Of the rule.</param>
    /// <param name="origins">Homes and facilities.</param>
    /// <param name="waters">All, those that are asked about among them.</param>
    /// <param name="roads">The walking network: a rule on foot needs it.</param>
    public TripNeighbourhood(TripParameters parameters, IEnumerable<TripOrigin> origins, IReadOnlyList<TripWater> waters,
        RoadNetwork? roads = null)
    {
        (_parameters, _origins, _waters, _roads) = (parameters, [.. origins], waters, roads);
        _scorer = new TripScorer(parameters, [.. _origins], roads: roads);
        _scorer.Pull(waters);
    }

    /// <summary>Why children come to a water.</summary>
    /// <param name="water">One of the waters.</param>
    /// <param name="weights">What a trip of each entry counts.</param>
    /// <param name="places">For how many places to look for rivals.</param>
    /// <param name="rivals">How many to name of each.</param>
    public TripExplanation Explain(Guid water, in PresenceNumbers weights, int places = 10, int rivals = 5)
    {
        var own = _waters.First(w => w.Id == water);
        var shares = _scorer.Shares(own, weights);
        var top = shares.Take(places).ToList();
        // Only these places, with the pulls that they have: each other water then says what it takes of them.
        var scorer = new TripScorer(_parameters, [.. top.Select(s => s.Origin)], [.. top.Select(s => s.Pull)], _roads);
        var rivalsOf = top.ToDictionary(s => (s.Origin.Kind, s.Origin.Key), _ => new List<TripRival>());
        var together = new List<TripRival>();
        foreach (var other in _waters)
        {
            if (other.Id == water) continue;
            var taken = scorer.Shares(other, weights);
            foreach (var s in taken)
                rivalsOf[(s.Origin.Kind, s.Origin.Key)].Add(new TripRival(other.Id, s.DistanceMetres, s.Share, s.Contribution));
            if (taken.Count > 0) together.Add(Together(other.Id, taken));
        }
        foreach (var list in rivalsOf.Values) list.Sort(ByContribution);
        together.Sort(ByContribution);
        return new TripExplanation(shares.Sum(s => s.Contribution),
            [.. shares.Select((s, i) => i < top.Count && rivalsOf[(s.Origin.Kind, s.Origin.Key)] is var list
                ? new TripReason(s, [.. list.Take(rivals)], list.Count) : new TripReason(s, [], 0))], together);
    }

    /// <summary>Where trips go when a water changes, goes (<paramref name="after"/> null) or comes (<paramref name="before"/>
    /// null).</summary>
    /// <param name="before">As it is: one of the waters.</param>
    /// <param name="after">As it would be.</param>
    /// <param name="weights">What a trip of each entry counts.</param>
    public TripShift WhatIf(TripWater? before, TripWater? after, in PresenceNumbers weights)
    {
        var key = (before ?? after ?? throw new ArgumentException("Nothing changes.", nameof(after))).Id;
        // Pulls change at these places only; trips from all others stay as they are.
        var touched = Touched(before, after);
        var was = new TripScorer(_parameters, [.. touched.Select(t => t.Origin)], [.. touched.Select(t => t.Pull)], _roads);
        var willBe = new TripScorer(_parameters, [.. touched.Select(t => t.Origin)], [.. touched.Select(t => t.Pull)], _roads);
        using TripSearch search = was.Begin(), next = willBe.Begin();
        if (before is { } old) willBe.Pull(old, next, isTakenAway: true);
        if (after is { } changed) willBe.Pull(changed, next);
        var none = TripSums.None.Trips;
        var own = Change(key, before is { } b ? was.Score(b, search).Trips : none,
            after is { } a ? willBe.Score(a, next).Trips : none, weights);
        var others = new List<TripChange>();
        foreach (var other in _waters)
        {
            if (other.Id == key) continue;
            var change = Change(other.Id, was.Score(other, search).Trips, willBe.Score(other, next).Trips, weights);
            if (Array.Exists(change.Change.ToArray(), c => c != 0)) others.Add(change);
        }
        others.Sort((x, y) => Math.Abs(x.Trips) != Math.Abs(y.Trips) ? Math.Abs(y.Trips).CompareTo(Math.Abs(x.Trips))
            : x.Water.CompareTo(y.Water));
        return new TripShift(own, others, own.Trips + others.Sum(o => o.Trips));
    }

    private List<(TripOrigin Origin, TripPull Pull)> Touched(TripWater? before, TripWater? after)
    {
        var touched = new Dictionary<(TripOriginKind, Guid), (TripOrigin, TripPull)>();
        foreach (var water in (TripWater?[])[before, after])
            if (water is { } w)
                foreach (var s in _scorer.Shares(w, default)) touched[(s.Origin.Kind, s.Origin.Key)] = (s.Origin, s.Pull);
        return [.. touched.Values];
    }

    private static TripChange Change(Guid water, in PresenceNumbers before, in PresenceNumbers after, in PresenceNumbers weights)
    {
        var change = after.Less(before);
        return new TripChange(water, change, change.Dot(weights));
    }

    private static TripRival Together(Guid water, IReadOnlyList<TripShare> taken) => new(water, taken.Min(s => s.DistanceMetres),
        new(taken.Max(s => s.Share.Aged1To4), taken.Max(s => s.Share.Aged5To14)), taken.Sum(s => s.Contribution));

    private static int ByContribution(TripRival a, TripRival b) =>
        a.Contribution != b.Contribution ? b.Contribution.CompareTo(a.Contribution) : a.Water.CompareTo(b.Water);
}
