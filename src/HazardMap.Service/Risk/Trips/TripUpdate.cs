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
        private readonly double _cutoff = RiskReader.SearchMetres(world.Rule);

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
                foreach (var circle in circles) await PullAsync(circle, unpulled);
            _toScore.AddRange(circles.Select(c => c with { Metres = c.Metres + _cutoff }));
            return true;
        }

        /// <summary>Follows waters that changed, came, moved or went.</summary>
        public async Task MoveWatersAsync(RiskNotes notes)
        {
            var now = notes.Hazards.Count == 0 ? [] : await TripReader.WatersAsync(connection, [.. notes.Hazards], stop);
            IEnumerable<Geometry> shapes = [.. now.Select(w => Ewkb.Read(w.Hazard.Shape.ToArray())), .. notes.Formers];
            var circles = Around(shapes.SelectMany(Covering));
            foreach (var circle in circles) await PullAsync(circle with { Metres = circle.Metres + _cutoff }, null);
            _toScore.AddRange(circles.Select(c => c with { Metres = c.Metres + 2 * _cutoff }));
        }

        /// <summary>Scores what was found to be touched, when all pulls are right, and writes what changed.</summary>
        public async Task<int> WriteAsync()
        {
            foreach (var circle in _toScore) await ScoreAsync(circle);
            _changes.Sort((a, b) => a.Hazard.CompareTo(b.Hazard));   // many are written in the order of their keys
            await ReachStore.WriteAsync(connection, world.Rule, _reaches, [.. _scored], stop);
            return (await RiskWriter.WriteAsync(connection, world.Rule.Version, _changes, cause, stop)).Scores;
        }

        // What is pulled at the places within a circle, or at some of them, found anew from all waters around.
        private async Task PullAsync(Circle circle, HashSet<(TripOriginKind, Guid)>? some)
        {
            var stored = await OriginStore.NearAsync(connection, circle, stop);
            var origins = stored.Origins.Where(o => some?.Contains((o.Kind, o.Key)) ?? true).ToArray();
            if (origins.Length == 0) return;
            var waters = await TripReader.WatersNearAsync(connection, circle with { Metres = circle.Metres + _cutoff }, stop);
            var scorer = new TripScorer(world.Parameters, origins, roads: roads);
            scorer.Pull([.. waters.Select(w => world.WaterOf(w))], stop);
            await OriginStore.WritePullsAsync(connection, scorer.Origins.ToArray(), scorer.Pulls.ToArray(), stop);
        }

        // The waters within a circle: more than were touched, but those that were not come out as they are stored.
        private async Task ScoreAsync(Circle circle)
        {
            var rows = await TripReader.WatersNearAsync(connection, circle, stop);
            rows.RemoveAll(r => !_scored.Add(r.Hazard.Id));
            if (rows.Count == 0) return;
            var wide = rows.Where(w => Ewkb.TryReadPoint(w.Hazard.Shape.Span) is null).Select(w => w.Hazard.Id).ToArray();
            var stored = await OriginStore.NearAsync(connection, circle with { Metres = circle.Metres + _cutoff }, wide, _cutoff, stop);
            var records = await OwnRecords.ReadAsync(connection, [.. rows.Select(r => r.Hazard.Id)], stop);
            var scorer = new TripScorer(world.Parameters, stored.Origins, stored.Pulls, roads);
            using var search = scorer.Begin();
            foreach (var row in rows)
            {
                stop.ThrowIfCancellationRequested();
                var water = world.WaterOf(row);
                var sums = scorer.Score(water, search);
                var (score, reaches) = world.Score(row, water, sums, search.ReachSums, records);
                if (ScoredBlock.TripChange(row, score, sums, world.Rule) is { } change) _changes.Add(change);
                _reaches.AddRange(reaches);
            }
        }

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
    }
}
