using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using HazardMap.Geodesy;
using HazardMap.Network;
using Lanes = System.Runtime.Intrinsics.Vector256<double>;

namespace HazardMap.Risk.Trips;

/// <summary>
/// Which waters children go to. Waters pass twice, in any order and on any thread: first each adds its pull to the places
/// around it (<see cref="Pull(in TripWater, TripSearch, bool)"/>); when all have, each is told the trips
/// that come to it (<see cref="Score(in TripWater, TripSearch)"/>).
/// </summary>
/// <remarks>
/// T = A K / (staying + sum of A K over all waters within the cut-off). Pulls are whole numbers, so their sums are the same bits in any
/// order; trips are added up in the order of the grid. So a part of the world gives the same bits as the whole:
/// <list type="bullet">
/// <item>the pull at a place, when all waters within the cut-off of it were pulled, or its pull is known from before;</item>
/// <item>the trips to a water, when all origins within the cut-off of it are there, each with its right pull.</item>
/// </list>
/// A water that changes changes the pulls within the cut-off of where it was and is, and with them the trips to waters within
/// twice the cut-off; to score those, origins are needed within three times the cut-off, and where no pulls were kept waters within
/// four times. An origin that changes changes nobody's pull, and the trips to waters within the cut-off.
/// </remarks>
public sealed class TripScorer
{
    private const int WatersPerTask = 256;
    private static readonly TripAge[] Ages = [TripAge.Aged1To4, TripAge.Aged5To14];

    private readonly TripParameters _parameters;
    private readonly PerAge<TripDecay> _decays;
    private readonly TripOrigin[] _origins;
    private readonly TripPull[] _pulls;
    private readonly double[] _spread;
    private readonly NearPairs _pairs;
    private readonly WalkedDoors? _doors;

    /// <summary>Prepares origins; those without children are left out.</summary>
    /// <param name="parameters">Of the rule.</param>
    /// <param name="origins">Homes and facilities; the array is the scorer's from now on.</param>
    /// <param name="pulls">What is known of the pulls at each of them; the array is the scorer's from now on. Null: none yet.</param>
    /// <param name="roads">The walking network: a rule on foot needs it, though it may be empty.</param>
    /// <exception cref="RefusalException">An origin is off the globe or has a negative count.</exception>
    public TripScorer(TripParameters parameters, TripOrigin[] origins, TripPull[]? pulls = null, RoadNetwork? roads = null)
    {
        foreach (var age in Ages)
            if (!(parameters.StayingAway[age] > 0 && parameters.DecayMetres[age] > 0))
                throw new ArgumentOutOfRangeException(nameof(parameters), "Lengths and what staying away weighs are greater than 0.");
        _parameters = parameters;
        _decays = new(new(parameters.DecayMetres.Aged1To4, parameters.Radii), new(parameters.DecayMetres.Aged5To14, parameters.Radii));
        if (pulls is not null && pulls.Length != origins.Length)
            throw new ArgumentException("There must be one pull an origin.", nameof(pulls));
        (_origins, _pulls) = WithChildren(origins, pulls);
        foreach (ref readonly var origin in _origins.AsSpan()) TripOrigin.Check(origin);
        var order = PlaceGrid.OrderOf(_origins.Length, PlaceOf, (a, b) => _origins[a].Kind != _origins[b].Kind
            ? _origins[a].Kind.CompareTo(_origins[b].Kind) : _origins[a].Key.CompareTo(_origins[b].Key));
        PlaceGrid.Arrange(_origins, order);
        PlaceGrid.Arrange(_pulls, order);
        _spread = Array.ConvertAll(_origins, o => o.SpreadMetres);
        var grid = new PlaceGrid(_origins.Length, PlaceOf);
        _pairs = new NearPairs(grid, parameters.CutoffMetres);
        if (parameters.OnFoot)
            _doors = new WalkedDoors(roads ?? throw new ArgumentNullException(nameof(roads), "The rule measures walking distances."),
                grid, parameters.CutoffMetres, parameters.BankMetres);
    }

    /// <summary>Origins with children, in the order of the grid.</summary>
    public ReadOnlySpan<TripOrigin> Origins => _origins;

    /// <summary>What waters pull at each of them: to be kept for edits.</summary>
    public ReadOnlySpan<TripPull> Pulls => _pulls;

    /// <summary>The same arrays, for whoever keeps them longer than a span lasts.</summary>
    public (ReadOnlyMemory<TripOrigin> Origins, ReadOnlyMemory<TripPull> Pulls) Kept => (_origins, _pulls);

    /// <summary>What one thread needs to measure waters one after the other.</summary>
    public TripSearch Begin() => new(_doors);

    /// <summary>Adds the pull of a water to every place around it, or takes away what it added before.</summary>
    /// <param name="water">The water.</param>
    /// <param name="search">Of the thread.</param>
    /// <param name="isTakenAway">Whether it goes: with exactly the shape and attraction that it came with.</param>
    /// <exception cref="RefusalException">The water is off the globe, its attraction no number from 0 to 100, or there are more waters at
    /// one place than a sum can hold.</exception>
    public void Pull(in TripWater water, TripSearch search, bool isTakenAway = false)
    {
        search.IsScored = false;
        if (!Draws(water, search)) return;
        for (var part = 0; part < water.Parts; part++)
        {
            foreach (var age in Ages) search.Terms[age].Clear();
            Measure(water, part, search);
            foreach (var age in Ages)
                if (!AddPulls(age, search.Terms[age], water.AttractionOf(part, age, _parameters.ReachMetres), isTakenAway ? -1 : 1))
                    throw OutOfBounds(water, isTakenAway);
        }
    }

    /// <summary>Adds the pulls of many waters, on all cores.</summary>
    public void Pull(IReadOnlyList<TripWater> waters, CancellationToken stop = default) =>
        ForEach(waters, (i, search) => Pull(waters[i], search), stop);

    /// <summary>The trips to a water, when all waters have pulled; <see cref="TripSearch.ReachSums"/> then has those to its
    /// reaches.</summary>
    public TripSums Score(in TripWater water, TripSearch search)
    {
        search.ReachSums = null;
        if (!Draws(water, search)) return TripSums.None;
        FindTerms(water, search);
        var parts = new TripSums[water.Parts];
        var from = new PerAge<int>(0, 0);
        for (var part = 0; part < parts.Length; part++)
        {
            search.Accumulators.Clear();
            foreach (var age in Ages)
                search.Accumulators.Add(age, search.Terms[age], from[age], search.Ends[part][age], _origins, _parameters.TownFactor);
            from = search.Ends[part];
            parts[part] = search.Accumulators.Take();
        }
        if (parts.Length == 1) return parts[0];
        search.ReachSums = parts;
        return TripSums.Of(parts);
    }

    /// <summary>Whether anybody at all may come to a water from the origins that are here; else its trips do not depend on them.</summary>
    public bool IsInReach(in TripWater water, TripSearch search)
    {
        search.IsScored = false;
        if (!Draws(water, search)) return false;
        for (var part = 0; part < water.Parts; part++)
        {
            foreach (var age in Ages) search.Terms[age].Clear();
            Measure(water, part, search);
            if (search.Terms.Aged1To4.Count + search.Terms.Aged5To14.Count > 0) return true;
        }
        return false;
    }

    /// <summary>The trips to many waters, on all cores.</summary>
    /// <returns>In the order of the waters.</returns>
    public TripSums[] Score(IReadOnlyList<TripWater> waters, CancellationToken stop = default)
    {
        var sums = new TripSums[waters.Count];
        ForEach(waters, (i, search) => sums[i] = Score(waters[i], search), stop);
        return sums;
    }

    /// <summary>Who comes to a water from where, when all waters have pulled: each origin within the cut-off once, the largest
    /// contribution first.</summary>
    /// <param name="water">The water.</param>
    /// <param name="weights">What a trip of each entry counts.</param>
    public IReadOnlyList<TripShare> Shares(in TripWater water, in PresenceNumbers weights)
    {
        using var search = Begin();
        if (!Draws(water, search)) return [];
        search.Found = [];
        FindTerms(water, search);
        var byOrigin = new Dictionary<int, Pair>();
        for (var (part, i) = (0, 0); part < search.FoundEnds.Count; part++)
            for (; i < search.FoundEnds[part]; i++)
            {
                var (index, metres, way) = search.Found[i];
                if (!byOrigin.TryGetValue(index, out var known)) byOrigin[index] = new Pair(metres, way, part);
                else if (metres < known.Metres) (known.Metres, known.Way, known.Part) = (metres, way, part);
            }
        foreach (var age in Ages)
            for (var i = 0; i < search.Terms[age].Count; i++)
            {
                var pair = byOrigin[search.Terms[age].Origins[i]];
                if (age == TripAge.Aged1To4) pair.Share1To4 = search.Terms[age].Own[i];
                else pair.Share5To14 = search.Terms[age].Own[i];
            }
        var shares = new List<TripShare>(byOrigin.Count);
        foreach (var (index, pair) in byOrigin) shares.Add(ShareOf(index, pair, water, weights));
        shares.Sort((a, b) => a.Contribution != b.Contribution ? b.Contribution.CompareTo(a.Contribution)
            : a.DistanceMetres != b.DistanceMetres ? a.DistanceMetres.CompareTo(b.DistanceMetres) : a.Origin.Key.CompareTo(b.Origin.Key));
        return shares;
    }

    private TripShare ShareOf(int index, Pair pair, in TripWater water, in PresenceNumbers weights)
    {
        ref readonly var origin = ref _origins[index];
        var share = new PerAge<double>(pair.Share1To4, pair.Share5To14);
        var contribution = (origin.Children.Dot(weights, TripAge.Aged1To4) * share.Aged1To4
            + origin.Children.Dot(weights, TripAge.Aged5To14) * share.Aged5To14) * (origin.IsTown ? _parameters.TownFactor : 1);
        var staying = new PerAge<double>(StayingAt(index, TripAge.Aged1To4), StayingAt(index, TripAge.Aged5To14));
        return new TripShare(origin, _pulls[index], pair.Metres, pair.Way, water.Reaches is { Count: > 1 } r ? r[pair.Part].Ordinal : null,
            share, staying, contribution);
    }

    private double StayingAt(int index, TripAge age) =>
        _parameters.StayingAway[age] / (_parameters.StayingAway[age] + _pulls[index].Sum(age));

    private void ForEach(IReadOnlyList<TripWater> waters, Action<int, TripSearch> act, CancellationToken stop) =>
        Parallel.For(0, (waters.Count + WatersPerTask - 1) / WatersPerTask, new ParallelOptions { CancellationToken = stop }, Begin,
            (batch, _, search) =>
            {
                var end = Math.Min(waters.Count, (batch + 1) * WatersPerTask);
                for (var i = batch * WatersPerTask; i < end; i++) act(i, search);
                return search;
            }, search => search.Dispose());

    // Whether anybody is drawn; which ages then stands in the search.
    private static bool Draws(in TripWater water, TripSearch search)
    {
        var target = $"Hazards({water.Id})";
        if (water.Attraction is not
            { Aged1To4: >= 0 and <= TripPull.GreatestAttraction, Aged5To14: >= 0 and <= TripPull.GreatestAttraction })
            throw new RefusalException("AttractionOutOfRange", $"The attraction of {target} must be a number from 0 to 100.",
                $"{target} 的吸引力须为 0 至 100 的数。", target);
        if (water.Shape is null) Soundness.CheckPosition(water.Longitude, water.Latitude, target + "/Location");
        search.Draws = new(water.Attraction.Aged1To4 > 0, water.Attraction.Aged5To14 > 0);
        return search.Draws is not { Aged1To4: false, Aged5To14: false };
    }

    // Of all parts, with shares.
    private void FindTerms(in TripWater water, TripSearch search)
    {
        search.IsScored = true;
        foreach (var age in Ages) search.Terms[age].Clear();
        search.Ends.Clear();
        search.FoundEnds.Clear();
        for (var part = 0; part < water.Parts; part++)
        {
            var from = new PerAge<int>(search.Terms.Aged1To4.Count, search.Terms.Aged5To14.Count);
            Measure(water, part, search);
            foreach (var age in Ages)
                FindShares(age, search.Terms[age], from[age], water.AttractionOf(part, age, _parameters.ReachMetres));
            search.Ends.Add(new(search.Terms.Aged1To4.Count, search.Terms.Aged5To14.Count));
            if (search.Found is { } found) search.FoundEnds.Add(found.Count);
        }
        foreach (var age in Ages) search.Terms[age].SumOwn(water.Parts == 1);
    }

    // Adds the origins within the cut-off of one part to the terms, in grid order.
    private void Measure(in TripWater water, int part, TripSearch search)
    {
        var shape = water.ShapeOf(part);
        var taker = new Taker(this, search);
        search.Straight.Clear();
        if (shape is not null) _pairs.OfShape(shape, search.Near, taker);
        else _pairs.OfPoint(water.Longitude, water.Latitude, search.Near, taker);
        if (search.Straight.Count > 0)
            _doors!.Walk(shape ?? ShapeIndex.Of(water.Longitude, water.Latitude), search.Straight, search.Walk,
                (index, metres, way) => Add(index, metres, way, search));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]   // a full run is over before the JIT would think of it
    private void Expect(IndexList near, bool isScored)
    {
        for (var i = 0; i < near.Count; i++)
        {
            var index = near[i];
            Memory.Bring(ref _spread[index], sizeof(double));
            Memory.Bring(ref _pulls[index], Unsafe.SizeOf<TripPull>());
            if (isScored) Memory.Bring(ref _origins[index], Unsafe.SizeOf<TripOrigin>());
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]   // a full run is over before the JIT would think of it
    private void Take(int first, Lanes metres, TripSearch search)
    {
        var isNear = Vector256.LessThanOrEqual(metres, Vector256.Create(_parameters.CutoffMetres)).ExtractMostSignificantBits();
        if (search.Near.Count - first < SurfacePoints.Count) isNear &= (1u << (search.Near.Count - first)) - 1;
        for (; isNear != 0; isNear &= isNear - 1)
        {
            var lane = BitOperations.TrailingZeroCount(isNear);
            if (_doors is null) Add(search.Near[first + lane], metres[lane], null, search);
            else search.Straight.Add((search.Near[first + lane], metres[lane]));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(int index, double metres, WalkedWay? way, TripSearch search)
    {
        search.Pairs++;
        var spread = _spread[index];
        if (search.Draws.Aged1To4 && _decays.Aged1To4.Reaches(metres, spread)) search.Terms.Aged1To4.Add(index, metres);
        if (search.Draws.Aged5To14 && _decays.Aged5To14.Reaches(metres, spread)) search.Terms.Aged5To14.Add(index, metres);
        search.Found?.Add((index, metres, way));
    }

    // False where a sum went out of bounds.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]   // a full run is over before the JIT would think of it
    private bool AddPulls(TripAge age, TripTerms terms, double attraction, long sign)
    {
        var decay = _decays[age];
        var origins = terms.Origins;
        var isSound = true;
        for (var i = 0; i < origins.Length; i += SurfacePoints.Count)
        {
            Decay(decay, terms, i, origins.Length, out var pull, out var slope);
            Vector256<long> sums = TripPull.WholeOf(pull * attraction), slopes = TripPull.WholeOf(slope * attraction);
            for (var lane = 0; lane < Math.Min(SurfacePoints.Count, origins.Length - i); lane++)
                isSound &= TripPull.Add(ref _pulls[origins[i + lane]], age, sign * sums[lane], sign * slopes[lane]);
        }
        return isSound;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]   // a full run is over before the JIT would think of it
    private void FindShares(TripAge age, TripTerms terms, int from, double attraction)
    {
        var decay = _decays[age];
        var staying = _parameters.StayingAway[age];
        var to = terms.Count;
        for (var i = from; i < to; i += SurfacePoints.Count)
        {
            Decay(decay, terms, i, to, out var pull, out var slope);
            var origins = terms.Origins;
            ref readonly var a = ref _pulls[origins[i]];
            ref readonly var b = ref _pulls[origins[Math.Min(i + 1, to - 1)]];
            ref readonly var c = ref _pulls[origins[Math.Min(i + 2, to - 1)]];
            ref readonly var d = ref _pulls[origins[Math.Min(i + 3, to - 1)]];
            var all = Vector256.Create(staying) + Vector256.Create(a.Sum(age), b.Sum(age), c.Sum(age), d.Sum(age));
            var allSlope = Vector256.Create(a.Slope(age), b.Slope(age), c.Slope(age), d.Slope(age));
            var share = pull * attraction / all;
            var byDecay = (slope * attraction - share * allSlope) / all;
            var byStayingAway = -share * staying / all;
            var count = Math.Min(SurfacePoints.Count, to - i);
            Put(share, terms.Share[i..], count);
            Put(byDecay, terms.ByDecay[i..], count);
            Put(byStayingAway, terms.ByStayingAway[i..], count);
        }
    }

    // At four places from here; where there are fewer at the last one again.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Decay(in TripDecay decay, TripTerms terms, int i, int end, out Lanes pull, out Lanes slope)
    {
        ReadOnlySpan<int> origins = terms.Origins;
        ReadOnlySpan<double> metres = terms.Metres;
        int last = end - 1, b = Math.Min(i + 1, last), c = Math.Min(i + 2, last), d = Math.Min(i + 3, last);
        var spread = Vector256.Create(_spread[origins[i]], _spread[origins[b]], _spread[origins[c]], _spread[origins[d]]);
        decay.Of(Vector256.Create(metres[i], metres[b], metres[c], metres[d]), spread, out pull, out slope);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(Lanes lanes, Span<double> numbers, int count)
    {
        if (count == SurfacePoints.Count) lanes.CopyTo(numbers);
        else
            for (var lane = 0; lane < count; lane++) numbers[lane] = lanes[lane];
    }

    private static (TripOrigin[] Origins, TripPull[] Pulls) WithChildren(TripOrigin[] origins, TripPull[]? pulls)
    {
        pulls ??= new TripPull[origins.Length];
        var kept = 0;
        for (var i = 0; i < origins.Length; i++)
            if (origins[i].HasChildren) (origins[kept], pulls[kept++]) = (origins[i], pulls[i]);
        if (kept == origins.Length) return (origins, pulls);
        Array.Resize(ref origins, kept);
        Array.Resize(ref pulls, kept);
        return (origins, pulls);
    }

    private (double Longitude, double Latitude) PlaceOf(int i) => (_origins[i].Longitude, _origins[i].Latitude);

    private static Exception OutOfBounds(in TripWater water, bool isTakenAway) => isTakenAway
        ? new InvalidOperationException($"Hazards({water.Id}) is taken away, but had not pulled.")
        : new RefusalException("TooManyWaters",
            $"There are more than 500,000 waters around one place near Hazards({water.Id}): look for waters that were entered many times.",
            $"Hazards({water.Id}) 附近同一地点周围的水域超过 50 万处：请检查是否重复录入。",
            $"Hazards({water.Id})");

    private sealed class Pair(double metres, WalkedWay? way, int part)
    {
        public double Metres { get; set; } = metres;

        public WalkedWay? Way { get; set; } = way;

        public int Part { get; set; } = part;

        public double Share1To4 { get; set; }

        public double Share5To14 { get; set; }
    }

    private readonly struct Taker(TripScorer scorer, TripSearch search) : ITakesFour
    {
        public void Expect(IndexList near) => scorer.Expect(near, search.IsScored);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Take(int first, in PlaceGrid.Four four, Lanes metres) => scorer.Take(first, metres, search);
    }
}
