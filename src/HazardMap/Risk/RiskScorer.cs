using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using HazardMap.Geodesy;
using HazardMap.Network;
using HazardMap.Risk.Rules;
using Lanes = System.Runtime.Intrinsics.Vector256<double>;

namespace HazardMap.Risk;

/// <summary>
/// The one formula of risk: the full run, the single edit and the explanation all go through <c>Exposure</c>, and
/// take the same facilities in the same order, so that their scores are the same bits.
/// </summary>
public sealed class RiskScorer
{
    private const int HazardsPerTask = 256;
    private readonly ProximityRule _rule;
    private readonly FacilityGrid _grid;
    private readonly NearPairs _pairs;
    private readonly WalkedDoors? _doors;

    /// <summary>Prepares facilities; those without children are left out.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="facilities">The facilities.</param>
    /// <param name="roads">The walking network: a rule that asks for walking distances needs it, though it may be empty.</param>
    /// <exception cref="RefusalException">A facility is off the globe or has a negative count.</exception>
    public RiskScorer(ProximityRule rule, IEnumerable<RiskFacility> facilities, RoadNetwork? roads = null)
    {
        _rule = rule;
        _grid = new FacilityGrid([.. facilities.Where(f => f.Under5 != 0 || f.Aged5To14 != 0)]);
        _pairs = new NearPairs(_grid.Places, rule.CutoffMetres);
        if (rule.Distance.Mode == DistanceMode.Walk)
            _doors = new WalkedDoors(roads ?? throw new ArgumentNullException(nameof(roads), "The rule measures walking distances."),
                _grid.Places, rule.CutoffMetres, rule.Distance.BankMetres);
    }

    /// <summary>Facilities with children.</summary>
    public int FacilityCount => _grid.Facilities.Length;

    /// <summary>Scores every hazard on all cores.</summary>
    /// <param name="hazards">The hazards.</param>
    /// <param name="scores">One score a hazard, written in place.</param>
    /// <param name="stop">Stops between batches.</param>
    /// <returns>The number of pairs within the cut-off; of reaches and facilities, where reaches are scored.</returns>
    public long Score(IReadOnlyList<RiskHazard> hazards, Span<double> scores, CancellationToken stop = default)
    {
        var results = new double[hazards.Count];
        long pairs = 0;
        Parallel.For(0, (hazards.Count + HazardsPerTask - 1) / HazardsPerTask, new ParallelOptions { CancellationToken = stop },
            Begin, (batch, _, search) =>
            {
                var end = Math.Min(hazards.Count, (batch + 1) * HazardsPerTask);
                for (var i = batch * HazardsPerTask; i < end; i++) results[i] = ScoreOne(hazards[i], search);
                return search;
            }, search =>
            {
                Interlocked.Add(ref pairs, search.Pairs);
                search.Dispose();
            });
        results.CopyTo(scores);
        return pairs;
    }

    /// <summary>What one thread needs to score hazards one after the other.</summary>
    public RiskSearch Begin() => new(_doors);

    /// <summary>Scores one hazard.</summary>
    public double ScoreOne(in RiskHazard hazard)
    {
        using var search = Begin();
        return ScoreOne(hazard, search);
    }

    /// <summary>Scores one hazard among many; <see cref="RiskSearch.ReachScores"/> then has those of its reaches.</summary>
    public double ScoreOne(in RiskHazard hazard, RiskSearch search)
    {
        var multiplier = _rule.Multiplier(hazard.Traits);
        search.ReachScores = null;
        if (_rule.Distance.ReachMetres is null || hazard.Reaches is not { Count: > 0 } reaches)
            return Expose(hazard, hazard.Shape, search) * multiplier;
        var scores = new double[reaches.Count];
        for (var i = 0; i < scores.Length; i++) scores[i] = Expose(hazard, reaches[i].Shape, search) * multiplier;
        search.ReachScores = scores;
        return scores.Max();
    }

    /// <summary>Scores one hazard and gives the reasons.</summary>
    public RiskExplanation Explain(in RiskHazard hazard)
    {
        using var search = Begin();
        var score = ScoreOne(hazard, search);
        var worst = search.ReachScores is null ? null : hazard.Reaches![((double[])search.ReachScores).IndexOf(score)];
        search.Found = [];
        Expose(hazard, worst?.Shape ?? hazard.Shape, search);
        var multiplier = _rule.Multiplier(hazard.Traits);
        var exposures = search.Found.ConvertAll(f => new RiskExposure(_grid.Facilities[f.Index], f.Metres, f.Exposure,
            f.Exposure * multiplier, f.Way));
        exposures.Sort((a, b) => a.Exposure != b.Exposure ? b.Exposure.CompareTo(a.Exposure)
            : a.DistanceMetres != b.DistanceMetres ? a.DistanceMetres.CompareTo(b.DistanceMetres) : a.Facility.Id.CompareTo(b.Facility.Id));
        return new RiskExplanation(score, multiplier, _rule.Factors(hazard.Traits), exposures, worst);
    }

    /// <summary>Children within the cut-off and how far they are: one list for the water, or one for each of its reaches.</summary>
    public RiskPair[][] PairsOf(in RiskHazard hazard)
    {
        using var search = Begin();
        IReadOnlyList<ShapeIndex?> parts = _rule.Distance.ReachMetres is null || hazard.Reaches is not { Count: > 0 } reaches
            ? [hazard.Shape] : [.. reaches.Select(r => r.Shape)];
        var pairs = new RiskPair[parts.Count][];
        for (var i = 0; i < pairs.Length; i++)
        {
            search.Found = [];
            Expose(hazard, parts[i], search);
            pairs[i] = [.. search.Found.Select(f => new RiskPair(_grid.Facilities[f.Index].Under5,
                _grid.Facilities[f.Index].Aged5To14, f.Metres))];
        }
        return pairs;
    }

    private double Expose(in RiskHazard hazard, ShapeIndex? shape, RiskSearch search)
    {
        search.Straight.Clear();
        search.Sum = 0;
        var taker = new Taker(this, search);
        if (shape is not null) _pairs.OfShape(shape, search.Near, taker);
        else
        {
            Soundness.CheckPosition(hazard.Longitude, hazard.Latitude, $"Hazards({hazard.Id})/Location");
            _pairs.OfPoint(hazard.Longitude, hazard.Latitude, search.Near, taker);
        }
        if (search.Straight.Count > 0) Walk(shape ?? ShapeIndex.Of(hazard.Longitude, hazard.Latitude), search);
        return search.Sum;
    }

    // One after the other, in grid order: the sum is then the same whoever else is near.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]   // a full run is over before the JIT would think of it
    private void Take(int first, in PlaceGrid.Four four, Lanes metres, RiskSearch search)
    {
        var isNear = Vector256.LessThanOrEqual(metres, Vector256.Create(_rule.CutoffMetres)).ExtractMostSignificantBits();
        if (search.Near.Count - first < SurfacePoints.Count) isNear &= (1u << (search.Near.Count - first)) - 1;
        if (isNear == 0) return;
        var (under5, aged5To14) = _grid.Children(four);
        var exposure = _rule.Exposure(under5, aged5To14, metres);
        for (; isNear != 0; isNear &= isNear - 1)
        {
            var lane = BitOperations.TrailingZeroCount(isNear);
            if (_doors is null) Add(search.Near[first + lane], metres[lane], exposure[lane], null, search);
            else search.Straight.Add((search.Near[first + lane], metres[lane]));
        }
    }

    private void Walk(ShapeIndex water, RiskSearch search) => _doors!.Walk(water, search.Straight, search.Walk, (index, metres, way) =>
    {
        ref readonly var facility = ref _grid.Facilities[index];
        Add(index, metres, _rule.Exposure(facility.Under5, facility.Aged5To14, metres), way, search);
    });

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(int index, double metres, double exposure, WalkedWay? way, RiskSearch search)
    {
        search.Sum += exposure;
        search.Pairs++;
        search.Found?.Add((index, metres, exposure, way));
    }

    private readonly struct Taker(RiskScorer scorer, RiskSearch search) : ITakesFour
    {
        public void Expect(IndexList near)
        {
            // All that is asked of a facility fits the cache.
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Take(int first, in PlaceGrid.Four four, Lanes metres) => scorer.Take(first, four, metres, search);
    }
}
