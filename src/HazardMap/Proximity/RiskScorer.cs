using System.Runtime.CompilerServices;
using HazardMap.Geodesy;
using HazardMap.Network;

namespace HazardMap.Proximity;

/// <summary>
/// The one formula of proximity risk: the full run, the single edit and the explanation all go through <c>Exposure</c>, and
/// take the same facilities in the same order, so that their scores are the same bits.
/// </summary>
public sealed class RiskScorer
{
    private const int HazardsPerTask = 256;
    private readonly RiskRule _rule;
    private readonly FacilityGrid _grid;
    private readonly double _longestChord2;
    private readonly double _reachAngle;
    private readonly WalkedDoors? _doors;

    /// <summary>Prepares facilities; those without children are left out.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="facilities">The facilities.</param>
    /// <param name="roads">The walking network: a rule that asks for walking distances needs it, though it may be empty.</param>
    /// <exception cref="RefusalException">A facility is off the globe or has a negative count.</exception>
    public RiskScorer(RiskRule rule, IEnumerable<RiskFacility> facilities, RoadNetwork? roads = null)
    {
        _rule = rule;
        _grid = new FacilityGrid([.. facilities.Where(f => f.Under5 != 0 || f.Aged5To14 != 0)]);
        // A chord is shorter than its arc; an angle between normals is at most distance / smallest radius.
        _longestChord2 = rule.CutoffMetres * rule.CutoffMetres;
        _reachAngle = rule.CutoffMetres / SurfacePoint.SmallestRadius;
        if (rule.Distance.Mode == DistanceMode.Walk)
            _doors = new WalkedDoors(roads ?? throw new ArgumentNullException(nameof(roads), "The rule measures walking distances."), _grid, rule.CutoffMetres);
    }

    /// <summary>Facilities with children.</summary>
    public int FacilityCount => _grid.Facilities.Length;

    /// <summary>Scores every hazard on all cores.</summary>
    /// <param name="hazards">The hazards.</param>
    /// <param name="scores">One score a hazard, written in place.</param>
    /// <param name="stop">Stops between batches.</param>
    /// <param name="reachScores">Filled for each hazard that has reaches, when given.</param>
    /// <returns>The number of pairs within the cut-off; of reaches and facilities, where reaches are scored.</returns>
    public long Score(IReadOnlyList<RiskHazard> hazards, Span<double> scores, CancellationToken stop = default, double[]?[]? reachScores = null)
    {
        var results = new double[hazards.Count];
        long pairs = 0;
        Parallel.For(0, (hazards.Count + HazardsPerTask - 1) / HazardsPerTask, new ParallelOptions { CancellationToken = stop },
            NewSearch, (batch, _, search) =>
            {
                var end = Math.Min(hazards.Count, (batch + 1) * HazardsPerTask);
                for (var i = batch * HazardsPerTask; i < end; i++)
                {
                    results[i] = ScoreOne(hazards[i], search);
                    if (reachScores is not null) reachScores[i] = search.ReachScores;
                }
                return search;
            }, search => { Interlocked.Add(ref pairs, search.Pairs); _doors?.GiveBack(search.Walk); });
        results.CopyTo(scores);
        return pairs;
    }

    /// <summary>Scores one hazard.</summary>
    public double ScoreOne(in RiskHazard hazard) => ScoreOne(hazard, out _);

    /// <summary>Scores one hazard.</summary>
    /// <param name="hazard">The hazard.</param>
    /// <param name="reachScores">One score a reach; null when the hazard is scored as one thing.</param>
    public double ScoreOne(in RiskHazard hazard, out double[]? reachScores)
    {
        var search = NewSearch();
        var score = ScoreOne(hazard, search);
        reachScores = search.ReachScores;
        _doors?.GiveBack(search.Walk);
        return score;
    }

    /// <summary>Scores one hazard and gives the reasons.</summary>
    public RiskExplanation Explain(in RiskHazard hazard)
    {
        var search = NewSearch();
        var score = ScoreOne(hazard, search);
        var worst = search.ReachScores is null ? null : hazard.Reaches![Array.IndexOf(search.ReachScores, score)];
        search.Found = [];
        Expose(hazard, worst?.Shape ?? hazard.Shape, search);
        _doors?.GiveBack(search.Walk);
        var multiplier = _rule.Multiplier(hazard.Traits);
        var exposures = search.Found.ConvertAll(f => new RiskExposure(_grid.Facilities[f.Index], f.Metres, f.Exposure, f.Exposure * multiplier, f.Way));
        exposures.Sort((a, b) => a.Exposure != b.Exposure ? b.Exposure.CompareTo(a.Exposure)
            : a.DistanceMetres != b.DistanceMetres ? a.DistanceMetres.CompareTo(b.DistanceMetres) : a.Facility.Id.CompareTo(b.Facility.Id));
        return new RiskExplanation(score, multiplier, _rule.Factors(hazard.Traits), exposures, worst);
    }

    /// <summary>Children within the cut-off and how far they are: one list for the water, or one for each of its reaches.</summary>
    public RiskPair[][] PairsOf(in RiskHazard hazard)
    {
        var search = NewSearch();
        IReadOnlyList<ShapeIndex?> parts = _rule.Distance.ReachMetres is null || hazard.Reaches is not { Count: > 0 } reaches ? [hazard.Shape] : [.. reaches.Select(r => r.Shape)];
        var pairs = new RiskPair[parts.Count][];
        for (var i = 0; i < pairs.Length; i++)
        {
            search.Found = [];
            Expose(hazard, parts[i], search);
            pairs[i] = [.. search.Found.Select(f => new RiskPair(_grid.Facilities[f.Index].Under5, _grid.Facilities[f.Index].Aged5To14, f.Metres))];
        }
        _doors?.GiveBack(search.Walk);
        return pairs;
    }

    private Search NewSearch() => new() { Walk = _doors?.Borrow() };

    private double ScoreOne(in RiskHazard hazard, Search search)
    {
        var multiplier = _rule.Multiplier(hazard.Traits);
        search.ReachScores = null;
        if (_rule.Distance.ReachMetres is null || hazard.Reaches is not { Count: > 0 } reaches) return Expose(hazard, hazard.Shape, search) * multiplier;
        search.ReachScores = new double[reaches.Count];
        for (var i = 0; i < reaches.Count; i++) search.ReachScores[i] = Expose(hazard, reaches[i].Shape, search) * multiplier;
        return search.ReachScores.Max();
    }

    private double Expose(in RiskHazard hazard, ShapeIndex? shape, Search search)
    {
        search.Ranges.Clear();
        search.Straight.Clear();
        search.Sum = 0;
        if (shape is not null) ExposeShape(shape, search);
        else ExposePoint(hazard, search);
        if (search.Straight.Count > 0)
            _doors!.Walk(shape ?? ShapeIndex.Of(hazard.Longitude, hazard.Latitude), search.Straight, search.Walk, (index, metres, way) => Add(index, metres, way, search));
        return search.Sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]   // a full run is over before the JIT would think of it
    private void ExposePoint(in RiskHazard hazard, Search search)
    {
        Soundness.CheckPosition(hazard.Longitude, hazard.Latitude, $"Hazards({hazard.Id})/Location");
        _grid.Find(hazard.Longitude, hazard.Latitude, _reachAngle, search.Ranges);
        if (search.Ranges.Count == 0) return;
        var at = SurfacePoint.PositionOf(SurfacePoint.NormalOf(hazard.Longitude, hazard.Latitude));
        foreach (var (from, to) in search.Ranges)
            for (var i = from; i < to; i++)
            {
                var across = at - _grid.Positions[i];
                if (across.Dot(across) <= _longestChord2) Take(i, _grid.Points[i].DistanceTo(at), search);
            }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]   // a full run is over before the JIT would think of it
    private void ExposeShape(ShapeIndex shape, Search search)
    {
        if (shape.HasInside || shape.Runs.Length == 1) Find(shape.Bounds, search);
        else foreach (ref readonly var run in shape.Runs.AsSpan()) Find(run.Cap, search);
        foreach (var i in search.Candidates(severalCaps: !shape.HasInside && shape.Runs.Length > 1))
            Take(i, ShapeDistance.Metres(_grid.Points[i], shape, _rule.CutoffMetres), search);
    }

    private void Find(in Cap cap, Search search) =>
        _grid.Find(cap.Longitude, cap.Latitude, cap.Angle + _reachAngle, search.Ranges);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]   // a full run is over before the JIT would think of it
    private void Take(int index, double metres, Search search)
    {
        if (!(metres <= _rule.CutoffMetres)) return;
        if (_doors is null) Add(index, metres, null, search);
        else search.Straight.Add((index, metres));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(int index, double metres, WalkedWay? way, Search search)
    {
        ref readonly var facility = ref _grid.Facilities[index];
        var exposure = _rule.Exposure(facility.Under5, facility.Aged5To14, metres);
        search.Sum += exposure;
        search.Pairs++;
        search.Found?.Add((index, metres, exposure, way));
    }

    /// <summary>What one thread needs while it scores; reused from hazard to hazard.</summary>
    private sealed class Search
    {
        public readonly List<(int From, int To)> Ranges = [];
        private readonly List<int> _indices = [];

        public double Sum { get; set; }

        public long Pairs { get; set; }

        public List<(int Index, double Metres, double Exposure, WalkedWay? Way)>? Found { get; set; }

        // Of the last hazard, when it has reaches.
        public double[]? ReachScores { get; set; }

        // Under a walking rule: who is near enough straight, before the ways are known.
        public List<(int Index, double Metres)> Straight { get; } = [];

        public WalkSearch? Walk { get; init; }

        // In grid order, each once: caps of neighbouring runs overlap.
        public List<int> Candidates(bool severalCaps)
        {
            _indices.Clear();
            if (severalCaps) Merge();
            foreach (var (from, to) in Ranges)
                for (var i = from; i < to; i++) _indices.Add(i);
            return _indices;
        }

        private void Merge()
        {
            Ranges.Sort();
            var kept = 0;
            for (var i = 0; i < Ranges.Count; i++)
            {
                if (kept > 0 && Ranges[i].From <= Ranges[kept - 1].To)
                    Ranges[kept - 1] = (Ranges[kept - 1].From, Math.Max(Ranges[kept - 1].To, Ranges[i].To));
                else Ranges[kept++] = Ranges[i];
            }
            Ranges.RemoveRange(kept, Ranges.Count - kept);
        }
    }
}
