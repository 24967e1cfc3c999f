using System.Globalization;
using HazardMap.Geodesy;
using HazardMap.Register;
using HazardMap.Risk.Rules;
using HazardMap.Risk.Trips;
using HazardMap.Service.Database;
using HazardMap.Service.Risk.Rules;
using HazardMap.Service.Risk.Runs;
using Npgsql;

namespace HazardMap.Service.Risk.Trips;

/// <summary>Why levels move when one rule takes the place of another and one of the two is of trips: who was counted, who is.</summary>
internal static class TripShifts
{
    private const double NearMetres = 600, Same = 1.05;

    /// <summary>Reasons of some waters.</summary>
    /// <param name="connection">In the snapshot of the run.</param>
    /// <param name="rule">The rule that was tried.</param>
    /// <param name="run">What it gave.</param>
    /// <param name="changes">The waters.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task<Dictionary<Guid, LevelReason>> ReasonsAsync(NpgsqlConnection connection, RiskRule rule, FullRun run,
        IReadOnlyList<ScoreChange> changes, CancellationToken stop)
    {
        var reasons = new Dictionary<Guid, LevelReason>();
        var byId = changes.ToDictionary(c => c.Hazard);
        var rows = await TripReader.WatersAsync(connection, [.. byId.Keys], stop);
        var becomes = await SidesAsync(connection, rule, rows, run.Trips, stop);
        foreach (var sameRule in rows.Where(r => r.Hazard.Rule is { } v && RuleFiles.Versions.Contains(v, StringComparer.Ordinal))
            .GroupBy(r => r.Hazard.Rule!, StringComparer.Ordinal))
        {
            var before = RuleFiles.Find(sameRule.Key);
            List<TripRow> own = [.. sameRule];
            var was = await SidesAsync(connection, before, own, null, stop);
            foreach (var row in own)
                if (was.TryGetValue(row.Hazard.Id, out var from) && becomes.TryGetValue(row.Hazard.Id, out var to))
                    reasons[row.Hazard.Id] = Reason(byId[row.Hazard.Id], from, to);
        }
        return reasons;
    }

    private static async Task<Dictionary<Guid, Side>> SidesAsync(NpgsqlConnection connection, RiskRule rule, IReadOnlyList<TripRow> rows,
        TripsOfRun? run, CancellationToken stop)
    {
        if (rule is ProximityRule proximity) return await SidesAsync(connection, proximity, rows, stop);
        var trips = (TripRule)rule;
        var scale = run?.Scale ?? await ScaleStore.NewestAsync(connection, trips, stop);
        if (scale is null) return rows.ToDictionary(r => r.Hazard.Id, Side (_) => new NobodyComes());
        var world = new TripWorld(trips, scale);
        var roads = (await RiskReader.RoadsAsync(connection, trips, stop))?.Network;
        var all = run is null ? null : new TripScorer(world.Parameters, run.Origins.ToArray(), run.Pulls.ToArray(), roads);
        var sides = new Dictionary<Guid, Side>();
        foreach (var row in rows)
        {
            stop.ThrowIfCancellationRequested();
            var scorer = all;
            if (scorer is null)
            {
                var stored = await OriginStore.NearAsync(connection, Around(row, RiskReader.SearchMetres(trips)), stop);
                scorer = new TripScorer(world.Parameters, stored.Origins, stored.Pulls, roads);
            }
            sides[row.Hazard.Id] = Of(world, row, scorer);
        }
        return sides;
    }

    private static Trips Of(TripWorld world, in TripRow row, TripScorer scorer)
    {
        var shares = scorer.Shares(world.WaterOf(row), world.WeightsOf(row.DivisionCode).Holiday);
        var homes = shares.Where(s => s.Origin.IsHome).ToList();
        var near = homes.Where(s => s.DistanceMetres <= NearMetres).ToList();
        var deadliness = world.Scores.Deadliness(row.Traits);
        return new Trips(world.Rule.Distance.Mode == DistanceMode.Walk, world.Scale.Visits * Math.Max(0, shares.Sum(s => s.Contribution)),
            deadliness, world.Scores.ClassOf(deadliness), near.Count,
            near.Sum(s => s.Origin[Presence.Home1To4] + s.Origin[Presence.Home5To14]),
            homes.Count == 0 ? null : homes.Min(s => s.DistanceMetres));
    }

    private static Circle Around(in TripRow row, double metres)
    {
        var box = Ewkb.Read(row.Hazard.Shape.ToArray()).EnvelopeInternal;
        var radius = Geodesic.Distance(box.Centre.X, box.Centre.Y, box.MinX, box.MinY)
            + Geodesic.Distance(box.Centre.X, box.Centre.Y, box.MinX, box.MaxY) + 1;
        return new Circle(box.Centre.X, box.Centre.Y, radius + metres);
    }

    private static async Task<Dictionary<Guid, Side>> SidesAsync(NpgsqlConnection connection, ProximityRule rule,
        IReadOnlyList<TripRow> rows, CancellationToken stop)
    {
        var scorer = await RiskReader.ScorerAsync(connection, rule, [.. rows.Select(r => r.Hazard.Id)], stop);
        var explained = rows.ToDictionary(r => r.Hazard.Id, r => scorer.Explain(r.Hazard.ToHazard(rule)));
        var facilities = (await connection.RowsAsync("select id, name, kind, status = 'Open' from register.facilities where id = any ($1)",
            row => (Id: row.GetGuid(0), Name: row.GetString(1), Kind: row.Word<FacilityKind>(2), IsOpen: row.GetBoolean(3)), stop,
            explained.Values.SelectMany(e => e.Exposures.Take(1)).Select(e => e.Facility.Id).Distinct().ToArray()))
            .ToDictionary(f => f.Id);
        return explained.ToDictionary(e => e.Key, Side (e) =>
        {
            if (e.Value.Exposures.Count == 0) return new NoFacility(rule.CutoffMetres);
            var first = e.Value.Exposures[0];
            var found = facilities[first.Facility.Id];
            return new Facility(found.Name, found.Kind, found.IsOpen, first.DistanceMetres,
                first.Facility.Under5 + first.Facility.Aged5To14,
                e.Value.Exposures.Sum(x => x.Exposure) is > 0 and var all ? first.Exposure / all : 0);
        });
    }

    private static LevelReason Reason(in ScoreChange change, Side was, Side becomes)
    {
        if (was is Trips a && becomes is Trips b) return Reason(a, b);
        var (isRise, facility) = (change.StoredLevel is { } from && change.Level < from, was as Facility ?? becomes as Facility);
        var isNew = becomes is Trips or NobodyComes;
        var (name, en, zh) = (isNew, isRise, facility) switch
        {
            (true, false, { IsOpen: false }) => ("facilityNotOpen", "it is not open, so nobody is there",
                "该设施未开放，无人在内"),
            (true, false, { Kind: FacilityKind.School }) => ("schoolEmptyInHolidays",
                "its pupils are in lessons by day, and at home at weekends and in the holidays, when it is empty",
                "学生平日上课，周末和假期在家，学校是空的"),
            (true, false, { Kind: FacilityKind.Kindergarten or FacilityKind.ChildrensHome }) => ("careProtects",
                "children there are watched", "在园（所）儿童有人看护"),
            (true, false, _) => ("fewChildrenAtHome", "few children live near, or they go to other waters",
                "附近居住的儿童少，或去了其他水域"),
            (true, true, _) => ("homesCounted", "children count where they live, when they are free",
                "按居住地和空闲时间计入儿童"),
            (false, true, { } f) => (f.Kind == FacilityKind.School ? "schoolCounted" : "facilityCounted",
                "its children count at every hour of the year", "其儿童全年每小时都计入"),
            (false, _, _) => ("homesNotCounted", "children do not count where they live", "不按居住地计入儿童"),
        };
        return new LevelReason(name, null, $"Counted before: {was.Told.En}. Counted now: {becomes.Told.En}. Why: {en}.",
            $"以前计入：{was.Told.Zh}。现在计入：{becomes.Told.Zh}。原因：{zh}。");
    }

    private static LevelReason Reason(Trips was, Trips becomes)
    {
        double Ratio(double now, double before) => (now + 1e-12) / (before + 1e-12);
        var (visits, deadliness) = (Ratio(becomes.Visits, was.Visits), Ratio(becomes.Deadliness, was.Deadliness));
        var isVisits = Math.Abs(Math.Log(visits)) >= Math.Abs(Math.Log(deadliness));
        var ratio = isVisits ? visits : deadliness;
        var (name, en, zh) = Math.Abs(Math.Log(ratio)) < Math.Log(Same)
            ? ("scale", "scale, own record or levels differ", "标度、本地记录或等级界线不同")
            : !isVisits ? ("deadliness", "a visit is otherwise deadly", "每次到访的致命程度不同")
            : was.OnFoot == becomes.OnFoot ? ("visits", "other numbers of children come", "到访人次不同")
            : becomes.OnFoot ? ("waysOnFoot", "ways are measured on foot", "改按步行路程计")
            : ("waysStraight", "distances are straight", "改按直线距离计");
        return new LevelReason(name, ratio, $"Before: {was.Told.En}. Now: {becomes.Told.En}. Why: {en}.",
            $"以前：{was.Told.Zh}。现在：{becomes.Told.Zh}。原因：{zh}。");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    // Who counts at a water by one rule.
    private abstract record Side
    {
        public abstract BilingualText Told { get; }
    }

    private sealed record NobodyComes : Side
    {
        public override BilingualText Told => new("nobody is known to come to any water", "尚不知有儿童前往任何水域");
    }

    private sealed record NoFacility(double Metres) : Side
    {
        public override BilingualText Told =>
            new(Text($"no place with children within {Metres:N0} m"), Text($"{Metres:N0} 米内没有有儿童的设施"));
    }

    private sealed record Facility(string Name, FacilityKind Kind, bool IsOpen, double Metres, int Children, double Share) : Side
    {
        public override BilingualText Told => new(
            Text($"{Name} ({Words.Of(Kind).En.ToLowerInvariant()}), with {Children:N0} {(Children == 1 ? "child" : "children")} ")
                + Text($"{Metres:N0} m away, {Share:P0} of all that counts there").Replace(" %", "%", StringComparison.Ordinal),
            (Text($"距水边 {Metres:N0} 米的{Name}（{Words.Of(Kind).Zh}，儿童 {Children:N0} 人），")
                + Text($"占全部计入量的 {Share:P0}"))
                .Replace(" %", "%", StringComparison.Ordinal));
    }

    private sealed record Trips(bool OnFoot, double Visits, double Deadliness, DeadlinessClass Class, int Places, double Children,
        double? NearestMetres) : Side
    {
        private string Way => OnFoot ? " on foot" : "";

        private string WayZh => OnFoot ? "步行" : "";

        public override BilingualText Told => new(
            Text($"{Children:N0} children of {Places} {(Places == 1 ? "home" : "homes")} within {NearMetres:0} m{Way}")
                + (NearestMetres is { } metres ? Text($" (the nearest {metres:N0} m away)") : ", and none within reach")
                + Text($", {Visits:0.##} unsupervised visits a holiday, deadliness {Class}"),
            Text($"{WayZh}{NearMetres:0} 米内 {Places} 处居住点的儿童 {Children:N0} 人")
                + (NearestMetres is { } far ? Text($"（最近 {far:N0} 米）") : "（影响范围内无居住点）")
                + Text($"，假日无人看护到访约 {Visits:0.##} 人次，致命程度{Words.Of(Class).Zh}"));
    }
}
