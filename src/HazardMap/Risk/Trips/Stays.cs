using System.Collections;
using HazardMap.Geodesy;
using HazardMap.Register;

namespace HazardMap.Risk.Trips;

/// <summary>Children of a facility for whom there was no home.</summary>
/// <param name="Facility">The facility.</param>
/// <param name="Age">Their age.</param>
/// <param name="Children">How many; they are counted nowhere.</param>
public readonly record struct UnplacedChildren(Guid Facility, TripAge Age, double Children);

/// <summary>A round part of the world that was read.</summary>
/// <param name="Longitude">Of its centre, degrees.</param>
/// <param name="Latitude">Of its centre, degrees.</param>
/// <param name="Metres">All homes within so many metres were read, and all facilities as much farther as children go at most.</param>
public readonly record struct StayRegion(double Longitude, double Latitude, double Metres);

/// <summary>Who of the children at home is where by day: each is in one place.</summary>
/// <remarks>
/// The children of each stage of each home go to the nearest open facility that has places for it, if one is within reach; it takes
/// as many of each home, in proportion, as there are children in it. Those who are left over in a facility have no home within
/// reach: they are told, and counted nowhere, so that what homes miss is what facilities hold. Pools take of those who
/// are not in a children's home, so no child is in both; kindergarten and school take different children. A rule must
/// not let the hours of school or kindergarten overlap with those of children's homes or pools.
/// <para>Sums run over homes in the order of the grid: they are the same bits when only a part of the world was read, for whatever is
/// deep enough in it. <see cref="IsWhole(int)"/> says of which homes and facilities the result is that of the whole world: a home when
/// every facility that takes of it is; a facility when all homes from which children may come to it were read, and what pools
/// may take of them is known.</para>
/// </remarks>
public sealed class Stays
{
    // What measuring may differ by between here and whoever read.
    private const double Slack = 1;

    private static readonly Stage[] Stages =
    [
        new(FacilityKind.School, TripAge.Aged5To14, Presence.AwayAtSchool5To14, Presence.School5To14,
            p => p.StageShares.Primary, f => f.HasPrimary),
        new(FacilityKind.School, TripAge.Aged5To14, Presence.AwayAtSchool5To14, Presence.School5To14,
            p => p.StageShares.Junior, f => f.HasJunior),
        new(FacilityKind.Kindergarten, TripAge.Aged5To14, Presence.AwayAtKindergarten5To14, Presence.Kindergarten5To14,
            p => p.StageShares.Kindergarten, _ => true),
        new(FacilityKind.Kindergarten, TripAge.Aged1To4, Presence.AwayAtKindergarten1To4, Presence.Kindergarten1To4, _ => 1, _ => true),
        new(FacilityKind.ChildrensHome, TripAge.Aged5To14, Presence.AwayAtChildrensHome5To14, Presence.ChildrensHome5To14,
            _ => 1, _ => true),
        new(FacilityKind.ChildrensHome, TripAge.Aged1To4, Presence.AwayAtChildrensHome1To4, Presence.ChildrensHome1To4, _ => 1, _ => true),
        new(FacilityKind.SwimmingPool, TripAge.Aged5To14, Presence.AwayAtPool5To14, null, _ => 1, _ => true,
            Presence.AwayAtChildrensHome5To14),
        new(FacilityKind.SwimmingPool, TripAge.Aged1To4, Presence.AwayAtPool1To4, null, _ => 1, _ => true,
            Presence.AwayAtChildrensHome1To4),
    ];

    private readonly TripParameters _parameters;
    private readonly TripOrigin[] _homes;
    private readonly IReadOnlyList<ChildFacility> _facilities;
    private readonly int[][] _nearest;
    private readonly PerAge<double[]> _taken;
    private readonly double[] _boarders;
    private readonly BitArray? _wholeHomes, _wholeFacilities;
    private readonly Dictionary<Guid, int> _byId = [];

    private Stays(TripParameters parameters, TripOrigin[] homes, IReadOnlyList<ChildFacility> facilities, StayRegion? region)
    {
        (_parameters, _homes, _facilities) = (parameters, homes, facilities);
        _nearest = new int[Stages.Length][];
        var count = facilities.Count;
        (_taken, _boarders) = (new(new double[count], new double[count]), new double[count]);
        for (var i = 0; i < count; i++) Check(facilities[i]);
        FindNearest();
        if (region is null) return;
        (_wholeHomes, _wholeFacilities) = (new BitArray(homes.Length, true), new BitArray(count, true));
        for (var i = 0; i < count; i++) _byId.Add(facilities[i].Id, i);
        Judge(region.Value);
    }

    /// <summary>Facilities with the children who are in them.</summary>
    public TripOrigin[] Facilities { get; private set; } = [];

    /// <summary>Children of schools, kindergartens and children's homes for whom there was no home.</summary>
    public IReadOnlyList<UnplacedChildren> Unplaced { get; private set; } = [];

    /// <summary>Takes children out of homes, which are changed in place, and puts them into facilities.</summary>
    /// <param name="parameters">Of the rule.</param>
    /// <param name="homes">In the order of the grid, as <see cref="Homes.Origins"/> has them, nobody away yet.</param>
    /// <param name="facilities">All; those that children do not go to, or that are not open, count for nothing.</param>
    /// <param name="region">What was read, when it was not the whole world.</param>
    /// <exception cref="RefusalException">A facility is off the globe or has a negative count.</exception>
    public static Stays Of(TripParameters parameters, TripOrigin[] homes, IReadOnlyList<ChildFacility> facilities,
        StayRegion? region = null)
    {
        var stays = new Stays(parameters, homes, facilities, region);
        for (var stage = 0; stage < Stages.Length;)
        {
            // Stages that share the places of a facility are sent there together.
            var end = stage + 1;
            while (end < Stages.Length && Stages[end].Away == Stages[stage].Away) end++;
            stays.Take(stage, end);
            stage = end;
        }
        stays.Facilities = stays.Fill();
        return stays;
    }

    /// <summary>Whether the numbers of a home are those that the whole world would give.</summary>
    public bool IsWhole(int home) => _wholeHomes?[home] ?? true;

    /// <summary>Whether the numbers of a facility are those that the whole world would give.</summary>
    public bool IsWhole(Guid facility) => _wholeFacilities is null || _wholeFacilities[_byId[facility]];

    private void FindNearest()
    {
        var trees = new NearestFacilities?[Stages.Length];
        Parallel.For(0, Stages.Length, s =>
        {
            int[] items = [.. Enumerable.Range(0, _facilities.Count).Where(i => Takes(Stages[s], _facilities[i]))];
            if (items.Length > 0) trees[s] = new NearestFacilities(items, _facilities);
            _nearest[s] = new int[_homes.Length];
            if (items.Length == 0) Array.Fill(_nearest[s], -1);
        });
        const int HomesPerTask = 4096;
        Parallel.For(0, (_homes.Length + HomesPerTask - 1) / HomesPerTask, task =>
        {
            Span<int> guesses = stackalloc int[Stages.Length];
            guesses.Fill(-1);
            for (var i = task * HomesPerTask; i < Math.Min(_homes.Length, (task + 1) * HomesPerTask); i++)
            {
                var place = new SurfacePoint(_homes[i].Longitude, _homes[i].Latitude);
                for (var s = 0; s < Stages.Length; s++)
                    if (trees[s] is { } tree)
                        _nearest[s][i] = _homes[i][Stages[s].Age.Home()] == 0 ? -1
                            : tree.Of(place, _parameters.FarthestMetres(Stages[s].Kind), ref guesses[s]);
            }
        });
    }

    private static bool Takes(Stage stage, in ChildFacility facility) =>
        facility.IsOpen && facility.Kind == stage.Kind && stage.Serves(facility) && Seats(stage, facility) > 0;

    private static int Seats(Stage stage, in ChildFacility facility) =>
        stage.Age == TripAge.Aged1To4 ? facility.Under5 : facility.Aged5To14;

    private double Demand(Stage stage, in TripOrigin home) =>
        (home[stage.Age.Home()] - (stage.After is { } gone ? home[gone] : 0)) * stage.Share(_parameters);

    // One after the other, in the order of the grid.
    private void Take(int from, int to)
    {
        var demands = new double[_facilities.Count];
        var kept = Stages[from].Kind == FacilityKind.SwimmingPool ? new double[_facilities.Count] : _taken[Stages[from].Age];
        for (var i = 0; i < _homes.Length; i++)
            for (var s = from; s < to; s++)
                if (_nearest[s][i] is var facility and >= 0) demands[facility] += Demand(Stages[s], _homes[i]);
        for (var i = 0; i < _homes.Length; i++)
        {
            ref var home = ref _homes[i];
            for (var s = from; s < to; s++)
            {
                if (_nearest[s][i] is not (var nearest and >= 0)) continue;
                var facility = _facilities[nearest];
                var seats = Seats(Stages[s], facility);
                var taken = Demand(Stages[s], home);
                if (demands[nearest] > seats) taken *= seats / demands[nearest];
                home[Stages[s].Away] += taken;
                kept[nearest] += taken;
                if (Stages[s].Kind != FacilityKind.School || facility.Boarders == 0) continue;
                var boarders = taken * Math.Min(1, (double)facility.Boarders / seats);
                home[Presence.AwayBoarding5To14] += boarders;
                _boarders[nearest] += boarders;
            }
        }
    }

    private TripOrigin[] Fill()
    {
        var (origins, count) = (new TripOrigin[_facilities.Count(f => f.IsOpen && Array.Exists(Stages, s => s.Kind == f.Kind))], 0);
        var unplaced = new List<UnplacedChildren>();
        for (var i = 0; i < _facilities.Count; i++)
        {
            var facility = _facilities[i];
            if (!facility.IsOpen || !Array.Exists(Stages, s => s.Kind == facility.Kind)) continue;
            var origin = new TripOrigin(facility.Id, TripOriginKind.Facility, facility.Longitude, facility.Latitude, 0, facility.IsTown);
            foreach (var age in (TripAge[])[TripAge.Aged1To4, TripAge.Aged5To14])
            {
                if (Array.Find(Stages, s => s.Kind == facility.Kind && s.Age == age)?.There is not { } there) continue;
                origin[there] = _taken[age][i];
                var seats = age == TripAge.Aged1To4 ? facility.Under5 : facility.Aged5To14;
                if (seats - _taken[age][i] > 1e-9 * seats) unplaced.Add(new(facility.Id, age, seats - _taken[age][i]));
            }
            if (facility.Kind == FacilityKind.School) origin[Presence.Boarding5To14] = _boarders[i];
            if (origin.HasChildren) origins[count++] = origin;
        }
        Unplaced = unplaced;
        if (count < origins.Length) Array.Resize(ref origins, count);
        return origins;
    }

    private void Judge(StayRegion region)
    {
        bool IsWithin(double longitude, double latitude, double metres) =>
            Geodesic.Distance(longitude, latitude, region.Longitude, region.Latitude) <= metres;
        var isRead = new BitArray(_homes.Length);
        for (var i = 0; i < _homes.Length; i++) isRead[i] = IsWithin(_homes[i].Longitude, _homes[i].Latitude, region.Metres - Slack);
        for (var i = 0; i < _facilities.Count; i++)
            _wholeFacilities![i] = IsWithin(_facilities[i].Longitude, _facilities[i].Latitude,
                region.Metres - Slack - _parameters.FarthestMetres(_facilities[i].Kind));
        JudgeHomes(isRead, s => s.Kind == FacilityKind.ChildrensHome);
        for (var s = 0; s < Stages.Length; s++)
            for (var i = 0; i < _homes.Length; i++)
                if (Stages[s].After is not null && _nearest[s][i] is var pool and >= 0 && !_wholeHomes![i]) _wholeFacilities![pool] = false;
        JudgeHomes(isRead, _ => true);
    }

    private void JudgeHomes(BitArray isRead, Predicate<Stage> counts)
    {
        for (var i = 0; i < _homes.Length; i++)
        {
            var isWhole = isRead[i];
            for (var s = 0; s < Stages.Length && isWhole; s++)
                if (counts(Stages[s]) && _nearest[s][i] is var nearest and >= 0) isWhole = _wholeFacilities![nearest];
            _wholeHomes![i] = isWhole;
        }
    }

    private static void Check(in ChildFacility f)
    {
        Soundness.CheckPosition(f.Longitude, f.Latitude, $"Facilities({f.Id})/Location");
        if (f is { Under5: >= 0, Aged5To14: >= 0, Boarders: >= 0 }) return;
        throw new RefusalException("NegativeCount", $"Facility {f.Id} has a negative number of children.",
            $"设施 {f.Id} 的儿童人数为负。", $"Facilities({f.Id})");
    }

    /// <summary>Children of an age who go to a kind of facility.</summary>
    /// <param name="Kind">The kind.</param>
    /// <param name="Age">The age.</param>
    /// <param name="Away">Where they are missing.</param>
    /// <param name="There">Where they are instead; null: watched all the time, so that nobody asks.</param>
    /// <param name="Share">How many of the age.</param>
    /// <param name="Serves">Which facilities of the kind.</param>
    /// <param name="After">Who is somewhere else already.</param>
    private sealed record Stage(FacilityKind Kind, TripAge Age, Presence Away, Presence? There, Func<TripParameters, double> Share,
        Predicate<ChildFacility> Serves, Presence? After = null);
}
