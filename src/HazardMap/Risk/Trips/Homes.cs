using HazardMap.Geodesy;
using HazardMap.Register;

namespace HazardMap.Risk.Trips;

/// <summary>What is known of the homes of a lowest division.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Aged1To4">Children of one to four; null: not known.</param>
/// <param name="Aged5To14">Children of five to fourteen; null: not known.</param>
/// <param name="IsEstimated">Whether a number was made of the whole population.</param>
/// <param name="Kind">What its points are.</param>
/// <param name="Points">How many points its children were shared out over.</param>
public sealed record HomesOfDivision(string Code, double? Aged1To4, double? Aged5To14, bool IsEstimated, TripOriginKind Kind, int Points)
{
    /// <summary>Whether it is not known how many children of some age live there: they are not counted, which is not the same as
    /// none.</summary>
    public bool IsUnknown => Aged1To4 is null || Aged5To14 is null;
}

/// <summary>Where children live.</summary>
/// <remarks>
/// The children of each lowest division in force are shared out over the points of the best kind that it has, by their weights;
/// where all weights are 0, evenly. Shares are sums over the division's own points in the order of the grid, so they are the same
/// bits when only some divisions are read: give all points and all children's homes of each division that is given.
/// </remarks>
public sealed class Homes
{
    // Whoever could not be placed.
    private const string Nowhere = "0000";

    private readonly TripParameters _parameters;
    private readonly List<HomeDivision> _leaves = [];
    private readonly Dictionary<string, int> _leafOf = new(StringComparer.Ordinal);
    private readonly TripOriginKind[] _kinds;
    private readonly int[] _counts;

    private Homes(TripParameters parameters, IReadOnlyCollection<HomeDivision> divisions)
    {
        _parameters = parameters;
        var parents = divisions.Select(d => d.ParentCode).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var division in divisions.Where(d => d.Code != Nowhere && !parents.Contains(d.Code))
            .OrderBy(d => d.Code, StringComparer.Ordinal))
        {
            Check(division);
            _leafOf.Add(division.Code, _leaves.Count);
            _leaves.Add(division);
        }
        (_kinds, _counts) = (new TripOriginKind[_leaves.Count], new int[_leaves.Count]);
    }

    /// <summary>Homes with children, in the order of the grid.</summary>
    public TripOrigin[] Origins { get; private set; } = [];

    /// <summary>What is known of each lowest division, by code.</summary>
    public IReadOnlyList<HomesOfDivision> Divisions { get; private set; } = [];

    /// <summary>Points that are of no lowest division in force, or not of the best kind that theirs has.</summary>
    public int UnusedPoints { get; private set; }

    /// <summary>Homes of divisions.</summary>
    /// <param name="parameters">Of the rule.</param>
    /// <param name="divisions">Those in force; which of them are lowest is told by who names them as parent.</param>
    /// <param name="points">Where people live, of all kinds that are stored.</param>
    /// <param name="facilities">The children's homes among them stand in for divisions without points.</param>
    /// <exception cref="RefusalException">A place is off the globe, a count or a weight negative or not finite.</exception>
    public static Homes Of(TripParameters parameters, IReadOnlyCollection<HomeDivision> divisions, IReadOnlyList<HomePoint> points,
        IEnumerable<ChildFacility> facilities)
    {
        var homes = new Homes(parameters, divisions);
        homes.Place(points, [.. facilities.Where(f => f is { Kind: FacilityKind.ChildrensHome, IsOpen: true })]);
        return homes;
    }

    private void Place(IReadOnlyList<HomePoint> points, ChildFacility[] childrensHomes)
    {
        var leafOf = new int[points.Count];
        Array.Fill(_kinds, TripOriginKind.Facility);
        for (var i = 0; i < leafOf.Length; i++)
        {
            var point = points[i];
            Check(point);
            leafOf[i] = LeafOf(point.DivisionCode);
            if (leafOf[i] >= 0 && point.Kind < _kinds[leafOf[i]]) _kinds[leafOf[i]] = point.Kind;
        }
        var homes = new List<(int Leaf, ChildFacility Home)>();
        foreach (var home in childrensHomes)
            if (LeafOf(home.DivisionCode) is var leaf and >= 0 && _kinds[leaf] >= TripOriginKind.ChildrensHome)
            {
                _kinds[leaf] = TripOriginKind.ChildrensHome;
                homes.Add((leaf, home));
            }
        var stored = 0;
        for (var i = 0; i < leafOf.Length; i++)
        {
            if (leafOf[i] >= 0 && points[i].Kind == _kinds[leafOf[i]]) stored++;
            else leafOf[i] = -1;
        }
        UnusedPoints = leafOf.Length - stored;
        var centres = Enumerable.Range(0, _leaves.Count).Where(leaf => _kinds[leaf] >= TripOriginKind.Centre).ToList();
        var chosen = new Chosen[stored + homes.Count + centres.Count];
        var next = 0;
        for (var i = 0; i < leafOf.Length; i++)
            if (leafOf[i] >= 0)
                chosen[next++] = new Chosen(points[i].Id, leafOf[i], points[i].Longitude, points[i].Latitude, points[i].Weight);
        foreach (var (leaf, home) in homes) chosen[next++] = new Chosen(home.Id, leaf, home.Longitude, home.Latitude, 1);
        foreach (var leaf in centres)
        {
            _kinds[leaf] = TripOriginKind.Centre;
            chosen[next++] = new Chosen(TripOrigin.CentreKey(_leaves[leaf].Code), leaf, _leaves[leaf].Longitude, _leaves[leaf].Latitude, 1);
        }
        PlaceGrid.Arrange(chosen, PlaceGrid.OrderOf(chosen.Length, i => (chosen[i].Longitude, chosen[i].Latitude), (a, b) =>
            _kinds[chosen[a].Leaf] != _kinds[chosen[b].Leaf] ? _kinds[chosen[a].Leaf].CompareTo(_kinds[chosen[b].Leaf])
            : chosen[a].Key.CompareTo(chosen[b].Key)));
        Share(chosen);
    }

    private void Share(Chosen[] chosen)
    {
        // By the greatest weight first: whatever the weights are, their sum is then no more than how many there are.
        var (greatest, sums) = (new double[_leaves.Count], new double[_leaves.Count]);
        foreach (ref readonly var c in chosen.AsSpan())
        {
            greatest[c.Leaf] = Math.Max(greatest[c.Leaf], c.Weight);
            _counts[c.Leaf]++;
        }
        foreach (ref readonly var c in chosen.AsSpan()) sums[c.Leaf] += Part(c, greatest);
        Divisions = [.. _leaves.Select(Known)];
        var (origins, count) = (new TripOrigin[chosen.Length], 0);
        foreach (ref readonly var c in chosen.AsSpan())
        {
            var (leaf, known) = (_leaves[c.Leaf], Divisions[c.Leaf]);
            var share = Part(c, greatest) / sums[c.Leaf];
            var origin = new TripOrigin(c.Key, known.Kind, c.Longitude, c.Latitude, _parameters.SpreadMetres(known.Kind, leaf.AreaKm2),
                leaf.LivesAsTown)
            {
                [Presence.Home1To4] = (known.Aged1To4 ?? 0) * share,
                [Presence.Home5To14] = (known.Aged5To14 ?? 0) * share,
            };
            if (origin.HasChildren) origins[count++] = origin;
        }
        if (count < origins.Length) Array.Resize(ref origins, count);
        Origins = origins;
    }

    private static double Part(in Chosen c, double[] greatest) => greatest[c.Leaf] == 0 ? 1 : c.Weight / greatest[c.Leaf];

    private HomesOfDivision Known(HomeDivision division, int leaf)
    {
        var children = division.Children ?? _parameters.ChildrenOfPopulation * division.Population;
        double? OfAge(int? stated, double share) => stated ?? children * share;
        var isEstimated = division is { Children: null, Population: not null } && (division.Aged1To4 is null || division.Aged5To14 is null);
        return new HomesOfDivision(division.Code, OfAge(division.Aged1To4, _parameters.AgeShares.Aged1To4),
            OfAge(division.Aged5To14, _parameters.AgeShares.Aged5To14), isEstimated, _kinds[leaf], _counts[leaf]);
    }

    private int LeafOf(string code) => _leafOf.GetValueOrDefault(code, -1);

    private static void Check(HomeDivision division)
    {
        var target = $"Divisions('{division.Code}')";
        Soundness.CheckPosition(division.Longitude, division.Latitude, target + "/Centre");
        if (division is { Children: < 0 } or { Population: < 0 } or { Aged1To4: < 0 } or { Aged5To14: < 0 }
            or { AreaKm2: not >= 0 and not null })
            throw new RefusalException("NegativeCount", $"{target} has a negative count or area.", $"{target} 的人数或面积为负。",
                target);
    }

    private static void Check(in HomePoint point)
    {
        if (point.Weight >= 0 && double.IsFinite(point.Weight) && point.Longitude is >= -180 and <= 180
            && point.Latitude is >= -90 and <= 90 && point.Kind < TripOriginKind.Facility) return;
        var target = $"Settlements({point.Id})";
        Soundness.CheckPosition(point.Longitude, point.Latitude, target + "/Location");
        throw new RefusalException("NegativeWeight", $"{target}: the weight must be a number of at least 0, the kind one of a home.",
            $"{target}：权重须为不小于 0 的数，类别须为居住点。", target + "/Weight");
    }

    private readonly record struct Chosen(Guid Key, int Leaf, double Longitude, double Latitude, double Weight);
}
