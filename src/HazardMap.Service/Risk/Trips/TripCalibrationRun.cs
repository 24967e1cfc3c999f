using System.Globalization;
using HazardMap.OData;
using HazardMap.Risk.Trips;
using HazardMap.Service.Database;
using Npgsql;

namespace HazardMap.Service.Risk.Trips;

/// <summary>What the register's own deaths and counts say of a rule; a proposal, nothing is written.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Hazards">Waters of the register.</param>
/// <param name="Deaths">By days on which a child died, of waters whose record is complete; null: nobody says that any is, or nothing is
/// expected there.</param>
/// <param name="Counts">By children counted at waters; null: nobody has counted.</param>
/// <param name="SaidEn">What to do with it.</param>
/// <param name="SaidZh">The same in Chinese.</param>
internal sealed record TripCalibrationReport(string Rule, int Hazards, CalibrationReport? Deaths, CountReport? Counts, string SaidEn,
    string SaidZh) : ITold
{
    private const int MostTold = 15;

    /// <inheritdoc/>
    public IEnumerable<string> Lines()
    {
        static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
        static IEnumerable<string> Table(IReadOnlyList<CalibratedNumber> numbers) => numbers.Where(n => n.IsFree).Take(MostTold)
            .Select(n => Text($"{n.Prior,10:0.####} ±{n.PriorSd,-6:0.###} {n.Posterior,10:0.####} ±{n.PosteriorSd,-6:0.###} ")
                + Text($"{n.LearntPercent,5:0.#}%   {n.Path}"));
        const string Head = "     prior ±sd      posterior ±sd     learnt / 先验 ±sd，后验 ±sd，所学";
        if (Deaths is { } deaths)
        {
            yield return Text($"{deaths.Events} events at {deaths.Waters} waters, {deaths.Expected:0.##} expected / ")
                + Text($"{deaths.Waters} 处水域有 {deaths.Events} 起事件，预计 {deaths.Expected:0.##} 起");
            yield return Head;
            foreach (var line in Table(deaths.Numbers)) yield return line;
        }
        if (Counts is { } counts)
        {
            yield return Text($"{counts.Counts} counts, {counts.Seen} children seen, {counts.Expected:0.##} expected / ")
                + Text($"{counts.Counts} 次观测，见到儿童 {counts.Seen} 人，预计 {counts.Expected:0.##} 人");
            yield return Head;
            foreach (var line in Table(counts.Numbers)) yield return line;
        }
        yield return SaidEn;
        yield return SaidZh;
    }
}

/// <summary><c>risk --calibrate</c>. Writes nothing.</summary>
internal static class TripCalibrationRun
{
    public static async Task<TripCalibrationReport> RunAsync(NpgsqlDataSource database, string? version, CancellationToken stop)
    {
        await using var connection = await database.OpenPatientlyAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, stop);
        // By the nation's rates: the register's own deaths are to move the level now, not twice.
        var read = await TripStudies.ReadAsync(connection, version, withOwnDeaths: false, stop);
        var watched = await connection.RowsAsync(EmbeddedSql.Of(typeof(TripCalibrationRun), "WatchedCounts"), row => new Watch(
            row.GetGuid(0), row.GetFieldValue<DateTimeOffset>(1), row.GetInt32(2), row.GetInt32(3), row.ValueOrNull<int>(4)), stop);
        var deaths = Rest(read, stop, (at, outcome) => Deaths(read, at, outcome), d => d.Numbers,
            (first, last) => last with { Expected = first.Expected, LogLikelihoodBefore = first.LogLikelihoodBefore });
        var counts = Rest(read, stop, (at, outcome) => CountCalibration.Of(read.Rule, Counts(read, watched, at, outcome), at),
            c => c.Numbers, (first, last) => last with { Expected = first.Expected, LogLikelihoodBefore = first.LogLikelihoodBefore });
        if (deaths is null && counts is null)
            throw new RefusalException("NothingToCalibrate",
                "There is nothing to learn from: no division with waters that children come to says since when its record of incidents is "
                    + "complete (Divisions.IncidentsCompleteSince), and no inspection has WatchedMinutes with ChildrenSeen.",
                "没有可供学习的数据：没有任何有儿童到访水域的行政区划填报事件记录完整的起始日"
                    + "（Divisions.IncidentsCompleteSince），也没有巡查填报观察分钟数（WatchedMinutes）"
                    + "与所见儿童数（ChildrenSeen）。",
                "--calibrate");
        var (said, saidZh) = Said(read.Rule, deaths, counts);
        return new TripCalibrationReport(read.Rule.Version, read.Rows.Count, deaths, counts, said, saidZh);
    }

    // Step by step until the numbers rest: each step looks at the register under the numbers that the last one led to.
    private static T? Rest<T>(StudyRead read, CancellationToken stop, Func<TripRule, StudyOutcome, T?> step,
        Func<T, IReadOnlyList<CalibratedNumber>> numbers, Func<T, T, T> told) where T : class
    {
        var (at, first, last) = (read.Rule, default(T), default(T));
        for (var i = 0; i < Calibrated.MostSteps; i++)
        {
            if (step(at, read.Study.Score(at, stop: stop)) is not { } found) return null;
            (first, last) = (first ?? found, found);
            var next = Calibrated.Step(read.Rule, numbers(found));
            if (Calibrated.IsAtRest(at, next)) break;
            at = next;
        }
        return told(first!, last!);
    }

    private static CalibrationReport? Deaths(StudyRead read, TripRule at, StudyOutcome outcome)
    {
        var world = new TripWorld(at, outcome.Scale);
        // Records run to the end of the year for scores; what has not been yet has no events.
        var ahead = (new DateOnly(read.Today.Year + 1, 1, 1).DayNumber - read.Today.DayNumber) / 365.25;
        var waters = new List<CalibrationWater>();
        for (var i = 0; i < read.Rows.Count; i++)
        {
            if (read.Study.Waters[i].Own is not { } own || !(own.Years > ahead)) continue;
            var (score, weights, traits) = (outcome.Scores[i], world.WeightsOf(read.Rows[i].DivisionCode), read.Rows[i].Traits);
            var (perYear, sums) = (score.DeathsPerYear.Aged1To4 + score.DeathsPerYear.Aged5To14, outcome.Sums[i]);
            waters.Add(new CalibrationWater(perYear * (own.Years - ahead), own.Events,
                perYear > 0 ? world.Scores.Elasticities(sums.Trips, sums.Slopes(weights.Year), traits, weights) : NoElasticities));
        }
        if (!(waters.Sum(w => w.Expected) > 0)) return null;
        var (scale, share) = (outcome.Scale, outcome.Scale.DeathShare);
        var rates = Square(share.Aged1To4 * scale.RateSd.Aged1To4) + Square(share.Aged5To14 * scale.RateSd.Aged5To14);
        return TripCalibration.Of(read.Rule, Math.Sqrt(rates + Square(scale.CommonRateSd)), waters, at);
    }

    // A watch is told by when it was entered, at its end; its hours are those before it, in proportion.
    private static List<VisitCount> Counts(StudyRead read, List<Watch> watched, TripRule rule, StudyOutcome outcome)
    {
        var world = new TripWorld(rule, outcome.Scale);
        var places = new Dictionary<Guid, int>();
        for (var i = 0; i < read.Rows.Count; i++) places[read.Rows[i].Hazard.Id] = i;
        var counts = new List<VisitCount>(watched.Count);
        foreach (var watch in watched)
        {
            if (!places.TryGetValue(watch.Water, out var i)) continue;
            var (row, sums) = (read.Rows[i], outcome.Sums[i]);
            var weights = Hours(world, row.DivisionCode, watch.End, watch.Minutes, out var middle);
            counts.Add(new VisitCount(world.Scores.Visits(sums.Trips, weights), watch.Seen, watch.InWater, middle,
                world.Scores.VisitElasticities(sums.Slopes(weights), row.Traits)));
        }
        return counts;
    }

    private static PresenceNumbers Hours(TripWorld world, string division, DateTimeOffset end, int minutes, out int middle)
    {
        const int MostMinutes = 24 * 60;
        var weights = new PresenceNumbers();
        var (left, to) = (Math.Min(minutes, MostMinutes), end);
        middle = world.Rule.Times.On(end.AddMinutes(-left / 2.0)).Hour;
        while (left > 0)
        {
            var last = to.AddMinutes(-1);   // the minute that ends here
            var (month, date, hour) = world.Rule.Times.On(last);
            var inHour = Math.Min(left, (last.Minute + (int)world.Rule.Times.Offset.TotalMinutes % 60 + 60) % 60 + 1);
            var ofHour = world.WeightsOf(division).At(month, TripWorld.DayOf(division, date), hour);
            foreach (var entry in Presences.All) weights[entry] += ofHour[entry] * inHour / 60.0;
            (left, to) = (left - inHour, to.AddMinutes(-inHour));
        }
        return weights;
    }

    private static (string En, string Zh) Said(TripRule rule, CalibrationReport? deaths, CountReport? counts)
    {
        var few = deaths is { Events: < TripCalibration.EnoughEvents } d
            ? (En: string.Create(CultureInfo.InvariantCulture,
                $"With {d.Events} events, fewer than {TripCalibration.EnoughEvents}, only the level and the town factor may move. "),
                Zh: string.Create(CultureInfo.InvariantCulture,
                    $"事件 {d.Events} 起，少于 {TripCalibration.EnoughEvents} 起：仅总水平和城镇系数可以调整。"))
            : deaths is null ? (En: "No division says since when its record of incidents is complete: deaths teach nothing yet. ",
                Zh: "没有行政区划填报事件记录完整的起始日：死亡数据尚不能提供信息。") : (En: "", Zh: "");
        var none = counts is null ? (En: "Nobody has counted children at a water (WatchedMinutes with ChildrenSeen): counts teach most. ",
            Zh: "尚无水域的儿童计数（WatchedMinutes 与 ChildrenSeen）：计数最能提供信息。") : (En: "", Zh: "");
        return (few.En + none.En + $"Nothing was changed. To use it: copy geodata/rules/{rule.Version}.json to a version of your own, "
                + "enter posterior and ±sd as value and sd of each number that you accept, with a source. The level is no number of the "
                + "file: multiply rates.per100000 by it, unless the scale already reads this record (risk --scale says so). Then "
                + "risk --rule YOURS --dry-run, and risk --rule YOURS.",
            few.Zh + none.Zh + $"未做任何更改。如要采用：将 geodata/rules/{rule.Version}.json 复制为自己的版本，"
                + "把认可的参数的后验值和 ±sd 填入 value 和 sd，并写明来源。总水平（level）不在文件中："
                + "请用它乘 rates.per100000；若标度已计入该记录（risk --scale 会说明），则不必再乘。"
                + "然后执行 risk --rule 新版本 --dry-run，再执行 risk --rule 新版本。");
    }

    private static double Square(double x) => x * x;

    private static readonly Dictionary<string, double> NoElasticities = [];

    // What somebody counted at a water.
    private readonly record struct Watch(Guid Water, DateTimeOffset End, int Minutes, int Seen, int? InWater);
}
