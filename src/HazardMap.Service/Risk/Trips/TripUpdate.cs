using HazardMap.Geodesy;
using HazardMap.Network;
using HazardMap.Risk.Rules;
using HazardMap.Risk.Trips;
using HazardMap.Service.Database;
using HazardMap.Service.Risk.Runs;
using NetTopologySuite.Densify;
using NetTopologySuite.Geometries;
using Npgsql;

namespace HazardMap.Service.Risk.Trips;

/// <summary>
/// Keeps scores by a rule of trips equal to what a full run gives. A water that changes moves what is pulled at the places around it, and
/// with that the trips from them to all their other waters: two steps. Where children are moves only the trips of those who moved.
/// </summary>
internal static class TripUpdate
{
    // More places than this are read and compared by the worker only: it takes longer than whoever edits should wait.
    private const int ManyOrigins = 50_000;

    // Changes that touch more than this are quicker as a full run.
    private const int ManyPlaces = 2000;

    // Places around a water that is longer are asked for by its shape, not by a circle.
    private const double LongMetres = 2000;

    /// <summary>Scores what notes ask for, holding the lock. Null: too much for an edit, nothing was done.</summary>
    public static async Task<int?> ScoreAsync(NpgsqlConnection connection, TripRule rule, RiskNotes notes, RiskCause cause,
        CancellationToken stop)
    {
        var isOfHomes = notes.Homes || notes.Places.Count > 0;
        if (isOfHomes && cause == RiskCause.Edit && await OriginStore.CountAsync(connection, stop) > ManyOrigins) return null;
        var isAll = notes.Everything || (notes.Roads && rule.Distance.Mode == DistanceMode.Walk)
            || notes.Hazards.Count + notes.Formers.Count > ManyPlaces;
        if (!isAll && await TripWorlds.OfAsync(connection, rule, stop) is { } world)
        {
            var update = new Update(connection, world, (await RiskReader.RoadsAsync(connection, rule, stop))?.Network, cause, stop);
            if (!isOfHomes || await update.MoveChildrenAsync())
            {
                await update.MoveWatersAsync(notes);
                return await update.WriteAsync();
            }
        }
        return (await RiskRun.RunAsync(connection, null, stop, cause)).Changed;
    }

    private sealed class Update(NpgsqlConnection connection, TripWorld world, RoadNetwork? roads, RiskCause cause, CancellationToken stop)
    {
        private readonly List<ScoreChange> _changes = [];
        private readonly List<ScoredReach> _reaches = [];
        private readonly HashSet<Guid> _scored = [];
        private readonly List<Circle> _toScore = [];
        private readonly List<(Circle Circle, List<Seen> Waters)> _touched = [];
        private readonly double _cutoff = RiskReader.SearchMetres(world.Rule);
        private readonly ShapeIndexBuilder _shapes = new();

        /// <summary>Follows homes and facilities; false when so much moved that a full run is quicker.</summary>
        public async Task<bool> MoveChildrenAsync()
        {
            var placed = ChildrenPlaced.Of(world.Parameters, await TripReader.ChildrenAsync(connection, stop));
            var moved = await OriginStore.CompareAsync(connection, placed.Origins, stop);
            if (moved.Count > ManyPlaces) return false;
            if (moved.Count == 0) return true;
            await OriginStore.WriteComparedAsync(connection, stop);
            var circles = Around(moved.SelectMany(m => new[] { m.Was, m.Is }.OfType<(double X, double Y)>())
                .Select(p => (new Coordinate(p.X, p.Y), 0.0)));
            var unpulled = moved.Where(m => m.NeedsPull).Select(m => (m.Kind, m.Key)).ToHashSet();
            if (unpulled.Count > 0)
                foreach (var circle in circles) await PullAsync(circle, await WatersAsync(circle, _cutoff), unpulled);
            _toScore.AddRange(circles.Select(c => c with { Metres = c.Metres + _cutoff }));
            return true;
        }

        /// <summary>Follows waters that changed, came, moved or went: scored are those waters and whoever else is within reach of a place
        /// where something else is pulled now.</summary>
        public async Task MoveWatersAsync(RiskNotes notes)
        {
            var now = notes.Hazards.Count == 0 ? [] : await TripReader.WatersAsync(connection, [.. notes.Hazards], stop);
            IEnumerable<Geometry> shapes = [.. now.Select(w => Ewkb.Read(w.Hazard.Shape.ToArray())), .. notes.Formers];
            foreach (var circle in Around(shapes.SelectMany(Covering)))
            {
                var waters = await WatersAsync(circle, 2 * _cutoff);
                var others = await PullAsync(circle with { Metres = circle.Metres + world.Rule.CutoffMetres + 1 }, waters, null);
                var near = new TripScorer(world.Parameters, others, roads: roads);
                using var search = near.Begin();
                waters.RemoveAll(w => !notes.Hazards.Contains(w.Row.Hazard.Id) && !near.IsInReach(w.Water, search));
                _touched.Add((circle, waters));
            }
        }

        /// <summary>Scores what was found to be touched, when all pulls are right, and writes what changed.</summary>
        public async Task<int> WriteAsync()
        {
            foreach (var (circle, waters) in _touched) await ScoreAsync(circle, waters);
            foreach (var circle in _toScore) await ScoreAsync(circle, await WatersAsync(circle, 0));
            _changes.Sort((a, b) => a.Hazard.CompareTo(b.Hazard));   // many are written in the order of their keys
            await ReachStore.WriteAsync(connection, world.Rule, _reaches, [.. _scored], stop);
            return (await RiskWriter.WriteAsync(connection, world.Rule.Version, _changes, cause, stop)).Scores;
        }

        // Waters within metres of a circle, and some that are farther.
        private async Task<List<Seen>> WatersAsync(Circle circle, double metres) =>
            (await TripReader.WatersNearAsync(connection, circle with { Metres = circle.Metres + metres }, stop))
                .ConvertAll(row => new Seen(row, world.WaterOf(row, _shapes)));

        // What is pulled at the places within a circle, or at some of them, found anew from all waters around; the places where it is
        // something else than was kept.
        private async Task<TripOrigin[]> PullAsync(Circle circle, List<Seen> waters, HashSet<(TripOriginKind, Guid)>? some)
        {
            var stored = await OriginStore.NearAsync(connection, circle, stop);
            var kept = new Dictionary<(TripOriginKind, Guid), TripPull>(stored.Origins.Length);
            for (var i = 0; i < stored.Origins.Length; i++) kept[(stored.Origins[i].Kind, stored.Origins[i].Key)] = stored.Pulls[i];
            var scorer = new TripScorer(world.Parameters,
                [.. stored.Origins.Where(o => some?.Contains((o.Kind, o.Key)) ?? true)], roads: roads);
            using (var search = scorer.Begin())
                foreach (var water in waters)
                {
                    stop.ThrowIfCancellationRequested();
                    scorer.Pull(water.Water, search);
                }
            var (origins, pulls) = (new List<TripOrigin>(), new List<TripPull>());
            for (var i = 0; i < scorer.Origins.Length; i++)
                if (scorer.Origins[i] is var origin && scorer.Pulls[i] is var pull && kept[(origin.Kind, origin.Key)].Whole != pull.Whole)
                {
                    origins.Add(origin);
                    pulls.Add(pull);
                }
            await OriginStore.WritePullsAsync(connection, [.. origins], [.. pulls], stop);
            return [.. origins];
        }

        // Waters about a circle: more than were touched does no harm, for those that were not come out as they are stored.
        private async Task ScoreAsync(Circle circle, List<Seen> waters)
        {
            waters.RemoveAll(w => !_scored.Add(w.Row.Hazard.Id));
            if (waters.Count == 0) return;
            // One circle has the places around all that are not long; a long river has its own.
            var (most, farthest, wide) = (circle.Metres + 2 * _cutoff + LongMetres, 0.0, new List<Guid>());
            foreach (var (row, water) in waters)
                if (FarthestMetres(circle, water) is var metres && metres > most) wide.Add(row.Hazard.Id);
                else farthest = Math.Max(farthest, metres);
            var stored = await OriginStore.NearAsync(connection, circle with { Metres = farthest + world.Rule.CutoffMetres + 1 }, [.. wide],
                _cutoff, stop);
            var records = await OwnRecords.ReadAsync(connection, waters.ConvertAll(w => w.Row), stop);
            var scorer = new TripScorer(world.Parameters, stored.Origins, stored.Pulls, roads);
            using var search = scorer.Begin();
            foreach (var (row, water) in waters)
            {
                stop.ThrowIfCancellationRequested();
                var sums = scorer.Score(water, search);
                var (score, reaches) = world.Score(row, water, sums, search.ReachSums, records);
                if (ScoredBlock.TripChange(row, score, sums, world.Rule) is { } change) _changes.Add(change);
                _reaches.AddRange(reaches);
            }
        }

        // Nothing of a water is farther from the middle of a circle.
        private static double FarthestMetres(Circle circle, in TripWater water) => water.Shape is not { } shape
            ? Geodesic.Distance(circle.Longitude, circle.Latitude, water.Longitude, water.Latitude)
            : Geodesic.Distance(circle.Longitude, circle.Latitude, shape.Bounds.Longitude, shape.Bounds.Latitude)
                + shape.Bounds.Angle * SurfacePoint.LargestRadius;

        // Places, and how far around them, such that nothing of a shape is farther from all of them.
        private static IEnumerable<(Coordinate Place, double Metres)> Covering(Geometry shape)
        {
            const double Degrees = 0.01, Kilometre = 1000;
            var metres = shape.Dimension > Dimension.Point ? Kilometre : 0;
            var box = shape.EnvelopeInternal;
            if (shape.Dimension == Dimension.Surface)
                for (var x = box.MinX; x < box.MaxX; x += Degrees)
                    for (var y = box.MinY; y < box.MaxY; y += Degrees) yield return (new Coordinate(x, y), metres);
            foreach (var place in (shape.Dimension > Dimension.Point && Math.Max(box.Width, box.Height) > Degrees
                ? Densifier.Densify(shape, Degrees) : shape).Coordinates) yield return (place, metres);
        }

        // Circles of some kilometres, so that of changes far apart not all between is read.
        private static List<Circle> Around(IEnumerable<(Coordinate Place, double Metres)> places) =>
        [
            .. places.GroupBy(p => (Math.Floor(p.Place.X * 20), Math.Floor(p.Place.Y * 20))).Select(cell =>
            {
                var box = new Envelope();
                foreach (var p in cell) box.ExpandToInclude(p.Place);
                var radius = cell.Max(p => Geodesic.Distance(box.Centre.X, box.Centre.Y, p.Place.X, p.Place.Y) + p.Metres);
                return new Circle(box.Centre.X, box.Centre.Y, radius * 1.01 + 1);
            }),
        ];

        private readonly record struct Seen(TripRow Row, TripWater Water);
    }
}
